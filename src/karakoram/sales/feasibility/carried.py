"""On which units of which connections is a client carried from A to Z?

The client is a signal of the multiplex (``2x64k``, ``E1``, ``STM-4``, ``ODU2``) that takes slots as
the Recommendations say, or a number of units of a wave, of Ethernet, or of a voice trunk group.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import ResourceId
from karakoram.engines.multiplex import (
    ClientSignal,
    ServerContainer,
    ServerKind,
    claims_along,
    client_signal,
    server_kind,
    tributary_shape,
)
from karakoram.sales.feasibility.connection_ways import (
    WayQuestion,
    WaysFound,
    connection_ways,
)
from karakoram.sales.inventory.resources import PathSide, PlannedClaim, Resource, ResourceStatus
from karakoram.sales.inventory.stock import Stock
from karakoram.sales.inventory.units import first_free
from karakoram.sales.plans import Refusal
from karakoram.sales.resource_kinds import ResourceKind

MULTIPLEX = frozenset({ResourceKind.ODU, ResourceKind.STM, ResourceKind.E1})
"""Kinds whose slots are those of the multiplex hierarchies."""

SIDES = (PathSide.WORKING, PathSide.PROTECTION)

TakenUnits = Callable[[Resource], int | None]
"""The units that a client would take of a connection; ``None`` where it finds no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Where a client goes."""

    found: WaysFound
    claims: tuple[PlannedClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """What is to be carried, and how often."""

    name: str
    """In the words of the Recommendations, or e.g. ``100 Mb/s``."""
    kinds: frozenset[ResourceKind]
    """What can carry it."""
    units_in: TakenUnits
    count: int = 1
    """So many of them, all on the same way."""


def signal_client(name: str, *, count: int = 1) -> Client:
    """A signal of the multiplex.

    Raises
    ------
    NotFoundError
        If the Recommendations have no such signal.
    """
    signal = client_signal(name)

    @cache
    def able_server(model: str) -> ServerKind | None:
        """The server that a model is, where it can carry the signal."""
        server = server_of(model)
        fits = server is not None and tributary_shape(server, signal) is not None
        return server if fits else None

    return Client(
        name=name,
        kinds=MULTIPLEX,
        units_in=lambda each: _slots(each, signal, server=able_server(each.model)),
        count=count,
    )


def units_client(kind: ResourceKind, units: int, *, name: str) -> Client:
    """So many units of one kind, wherever they lie."""
    return Client(
        name=name,
        kinds=frozenset({kind}),
        units_in=lambda each: first_free(each.free, units),
    )


def carried(
    client: Client,
    question: WayQuestion,
    *,
    stock: Stock,
    beneath: Mapping[ResourceId, frozenset[ResourceId]],
    claimant_id: ResourceId | None = None,
) -> Carried | Refusal:
    """The way of a client over connections with room for all of it, and what it takes there."""
    able = [
        each
        for each in stock.resources.values()
        if each.kind in client.kinds
        and each.z_site_id is not None
        and each.status is ResourceStatus.AVAILABLE
    ]
    roomy = [each for each in able if _units_for_all(each, client) is not None]
    found = connection_ways(roomy, question, beneath=beneath)
    if found is None:
        return _refusal(client, question, able=able, beneath=beneath)
    claims: list[PlannedClaim] = []
    for side, way in zip(SIDES, found.ways, strict=False):
        for hop, connection in enumerate(way):
            units = _units_for_all(stock.resources[connection.resource_id], client)
            if units is None:  # both ways meet in a connection that has room for one only
                return _refusal(client, question, able=able, beneath=beneath)
            claim = PlannedClaim(
                resource_id=connection.resource_id,
                units=units,
                claimant_id=claimant_id,
                side=side,
                hop=hop,
            )
            stock = stock.with_plan((claim,))
            claims.append(claim)
    return Carried(found=found, claims=tuple(claims))


@cache
def server_of(model: str) -> ServerKind | None:
    """The server of the multiplex that a model is; ``None`` where it is none."""
    try:
        return server_kind(model)
    except NotFoundError:
        return None


def _units_for_all(connection: Resource, client: Client) -> int | None:
    """What all of the client takes of one connection."""
    taken = connection.taken
    for _ in range(client.count):
        units = client.units_in(replace(connection, taken=taken))
        if units is None:
            return None
        taken |= units
    return taken & ~connection.taken


def _slots(connection: Resource, signal: ClientSignal, *, server: ServerKind | None) -> int | None:
    """The slots that a signal takes of a server, by best fit."""
    if server is None or not connection.free:  # most containers of a busy network are full
        return None
    container = ServerContainer(server=server, a_site=0, z_site=1, used_slots=connection.taken)
    claims = claims_along([container], [0], client=signal)
    if not isinstance(claims, tuple):
        return None
    return sum(1 << slot for slot in claims[0].slots)


def _refusal(
    client: Client,
    question: WayQuestion,
    *,
    able: list[Resource],
    beneath: Mapping[ResourceId, frozenset[ResourceId]],
) -> Refusal:
    """Whether room is missing, a second way, or any way at all."""
    where = f"{question.a_site_id}-{question.z_site_id}"
    what = f"{client.count} x {client.name}" if client.count > 1 else client.name
    fitting = [each for each in able if _could_carry(each, client)]
    one = replace(question, is_protected=False)
    if question.is_protected:
        roomy = [each for each in fitting if _units_for_all(each, client) is not None]
        if connection_ways(roomy, one, beneath=beneath) is not None:
            return Refusal(
                code="no-second-way",
                where=where,
                message=f"only one way has room for {what}",
                alternatives=("ask without protection",),
            )
    way = connection_ways(fitting, one, beneath=beneath)
    if way is None:
        return Refusal(
            code="no-connection",
            where=where,
            message=f"no connections in service that can carry {client.name} join the two sites",
            alternatives=("open a container between them", "ask for another service"),
        )
    full = [each for each in way.ways[0] if _units_for_all(each, client) is None]
    told = ", ".join(f"{each.name} ({each.free_count} of {each.unit_count} free)" for each in full)
    return Refusal(
        code="no-free-slot",
        where=full[0].name if full else where,
        message=f"no room for {what}: {told}",
        alternatives=(
            "ask for fewer or smaller signals",
            f"open another container beside {full[0].name}" if full else "open another container",
        ),
    )


def _could_carry(connection: Resource, client: Client) -> bool:
    """Whether the client would find room if nothing else were there."""
    return client.units_in(replace(connection, taken=0)) is not None
