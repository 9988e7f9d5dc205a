"""How does a person read what is in a network?"""

from rich.console import Console

from karakoram.core.provenance import Confidence
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.network.records import Status
from karakoram.network.summary import NetworkSummary


def show_summary(console: Console, summary: NetworkSummary) -> None:
    """Print the network at a glance."""
    show_title(console, summary.name)
    show_lines(
        console, *filter(None, (summary.description.strip(),)), f"Prices in {summary.currency}"
    )
    _show_operators(console, summary)
    _show_cables(console, summary)
    if summary.landing_parties:
        _show_landing_parties(console, summary)
    _show_confidence(console, summary)
    show_lines(console, texts.CONFIDENCE_LEGEND)


def _show_operators(console: Console, summary: NetworkSummary) -> None:
    show_title(console, "Operators: glass kilometres by status")
    operators = summary.operators
    show_table(
        console,
        (
            *("Operator", "Id", "#spans"),
            *(f"#{texts.status_text(status)}" for status in Status),
            "#leased in",
        ),
        (
            (
                operator.name,
                operator.operator_id,
                str(operator.spans),
                *(_km_or_dash(operator.km_by_status[status]) for status in Status),
                _km_or_dash(operator.leased_km),
            )
            for operator in operators
        ),
        total=(
            *("Total", "", str(sum(operator.spans for operator in operators))),
            *(
                _km_or_dash(sum(operator.km_by_status[status] for operator in operators))
                for status in Status
            ),
            _km_or_dash(sum(operator.leased_km for operator in operators)),
        ),
    )


def _show_cables(console: Console, summary: NetworkSummary) -> None:
    show_title(console, "Cables")
    show_table(
        console,
        ("Cable", "Id", "Medium", "Status", "#spans", "#km", "#published km"),
        (
            (
                cable.name,
                cable.cable_id,
                cable.medium.value,
                texts.status_text(cable.status),
                str(cable.spans),
                _km_or_dash(cable.length_km),
                _km_or_dash(cable.published_length_km or 0.0),
            )
            for cable in summary.cables
        ),
    )


def _show_landing_parties(console: Console, summary: NetworkSummary) -> None:
    show_title(console, "Landing parties")
    show_table(
        console,
        ("Party", "Id", "Submarine cables"),
        (
            (
                party.name,
                party.operator_id,
                ", ".join(
                    cable_id
                    if status is Status.IN_SERVICE
                    else f"{cable_id} ({texts.status_text(status)})"
                    for cable_id, status in party.cables.items()
                ),
            )
            for party in summary.landing_parties
        ),
    )


def _show_confidence(console: Console, summary: NetworkSummary) -> None:
    show_title(console, "Records, and what their figures rest on")
    show_table(
        console,
        (
            *("Table", "#records"),
            *(f"#{confidence.value}" for confidence in Confidence),
            "#assumed share",
        ),
        (
            (
                count.table,
                str(count.records),
                *(str(count.by_confidence[confidence]) for confidence in Confidence),
                texts.percent(count.assumed_share),
            )
            for count in summary.confidence
        ),
    )


def _km_or_dash(length_km: float) -> str:
    return texts.km(length_km) if length_km > 0.0 else "-"
