"""What does each site connect to what, slot by slot, and is every slot connected once?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from karakoram.engines.multiplex.containers import (
    ServerContainer,
    SlotClaim,
    Tributary,
    without_claims,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossConnect:
    """One row of a site's map: a tributary comes in here and goes out there."""

    site: int
    tributary: int
    incoming: SlotClaim | None
    """On the side of the tributary's first site; ``None`` where it enters the multiplex."""
    outgoing: SlotClaim | None
    """On the side of its last; ``None`` where it leaves."""

    @property
    def slot_pairs(self) -> tuple[tuple[int, int], ...]:
        """Incoming and outgoing slots side by side; none where the two servers count otherwise.

        A tributary may need 9 slots in one kind of server and 8 in another; it is then switched as
        a whole.
        """
        if self.incoming is None or self.outgoing is None:
            return ()
        if len(self.incoming.slots) != len(self.outgoing.slots):
            return ()
        return tuple(zip(self.incoming.slots, self.outgoing.slots, strict=True))


def cross_connects(
    containers: Sequence[ServerContainer], tributaries: Sequence[Tributary]
) -> tuple[CrossConnect, ...]:
    """The rows of all sites, by site, then by tributary; every slot stands at each end once.

    Parameters
    ----------
    containers
        All of them, with the claims of the tributaries.
    tributaries
        What is carried.

    Raises
    ------
    ValueError
        If a slot is claimed twice or not used, or a tributary's containers do not lead from its
        first site to its last, each site once.
    """
    without_claims(containers, [claim for one in tributaries for claim in one.claims])
    rows = [
        row
        for number, one in enumerate(tributaries)
        for row in _rows(containers, one, number=number)
    ]
    return tuple(sorted(rows, key=lambda row: (row.site, row.tributary)))


def sites_along(containers: Sequence[ServerContainer], one: Tributary) -> tuple[int, ...]:
    """The sites that a tributary comes by, first and last included.

    Raises
    ------
    ValueError
        If its containers do not lead from its first site to its last, each site once.
    """
    sites = [one.a_site]
    for claim in one.claims:
        container = containers[claim.container]
        if sites[-1] not in {container.a_site, container.z_site}:
            raise ValueError(f"container {claim.container} does not begin at site {sites[-1]}")
        is_forward = container.a_site == sites[-1]
        sites.append(container.z_site if is_forward else container.a_site)
    if sites[-1] != one.z_site or len(set(sites)) < len(sites):
        raise ValueError(f"a way leads from {one.a_site} to {one.z_site}, each once, got {sites}")
    return tuple(sites)


def _rows(
    containers: Sequence[ServerContainer], one: Tributary, *, number: int
) -> Iterator[CrossConnect]:
    """The rows of one tributary, from its first site to its last."""
    sites = sites_along(containers, one)
    for site, incoming, outgoing in zip(
        sites, (None, *one.claims), (*one.claims, None), strict=True
    ):
        yield CrossConnect(site=site, tributary=number, incoming=incoming, outgoing=outgoing)
