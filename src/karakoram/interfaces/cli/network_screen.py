"""How does a person read what is in a network?"""

from rich.console import Console

from karakoram.core.provenance import Confidence
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_table, show_title, table_of
from karakoram.network.records import Status
from karakoram.network.summary import NetworkSummary


def show_summary(console: Console, summary: NetworkSummary) -> None:
    """Print the network at a glance."""
    show_title(console, summary.name)
    show_lines(console, summary.description, f"Prices in {summary.currency}")
    _show_operators(console, summary)
    _show_cables(console, summary)
    _show_landing_parties(console, summary)
    _show_confidence(console, summary)
    show_lines(console, texts.CONFIDENCE_LEGEND)


def _show_operators(console: Console, summary: NetworkSummary) -> None:
    show_title(console, "Operators: glass kilometres by status")
    columns = (f"#{_status_text(status)}" for status in Status)
    table = table_of("Operator", "", "#spans", *columns, "#leased in")
    for operator in summary.operators:
        table.add_row(
            operator.name,
            operator.operator_id,
            str(operator.spans),
            *(_km_or_dash(operator.km_by_status[status]) for status in Status),
            _km_or_dash(operator.leased_km),
        )
    table.add_section()
    table.add_row(
        *("Total", "", str(sum(operator.spans for operator in summary.operators))),
        *(
            _km_or_dash(sum(operator.km_by_status[status] for operator in summary.operators))
            for status in Status
        ),
        _km_or_dash(sum(operator.leased_km for operator in summary.operators)),
    )
    show_table(console, table)


def _show_cables(console: Console, summary: NetworkSummary) -> None:
    show_title(console, "Cables")
    table = table_of("Cable", "", "Medium", "Status", "#spans", "#km", "#published km")
    for cable in summary.cables:
        table.add_row(
            cable.name,
            cable.cable_id,
            cable.medium.value,
            _status_text(cable.status),
            str(cable.spans),
            _km_or_dash(cable.length_km),
            _km_or_dash(cable.published_length_km or 0.0),
        )
    show_table(console, table)


def _show_landing_parties(console: Console, summary: NetworkSummary) -> None:
    show_title(console, "Landing parties")
    table = table_of("Party", "", "Submarine cables")
    for party in summary.landing_parties:
        cables = ", ".join(
            cable_id if status is Status.IN_SERVICE else f"{cable_id} ({_status_text(status)})"
            for cable_id, status in party.cables.items()
        )
        table.add_row(party.name, party.operator_id, cables)
    show_table(console, table)


def _show_confidence(console: Console, summary: NetworkSummary) -> None:
    show_title(console, "Records, and what their figures rest on")
    columns = (f"#{confidence.value}" for confidence in Confidence)
    table = table_of("Table", "#records", *columns, "#assumed share")
    for count in summary.confidence:
        table.add_row(
            count.table,
            str(count.records),
            *(str(count.by_confidence[confidence]) for confidence in Confidence),
            texts.percent(count.assumed_share),
        )
    show_table(console, table)


def _status_text(status: Status) -> str:
    return status.value.replace("_", " ")


def _km_or_dash(length_km: float) -> str:
    return texts.km(length_km) if length_km > 0.0 else "-"
