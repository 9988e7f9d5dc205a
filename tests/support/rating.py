"""Charges, products and usage to rate."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.sales.catalogue.words import PriceType, UnitOfMeasure, UsageKind
from karakoram.sales.configurations import configuration
from karakoram.sales.plans import Charge, ServicePlan
from karakoram.sales.products import Product, ProductState
from karakoram.settlement.rating.charged import ChargedInterval, lines_of
from karakoram.settlement.rating.usage import UsageRecord

KARACHI = timezone(timedelta(hours=5))
"""What Asia/Karachi has been since 2009: five hours ahead, no summer time."""


def at(text):
    """The moment, in UTC, of ``2026-07-01`` or ``2026-07-01T20:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(day):
    """The moment at which a day begins in Karachi."""
    return datetime.fromisoformat(day).replace(tzinfo=KARACHI).astimezone(UTC)


def charge(minor=300_000, kind=PriceType.RECURRING, **changes):
    """A charge, PKR 3,000 a month of SCO where nothing else is said."""
    given = {
        "name": "port",
        "operator_id": "SCO",
        "amount": Money(minor, "PKR"),
        "unit_price": str(Decimal(minor) / 100),
        "confidence": Confidence.STATED,
        "source": "a price list",
    }
    return Charge(kind=kind, **{**given, **changes})


def minutes(price="1.5", *, tier_from="0", tier_to="", **changes):
    """A price of a voice minute, perhaps in one tier."""
    given = {
        "name": "minutes",
        "unit_price": price,
        "unit": "minute",
        "usage_kind": "voice_minute",
        "tier_from": tier_from,
        "tier_to": tier_to,
        "amount": Money(round(100 * float(price) + 0.499), "PKR"),
    }
    return charge(kind=PriceType.USAGE, **{**given, **changes})


def used(usage_id, quantity, moment, *, product_id="P", **changes):
    """Voice minutes."""
    given = {"kind": UsageKind.VOICE_MINUTE, "unit": UnitOfMeasure.MINUTE}
    return UsageRecord(
        usage_id=usage_id,
        product_id=product_id,
        at=moment if isinstance(moment, datetime) else at(moment),
        quantity=Decimal(quantity),
        **{**given, **changes},
    )


def interval(charged, starts, ends=None, **changes):
    """A stretch of days of Karachi in which a charge is asked."""
    given = {"product_id": "P", "payer_id": "CT", "line": next(lines_of([charged]))}
    return ChargedInterval(
        charge=charged,
        starts_at=local(starts),
        ends_at=None if ends is None else local(ends),
        **{**given, **changes},
    )


def product(*charges, product_id="P", active_from=None, active_until=None):
    """A sold product with charges."""
    return Product(
        product_id=product_id,
        buyer_id="CT",
        payer_id="CT",
        product_offering_id="WAVE-100G",
        seller_id="SCO",
        configuration=configuration({}),
        plan=ServicePlan(claims=(), legs=(), charges=charges),
        state=ProductState.ACTIVE,
        product_order_id="o1",
        active_from=active_from,
        active_until=active_until,
    )
