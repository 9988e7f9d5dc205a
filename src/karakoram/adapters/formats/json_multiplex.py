"""How do fill and cross-connect maps stand in JSON?"""

from collections.abc import Iterable
from typing import Any

from karakoram.usecases.show_multiplex import ContainerRow, CrossConnectRow


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
                "in": {"container": row.incoming.resource_id, "slots": list(row.incoming_slots)},
                "out": {"container": row.outgoing.resource_id, "slots": list(row.outgoing_slots)},
            }
            for row in rows
        ]
    }
