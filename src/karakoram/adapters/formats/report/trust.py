"""How far may a computed figure be trusted? No further than what went into it."""

from karakoram.core.provenance import Confidence, weakest
from karakoram.network.network import Network
from karakoram.planning.offers import Leg, Offer, ServicePath


def leg_trust(network: Network, leg: Leg) -> Confidence:
    """Of the glass kilometres of a leg."""
    return weakest(tuple(network.spans[span_id].provenance.confidence for span_id in leg.span_ids))


def length_trust(network: Network, path: ServicePath) -> Confidence:
    """Of the glass kilometres of a path."""
    return weakest(tuple(leg_trust(network, leg) for leg in path.legs))


def latency_trust(network: Network, path: ServicePath) -> Confidence:
    """Of the latency: lengths and the group index of the fibre."""
    fibres = network.library.fibre_types
    cables = {network.spans[span_id].cable_id for span_id in path.span_ids}
    indices = (
        fibres[network.cables[cable_id].fibre_type_id].provenance.confidence for cable_id in cables
    )
    return weakest((Confidence.DERIVED, length_trust(network, path), *indices))


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
