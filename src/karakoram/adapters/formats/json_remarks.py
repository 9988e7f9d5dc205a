"""How does what a planner must know beside the answer read as JSON?"""

from collections.abc import Sequence
from typing import Any

from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.core.findings import Finding
from karakoram.core.provenance import Assumption


def json_from_remarks(
    findings: Sequence[Finding], assumptions: Sequence[Assumption]
) -> dict[str, Any]:
    """What is wrong or odd, and the figures that files leave out, as members of an answer."""
    return {
        "findings": json_from_findings(tuple(findings)),
        "assumptions": [
            {
                "file": one.file,
                "field": one.field,
                "value": one.value,
                "places": one.places,
                "source": one.provenance.source,
                "confidence": one.provenance.confidence.value,
            }
            for one in assumptions
        ],
    }
