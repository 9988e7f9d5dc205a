"""How do a network's summary and its findings read as JSON?"""

from collections.abc import Iterable, Sequence
from typing import Any

from karakoram.core.findings import Finding, errors_of
from karakoram.network.summary import CableSummary, NetworkSummary, OperatorSummary


def json_from_summary(summary: NetworkSummary) -> dict[str, Any]:
    """What the network holds, as an object."""
    return {
        "name": summary.name,
        "description": summary.description,
        "currency": summary.currency,
        "operators": [_operator(operator) for operator in summary.operators],
        "cables": [_cable(cable) for cable in summary.cables],
        "landing_parties": [
            {
                "operator": party.operator_id,
                "name": party.name,
                "cables": [
                    {"cable": cable_id, "status": status.value}
                    for cable_id, status in party.cables.items()
                ],
            }
            for party in summary.landing_parties
        ],
        "tables": [
            {
                "table": count.table,
                "records": count.records,
                **{confidence.value: n for confidence, n in count.by_confidence.items()},
            }
            for count in summary.confidence
        ],
    }


def json_from_findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Every finding, none left out."""
    return [
        {
            "severity": finding.severity.value,
            "code": finding.code,
            "file": finding.place.file,
            "table": finding.place.table,
            "row": finding.place.row,
            "record": finding.place.record,
            "field": finding.place.field,
            "message": finding.message,
        }
        for finding in findings
    ]


def json_from_verdict(findings: Sequence[Finding], *, folder: str) -> dict[str, Any]:
    """Whether a folder can be used, and every finding about it."""
    errors = len(errors_of(tuple(findings)))
    return {
        "folder": folder,
        "valid": errors == 0,
        "errors": errors,
        "warnings": len(findings) - errors,
        "findings": json_from_findings(findings),
    }


def _operator(operator: OperatorSummary) -> dict[str, Any]:
    return {
        "operator": operator.operator_id,
        "name": operator.name,
        "country": operator.country,
        "spans": operator.spans,
        "km": {status.value: km for status, km in operator.km_by_status.items()},
        "leased_km": operator.leased_km,
    }


def _cable(cable: CableSummary) -> dict[str, Any]:
    return {
        "cable": cable.cable_id,
        "name": cable.name,
        "medium": cable.medium.value,
        "owner": cable.owner_id,
        "status": cable.status.value,
        "spans": cable.spans,
        "length_km": cable.length_km,
        "published_length_km": cable.published_length_km,
    }
