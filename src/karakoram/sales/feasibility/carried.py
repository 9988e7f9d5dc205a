"""On which units of which connections is a client carried from A to Z?

The client is a signal of the multiplex (``2x64k``, ``E1``, ``STM-4``, ``ODU2``) that takes slots as
the Recommendations say, or a number of units of a wave, of Ethernet, or of a voice trunk group.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import ResourceId, SiteId
from karakoram.engines.multiplex import (
    ClientSignal,
    ServerContainer,
    ServerKind,
    claims_along,
    client_signal,
    server_kind,
    tributary_shape,
)
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.connection_ways import (
    WayQuestion,
    WaysFound,
    connection_ways,
)
from karakoram.sales.inventory.resources import PlannedClaim, Resource, ResourceStatus
from karakoram.sales.inventory.stock import Stock
from karakoram.sales.inventory.units import first_free
from karakoram.sales.plans import Refusal
from karakoram.sales.resource_kinds import ResourceKind

MULTIPLEX = frozenset({ResourceKind.ODU, ResourceKind.STM, ResourceKind.E1})
"""Kinds whose slots are those of the multiplex hierarchies."""

NEAR_SITES_MAX = 5
"""Sites that a refusal names at most from either end."""

SIDES = (PathSide.WORKING, PathSide.PROTECTION)

TakenUnits = Callable[[Resource, int], int | None]
"""The units that a client would take of a connection on which so many claims are already;
``None`` where it finds no room."""


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
    def is_able(model: str) -> bool:
        """Whether a model is a server that can carry the signal."""
        server = server_of(model)
        return server is not None and tributary_shape(server, signal) is not None

    def slots(connection: Resource, claim_count: int) -> int | None:
        # most containers of a busy network are full
        if not connection.free or not is_able(connection.model):
            return None
        return _slots(server_container(connection, tributary_count=claim_count), signal)

    return Client(name=name, kinds=MULTIPLEX, units_in=slots, count=count)


def units_client(kind: ResourceKind, units: int, *, name: str) -> Client:
    """So many units of one kind, wherever they lie."""
    return Client(
        name=name,
        kinds=frozenset({kind}),
        units_in=lambda each, _: first_free(each.free, units),
    )


def carried(
    client: Client,
    question: WayQuestion,
    *,
    stock: Stock,
    beneath: Mapping[ResourceId, frozenset[ResourceId]],
    claimant_id: ResourceId | None = None,
) -> Carried | Refusal:
    """The way of a client over connections with room for all of it, and what it takes there.

    Parameters
    ----------
    client
        What is carried, and in which connections it fits.
    question
        From where to where, and how often.
    stock
        Resources and the units that are free of them.
    beneath
        What each connection rides on, down to the plant.
    claimant_id
        In whose name it rides; ``None`` for that of the plan.
    """
    able = [
        each
        for each in stock.resources.values()
        if each.kind in client.kinds
        and each.z_site_id is not None
        and each.status is ResourceStatus.AVAILABLE
    ]
    roomy = [each for each in able if _units_for_all(each, client, stock) is not None]
    found = connection_ways(roomy, question, beneath=beneath)
    if found is None:
        return _refusal(client, question, able=able, stock=stock, beneath=beneath)
    claims: list[PlannedClaim] = []
    left = stock
    for side, way in zip(SIDES, found.ways, strict=False):
        for hop, connection in enumerate(way):
            units = _units_for_all(left.resources[connection.resource_id], client, left)
            if units is None:  # both ways meet in a connection that has room for one only
                return _refusal(client, question, able=able, stock=stock, beneath=beneath)
            claim = PlannedClaim(
                resource_id=connection.resource_id,
                units=units,
                claimant_id=claimant_id,
                side=side,
                hop=hop,
            )
            left = left.with_plan((claim,))
            claims.append(claim)
    return Carried(found=found, claims=tuple(claims))


@cache
def server_of(model: str) -> ServerKind | None:
    """The server of the multiplex that a model is; ``None`` where it is none."""
    try:
        return server_kind(model)
    except NotFoundError:
        return None


def server_container(
    connection: Resource, *, tributary_count: int, sites: tuple[int, int] = (0, 1)
) -> ServerContainer:
    """A connection of the multiplex as the engine counts it, between two numbered sites.

    One out of order has no slot left, whatever is free in it.
    """
    server = server_of(connection.model)
    assert server is not None, f"{connection.name} is no container of the multiplex"
    is_open = connection.status is ResourceStatus.AVAILABLE
    a_site, z_site = sites
    return ServerContainer(
        server=server,
        a_site=a_site,
        z_site=z_site,
        used_slots=connection.taken if is_open else (1 << server.slot_count) - 1,
        tributary_count=tributary_count,
    )


def limits_tributaries(connection: Resource) -> bool:
    """Whether it takes only so many tributaries, however small: an ODUCn (ITU-T G.709, 20.1)."""
    server = server_of(connection.model) if connection.kind in MULTIPLEX else None
    return server is not None and server.tributaries_max is not None


def _units_for_all(connection: Resource, client: Client, stock: Stock) -> int | None:
    """What all of the client takes of one connection."""
    taken, before = connection.taken, stock.claim_counts.get(connection.resource_id, 0)
    for number in range(client.count):
        units = client.units_in(replace(connection, taken=taken), before + number)
        if units is None:
            return None
        taken |= units
    return taken & ~connection.taken


def _slots(container: ServerContainer, signal: ClientSignal) -> int | None:
    """The slots that a signal takes of a server, by best fit."""
    claims = claims_along([container], [0], client=signal)
    if not isinstance(claims, tuple):
        return None
    return sum(1 << slot for slot in claims[0].slots)


def _refusal(
    client: Client,
    question: WayQuestion,
    *,
    able: list[Resource],
    stock: Stock,
    beneath: Mapping[ResourceId, frozenset[ResourceId]],
) -> Refusal:
    """Whether room is missing, a second way, or any way at all."""
    where = f"{question.a_site_id}-{question.z_site_id}"
    what = f"{client.count} x {client.name}" if client.count > 1 else client.name
    fitting = [each for each in able if _could_carry(each, client)]
    one = replace(question, is_protected=False)
    if question.is_protected:
        roomy = [each for each in fitting if _units_for_all(each, client, stock) is not None]
        if connection_ways(roomy, one, beneath=beneath) is not None:
            return Refusal(
                code="no-second-way",
                where=where,
                message=f"only one way has room for {what}",
                alternatives=("ask without protection",),
            )
    way = connection_ways(fitting, one, beneath=beneath)
    if way is None:
        return _no_connection(client, question, fitting)
    full = [each for each in way.ways[0] if _units_for_all(each, client, stock) is None]
    told = ", ".join(_fill(each, stock) for each in full)
    return Refusal(
        code="no-free-slot",
        where=full[0].name if full else where,
        message=f"no room for {what}: {told}",
        alternatives=(
            "ask for fewer or smaller signals",
            f"open another container beside {full[0].name}" if full else "open another container",
        ),
    )


def _no_connection(client: Client, question: WayQuestion, fitting: list[Resource]) -> Refusal:
    """No way at all: where one leads from either end, and who could make one."""
    a, z = question.a_site_id, question.z_site_id
    near = (
        f"{end} has it to {', '.join(reached[:NEAR_SITES_MAX])}"
        for end in (a, z)
        if (reached := sorted(_neighbours(end, fitting)))
    )
    return Refusal(
        code="no-connection",
        where=f"{a}-{z}",
        message=f"no connections in service carry {client.name} all the way from {a} to {z}",
        alternatives=(
            *near,
            f"have the network's desk open a connection for {client.name} from {a} to {z}",
            "ask for another service",
        ),
    )


def _neighbours(site_id: SiteId, connections: list[Resource]) -> set[SiteId]:
    """The sites that connections join to a site."""
    ends = ({each.a_site_id, each.z_site_id} for each in connections)
    return {site for pair in ends if site_id in pair for site in pair if site} - {site_id}


def _could_carry(connection: Resource, client: Client) -> bool:
    """Whether the client would find room if nothing else were there."""
    return client.units_in(replace(connection, taken=0), 0) is not None


def _fill(connection: Resource, stock: Stock) -> str:
    """How full it is, also by the number of tributaries where that is limited."""
    told = f"{connection.free_count} of {connection.unit_count} free"
    if limits_tributaries(connection):
        told += f", {stock.claim_counts.get(connection.resource_id, 0)} tributaries"
    return f"{connection.name} ({told})"
