"""Records of sales check themselves."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment, PriceType
from karakoram.sales.change_log import Deed
from karakoram.sales.configurations import ChosenValue, Configuration, configuration
from karakoram.sales.inventory.resources import Claim, PlannedClaim, Resource, ResourceStatus
from karakoram.sales.jobs import JobState
from karakoram.sales.orders import OrderAction, ProductOrder
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.plans import Charge, PlanLabel, PlanMeasures, PlannedLeg, ServicePlan
from karakoram.sales.products import Product
from karakoram.sales.purchases import Purchase
from karakoram.sales.qualifications import ServiceabilityConfidence
from karakoram.sales.quotes import Quote, QuoteOffer
from karakoram.sales.resource_kinds import ResourceKind
from tests.support.jobs import job
from tests.support.sales_records import NOON, any_record, qualification

STATED = Provenance(source="test", confidence=Confidence.STATED)


def odu4(**changes):
    given = {
        "resource_id": "odu",
        "kind": ResourceKind.ODU,
        "model": "ODU4",
        "name": "GIL-RWP ODU4 1",
        "operator_id": "SCO",
        "a_site_id": "GIL",
        "z_site_id": "RWP",
        "unit_count": 80,
        "status": ResourceStatus.AVAILABLE,
        "provenance": STATED,
    }
    return Resource(**{**given, **changes})


def leg(name, *, after=(), lead_days=10):
    return PlannedLeg(
        name=name,
        operator_id="SCO",
        a_site_id="GIL",
        z_site_id="RWP",
        work="light the wave",
        after=after,
        lead_days=lead_days,
    )


def charge(kind, owner, minor):
    return Charge(
        name="wave",
        kind=kind,
        operator_id=owner,
        amount=Money(minor, "USD"),
        unit_price="1",
        confidence=Confidence.ASSUMED,
        source="test",
    )


def offer_of(*, legs=(), charges=()):
    plan = ServicePlan(claims=(), legs=legs, charges=charges)
    return QuoteOffer(offer_id="o", labels=(PlanLabel.CHEAPEST,), plan=plan, currency="USD")


def test_what_is_taken_is_not_free():
    used = odu4(taken=0b101)
    assert used.free_count == 78
    assert used.free & 0b1111 == 0b1010
    assert used.free | used.taken == (1 << 80) - 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"unit_count": -1}, "must be 0 to 1,000,000, got -1"),
        ({"taken": 1 << 80}, "beyond the 80 offered"),
        ({"taken": -1}, "beyond the 80 offered"),
    ],
)
def test_a_resource_refuses_what_cannot_be(changes, message):
    with pytest.raises(ValueError, match=message):
        odu4(**changes)


def test_a_claim_counts_its_units():
    held = Claim(claim_id="c", resource_id="odu", units=0b1001, claimant_id="p")
    assert held.unit_numbers == (0, 3)
    with pytest.raises(ValueError, match="at least one unit"):
        Claim(claim_id="c", resource_id="odu", units=0, claimant_id="p")
    with pytest.raises(ValueError, match="must not be the resource"):
        Claim(claim_id="c", resource_id="odu", units=1, claimant_id="odu")


def test_only_a_social_centre_has_a_sponsor():
    given = {
        "party_id": "ILC",
        "name": "Independent living centre",
        "role": PartyRole.BUYER,
        "segment": MarketSegment.PUBLIC_RURAL,
        "country": "PK",
        "currency": "PKR",
    }
    Party(**given, kind=CustomerKind.CENTRE, sponsor_id="NF")
    Party(**given, kind=CustomerKind.PERSON)
    with pytest.raises(ValueError, match="for a social centre alone"):
        Party(**given, kind=CustomerKind.PERSON, sponsor_id="NF")
    with pytest.raises(ValueError, match="must be a currency of ISO 4217"):
        Party(**{**given, "currency": "XAU"}, kind=CustomerKind.PERSON)


def test_a_configuration_is_one_whatever_the_order_of_its_names():
    one = configuration({"b": "2", "a": "x"})
    assert one == configuration({"a": "x", "b": "2"})
    assert one.value("b") == "2"
    assert one.value("c") is None
    assert one.text("b") == "2"
    assert one.changed(configuration({"b": "3", "c": "4"})) == configuration(
        {"a": "x", "b": "3", "c": "4"}
    )
    with pytest.raises(NotFoundError, match="term_month is not configured. Did you mean term"):
        configuration({"term_months": "36"}).text("term_month")
    twice = (ChosenValue(name="a", value="1"), ChosenValue(name="a", value="2"))
    with pytest.raises(ValueError, match="each once"):
        Configuration(chosen=twice)


def test_legs_that_wait_for_nobody_known_are_refused():
    with pytest.raises(ValueError, match="wait for each other, not for \\['b'\\]"):
        ServicePlan(claims=(), legs=(leg("a", after=("b",)),), charges=())


OFFER = offer_of(charges=(charge(PriceType.RECURRING, "SCO", 1),))
QUOTE = any_record(Quote, Random(1), offers=(offer_of(),), seller_id="SCO", ordered_offer_id=None)
ORDER = any_record(ProductOrder, Random(1), action=OrderAction.ADD)
PRODUCT = any_record(Product, Random(1), active_from=NOON, active_until=None, suspended_from=None)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: leg(" "), "PlannedLeg.name must not be blank"),
        (lambda: leg("a", after=("a",)), "PlannedLeg.after must not name the leg itself, 'a'"),
        (lambda: leg("a", lead_days=-1), "PlannedLeg.lead_days must be at least 0, got -1"),
        (lambda: charge(PriceType.USAGE, "SCO", -1), "Charge.amount must be at least 0, got USD"),
        (lambda: offer_of(legs=(leg("a"), leg("a"))), "legs must have names of their own"),
        (
            lambda: offer_of(legs=(leg("a", after=("b",)), leg("b", after=("a",)))),
            "ServicePlan.legs must not wait in a circle, got ['a', 'b']",
        ),
        (lambda: PlanMeasures(availability=1.5), "PlanMeasures.availability must be at most 1"),
        (lambda: PlanMeasures(length_km=-1.0), "PlanMeasures.length_km must be at least 0"),
        (
            lambda: replace(
                offer_of(charges=(charge(PriceType.RECURRING, "SCO", 1),)), currency="PKR"
            ),
            "charge in PKR alone",
        ),
        (lambda: replace(QUOTE, offers=(offer_of(),) * 2), "offers must have identifiers of their"),
        (lambda: replace(QUOTE, seller_id=None), "Quote.seller_id must be given with offers"),
        (lambda: replace(QUOTE, ordered_offer_id="x"), "ordered_offer_id must be one of ['o']"),
        (
            lambda: replace(QUOTE, valid_until=QUOTE.made_at - timedelta(days=1)),
            "Quote.valid_until must not be before made_at",
        ),
        (lambda: replace(ORDER, plan=None), "ProductOrder.plan must be given to add"),
        (
            lambda: replace(PRODUCT, active_from=None, suspended_from=NOON),
            "Product.active_from must be given to what has ended or rests",
        ),
        (lambda: job(attempts=-1), "Job.attempts must be at least 0, got -1"),
        (lambda: job(state=JobState.IN_PROGRESS), "Job.lease must be given while in progress"),
        (
            lambda: qualification(confidence=ServiceabilityConfidence.RED),
            "Qualification.reasons must say why it is red",
        ),
        (lambda: any_record(Purchase, Random(1), attempt=0), "attempt must be at least 1, got 0"),
        (
            lambda: any_record(Purchase, Random(1), changed_id=None, is_back=True),
            "is_back is said of a change alone",
        ),
        (
            lambda: PlannedClaim(resource_id="r", units=0, claimant_id=None),
            "PlannedClaim.units must name at least one unit, got 0",
        ),
        (lambda: odu4(length_km=-1.0), "length_km and latency_ms must be at least 0"),
    ],
)
def test_records_that_make_no_sense_by_themselves_are_refused(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        wrong()


def test_installation_takes_the_longest_chain_of_legs():
    legs = (leg("a"), leg("b", after=("a",), lead_days=30), leg("c", lead_days=35))
    assert offer_of(legs=legs).installation_days == 40
    assert offer_of().installation_days == 0


def test_the_shares_of_the_owners_sum_to_the_charges():
    charges = (
        charge(PriceType.RECURRING, "SCO", 1001),
        charge(PriceType.RECURRING, "ONE", 2002),
        charge(PriceType.ONE_TIME, "SCO", 5),
        charge(PriceType.USAGE, "ONE", 7),
    )
    offer = offer_of(charges=charges)
    assert (offer.mrc, offer.nrc) == (Money(3003, "USD"), Money(5, "USD"))
    assert [(s.operator_id, s.mrc.minor, s.nrc.minor) for s in offer.shares] == [
        ("ONE", 2002, 0),
        ("SCO", 1001, 5),
    ]


def test_a_deed_names_its_doer():
    with pytest.raises(ValueError, match="must be named"):
        Deed(who=" ", why="", at=datetime(2026, 1, 1, tzinfo=UTC))
