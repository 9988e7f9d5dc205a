"""How do containers of the digital multiplex, and what is done to them, stand in a table?"""

from collections.abc import Iterable
from dataclasses import dataclass

from karakoram.adapters.formats.table_form import LIST_SEPARATOR, TableForm, itself
from karakoram.adapters.formats.table_sales import KM_DIGITS, rounded
from karakoram.sales.feasibility.regroomed import RiderMove
from karakoram.sales.inventory.resources import PlannedClaim, Resource
from karakoram.sales.inventory.tables import text_from_units
from karakoram.sales.moving import MoveStep
from karakoram.usecases.multiplex.regroom_riders import Regroomed
from karakoram.usecases.multiplex.show_multiplex import ContainerRow, CrossConnectRow

CONTAINER_FILLS: TableForm[ContainerRow, ContainerRow] = TableForm(
    lines=itself,
    columns={
        "container": lambda row: row.container.resource_id,
        "name": lambda row: row.container.name,
        "model": lambda row: row.container.model,
        "operator": lambda row: row.container.operator_id,
        "a_site": lambda row: row.container.a_site_id,
        "z_site": lambda row: row.container.z_site_id,
        "slots": lambda row: row.container.unit_count,
        "used": lambda row: row.container.taken.bit_count(),
        "riders": lambda row: row.riders,
        "more": lambda row: row.more,
        "stranded": lambda row: row.stranded,
        "fragmentation": lambda row: row.fragmentation,
    },
)

CONTAINERS: TableForm[Resource, Resource] = TableForm(
    lines=itself,
    columns={
        "container": lambda container: container.resource_id,
        "name": lambda container: container.name,
        "model": lambda container: container.model,
        "operator": lambda container: container.operator_id,
        "a_site": lambda container: container.a_site_id,
        "z_site": lambda container: container.z_site_id,
        "slots": lambda container: container.unit_count,
        "length_km": lambda container: rounded(container.length_km, KM_DIGITS),
        "length_confidence": lambda container: container.provenance.confidence.value,
    },
)

CROSS_CONNECTS: TableForm[CrossConnectRow, CrossConnectRow] = TableForm(
    lines=itself,
    columns={
        "in_container": lambda row: row.incoming.name if row.incoming else None,
        "in_slots": lambda row: LIST_SEPARATOR.join(row.incoming_slots),
        "out_container": lambda row: row.outgoing.name if row.outgoing else None,
        "out_slots": lambda row: LIST_SEPARATOR.join(row.outgoing_slots),
        "side": lambda row: row.side.value,
        "rider": lambda row: row.rider_id,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _MoveLine:
    """Slots of one container in one step of a move."""

    number: int
    move: RiderMove
    step: MoveStep
    claim: PlannedClaim


def _move_lines(found: Regroomed) -> Iterable[_MoveLine]:
    """Each step in its order, a line for each container in which slots are taken or given back."""
    for number, move in enumerate(found.moves, start=1):
        for step in MoveStep:
            for claim in move.claims_at(step):
                yield _MoveLine(number=number, move=move, step=step, claim=claim)


MOVES: TableForm[Regroomed, _MoveLine] = TableForm(
    lines=_move_lines,
    columns={
        "move": lambda line: line.number,
        "step": lambda line: line.step.value,
        "rider": lambda line: line.move.rider.rider_id,
        "signal": lambda line: line.move.rider.signal,
        "side": lambda line: line.move.rider.side.value,
        "container": lambda line: line.claim.resource_id,
        "slots": lambda line: text_from_units(line.claim.units),
    },
)
