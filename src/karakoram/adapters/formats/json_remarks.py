"""How does what a planner must know beside the answer read as JSON?"""

from collections.abc import Sequence
from typing import Any

from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.core.findings import Finding
from karakoram.core.provenance import Assumption, Confidence, computed_trust


def json_from_remarks(
    findings: Sequence[Finding],
    assumptions: Sequence[Assumption],
    *,
    computed: Confidence | None = None,
) -> dict[str, Any]:
    """What is wrong or odd, what files leave out, and the trust, as members of an answer.

    Parameters
    ----------
    findings
        What is wrong or odd.
    assumptions
        Figures that no file states.
    computed
        How far computed figures may be trusted; ``None`` where files and assumptions say it.
    """
    trust = computed_trust(assumptions) if computed is None else computed
    return {
        "computed_confidence": trust.value,
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
