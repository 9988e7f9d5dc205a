"""How full is the digital multiplex, and what is connected to what at a site?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import ResourceId, SiteId, near_misses
from karakoram.engines.multiplex import (
    client_signal,
    container_fill,
    server_kind,
    slot_label,
)
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.carried import server_container
from karakoram.sales.feasibility.operator_legs import sites_on
from karakoram.sales.inventory.resources import Claim, Resource
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.sell.sales_ports import SalesReader, SalesStore

CONTAINERS = (ResourceKind.ODU, ResourceKind.STM, ResourceKind.E1)

_TEXT_AND_NUMBER = re.compile(r"(\D*)(\d*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerRow:
    """One container: what is used, what is free, and what of it a client can take."""

    container: Resource
    riders: int
    """How many claims are on it."""
    more: int
    """How many more of the client fit, one after another."""
    stranded: int
    """Free slots that are left over when as many as fit are in."""
    fragmentation: float
    """Share of the clients that the free slots would hold side by side, but do not as they lie
    [0..1]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossConnectRow:
    """What is switched through at a site: in here, out there."""

    rider_id: str
    side: PathSide
    incoming: Resource | None
    """On the side of the rider's A end; ``None`` where it enters the multiplex."""
    incoming_slots: tuple[str, ...]
    """As the Recommendations call them, e.g. ``TU-12 1.1.1``."""
    outgoing: Resource | None
    """On the side of its Z end; ``None`` where it leaves."""
    outgoing_slots: tuple[str, ...]


def multiplex_fill(client: str, *, store: SalesStore) -> tuple[ContainerRow, ...]:
    """The fill of every container, by kind and name, for a client.

    Raises
    ------
    NotFoundError
        If the Recommendations have no such client signal.
    """
    signal = client_signal(client)

    def read(tx: SalesReader) -> tuple[ContainerRow, ...]:
        containers = tx.resources(CONTAINERS)
        many: dict[str, int] = {}
        for claim in tx.claims_on(each.resource_id for each in containers):
            many[claim.resource_id] = many.get(claim.resource_id, 0) + 1
        fills = container_fill(
            [
                server_container(each, tributary_count=many.get(each.resource_id, 0))
                for each in containers
            ],
            client=signal,
        )
        rows = (
            ContainerRow(
                container=each,
                riders=many.get(each.resource_id, 0),
                more=fill.tributaries_that_fit,
                stranded=fill.stranded_slots,
                fragmentation=fill.fragmentation,
            )
            for each, fill in zip(containers, fills, strict=True)
        )
        return tuple(sorted(rows, key=lambda row: (row.container.kind.value, row.container.name)))

    return store.read(read)


def cross_connect_map(site_id: SiteId, *, store: SalesStore) -> tuple[CrossConnectRow, ...]:
    """Everything that passes through the site from one container to another, enters or leaves.

    Raises
    ------
    NotFoundError
        If no container ends at the site.
    """

    def read(tx: SalesReader) -> tuple[CrossConnectRow, ...]:
        here = tx.resources(CONTAINERS, site_ids=[site_id])
        if not here:
            known = {site for each in tx.resources(CONTAINERS) for site in _ends(each)}
            raise NotFoundError(
                f"no container of the multiplex ends at {site_id!r}.",
                near_misses=near_misses(site_id, known),
            )
        riders = {claim.claimant_id for claim in tx.claims_on(each.resource_id for each in here)}
        claims = tx.claims_of(sorted(riders))
        every = {
            each.resource_id: each
            for each in tx.resources_by_id(claim.resource_id for claim in claims)
            if each.kind in CONTAINERS
        }
        on_containers = [claim for claim in claims if claim.resource_id in every]
        rows = _rows(on_containers, every, site_id=site_id)
        return tuple(sorted(rows, key=_place))

    return store.read(read)


def _rows(
    claims: Iterable[Claim], containers: Mapping[ResourceId, Resource], *, site_id: SiteId
) -> Iterator[CrossConnectRow]:
    """Where ways meet the site: between two hops, before the first or after the last."""
    in_order = sorted(claims, key=lambda each: (each.claimant_id, each.side.value, each.hop))
    for (rider, side), group in groupby(in_order, key=lambda each: (each.claimant_id, each.side)):
        hops = [(containers[each.resource_id], each) for each in group]
        sites = _sites([container for container, _ in hops])
        for site, before, after in zip(sites, (None, *hops), (*hops, None), strict=True):
            if site == site_id:
                yield CrossConnectRow(
                    rider_id=rider,
                    side=side,
                    incoming=before and before[0],
                    incoming_slots=_labels(*before) if before else (),
                    outgoing=after and after[0],
                    outgoing_slots=_labels(*after) if after else (),
                )


def _sites(way: Sequence[Resource]) -> tuple[SiteId, ...]:
    """The sites that a way comes by; one of a single container is taken from its own A end."""
    first = way[0]
    if len(way) > 1 and first.a_site_id in _ends(way[1]) and first.z_site_id is not None:
        return sites_on(first.z_site_id, way)
    return sites_on(first.a_site_id, way)


def _place(row: CrossConnectRow) -> tuple[tuple[tuple[str, int], ...], ...]:
    """What rows are sorted by: where they come in, then where they go out, 2 before 10."""
    words = (
        row.incoming.name if row.incoming else "",
        *row.incoming_slots,
        row.outgoing.name if row.outgoing else "",
        *row.outgoing_slots,
    )
    return tuple(
        tuple((text, int(number or 0)) for text, number in _TEXT_AND_NUMBER.findall(word))
        for word in words
    )


def _labels(container: Resource, claim: Claim) -> tuple[str, ...]:
    server = server_kind(container.model)
    return tuple(slot_label(server, slot) for slot in claim.unit_numbers)


def _ends(container: Resource) -> tuple[SiteId, ...]:
    return tuple(site for site in (container.a_site_id, container.z_site_id) if site is not None)
