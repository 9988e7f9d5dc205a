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
from karakoram.sales.jobs import Job, JobState, Lease
from karakoram.sales.orders import LegOrder, ProductOrder
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.plans import Charge, PlanMeasures, PlannedLeg, Refusal, ServicePlan
from karakoram.sales.products import Product
from karakoram.sales.purchases import LegPrice, Purchase
from karakoram.sales.qualifications import Qualification, ServiceabilityConfidence, Wish
from karakoram.sales.quotes import Quote, QuoteOffer
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.sales.services import legs_carried
from karakoram.settlement.disputes import Dispute, DisputedKind, DisputeState
from karakoram.settlement.invoices import CreditLine, CreditNote, Invoice, InvoiceTax
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.statements import OwnerStatement, StatementLine

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
    return OWN_RULES.get(kind, lambda rng: _raw_record(kind, rng))(rng)


def any_record(kind, rng, /, **said):
    """A record that makes sense by itself, its fields whatever their types allow, or as is said."""
    return replace(any_value(kind, rng), **said)


def _raw_record(kind, rng, /, **said):
    """A record whose fields hold whatever their types allow, or what is said."""
    hints = get_type_hints(kind)
    names = (each.name for each in fields(kind) if each.name not in said)
    return kind(**{name: any_value(hints[name], rng) for name in names}, **said)


def any_carried(kind, rng, /, **said):
    """A product or an order at random with a leg or more."""
    while True:
        made = any_record(kind, rng, version=0, **said)
        if legs_carried(made):
            return made


def _any_party(rng):
    kind = rng.choice(list(CustomerKind))
    sponsor = "S" if kind is CustomerKind.CENTRE else None
    currency = rng.choice(list(MINOR_DIGITS))
    return _raw_record(
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


def _once(records, key):
    """The records, of those with one key the last."""
    return tuple({key(each): each for each in records}.values())


def _some(kind, rng):
    """A record of a kind, or none."""
    return [any_value(kind, rng)][: rng.randrange(2)]


def _counted(rng):
    return rng.randrange(10**20)


def _measured(rng):
    return rng.choice((0.0, -0.0, 0.1, 1e-300, 3.0, 1.7e308))


def _any_plan(rng):
    legs = [any_value(PlannedLeg, rng), any_value(PlannedLeg, rng)][: rng.randrange(3)]
    return _raw_record(
        ServicePlan,
        rng,
        legs=_once(legs, lambda leg: leg.name),
        charges=tuple(_some(Charge, rng)),
        connections=_once(_some(Resource, rng), lambda each: each.resource_id),
    )


def _any_charge(rng):
    return _raw_record(Charge, rng, amount=Money(_counted(rng), "USD"), name=rng.choice(NAMES))


def _any_measures(rng):
    return _raw_record(
        PlanMeasures,
        rng,
        length_km=rng.choice((None, _measured(rng))),
        latency_ms=rng.choice((None, _measured(rng))),
        availability=rng.choice((None, rng.random())),
    )


def _any_quote(rng):
    offers = _once([any_value(QuoteOffer, rng)], lambda offer: offer.offer_id)[: rng.randrange(2)]
    made_at = _any_moment(rng)
    return _raw_record(
        Quote,
        rng,
        offers=offers,
        seller_id="SCO" if offers else None,
        ordered_offer_id=rng.choice((None, *(offer.offer_id for offer in offers))),
        made_at=made_at,
        valid_until=made_at + timedelta(microseconds=rng.randrange(10**12)),
    )


def _any_product(rng):
    begun = _any_moment(rng)
    later = [begun + timedelta(seconds=rng.randrange(10**9)) for _ in range(2)]
    until, rests = (rng.choice((None, each)) for each in later)
    return _raw_record(Product, rng, active_from=begun, active_until=until, suspended_from=rests)


def _any_job(rng):
    state = rng.choice(list(JobState))
    is_had = state is JobState.IN_PROGRESS
    lease = _raw_record(Lease, rng) if is_had else None
    return _raw_record(
        Job, rng, state=state, lease=lease, row_count=_counted(rng), attempts=_counted(rng)
    )


def _days(rng):
    from_day = _any_moment(rng).date()
    return {"from_day": from_day, "to_day": from_day + timedelta(days=1 + rng.randrange(999))}


def _issued(rng, *due):
    issued_on = _any_moment(rng).date()
    later = {name: issued_on + timedelta(days=rng.randrange(999)) for name in due}
    return {"issued_on": issued_on, **later}


def _amount(rng):
    return Money(rng.randrange(-(10**20), 10**20), "USD")


def _any_tax(rng):
    return _raw_record(InvoiceTax, rng, base=_amount(rng), amount=_amount(rng))


def _any_invoice(rng):
    lines = [
        _raw_record(RatedCharge, rng, amount=_amount(rng), revision=n, **_days(rng)) for n in (1, 2)
    ]
    return _raw_record(
        Invoice,
        rng,
        lines=_once(lines[: rng.randrange(3)], lambda line: line.key),
        currency="USD",
        paid=Money(_counted(rng), "USD"),
        credited=Money(_counted(rng), "USD"),
        **_days(rng),
        **_issued(rng, "due_on"),
    )


def _any_note(rng):
    line = replace(_any_credit_line(rng), amount=Money(1 + _counted(rng), "USD"))
    return _raw_record(CreditNote, rng, lines=(line,), currency="USD")


def _any_statement(rng):
    lines = [_raw_record(StatementLine, rng, amount=_amount(rng), **_days(rng)) for _ in range(2)]
    return _raw_record(
        OwnerStatement,
        rng,
        lines=_once(lines[: rng.randrange(3)], lambda line: line.key),
        currency="USD",
        **_days(rng),
        **_issued(rng, "dispute_until", "due_on"),
    )


def _any_client(rng):
    return _raw_record(
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
    return _raw_record(Outage, rng, starts_at=starts_at, ends_at=ends_at, **_any_names(rng, *named))


def _any_dispute(rng):
    claimed = Money(1 + rng.randrange(10**20), rng.choice(list(MINOR_DIGITS)))
    state, kind = rng.choice(list(DisputeState)), rng.choice(list(DisputedKind))
    is_open, is_for_statement = state is DisputeState.OPEN, kind is DisputedKind.STATEMENT
    granted = replace(claimed, minor=0 if is_open else rng.randrange(claimed.minor + 1))
    other = rng.choice(WORDS) if is_for_statement else ""
    return _raw_record(
        Dispute,
        rng,
        claimed=claimed,
        granted=granted,
        state=state,
        kind=kind,
        other_subject_id=other,
    )


def _any_credit_line(rng):
    amount = Money(1 + rng.randrange(10**20), rng.choice(list(MINOR_DIGITS)))
    return _raw_record(CreditLine, rng, amount=amount, **_days(rng))


OWN_RULES = {
    Dispute: _any_dispute,
    CreditLine: _any_credit_line,
    Outage: _any_outage,
    ApiClient: _any_client,
    Resource: lambda rng: _raw_record(
        Resource,
        rng,
        unit_count=99_999,
        taken=rng.getrandbits(rng.choice([0, 8, 99_999])),
        length_km=_measured(rng),
        latency_ms=_measured(rng),
    ),
    Party: _any_party,
    ServicePlan: _any_plan,
    PlannedLeg: lambda rng: _raw_record(
        PlannedLeg, rng, after=(), lead_days=_counted(rng), name=rng.choice(("a", "b", "GIL"))
    ),
    PlannedClaim: lambda rng: _raw_record(
        PlannedClaim,
        rng,
        resource_id="r",
        units=rng.getrandbits(rng.choice([9, 99, 99_999])) + 1,
        hop=_counted(rng),
    ),
    Claim: lambda rng: _raw_record(
        Claim, rng, resource_id="r", claimant_id="c", units=5, hop=_counted(rng)
    ),
    Charge: _any_charge,
    PlanMeasures: _any_measures,
    QuoteOffer: lambda rng: _raw_record(QuoteOffer, rng, currency="USD"),
    Quote: _any_quote,
    ProductOrder: lambda rng: _raw_record(
        ProductOrder, rng, plan=_any_plan(rng), legs=tuple(_some(LegOrder, rng))
    ),
    Product: _any_product,
    Purchase: lambda rng: _raw_record(
        Purchase, rng, leg=rng.choice(NAMES), attempt=1 + _counted(rng), is_back=False
    ),
    Qualification: lambda rng: _raw_record(
        Qualification,
        rng,
        reasons=(_raw_record(Refusal, rng),),
        installation_days=rng.choice((None, _counted(rng))),
    ),
    Job: _any_job,
    InvoiceTax: _any_tax,
    Invoice: _any_invoice,
    CreditNote: _any_note,
    OwnerStatement: _any_statement,
    Deed: lambda rng: _raw_record(Deed, rng, who="a clerk"),
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
