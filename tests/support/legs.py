"""Which legs tell only what a test says?"""

from datetime import date

from karakoram.core.findings import Place
from karakoram.network.legs import LegKind, OfferedLeg, PlacedLeg
from karakoram.network.records import Status
from karakoram.network.risk_tokens import RiskKey

DAY = date(2026, 11, 22)
KEY = RiskKey(secret=bytes(range(32)))
OTHER_KEY = RiskKey(secret=bytes(range(1, 33)))


def leg(operator, a, z, ms=1.0, **more):
    """A way that hands over to anybody named in ``a_to`` and ``z_to``; no tokens."""
    number = more.pop("number", 1)
    return OfferedLeg(
        **{
            "leg_id": f"{operator}:{a}-{z}:{number}",
            "operator_id": operator,
            "kind": LegKind.WAY,
            "a_site_id": a,
            "z_site_id": z,
            "status": Status.IN_SERVICE,
            "latency_ms": ms,
            "a_partner_ids": tuple(more.pop("a_to", ())),
            "z_partner_ids": tuple(more.pop("z_to", ())),
            "is_exhaustive": True,
            "offered_on": DAY,
            **more,
        }
    )


def keyed_leg(operator, a, z, ms=1.0, **more):
    """The same with tokens of ``risks``, minutes by name, and of the ``places`` between."""
    key = more.pop("key", KEY)
    minutes = {key.token(name): taken for name, taken in more.pop("risks", {}).items()}
    is_way = more.get("kind", LegKind.WAY) is LegKind.WAY
    return leg(
        operator,
        a,
        z,
        ms,
        **{
            "key_fingerprint": key.fingerprint,
            "a_site_token": key.token(f"site:{a}"),
            "z_site_token": key.token(f"site:{z}"),
            "place_tokens": tuple(key.token(f"site:{site}") for site in more.pop("places", ())),
            "risk_tokens": tuple(minutes),
            "token_minutes": tuple(minutes.values()),
            "minutes_total": sum(minutes.values()),
            "tokens_complete": is_way,
            **more,
        },
    )


def placed(*legs, file="legs.csv"):
    """The legs as read from a file, a row each."""
    return [
        PlacedLeg(leg=one, place=Place(table="legs", file=file, record=one.leg_id, row=row))
        for row, one in enumerate(legs, start=2)
    ]
