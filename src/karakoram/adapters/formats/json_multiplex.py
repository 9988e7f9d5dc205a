"""How do fill and cross-connect maps stand in JSON?"""

from collections.abc import Iterable
from typing import Any

from karakoram.adapters.formats.json_sales import json_from_order, json_from_refusals
from karakoram.core.units import mbps_from_bit_per_s
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.sales.feasibility.regroomed import RiderMove
from karakoram.sales.inventory.resources import PlannedClaim, Resource
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.multiplex.regroom_riders import Regroomed
from karakoram.usecases.multiplex.show_multiplex import ContainerRow, CrossConnectRow
from karakoram.usecases.multiplex.show_signal import SignalRow


def json_from_fill(rows: Iterable[ContainerRow]) -> dict[str, Any]:
    """The fill of every container."""
    return {
        "containers": [
            {
                "id": row.container.resource_id,
                "name": row.container.name,
                "model": row.container.model,
                "operator": row.container.operator_id,
                "a": row.container.a_site_id,
                "z": row.container.z_site_id,
                "slots": row.container.unit_count,
                "used": row.container.taken.bit_count(),
                "riders": row.riders,
                "more": row.more,
                "stranded": row.stranded,
                "fragmentation": row.fragmentation,
            }
            for row in rows
        ]
    }


def json_from_map(rows: Iterable[CrossConnectRow]) -> dict[str, Any]:
    """The cross-connects of a site."""
    return {
        "crossConnects": [
            {
                "for": row.rider_id,
                "side": row.side.value,
                "in": _slots(row.incoming, row.incoming_slots),
                "out": _slots(row.outgoing, row.outgoing_slots),
            }
            for row in rows
        ]
    }


def json_from_signals(rows: Iterable[SignalRow]) -> dict[str, Any]:
    """Signals with what carries them."""
    return {
        "signals": [
            {
                "signal": row.signal.name,
                "bitRateMbps": mbps_from_bit_per_s(float(row.signal.bit_rate_bit_per_s)),
                "payloadMbps": mbps_from_bit_per_s(float(row.signal.payload_bit_rate_bit_per_s)),
                "mappedInto": row.container,
                "mappedMbps": None
                if row.mapped_bit_per_s is None
                else mbps_from_bit_per_s(float(row.mapped_bit_per_s)),
                "servers": [
                    {
                        "server": place.server,
                        "slots": place.server_slots,
                        "blocks": place.block_count,
                        "slotsOfBlock": place.block_slots,
                        "heldMbps": None
                        if place.bit_per_s is None
                        else mbps_from_bit_per_s(float(place.bit_per_s)),
                        "most": place.count_max,
                    }
                    for place in row.places
                ],
            }
            for row in rows
        ]
    }


def json_from_opened(orders: Iterable[ProductOrder]) -> dict[str, Any]:
    """What was ordered, tributary by tributary."""
    return {"orders": [json_from_order(order) for order in orders]}


def json_from_containers(containers: Iterable[Resource]) -> dict[str, Any]:
    """Containers that were opened or closed."""
    return {
        "containers": [
            {
                "id": each.resource_id,
                "name": each.name,
                "model": each.model,
                "operator": each.operator_id,
                "a": each.a_site_id,
                "z": each.z_site_id,
                "slots": each.unit_count,
            }
            for each in containers
        ]
    }


def json_from_not_feasible(answer: NotFeasible) -> dict[str, Any]:
    """Why something cannot be had."""
    return {"reasons": json_from_refusals(answer.reasons)}


def json_from_moves(found: Regroomed, *, is_plan: bool) -> dict[str, Any]:
    """The moves out of a container, in their order."""
    return {
        "container": found.container.resource_id,
        "dryRun": is_plan,
        "moves": [_move(each) for each in found.moves],
    }


def _move(move: RiderMove) -> dict[str, Any]:
    return {
        "for": move.rider.rider_id,
        "signal": move.rider.signal,
        "side": move.rider.side.value,
        "make": [_claim(each) for each in move.taken],
        "switch": [_claim(each) for each in move.after],
        "break": [_claim(each) for each in move.given_back],
    }


def _claim(claim: PlannedClaim) -> dict[str, Any]:
    slots = [slot for slot in range(claim.units.bit_length()) if claim.units >> slot & 1]
    return {"container": claim.resource_id, "slots": slots}


def _slots(container: Resource | None, labels: tuple[str, ...]) -> dict[str, Any] | None:
    """Where something comes in or goes out; ``None`` where it enters or leaves the multiplex."""
    return (
        None if container is None else {"container": container.resource_id, "slots": list(labels)}
    )
