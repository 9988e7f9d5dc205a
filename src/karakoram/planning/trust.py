"""How far may a computed figure be trusted? No further than what went into it."""

from karakoram.core.provenance import Confidence, weakest
from karakoram.network.network import Network
from karakoram.planning.offers import Leg, Offer, ServicePath
from karakoram.planning.route_answers import Route
from karakoram.planning.traces import gsnr_confidence

_OverSpans = Leg | ServicePath | Route


def length_trust(network: Network, way: _OverSpans) -> Confidence:
    """Of the glass kilometres of a leg, a path or a route: as the worst of its spans."""
    return weakest(tuple(network.spans[span_id].provenance.confidence for span_id in way.span_ids))


def latency_trust(network: Network, way: _OverSpans) -> Confidence:
    """Of the latency: lengths and the group index of the fibre."""
    fibres = network.library.fibre_types
    cables = {network.spans[span_id].cable_id for span_id in way.span_ids}
    indices = (
        fibres[network.cables[cable_id].fibre_type_id].provenance.confidence for cable_id in cables
    )
    return weakest((Confidence.DERIVED, length_trust(network, way), *indices))


def gsnr_trust(network: Network, path: ServicePath) -> Confidence:
    """Of the GSNR of the lightpaths of a path, and of what they have to spare: as the worst."""
    return weakest(tuple(gsnr_confidence(network, path, light) for light in path.lightpaths))


def availability_trust(offer: Offer) -> Confidence:
    """Of the availability: the failure figures of every component that costs the service time."""
    return weakest(
        (
            Confidence.DERIVED,
            *(share.confidence for share in offer.outage_shares),
            *(risk.confidence for risk in offer.shared_risks),
        )
    )


def price_trust(offer: Offer) -> Confidence:
    """Of any sum of the price: every line of it, and what counts as 0 as nobody has priced it."""
    missing = (Confidence.ASSUMED for _ in offer.price.not_priced)
    return weakest((*(line.confidence for line in offer.price.lines), *missing))
