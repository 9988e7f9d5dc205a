"""Which ways from end to end do the legs of several operators make, and which pair shares least?

Nothing is known but what the legs tell. What operators have and do not tell is bounded by their
rows of rest, so that every answer says whether the whole truth could be better.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from karakoram.core.identifiers import LegId, SiteId
from karakoram.core.money import Money, total
from karakoram.core.provenance import Confidence, weakest
from karakoram.engines.routing import (
    ArcPath,
    Avoided,
    DisjointPair,
    Ends,
    paths_without_return,
    risks_in,
)
from karakoram.network.legs import LegKind, OfferedLeg
from karakoram.planning.leg_answers import LegAnswer, LegPair, LegQuestion, LegWay, SharedExposure
from karakoram.planning.leg_graph import LegGraph, leg_graph
from karakoram.planning.leg_pairs import BestLegPair, best_leg_pair
from karakoram.planning.route_answers import RouteMetric
from karakoram.planning.route_graph import MM_PER_KM, PS_PER_MS

LOOKED_AT_MAX = 20_000
"""Paths looked at in one search, at most, those that come back to a site counted."""


def find_leg_ways(legs: Sequence[OfferedLeg], question: LegQuestion) -> LegAnswer:
    """The k best ways over the legs, and the pair that shares least if asked for.

    A way visits no site twice, as far as places are told, and an operator's legs are not joined
    to each other: what it has from end to end, it offers as one leg.

    Parameters
    ----------
    legs
        Of every operator, without errors of ``validate_legs``.
    question
        Ends, and what makes a way better.
    """
    costs = {leg.leg_id: _cost(leg, question.metric) for leg in legs}
    taking_part = [leg for leg in legs if _takes_part(leg, costs[leg.leg_id], question)]
    left_out = _left_out(legs, taking_part, question)
    ends = (question.a_site_id, question.z_site_id)
    known = {site_id for leg in taking_part for site_id in leg.ends}
    silent = tuple(sorted({leg.operator_id for leg in legs if not leg.is_exhaustive}))
    if not known.issuperset(ends):
        return LegAnswer(
            ways=(),
            certain=0,
            pair=None,
            proven_pair=None,
            silent_operator_ids=silent,
            left_out=left_out,
        )
    graph, cost = leg_graph(taking_part, [costs[leg.leg_id] or 0 for leg in taking_part])
    search = _Search(
        graph=graph, cost=cost, ends=ends, is_told=not silent and not left_out, k=question.k
    )
    ways, certain = search.ways()
    pair = search.pair() if question.disjoint else None
    return LegAnswer(
        ways=tuple(map(search.way, ways)),
        certain=certain,
        pair=pair,
        proven_pair=None if pair is None or pair.is_proven else search.proven_pair(),
        silent_operator_ids=silent,
        left_out=left_out,
    )


def _cost(leg: OfferedLeg, metric: RouteMetric) -> int | None:
    """What a leg costs, as an integer; ``None`` where it does not tell."""
    match metric:
        case RouteMetric.LATENCY:
            return round(leg.latency_ms * PS_PER_MS)
        case RouteMetric.LENGTH:
            if leg.length_km is None:
                return 0 if leg.kind is LegKind.REST else None
            return round(leg.length_km * MM_PER_KM)
        case RouteMetric.PRICE:
            return leg.price_minor


def _takes_part(leg: OfferedLeg, cost: int | None, question: LegQuestion) -> bool:
    return (
        cost is not None
        and leg.status in question.accepted_statuses
        and leg.validity.holds_on(question.on_day)
    )


def _left_out(
    legs: Iterable[OfferedLeg], taking_part: Iterable[OfferedLeg], question: LegQuestion
) -> tuple[LegId, ...]:
    """Legs whose absence may hide a better way; what is not sold or not accepted hides none."""
    present = {leg.leg_id for leg in taking_part}
    return tuple(
        leg.leg_id
        for leg in legs
        if leg.leg_id not in present
        and leg.status in question.accepted_statuses
        and not (
            question.metric is RouteMetric.PRICE
            and leg.price_minor is None
            and leg.validity.holds_on(question.on_day)
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Search:
    """One question over one graph."""

    graph: LegGraph
    cost: Sequence[int]
    ends: tuple[SiteId, SiteId]
    is_told: bool
    """Whether rows of rest bound all that is not told."""
    k: int

    def ways(self) -> tuple[tuple[ArcPath, ...], int]:
        """The k best ways that can be had, and how many of the first are certainly the best."""
        rest = self.graph.rest_mask
        found = tuple(islice(self._paths(avoid=rest), self.k))
        if not self.is_told:
            return found, 0
        others = islice(self._paths(avoid=0), LOOKED_AT_MAX)
        last = found[-1].cost if len(found) == self.k else float("inf")
        bound = float("inf")
        for number, path in enumerate(others, start=1):
            if path.cost >= last:
                break
            if path.risk_mask & rest or number == LOOKED_AT_MAX:
                bound = path.cost
                break
        return found, sum(path.cost <= bound for path in found)

    def way(self, path: ArcPath) -> LegWay:
        """The path as an answer shows it."""
        legs = [self.graph.legs[number] for number in self.graph.legs_along(path)]
        lengths = [leg.length_km for leg in legs if leg.length_km is not None]
        prices = [
            Money(leg.price_minor, leg.currency) for leg in legs if leg.price_minor is not None
        ]
        length_km = sum(lengths) if len(lengths) == len(legs) else None
        price = total(prices, prices[0].currency) if len(prices) == len(legs) else None
        return LegWay(
            leg_ids=tuple(leg.leg_id for leg in legs),
            site_ids=self.graph.sites_along(path, start=self.ends[0]),
            operator_ids=tuple(leg.operator_id for leg in legs),
            latency_ms=sum(round(leg.latency_ms * PS_PER_MS) for leg in legs) / PS_PER_MS,
            latency_confidence=_worst(leg.latency_confidence for leg in legs),
            length_km=length_km,
            length_confidence=None
            if length_km is None
            else _worst(leg.length_confidence for leg in legs),
            price=price,
            price_confidence=None
            if price is None
            else _worst(leg.price_confidence for leg in legs),
            unproven_leg_ids=tuple(leg.leg_id for leg in legs if not leg.tokens_complete),
        )

    def pair(self) -> LegPair | None:
        """The best pair of ways that can be had, and whether any other could be better."""
        best = self._best_pair(avoid=self.graph.rest_mask)
        if best is None:
            return None
        bound = self._best_pair(avoid=0) if self.is_told else None
        if bound is None or not bound.is_proven:
            return self._shown(best)
        shown = self._shown(best)
        is_best = best.is_proven and best.merit == bound.merit and shown.is_proven
        return replace(shown, minutes_at_least=bound.pair.shared_weight, is_best=is_best)

    def proven_pair(self) -> LegPair | None:
        """The best pair over legs that tell all their tokens."""
        lacking = self.graph.mask_where(not leg.tokens_complete for leg in self.graph.legs)
        best = self._best_pair(avoid=lacking)
        return None if best is None else self._shown(best)

    def _shown(self, best: BestLegPair) -> LegPair:
        first, second = best.pair.first, best.pair.second
        return LegPair(
            ways=(self.way(first), self.way(second)),
            shared=tuple(self._exposures(best.pair)),
            minutes_at_least=None,
            is_best=False,
            prover=best.prover,
        )

    def _exposures(self, pair: DisjointPair) -> Iterator[SharedExposure]:
        """What takes both ways, the longest outages first."""
        bits = self.graph.bits
        token_of = {bit: token for token, bit in bits.of_token.items()}
        site_of = {token: site_id for site_id, token in self.graph.site_tokens.items()}
        numbers = dict.fromkeys(
            (*self.graph.legs_along(pair.first), *self.graph.legs_along(pair.second))
        )
        masks = dict(zip(self.graph.unit_of_arc, self.graph.digraph.risk_masks, strict=True))
        for bit in sorted(risks_in(pair.shared_mask), key=lambda bit: (-bits.weights[bit], bit)):
            token = token_of.get(bit)
            exposed = [self.graph.legs[number] for number in numbers if masks[number] >> bit & 1]
            yield SharedExposure(
                token=token,
                minutes=bits.weights[bit],
                confidence=_worst(leg.minutes_confidence for leg in exposed),
                site_id=None if token is None else site_of.get(token),
                leg_ids=tuple(leg.leg_id for leg in exposed),
            )

    def _paths(self, *, avoid: int) -> Iterator[ArcPath]:
        """The ways by rising cost that visit no site twice."""
        paths = paths_without_return(
            self.graph.digraph,
            cost=self.cost,
            ends=self._ends(),
            place_of=self.graph.site_number,
            avoid=Avoided(risk_mask=avoid),
        )
        for path in islice(paths, LOOKED_AT_MAX):
            if path is not None and not self.graph.clash(path, start=self.ends[0]):
                yield path

    def _best_pair(self, *, avoid: int) -> BestLegPair | None:
        return best_leg_pair(self.graph, cost=self.cost, ends=self.ends, avoid=avoid)

    def _ends(self) -> Ends:
        return Ends.between(self.graph.origin[self.ends[0]], self.graph.destination[self.ends[1]])


def _worst(told: Iterable[Confidence | None]) -> Confidence:
    """The worst of what legs tell; one that says nothing counts as assumed."""
    return weakest(tuple(each or Confidence.ASSUMED for each in told))
