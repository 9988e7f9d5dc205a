"""Over which legs can traffic go on, and what does each share with which other?

A vertex is a hand-over point as one operator has it, once for traffic that comes in by a leg of
the operator and once for traffic that goes out by one. From one operator to the next it passes
where both say that they hand over to each other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from karakoram.core.identifiers import OperatorId, RiskToken, SiteId
from karakoram.engines.routing import ArcPath, Digraph, RiskWeights, mask_of
from karakoram.network.legs import LegKind, OfferedLeg

_Gate = tuple[SiteId, OperatorId]
"""A hand-over point of one operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegBits:
    """Which risk each bit of a leg graph is.

    The first bits are what a way is made of, which is free to share: the legs, then the steps from
    operator to operator. Next comes, by leg, all that only this leg is exposed to; last are tokens
    that several rows carry, or that are those of points.
    """

    own: Mapping[int, int]
    """Bit of what only a leg is exposed to, by number of the leg; those exposed to nothing lack."""
    of_token: Mapping[RiskToken, int]
    weights: tuple[int, ...]
    """Minutes a year of each bit."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LegGraph:
    """Legs as the routing engine sees them, whatever the question."""

    legs: tuple[OfferedLeg, ...]
    digraph: Digraph
    unit_of_arc: tuple[int | None, ...]
    """Bit of the leg or of the step from operator to operator that an arc is; else ``None``."""
    units: int
    """How many legs and steps there are; legs have the first numbers."""
    origin: Mapping[SiteId, int]
    destination: Mapping[SiteId, int]
    site_number: tuple[int, ...]
    """Per vertex: the number of its site."""
    bits: LegBits
    site_tokens: Mapping[SiteId, RiskToken]
    """Tokens of the points, as far as they are told."""

    def risk_weights(self, ends: tuple[SiteId, SiteId]) -> RiskWeights:
        """What sharing each bit weighs; the legs as such and both end sites, nothing."""
        tokens = [self.site_tokens.get(site_id) for site_id in ends]
        free = [
            self.bits.of_token[token]
            for token in tokens
            if token is not None and token in self.bits.of_token
        ]
        return RiskWeights(
            weights=self.bits.weights, free_mask=mask_of([*range(self.units), *free])
        )

    def mask_where(self, chosen: Iterable[bool]) -> int:
        """The bits of the legs for which ``chosen``, one by one, says so."""
        return mask_of([number for number, is_chosen in enumerate(chosen) if is_chosen])

    @property
    def rest_mask(self) -> int:
        """The rows that cannot be had."""
        return self.mask_where(leg.kind is LegKind.REST for leg in self.legs)

    def legs_along(self, path: ArcPath) -> tuple[int, ...]:
        """The numbers of the legs of a path, in travel order."""
        units = (self.unit_of_arc[arc] for arc in path.arcs)
        return tuple(unit for unit in units if unit is not None and unit < len(self.legs))

    def sites_along(self, path: ArcPath, *, start: SiteId) -> tuple[SiteId, ...]:
        """The points that a path visits, both ends among them."""
        sites = [start]
        for number in self.legs_along(path):
            a_site_id, z_site_id = self.legs[number].ends
            sites.append(z_site_id if sites[-1] == a_site_id else a_site_id)
        return tuple(sites)

    def clash(self, path: ArcPath, *, start: SiteId) -> tuple[int, ...]:
        """The one or two units of a path of which it must do without one to visit no site twice.

        Empty when it visits none twice. A leg visits the sites between its ends, a step from
        operator to operator the point where it is taken. No way that uses both units named is
        allowed, whatever else it uses; an end of the path is no unit.
        """
        visited: dict[str, int | None] = {}
        for place, unit in self._visits(path, start=start):
            if place in visited:
                return tuple(u for u in (visited[place], unit) if u is not None)
            visited[place] = unit
        return ()

    def steps_at(self, site_ids: Iterable[SiteId]) -> int:
        """The bits of the steps from operator to operator at some points."""
        number = {self.site_number[vertex]: site_id for site_id, vertex in self.origin.items()}
        wanted = set(site_ids)
        return mask_of(
            sorted(
                unit
                for unit, tail in zip(self.unit_of_arc, self.digraph.tail_of, strict=True)
                if unit is not None
                and unit >= len(self.legs)
                and number[self.site_number[tail]] in wanted
            )
        )

    def _visits(self, path: ArcPath, *, start: SiteId) -> Iterator[tuple[str, int | None]]:
        """Every site that a path is known to visit, and the unit that visits it."""
        steps = [
            unit
            for arc in path.arcs
            if (unit := self.unit_of_arc[arc]) is not None and unit >= len(self.legs)
        ]
        along, sites = self.legs_along(path), self.sites_along(path, start=start)
        at_points = zip(sites, (None, *steps, None), strict=True)
        yield from ((self._place(site_id), step) for site_id, step in at_points)
        for number in along:
            yield from ((place, number) for place in self.legs[number].place_tokens)

    def _place(self, site_id: SiteId) -> str:
        return self.site_tokens.get(site_id) or f"site:{site_id}"


def leg_graph(legs: Sequence[OfferedLeg], costs: Sequence[int]) -> tuple[LegGraph, tuple[int, ...]]:
    """The graph over the legs, and the cost of each of its arcs.

    Parameters
    ----------
    legs
        Ways and rests that may take part, of one key, none of them twice.
    costs
        Cost of each leg, >= 0, shape (leg,).
    """
    site_tokens = dict(_site_tokens(legs))
    steps = _agreed(legs)
    units = len(legs) + len(steps)
    bits = _bits(legs, set(site_tokens.values()), units=units)
    builder = _Builder(legs)
    for number, leg in enumerate(legs):
        builder.add_leg(number, leg, mask=_mask(number, leg, bits), cost=costs[number])
    builder.add_steps(steps, first=len(legs))
    origin, destination = builder.add_ends()
    graph = LegGraph(
        legs=tuple(legs),
        digraph=Digraph(
            vertex_count=len(builder.site_of),
            tails=np.array(builder.tails, dtype=np.int64),
            heads=np.array(builder.heads, dtype=np.int64),
            risk_masks=tuple(builder.masks),
        ),
        unit_of_arc=tuple(builder.unit_of_arc),
        units=units,
        origin=origin,
        destination=destination,
        site_number=builder.site_numbers(),
        bits=bits,
        site_tokens=site_tokens,
    )
    return graph, tuple(builder.costs)


class _Builder:
    """Collects vertices and arcs; lives only while ``leg_graph`` runs."""

    def __init__(self, legs: Sequence[OfferedLeg]) -> None:
        self.site_of: list[SiteId] = []
        self.tails: list[int] = []
        self.heads: list[int] = []
        self.masks: list[int] = []
        self.costs: list[int] = []
        self.unit_of_arc: list[int | None] = []
        self.into: dict[_Gate, int] = {}
        self.out: dict[_Gate, int] = {}
        for gate in sorted({(site_id, leg.operator_id) for leg in legs for site_id in leg.ends}):
            self.into[gate] = self._vertex(gate[0])
            self.out[gate] = self._vertex(gate[0])

    def add_leg(self, number: int, leg: OfferedLeg, *, mask: int, cost: int) -> None:
        """Both directions of a leg.

        Parameters
        ----------
        number
            Of the leg among all.
        leg
            With the operator that offers it.
        mask
            Risks that it is exposed to, one bit each.
        cost
            In the whole unit of the question.
        """
        for here, there in (leg.ends, leg.ends[::-1]):
            tail, head = self.out[here, leg.operator_id], self.into[there, leg.operator_id]
            self._arc((tail, head), mask=mask, cost=cost, unit=number)

    def add_steps(self, steps: Iterable[tuple[_Gate, _Gate]], *, first: int) -> None:
        """The steps from one operator to the next, numbered from ``first``."""
        for unit, (here, there) in enumerate(steps, start=first):
            self._arc((self.into[here], self.out[there]), mask=1 << unit, unit=unit)

    def add_ends(self) -> tuple[dict[SiteId, int], dict[SiteId, int]]:
        """Where ways begin and where they end, by site."""
        origin: dict[SiteId, int] = {}
        destination: dict[SiteId, int] = {}
        for gate in self.into:
            site_id = gate[0]
            if site_id not in origin:
                origin[site_id] = self._vertex(site_id)
                destination[site_id] = self._vertex(site_id)
            self._arc((origin[site_id], self.out[gate]))
            self._arc((self.into[gate], destination[site_id]))
        return origin, destination

    def site_numbers(self) -> tuple[int, ...]:
        """The number of the site of every vertex."""
        number = {site_id: place for place, site_id in enumerate(dict.fromkeys(self.site_of))}
        return tuple(number[site_id] for site_id in self.site_of)

    def _vertex(self, site_id: SiteId) -> int:
        self.site_of.append(site_id)
        return len(self.site_of) - 1

    def _arc(
        self, ends: tuple[int, int], *, mask: int = 0, cost: int = 0, unit: int | None = None
    ) -> None:
        self.tails.append(ends[0])
        self.heads.append(ends[1])
        self.masks.append(mask)
        self.costs.append(cost)
        self.unit_of_arc.append(unit)


def _site_tokens(legs: Iterable[OfferedLeg]) -> Iterator[tuple[SiteId, RiskToken]]:
    for leg in legs:
        for site_id, token in zip(leg.ends, (leg.a_site_token, leg.z_site_token), strict=True):
            if token is not None:
                yield site_id, token


def _agreed(legs: Iterable[OfferedLeg]) -> list[tuple[_Gate, _Gate]]:
    """Every step from operator to operator that both name, in a fixed order."""
    named = {
        (site_id, leg.operator_id, partner)
        for leg in legs
        for site_id in leg.ends
        for partner in leg.partners_at(site_id)
    }
    return [
        ((site_id, own), (site_id, partner))
        for site_id, own, partner in sorted(named)
        if (site_id, partner, own) in named
    ]


def _bits(legs: Sequence[OfferedLeg], ends: set[RiskToken], *, units: int) -> LegBits:
    """Bits and weights: a token for itself where two rows carry it, else with its leg's others.

    What only one leg is exposed to, a pair shares only where both ways use the leg. So those
    tokens are one risk, and its minutes are the leg's total less those of its other tokens:
    padding, which no other row carries, drops out.
    """
    carried = Counter(token for leg in legs for token in leg.risk_tokens)
    common = [token for token in carried if carried[token] > 1 or token in ends]
    minutes = dict.fromkeys(common, 1)
    own: dict[int, int] = {}
    weights = [1] * units
    for number, leg in enumerate(legs):
        told = leg.minutes_of
        apart = {token: told[token] for token in told if token in minutes}
        rest = (leg.minutes_total or 0) - sum(apart.values())
        if rest > 0:
            own[number] = len(weights)
            weights.append(rest)
        for token, own_minutes in apart.items():
            minutes[token] = max(minutes[token], own_minutes)
    first = len(weights)
    return LegBits(
        own=own,
        of_token={token: first + place for place, token in enumerate(common)},
        weights=(*weights, *minutes.values()),
    )


def _mask(number: int, leg: OfferedLeg, bits: LegBits) -> int:
    tokens = [bits.of_token[token] for token in leg.risk_tokens if token in bits.of_token]
    own = [bits.own[number]] if number in bits.own else []
    return mask_of([number, *own, *tokens])
