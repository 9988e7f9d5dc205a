"""How does a person read the fill of the multiplex and the map of a cross-connect?"""

from collections.abc import Iterable

from rich.console import Console

from karakoram.core.units import mbps_from_bit_per_s
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.feasibility.regroomed import RiderMove
from karakoram.sales.inventory.resources import PlannedClaim, Resource
from karakoram.sales.inventory.tables import text_from_units
from karakoram.sales.moving import MoveStep
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.multiplex.regroom_riders import Regroomed
from karakoram.usecases.multiplex.show_multiplex import ContainerRow, CrossConnectRow
from karakoram.usecases.multiplex.show_signal import SignalPlace, SignalRow

ENTERS, LEAVES = "(enters)", "(leaves)"


def show_fill(console: Console, rows: tuple[ContainerRow, ...], *, client: str) -> None:
    """Print a line for each container."""
    show_title(console, f"{len(rows)} containers, and room for {client}")
    show_table(
        console,
        (
            "Container",
            "Kind",
            "Operator",
            *("# Slots", "# Used", "# Riders", "# More", "# Stranded", "# Lost %"),
        ),
        (
            (
                row.container.name,
                row.container.model,
                row.container.operator_id,
                str(row.container.unit_count),
                str(row.container.taken.bit_count()),
                str(row.riders),
                str(row.more),
                str(row.stranded),
                f"{row.fragmentation * 100:.0f}" if row.fragmentation else "-",
            )
            for row in rows
        ),
    )
    show_lines(
        console,
        f"More: so many {client} still fit. Stranded: slots that are free and of no use for one.",
        f"Lost %: of the {client} that the free slots would hold side by side, so many do not fit "
        "as they lie; karakoram dxx regroom clears a container.",
    )


def show_signals(console: Console, rows: tuple[SignalRow, ...]) -> None:
    """Print each signal, and a line for each server that has a place for it."""
    if not rows:
        show_lines(console, "No concatenation of virtual containers holds so much.")
    for row in rows:
        mbps = mbps_from_bit_per_s(float(row.signal.bit_rate_bit_per_s))
        payload = mbps_from_bit_per_s(float(row.signal.payload_bit_rate_bit_per_s))
        show_title(console, f"{row.signal.name}: {mbps:,.3f} Mb/s, payload {payload:,.3f} Mb/s")
        if row.container is not None and row.mapped_bit_per_s is not None:
            mapped = mbps_from_bit_per_s(float(row.mapped_bit_per_s))
            show_lines(console, f"It is mapped into {row.container} at {mapped:,.3f} Mb/s.")
        show_table(
            console,
            ("Server", "# Slots", "# Blocks", "# Slots each", "# Mb/s held", "# At most"),
            (
                (
                    place.server,
                    str(place.server_slots),
                    str(place.block_count),
                    str(place.block_slots),
                    _mbps_held(place),
                    str(place.count_max),
                )
                for place in row.places
            ),
        )


def _mbps_held(place: SignalPlace) -> str:
    """What the slots hold, where that is more than the signal itself."""
    return "-" if place.bit_per_s is None else f"{mbps_from_bit_per_s(float(place.bit_per_s)):,.3f}"


def show_map(console: Console, rows: tuple[CrossConnectRow, ...], *, site: str) -> None:
    """Print a line for everything that passes, enters or leaves."""
    show_title(console, f"Cross-connects at {site}")
    if not rows:
        show_lines(console, "Nothing passes, enters or leaves here.")
        return
    show_table(
        console,
        ("In", "Slots", "Out", "Slots", "Way", "For"),
        (
            (
                row.incoming.name if row.incoming else ENTERS,
                _slots(row.incoming_slots),
                row.outgoing.name if row.outgoing else LEAVES,
                _slots(row.outgoing_slots),
                row.side.value,
                row.rider_id,
            )
            for row in rows
        ),
    )


def _slots(labels: tuple[str, ...]) -> str:
    """The slots; of many the first and the last, and how many."""
    if not labels:
        return "-"
    if len(labels) <= 2:  # noqa: PLR2004 -- two are told as they are
        return ", ".join(labels)
    return f"{labels[0]} to {labels[-1]} ({len(labels)})"


def show_opened(console: Console, orders: tuple[ProductOrder, ...]) -> None:
    """Print a line for each tributary."""
    show_title(console, f"{len(orders)} tributaries opened")
    show_table(
        console,
        ("Order", "Product", "State", "Takes", "Ready"),
        (
            (
                order.external_id,
                order.product_id,
                order.state.value,
                _way(order.plan.claims if order.plan else ()),
                f"{max(leg.due_on for leg in order.legs)}",
            )
            for order in orders
        ),
    )


def show_containers(console: Console, containers: tuple[Resource, ...], *, what: str) -> None:
    """Print a line for each container."""
    show_title(console, f"{len(containers)} containers {what}")
    show_table(
        console,
        ("Container", "Model", "Operator", "# Slots", "# km"),
        (
            (
                each.resource_id,
                each.model,
                each.operator_id,
                str(each.unit_count),
                f"{each.length_km:,.1f}",
            )
            for each in containers
        ),
    )


def show_step(console: Console, step: MoveStep, move: RiderMove) -> None:
    """Print one step of one move."""
    way = _way(move.claims_at(step))
    show_lines(console, f"{step.value:<6} {move.rider.signal} of {move.rider.rider_id}: {way}")


def show_regroomed(console: Console, found: Regroomed, *, is_plan: bool) -> None:
    """Print how many moves there are, and of a plan each of its steps."""
    if is_plan:
        show_title(console, f"Plan to empty {found.container.name}; nothing is moved")
        for move in found.moves:
            for step in MoveStep:
                show_step(console, step, move)
    many = len(found.moves)
    if not many:
        show_lines(console, f"Nothing is left to be moved out of {found.container.name}.")
    else:
        would = "would be" if is_plan else "were"
        show_lines(console, f"{many} {would} moved out of {found.container.name}.")


def _way(claims: Iterable[PlannedClaim]) -> str:
    """Containers and slots as they are counted in the inventory."""
    return ", ".join(f"{each.resource_id} [{text_from_units(each.units)}]" for each in claims)
