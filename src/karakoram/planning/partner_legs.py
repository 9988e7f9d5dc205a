"""What does an operator see of the corridor: its own plant, and of partners only legs?"""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import weakest
from karakoram.engines.routing import ArcPath, Avoided, Ends, PathRule
from karakoram.network.records import EquipmentKind
from karakoram.network.sections import IN_SERVICE, sites_with
from karakoram.network.views import (
    LegNotOffered,
    OperatorView,
    PartnerLeg,
    interconnection_sites,
    own_network,
)
from karakoram.planning.demand import Exclusions
from karakoram.planning.path_plan import path_plan
from karakoram.planning.path_side import PathSide
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.price_book import PriceBook, price_book
from karakoram.planning.pricing import offer_price
from karakoram.planning.reliability import reliability
from karakoram.planning.search_space import Barriers, barriers
from karakoram.planning.site_loops import best_way_without_loops
from karakoram.planning.trust import latency_trust


def operator_view(
    prepared: PreparedNetwork, viewer_id: OperatorId, *, bit_rate_gbps: float, on_day: date
) -> OperatorView:
    """The corridor as ``viewer_id`` sees it, for a wavelength of one bit rate.

    Parameters
    ----------
    prepared
        The whole network; the view tells nothing of it that a partner keeps to itself.
    viewer_id
        An operator of the network.
    bit_rate_gbps, on_day
        What the partners' prices are asked for.

    Raises
    ------
    NotFoundError
        If the viewer is not an operator of the network.
    """
    own = own_network(prepared.network, viewer_id)
    book = price_book(prepared.network, bit_rate_gbps=bit_rate_gbps, on_day=on_day)
    barred = barriers(prepared, book, accepted=IN_SERVICE, avoid=Exclusions())
    found = [
        _leg(prepared, _Pair(operator_id=operator_id, ends=ends), book=book, barred=barred)
        for operator_id in prepared.network.operators
        if operator_id != viewer_id
        for ends in combinations(interconnection_sites(prepared.network, operator_id), 2)
    ]
    return OperatorView(
        viewer_id=viewer_id,
        own=own,
        partner_legs=tuple(leg for leg in found if isinstance(leg, PartnerLeg)),
        legs_not_offered=tuple(leg for leg in found if isinstance(leg, LegNotOffered)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two interconnection sites of one operator."""

    operator_id: OperatorId
    ends: tuple[SiteId, SiteId]


def _leg(
    prepared: PreparedNetwork, pair: _Pair, *, book: PriceBook, barred: Barriers
) -> PartnerLeg | LegNotOffered:
    """The fastest way of one operator between two of its sites that a design could use too."""
    network, choice = prepared.network, prepared.lightpath_choice(book.bit_rate_gbps)
    path = _fastest(prepared, pair, barred=barred.all)
    plan = path and path_plan(prepared, path, start=pair.ends[0], choice=choice)
    if not plan:
        return LegNotOffered(
            operator_id=pair.operator_id,
            a_site_id=pair.ends[0],
            z_site_id=pair.ends[1],
            reason=_reason(prepared, pair, book=book, barred=barred),
        )
    price = offer_price(network, book, paths=((PathSide.WORKING, plan),))
    told = reliability(prepared, (plan,))
    return PartnerLeg(
        operator_id=pair.operator_id,
        a_site_id=pair.ends[0],
        z_site_id=pair.ends[1],
        latency_ms=plan.latency_ms,
        latency_confidence=latency_trust(network, plan),
        unavailability=told.unavailability,
        outage_confidence=told.confidence,
        mrc=price.mrc,
        nrc=price.nrc,
        price_confidence=weakest(tuple(line.confidence for line in price.lines)),
    )


def _fastest(prepared: PreparedNetwork, pair: _Pair, *, barred: int) -> ArcPath | None:
    """The fastest path over the operator's own spans alone that visits no site twice."""
    network, graph = prepared.network, prepared.graph
    foreign = graph.span_mask(
        span.span_id for span in network.spans.values() if span.operator_id != pair.operator_id
    )
    start, end = pair.ends
    return best_way_without_loops(
        graph,
        ends=Ends.between(graph.origin[start], graph.destination[end]),
        cost=graph.latency_ps,
        rule=PathRule(avoid=Avoided(risk_mask=foreign | barred)),
    ).path


def _reason(prepared: PreparedNetwork, pair: _Pair, *, book: PriceBook, barred: Barriers) -> str:
    """Why the pair is not offered, in the order in which a partner would have to mend it."""
    with_roadm = sites_with(prepared.network, EquipmentKind.ROADM, IN_SERVICE)
    bare = [site_id for site_id in pair.ends if site_id not in with_roadm]
    if _fastest(prepared, pair, barred=barred.status) is None:
        return "no fibre of its own in service joins them"
    if bare:
        return f"no ROADM stands at {' and '.join(bare)}, so no wavelength can begin or end there"
    if _fastest(prepared, pair, barred=barred.status | barred.unpriced) is None:
        return f"no price for {book.bit_rate_gbps:g} Gb/s on the day"
    return f"no mode carries {book.bit_rate_gbps:g} Gb/s so far between two ROADMs"
