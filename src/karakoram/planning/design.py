"""How would a service go from A to Z: cheapest, with the lowest latency, most diverse?

Routes are searched exactly (by whole price, by latency, by what is shared), every candidate is
lit, priced in full and rated, and each label goes to the candidate that deserves it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from karakoram.core.identifiers import SpanId
from karakoram.core.provenance import Confidence, Provenance
from karakoram.engines.routing import ArcPath, risks_in
from karakoram.planning.advice import advice
from karakoram.planning.cheapest import LISTED_MAX, TRIED_MAX, Way, cheapest_pair, cheapest_path
from karakoram.planning.demand import Protection, ServiceDemand
from karakoram.planning.lit_ways import LitWays, SpanChain
from karakoram.planning.offers import (
    CUT_SHORT_SUBJECT,
    DiversityProof,
    DiversityScope,
    Infeasible,
    Offer,
    OfferLabel,
    OfferPrice,
    Reason,
    ServiceDesign,
    ServicePath,
    SharedRisk,
    TracedFigure,
)
from karakoram.planning.path_plan import PathPlan
from karakoram.planning.path_side import PathSide
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.pricing import offer_price, price_over_term
from karakoram.planning.profile import path_profile
from karakoram.planning.refusal import end_reasons, no_second_path, not_proven, route_reasons
from karakoram.planning.reliability import Reliability, reliability
from karakoram.planning.risks import shared_risk
from karakoram.planning.search_space import SearchSpace, search_space
from karakoram.planning.traces import traced_figures

EXPOSURE_CANDIDATES = 4
"""Unprotected paths by exposure to compare. Common causes do not add along a path, so the least
exposed by its own spans need not be the least down; a few are lit, priced and rated to see.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """One or two lit paths with everything that labels are given by."""

    paths: tuple[PathPlan, ...]
    proof: DiversityProof | None
    shared_weight: int
    shared_mask: int
    price: OfferPrice
    reliability: Reliability


def design_service(
    prepared: PreparedNetwork, demand: ServiceDemand, *, is_advised: bool = True
) -> ServiceDesign | Infeasible:
    """The three offers that a sales desk shows, or why there is none.

    Parameters
    ----------
    prepared
        The network, from :func:`karakoram.planning.prepare.prepare`.
    demand
        What the customer asks for; its sites are sites of the network.
    is_advised
        Whether to look for what other wishes and what is not built yet would give: a fifth of the
        work, which nobody who only sells asks for.
    """
    at_ends = end_reasons(prepared.network, demand)
    if at_ends:
        return Infeasible(demand=demand, reasons=at_ends)
    space = search_space(prepared, demand)
    fastest = space.best_path(space.latency_ps)
    if fastest.path is None:
        reasons = route_reasons(space) if fastest.proven else (not_proven(space),)
        return Infeasible(demand=demand, reasons=reasons)
    lit = LitWays(space)
    found = _ways(lit, fastest.path)
    if not found.proof_of_way or any(_is_one_way(space, way) for way in found.proof_of_way):
        return Infeasible(demand=demand, reasons=(_no_pair_reason(space, found),))
    candidates = [_candidate(lit, way, proof=proof) for way, proof in found.proof_of_way.items()]
    chosen = [(label, min(candidates, key=merit)) for label, merit in _merits(demand)]
    winners = {id(candidate): candidate for _, candidate in chosen}
    services = {key: _offer(space, chosen[0][0], candidate) for key, candidate in winners.items()}
    offers = tuple(replace(services[id(candidate)], label=label) for label, candidate in chosen)
    if not found.is_cheapest_proven:
        # One service is one offer, whatever its labels, so all of them tell the same.
        offers = tuple(
            _with_assumption(offer) if candidate is chosen[0][1] else offer
            for offer, (_, candidate) in zip(offers, chosen, strict=True)
        )
    advised = advice(space, offers) if is_advised else ()
    return ServiceDesign(demand=demand, offers=offers, advice=advised)


_Merit = tuple[float | tuple[tuple[SpanId, ...], ...], ...]


def _merits(
    demand: ServiceDemand,
) -> tuple[tuple[OfferLabel, Callable[[_Candidate], _Merit]], ...]:
    """What each label is given by; the smallest wins, and the names of the spans decide last."""

    def price(candidate: _Candidate) -> int:
        return price_over_term(candidate.price, term_months=demand.term_months)

    def latency_ms(candidate: _Candidate) -> float:
        return sum(path.latency_ms for path in candidate.paths)

    def outage(candidate: _Candidate) -> float:
        return candidate.reliability.unavailability

    def names(candidate: _Candidate) -> tuple[tuple[SpanId, ...], ...]:
        return tuple(path.span_ids for path in candidate.paths)

    return (
        (OfferLabel.CHEAPEST, lambda it: (price(it), outage(it), latency_ms(it), names(it))),
        (OfferLabel.LOWEST_LATENCY, lambda it: (latency_ms(it), price(it), outage(it), names(it))),
        (
            OfferLabel.MOST_DIVERSE,
            lambda it: (it.shared_weight, outage(it), price(it), latency_ms(it), names(it)),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The candidates."""

    proof_of_way: Mapping[Way, DiversityProof | None]
    """Each with the proof of its diversity; empty when no pair was found."""
    is_cheapest_proven: bool


def _ways(lit: LitWays, fastest: ArcPath) -> _Found:
    """Every way that may earn a label."""
    space = lit.space
    if space.demand.protection is Protection.NONE:
        by_fibre = space.best_path(space.price_minor).path
        cheapest = cheapest_path(lit, start=by_fibre or fastest)
        exposed = space.good_paths(space.exposure(), k=EXPOSURE_CANDIDATES)
        ways = (*cheapest.ways, (fastest,), *((path,) for path in exposed))
        return _Found(
            proof_of_way=_distinct(space, [(way, None) for way in ways]),
            is_cheapest_proven=cheapest.proven,
        )
    plant, everything = DiversityScope.PLANT, DiversityScope.ALL_RISKS
    by_fibre_pair = _pair(space, space.price_minor, scope=plant)
    found = [
        by_fibre_pair,
        _pair(space, space.latency_ps, scope=plant),
        _pair(space, space.price_minor, scope=everything),
    ]
    known = _distinct(space, [pair for pair in found if pair is not None])
    if by_fibre_pair is None or any(_is_one_way(space, way) for way in known):
        return _Found(proof_of_way=known, is_cheapest_proven=False)
    start, proof = by_fibre_pair
    cheapest_pairs = cheapest_pair(lit, start=start)
    in_order = [(_working_first(space, way), proof) for way in cheapest_pairs.ways]
    return _Found(
        proof_of_way=_distinct(space, [*known.items(), *in_order]),
        is_cheapest_proven=cheapest_pairs.proven,
    )


def _distinct(
    space: SearchSpace, ways: Iterable[tuple[Way, DiversityProof | None]]
) -> dict[Way, DiversityProof | None]:
    """Each way once, whatever cost it was found by; the proof of the first counts."""
    first: dict[tuple[SpanChain, ...], tuple[Way, DiversityProof | None]] = {}
    for way, proof in ways:
        first.setdefault(tuple(map(space.prepared.graph.spans_of, way)), (way, proof))
    return dict(first.values())


def _with_assumption(offer: Offer) -> Offer:
    """The offer that a search cut short found to be the cheapest, saying so."""
    told = TracedFigure(
        subject=CUT_SHORT_SUBJECT,
        figure=(
            f"the label {OfferLabel.CHEAPEST.value} means: of those tried, up to {TRIED_MAX} "
            f"of up to {LISTED_MAX} ways of cheapest fibre"
        ),
        provenance=Provenance(
            source="this search, cut short",
            confidence=Confidence.ASSUMED,
            note="another way might cost less, by fewer regenerators or in another pair",
        ),
    )
    return replace(offer, traced_figures=(*offer.traced_figures, told))


def _no_pair_reason(space: SearchSpace, found: _Found) -> Reason:
    """Why there is no protection; a search cut short denies a second way only if it is certain."""
    provers = {proof.prover for proof in found.proof_of_way.values() if proof is not None}
    is_certain = bool(provers - {"capped"}) or space.is_only_way()
    return no_second_path(space) if is_certain else not_proven(space)


def _is_one_way(space: SearchSpace, paths: Sequence[ArcPath]) -> bool:
    """Whether the paths of a protected service are one and the same."""
    ways = {space.prepared.graph.spans_of(path) for path in paths}
    return len(ways) < len(paths)


def _pair(
    space: SearchSpace, cost: Sequence[int], *, scope: DiversityScope
) -> tuple[Way, DiversityProof] | None:
    """The best pair and what proves it."""
    pair = space.best_pair(cost, all_risks=scope is DiversityScope.ALL_RISKS)
    if pair is None:
        return None
    way = _working_first(space, (pair.first, pair.second))
    return way, DiversityProof(scope=scope, prover=pair.proof)


def _working_first(space: SearchSpace, way: Way) -> Way:
    """The faster path first, unless only the first was told where to pass."""
    if space.demand.via_site_ids:
        return way

    def latency_ps(path: ArcPath) -> int:
        return sum(space.latency_ps[arc] for arc in path.arcs)

    return tuple(
        sorted(way, key=lambda path: (latency_ps(path), space.prepared.graph.spans_of(path)))
    )


def _candidate(lit: LitWays, way: Way, *, proof: DiversityProof | None) -> _Candidate:
    space, prepared = lit.space, lit.space.prepared
    paths = tuple(map(lit.plan, way))
    shared_mask = _shared_mask(space, paths)
    risks = prepared.graph.risks
    return _Candidate(
        paths=paths,
        proof=proof,
        shared_weight=sum(risks[bit].weight for bit in risks_in(shared_mask)),
        shared_mask=shared_mask,
        price=offer_price(prepared.network, space.book, paths=_with_roles(paths)),
        reliability=reliability(prepared, paths),
    )


def _shared_mask(space: SearchSpace, paths: Sequence[PathPlan]) -> int:
    """Every risk on all paths of a protected service, but for the ends and hand-overs."""
    if len(paths) == 1:
        return 0
    return paths[0].risk_mask & paths[1].risk_mask & ~space.free_mask


def _with_roles(paths: Sequence[PathPlan]) -> tuple[tuple[PathSide, PathPlan], ...]:
    return tuple(zip((PathSide.WORKING, PathSide.PROTECTION), paths, strict=False))


def _offer(space: SearchSpace, label: OfferLabel, candidate: _Candidate) -> Offer:
    found = candidate.reliability
    return Offer(
        label=label,
        paths=tuple(
            _service_path(space, role, path, unavailability=share)
            for (role, path), share in zip(
                _with_roles(candidate.paths), found.path_unavailability, strict=True
            )
        ),
        shared_risks=_shared_risks(space, candidate),
        diversity_proof=candidate.proof,
        unavailability=found.unavailability,
        outage_shares=found.outage_shares,
        outage_confidence=found.confidence,
        price=candidate.price,
        traced_figures=traced_figures(space.prepared, paths=candidate.paths, price=candidate.price),
    )


def _service_path(
    space: SearchSpace, role: PathSide, path: PathPlan, *, unavailability: float
) -> ServicePath:
    return ServicePath(
        role=role,
        site_ids=path.site_ids,
        span_ids=path.span_ids,
        legs=path.legs,
        length_km=path.length_km,
        latency_ms=path.latency_ms,
        lightpaths=path.lightpaths,
        regenerator_site_ids=tuple(lightpath.z_site_id for lightpath in path.lightpaths[:-1]),
        profile=path_profile(space.prepared.plant, path=path.lines, over=path.lightpaths),
        unavailability=unavailability,
    )


def _shared_risks(space: SearchSpace, candidate: _Candidate) -> tuple[SharedRisk, ...]:
    """Groups first, then spans, then sites; the costliest of each first."""
    risks = space.prepared.graph.risks
    shared = [risks[bit] for bit in risks_in(candidate.shared_mask)]
    order = {"risk_group": 0, "span": 1, "site": 2}
    shared.sort(key=lambda risk: (order[risk.sort.value], -risk.unavailability))
    span_ids = [span_id for path in candidate.paths for span_id in path.span_ids]
    return tuple(shared_risk(risk, span_ids) for risk in shared)
