"""How are containers opened over others, for tributaries to come, and closed again?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count as numbers_from

from karakoram.core.cells import did_you_mean
from karakoram.core.errors import (
    InvalidDataError,
    NotFoundError,
    RefusedError,
)
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import ClaimId, ExternalId, PartyId, ResourceId, SiteId, near_misses
from karakoram.core.provenance import Provenance
from karakoram.engines.multiplex import SERVER_NAMES
from karakoram.sales.change_log import Deed
from karakoram.sales.feasibility.carried import MULTIPLEX, Carried, server_of
from karakoram.sales.feasibility.groomed import TributaryDemand, groomed
from karakoram.sales.feasibility.multiplex_clients import model_signal
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.sales.inventory.resources import Claim, Resource, ResourceStatus
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.offer_trust import way_trust
from karakoram.sales.plans import Refusal
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.multiplex.open_tributaries import (
    TributariesAsked,
    TributariesOfRow,
    numbered,
)
from karakoram.usecases.sell.expire_quotes import read_cleared
from karakoram.usecases.sell.lost_races import retry_when_taken
from karakoram.usecases.sell.sales_action import (
    Change,
    Request,
    buyer_of,
    done_before,
    log_change,
    remember,
)
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore, SalesWriter

KIND_BY_PREFIX: Mapping[str, ResourceKind] = {
    "ODU": ResourceKind.ODU,
    "STM": ResourceKind.STM,
    "E1": ResourceKind.E1,
}
"""Which kind of the inventory a server is, by the beginning of its name."""


def open_containers(
    asked: TributariesAsked,
    *,
    asker_id: PartyId,
    external_id: ExternalId,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
) -> tuple[Resource, ...] | NotFeasible:
    """The new containers, in the order of the rows; or why not all of them find slots to ride on.

    A container goes in the container of its signal: an ``STM-1/TU-12`` in an ODU0, an ``E1`` in a
    VC-12. It is in service at once, and that operator's whose server it rides on first.

    Parameters
    ----------
    asked
        Rows of servers and sites.
    asker_id
        Who asks.
    external_id
        Under which name of its own.
    deed
        Who does it, when and why.
    store
        Where records are kept.
    ids
        Names for new records.

    Raises
    ------
    NotFoundError
        If nobody is registered under the asker's identifier.
    InvalidDataError
        With every row that names no server, or no two sites where containers end.
    RefusedError
        With code ``external-id-reused``.
    """
    request = Request(
        action="dxx.open_container",
        buyer_id=asker_id,
        external_id=external_id,
        content=asked.content,
        deed=deed,
    )

    return retry_when_taken(
        lambda: _try_opening(asked.rows, request, store=store, ids=ids), where=external_id
    )


def _try_opening(
    rows: Sequence[TributariesOfRow], request: Request, *, store: SalesStore, ids: IdSource
) -> tuple[Resource, ...] | NotFeasible:
    """Plan on what is free now, and write it if it is free still."""
    again = store.read(lambda tx: _opened_before(tx, rows, request))
    if again is not None:
        return again
    found = read_cleared(
        lambda tx: _ways(tx, rows, request), deed=request.deed, store=store, ids=ids
    )
    if isinstance(found, NotFeasible):
        return found

    def write(tx: SalesWriter) -> tuple[Resource, ...]:
        written = _opened_before(tx, rows, request)
        if written is not None:
            return written
        taken = {each.resource_id for each in tx.resources(MULTIPLEX)}
        opened: list[Resource] = []
        for number, (row, way) in enumerate(found, start=1):
            container = _container(row, way, taken=taken)
            taken.add(container.resource_id)
            _write(tx, container, way, request=numbered(request, number), ids=ids)
            opened.append(container)
        remember(tx, request, opened[0].resource_id)
        return tuple(opened)

    return store.write(write)


def _opened_before(
    tx: SalesReader, rows: Sequence[TributariesOfRow], request: Request
) -> tuple[Resource, ...] | None:
    """What the same request opened before and is still there; ``None`` where it is new.

    Raises
    ------
    RefusedError
        With code ``external-id-reused`` where one of its names is used for something else.
    """
    is_new = done_before(tx, request) is None
    total = sum(row.count for row in rows)
    known = [done_before(tx, numbered(request, number + 1)) for number in range(total)]
    if is_new:
        return None
    return tx.resources_by_id(ResourceId(each) for each in known if each is not None)


def _ways(
    tx: SalesReader, rows: Sequence[TributariesOfRow], request: Request
) -> tuple[tuple[TributariesOfRow, Carried], ...] | NotFeasible:
    """The way of every container; or why not all of them have one."""
    buyer_of(tx, request.buyer_id)
    there = tx.resources()
    found = groomed(
        _demands(rows, there),
        stock=stock_of(there, tx.claims_on(each.resource_id for each in there)),
    )
    reasons = tuple(each for each in found if isinstance(each, Refusal))
    if reasons:
        return NotFeasible(reasons=reasons)
    ways = (each for each in found if isinstance(each, Carried))
    each_one = (row for row in rows for _ in range(row.count))
    return tuple(zip(each_one, ways, strict=True))


def close_container(
    container_id: ResourceId, *, deed: Deed, store: SalesStore, ids: IdSource
) -> Resource:
    """The container that is gone, its slots given back to what it rode on.

    Parameters
    ----------
    container_id
        Which.
    deed
        Who does it, when and why.
    store
        Where records are kept.
    ids
        Names for new records.

    Raises
    ------
    NotFoundError
        If there is no such container of the multiplex.
    RefusedError
        With code ``something-rides-here``.
    """

    def write(tx: SalesWriter) -> Resource:
        container = known_container(tx, container_id)
        riders = {claim.claimant_id for claim in tx.claims_on([container_id])}
        if riders:
            raise RefusedError(
                f"{len(riders)} ride on {container.name}: {', '.join(sorted(riders)[:3])}",
                code="something-rides-here",
                where=container_id,
                alternatives=("move them with dxx regroom, or cease them, first",),
            )
        tx.release_claims(tx.claims_of([container_id]))
        tx.remove_resources([container_id])
        change = Change(
            action="dxx.close_container",
            subject_kind="resource",
            subject_id=container_id,
            state_before=container.status.value,
        )
        log_change(tx, ids, deed=deed, change=change)
        return container

    return store.write(write)


def known_container(tx: SalesReader, container_id: ResourceId) -> Resource:
    """The container of the multiplex with this identifier.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    for found in tx.resources_by_id([container_id]):
        if found.kind in MULTIPLEX and found.z_site_id is not None:
            return found
    known = [each.resource_id for each in tx.resources(MULTIPLEX)]
    raise NotFoundError(
        f"no container of the multiplex is called {container_id!r}.",
        near_misses=near_misses(container_id, known),
    )


def _demands(rows: Sequence[TributariesOfRow], there: Sequence[Resource]) -> list[TributaryDemand]:
    """What each row asks of the servers.

    Raises
    ------
    InvalidDataError
        With everything that is wrong in any row.
    """
    ends = {
        site
        for each in there
        if each.kind in MULTIPLEX
        for site in (each.a_site_id, each.z_site_id)
        if site is not None
    }
    findings = tuple(each for row in rows for each in _wrong(row, ends))
    if findings:
        raise InvalidDataError(findings)
    return [
        TributaryDemand(
            signal=model_signal(row.signal) or row.signal,
            a_site_id=SiteId(row.a_site),
            z_site_id=SiteId(row.z_site),
            count=row.count,
        )
        for row in rows
    ]


def _wrong(row: TributariesOfRow, ends: set[SiteId]) -> Iterator[Finding]:
    if server_of(row.signal) is None or not row.signal.startswith(tuple(KIND_BY_PREFIX)):
        near = did_you_mean(row.signal, SERVER_NAMES)
        message = f"{row.signal} is no server that an inventory holds, such as STM-1/TU-12{near}"
        yield _finding(row, "unknown-server", field="signal", message=message)
    elif model_signal(row.signal) is None:
        message = f"nothing is known that carries a {row.signal}"
        yield _finding(row, "not-carried", field="signal", message=message)
    for field, site in (("a_site", row.a_site), ("z_site", row.z_site)):
        if site not in ends:
            message = f"no container ends at {site}{did_you_mean(site, ends)}"
            yield _finding(row, "unknown-site", field=field, message=message)
    if row.a_site == row.z_site:
        yield _finding(row, "same-ends", field="z_site", message="must be another site than a_site")


def _finding(row: TributariesOfRow, code: str, *, field: str, message: str) -> Finding:
    place = Place(table="tributaries", record=row.signal, row=row.row, field=field)
    return Finding(code=code, place=place, message=message)


def _container(row: TributariesOfRow, way: Carried, *, taken: set[ResourceId]) -> Resource:
    """A container on its way, under the first number that is not in use."""
    model, server = row.signal, server_of(row.signal)
    assert server is not None, "asked for already"
    kind = next(one for prefix, one in KIND_BY_PREFIX.items() if model.startswith(prefix))
    between = f"{row.a_site}-{row.z_site}"
    number = next(
        n for n in numbers_from(1) if ResourceId(f"{kind.value}:{between}:{model}:{n}") not in taken
    )
    sections = way.found.ways[0]
    return Resource(
        resource_id=ResourceId(f"{kind.value}:{between}:{model}:{number}"),
        kind=kind,
        model=model,
        name=f"{between} {model} {number}",
        operator_id=sections[0].operator_id,
        a_site_id=SiteId(row.a_site),
        z_site_id=SiteId(row.z_site),
        unit_count=server.slot_count,
        status=ResourceStatus.AVAILABLE,
        length_km=sum(each.length_km for each in sections),
        latency_ms=sum(each.latency_ms for each in sections),
        provenance=_container_provenance(sections),
    )


def _container_provenance(sections: Iterable[Resource]) -> Provenance:
    """Of a container's length and latency: no better than those of what it rides on."""
    return Provenance(source="opened by karakoram dxx open", confidence=way_trust(sections))


def _write(
    tx: SalesWriter, container: Resource, way: Carried, *, request: Request, ids: IdSource
) -> None:
    tx.add_resources([container])
    tx.add_claims(
        Claim(
            claim_id=ClaimId(ids.new_id()),
            resource_id=planned.resource_id,
            units=planned.units,
            claimant_id=container.resource_id,
            side=planned.side,
            hop=planned.hop,
        )
        for planned in way.claims
    )
    remember(tx, request, container.resource_id)
    change = Change(
        action=request.action,
        subject_kind="resource",
        subject_id=container.resource_id,
        state_after=container.status.value,
        detail=", ".join(each.name for each in way.found.ways[0]),
    )
    log_change(tx, ids, deed=request.deed, change=change)
