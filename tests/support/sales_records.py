"""Records of sales, any that a generator can think of, and plain ones."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import get_args, get_origin, get_type_hints

from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.operations.outages import Outage
from karakoram.sales.api_clients import ApiClient, ClientRole
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.change_log import Deed, LogEntry
from karakoram.sales.configurations import Configuration, configuration
from karakoram.sales.inventory.resources import Claim, PlannedClaim, Resource, ResourceStatus
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.plans import PlannedLeg, ServicePlan
from karakoram.sales.purchases import LegPrice
from karakoram.sales.qualifications import Qualification, ServiceabilityConfidence, Wish
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.settlement.disputes import Dispute
from karakoram.settlement.invoices import CreditLine

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
ASSUMED = Provenance(source="test", confidence=Confidence.ASSUMED)

WORDS = ("", "a", "b", "GIL", "O'Hara", '"', "\n", "\\", "x, y", "Ürümqi", "红旗", "🛰")
NAMES = ("a", "b", "GIL", "O'Hara", '"', "\\", "x, y", "Ürümqi", "红旗", "🛰")
"""Words that may name something."""
NUMBERS = (0.0, -0.0, 0.1, 1e-300, 1.7e308, float("inf"), -2.5, 3.0)


def _any_moment(rng):
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=rng.randrange(10**17))


PLAIN = {
    str: lambda rng: rng.choice(WORDS),
    int: lambda rng: rng.randrange(-(10**20), 10**20),
    float: lambda rng: rng.choice(NUMBERS),
    datetime: _any_moment,
    date: lambda rng: _any_moment(rng).date(),
    NoneType: lambda rng: None,
    bool: lambda rng: rng.random() < 0.5,
    Decimal: lambda rng: Decimal(rng.randrange(-(10**20), 10**20)).scaleb(rng.randrange(-30, 5)),
}


def any_value(kind, rng):
    """Whatever a type allows; records of it follow their fields."""
    kind = getattr(kind, "__supertype__", kind)  # what a NewType stands for
    if kind in PLAIN:
        return PLAIN[kind](rng)
    if get_origin(kind) is tuple:
        return tuple(any_value(get_args(kind)[0], rng) for _ in range(rng.randrange(3)))
    if get_args(kind):
        return any_value(rng.choice(get_args(kind)), rng)
    if issubclass(kind, Enum):
        return rng.choice(list(kind))
    return OWN_RULES.get(kind, lambda rng: any_record(kind, rng))(rng)


def any_record(kind, rng, /, **said):
    """A record whose fields hold whatever their types allow, or what is said."""
    hints = get_type_hints(kind)
    names = (each.name for each in fields(kind) if each.name not in said)
    return kind(**{name: any_value(hints[name], rng) for name in names}, **said)


def _any_party(rng):
    kind = rng.choice(list(CustomerKind))
    sponsor = "S" if kind is CustomerKind.CENTRE else None
    currency = rng.choice(list(MINOR_DIGITS))
    return any_record(
        Party,
        rng,
        kind=kind,
        sponsor_id=sponsor,
        currency=currency,
        country=rng.choice(("CN", "PK", "US")),
        **_any_names(rng, "party_id", "name"),
    )


def _any_names(rng, *names):
    return {name: rng.choice(NAMES) for name in names}


def _any_plan(rng):
    legs = [any_value(PlannedLeg, rng), any_value(PlannedLeg, rng)][: rng.randrange(3)]
    return any_record(ServicePlan, rng, legs=tuple({leg.name: leg for leg in legs}.values()))


def _any_client(rng):
    return any_record(
        ApiClient,
        rng,
        roles=(ClientRole.SELLER_DESK,),
        party_id=None,
        operator_id="SCO",
        **_any_names(rng, "client_id"),
    )


def _any_outage(rng):
    starts_at = _any_moment(rng)
    ends_at = starts_at + timedelta(microseconds=1 + rng.randrange(10**12))
    named = ("outage_id", "product_id", "at_fault_id", "where", "cause", "source")
    return any_record(Outage, rng, starts_at=starts_at, ends_at=ends_at, **_any_names(rng, *named))


def _any_dispute(rng):
    claimed = Money(1 + rng.randrange(10**20), rng.choice(list(MINOR_DIGITS)))
    granted = replace(claimed, minor=rng.randrange(claimed.minor + 1))
    return any_record(Dispute, rng, claimed=claimed, granted=granted)


def _any_credit_line(rng):
    amount = Money(1 + rng.randrange(10**20), rng.choice(list(MINOR_DIGITS)))
    return any_record(CreditLine, rng, amount=amount)


OWN_RULES = {
    Dispute: _any_dispute,
    CreditLine: _any_credit_line,
    Outage: _any_outage,
    ApiClient: _any_client,
    Resource: lambda rng: any_record(
        Resource, rng, unit_count=99_999, taken=rng.getrandbits(rng.choice([0, 8, 99_999]))
    ),
    Party: _any_party,
    ServicePlan: _any_plan,
    PlannedLeg: lambda rng: any_record(PlannedLeg, rng, after=()),
    PlannedClaim: lambda rng: any_record(
        PlannedClaim, rng, units=rng.getrandbits(rng.choice([9, 99, 99_999])) + 1
    ),
    Claim: lambda rng: any_record(Claim, rng, resource_id="r", claimant_id="c", units=5),
    Deed: lambda rng: any_record(Deed, rng, who="a clerk"),
    LegPrice: lambda rng: LegPrice(
        mrc=Money(rng.randrange(10**20), "USD"), nrc=Money(rng.randrange(10**20), "USD")
    ),
    Configuration: lambda rng: configuration({rng.choice(WORDS): rng.choice(WORDS)}),
}


def buyer(party_id="CT", **changes):
    """A party that buys."""
    given = {
        "name": "A buyer",
        "role": PartyRole.BUYER,
        "kind": CustomerKind.OPERATOR,
        "segment": MarketSegment.WHOLESALE,
        "country": "CN",
        "currency": "USD",
    }
    return Party(party_id=party_id, **{**given, **changes})


def qualification(qualification_id="q1", buyer_id="CT", **changes):
    """An answer that something can be had."""
    given = {
        "external_id": "ext",
        "wish": Wish(product_offering_id="WAVE", configuration=configuration({"a_site": "GIL"})),
        "confidence": ServiceabilityConfidence.GREEN,
        "made_at": NOON,
    }
    return Qualification(
        qualification_id=qualification_id, buyer_id=buyer_id, **{**given, **changes}
    )


def rack(resource_id="rack", **changes):
    """A resource of 42 units."""
    given = {
        "kind": ResourceKind.RACK,
        "model": "42U",
        "name": f"{resource_id} of GIL",
        "operator_id": "SCO",
        "a_site_id": "GIL",
        "unit_count": 42,
        "status": ResourceStatus.AVAILABLE,
        "provenance": ASSUMED,
    }
    return Resource(resource_id=resource_id, **{**given, **changes})


def claim(claim_id, units=1, *, on="rack", by="product", **changes):
    """A claim of units."""
    return Claim(claim_id=claim_id, resource_id=on, units=units, claimant_id=by, **changes)


def entry(entry_id="e1", subject_id="q1", **changes):
    """An entry of the change log."""
    return LogEntry(
        entry_id=entry_id,
        deed=Deed(who="a clerk", why="asked for", at=NOON),
        action="quote.issue",
        subject_kind="quote",
        subject_id=subject_id,
        **changes,
    )
