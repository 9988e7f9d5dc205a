"""What does an operator see of the corridor: its own plant, and of partners only legs?"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from karakoram.core.identifiers import OperatorId
from karakoram.engines.routing import Avoided, Ends, shortest_path
from karakoram.network.records import Status
from karakoram.network.views import (
    OperatorView,
    PartnerLeg,
    interconnection_sites,
    own_network,
)
from karakoram.planning.offers import PathRole
from karakoram.planning.path_plan import path_plan
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.price_book import PriceBook, price_book
from karakoram.planning.pricing import offer_price
from karakoram.planning.reliability import reliability
from karakoram.planning.route_graph import status_mask


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
    legs = [
        leg
        for operator_id in prepared.network.operators
        if operator_id != viewer_id
        for leg in _legs(prepared, operator_id, book=book, bit_rate_gbps=bit_rate_gbps)
    ]
    return OperatorView(viewer_id=viewer_id, own=own, partner_legs=tuple(legs))


def _legs(
    prepared: PreparedNetwork, operator_id: OperatorId, *, book: PriceBook, bit_rate_gbps: float
) -> Iterator[PartnerLeg]:
    """The fastest way of one operator between any two of its interconnection sites."""
    network, graph = prepared.network, prepared.graph
    foreign = graph.span_mask(
        span.span_id for span in network.spans.values() if span.operator_id != operator_id
    )
    not_in_service = status_mask(graph, network, frozenset({Status.IN_SERVICE}))
    for a_site_id, z_site_id in combinations(interconnection_sites(network, operator_id), 2):
        path = shortest_path(
            graph.digraph,
            cost=graph.latency_ps,
            ends=Ends.between(graph.origin[a_site_id], graph.destination[z_site_id]),
            avoid=Avoided(risk_mask=foreign | not_in_service),
        )
        plan = path and path_plan(prepared, path, start=a_site_id, bit_rate_gbps=bit_rate_gbps)
        if plan:
            price = offer_price(network, book, paths=((PathRole.WORKING, plan),))
            yield PartnerLeg(
                operator_id=operator_id,
                a_site_id=a_site_id,
                z_site_id=z_site_id,
                latency_ms=plan.latency_ms,
                unavailability=reliability(prepared, (plan,)).unavailability,
                mrc=price.mrc,
                nrc=price.nrc,
            )
