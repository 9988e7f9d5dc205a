"""How far may a computed figure be trusted? No further than what went into it."""

from collections.abc import Iterable

from karakoram.core.identifiers import OperatorId, SpanId
from karakoram.core.provenance import Confidence, derived_confidence, weakest
from karakoram.network.network import Network
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.sections import Oms
from karakoram.planning.offers import Leg, Offer, ServicePath
from karakoram.planning.path_plan import PathPlan
from karakoram.planning.price_book import PriceBook
from karakoram.planning.route_answers import Route
from karakoram.planning.traces import gsnr_confidence

_OverSpans = Leg | Oms | PathPlan | ServicePath | Route


def length_trust(network: Network, way: _OverSpans) -> Confidence:
    """Of the glass kilometres of a leg, a section, a path or a route: as the worst of its spans."""
    return weakest(tuple(network.spans[span_id].provenance.confidence for span_id in way.span_ids))


def latency_trust(network: Network, way: _OverSpans) -> Confidence:
    """Of the latency: lengths and the group index of the fibre."""
    return derived_confidence(spans_trusts(network, way.span_ids))


def spans_trusts(network: Network, span_ids: Iterable[SpanId]) -> tuple[Confidence, ...]:
    """Of all that makes the latency of spans: their lengths, and the fibre of their cables."""
    spans = [network.spans[span_id] for span_id in span_ids]
    fibres = network.library.fibre_types
    cables = {span.cable_id for span in spans}
    return (
        *(span.provenance.confidence for span in spans),
        *(fibres[network.cables[each].fibre_type_id].provenance.confidence for each in cables),
    )


def book_trust(book: PriceBook, owner_ids: Iterable[OperatorId]) -> Confidence:
    """Of what owners ask for their fibre, by kilometre and by leg: as the worst of their prices."""
    asked = (
        book.item(owner_id, unit, period)
        for owner_id in owner_ids
        for unit in (PriceUnit.KM, PriceUnit.LEG)
        for period in ChargePeriod
    )
    return weakest(
        (Confidence.DERIVED, *(item.provenance.confidence for item in asked if item is not None))
    )


def gsnr_trust(network: Network, path: ServicePath) -> Confidence:
    """Of the GSNR of the lightpaths of a path, and of what they have to spare: as the worst."""
    return gsnr_confidence(network, path, *path.lightpaths)


def availability_trust(offer: Offer) -> Confidence:
    """Of the availability: the failure figures of every component that costs the service time."""
    return weakest(
        (
            offer.outage_confidence,
            *(share.confidence for share in offer.outage_shares),
            *(risk.confidence for risk in offer.shared_risks),
        )
    )


def price_trust(offer: Offer) -> Confidence:
    """Of any sum of the price: every line of it, and what counts as 0 as nobody has priced it."""
    missing = (Confidence.ASSUMED for _ in offer.price.not_priced)
    return weakest((*(line.confidence for line in offer.price.lines), *missing))
