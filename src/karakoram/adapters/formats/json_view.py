"""How does what an operator sees read as JSON?"""

from typing import Any

from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.network.views import OperatorView, PartnerLeg


def json_from_view(view: OperatorView) -> dict[str, Any]:
    """The viewer's own spans by identifier, and of partners nothing but legs."""
    return {
        "viewer": view.viewer_id,
        "own_spans": list(view.own.spans),
        "partner_legs": [_leg(leg) for leg in view.partner_legs],
        "legs_not_offered": [
            {
                "operator": leg.operator_id,
                "a": leg.a_site_id,
                "z": leg.z_site_id,
                "reason": leg.reason,
            }
            for leg in view.legs_not_offered
        ],
    }


def _leg(leg: PartnerLeg) -> dict[str, Any]:
    return {
        "operator": leg.operator_id,
        "a": leg.a_site_id,
        "z": leg.z_site_id,
        "latency_ms": leg.latency_ms,
        "latency_confidence": leg.latency_confidence.value,
        "unavailable_min_per_year": leg.unavailability * MINUTES_PER_YEAR,
        "outage_confidence": leg.outage_confidence.value,
        "price": {
            "currency": leg.mrc.currency,
            "mrc_minor": leg.mrc.minor,
            "nrc_minor": leg.nrc.minor,
            "confidence": leg.price_confidence.value,
        },
    }
