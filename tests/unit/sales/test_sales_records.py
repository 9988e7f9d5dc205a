"""Records of sales check themselves."""

from datetime import UTC, datetime

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment, PriceType
from karakoram.sales.change_log import Deed
from karakoram.sales.configurations import ChosenValue, Configuration, configuration
from karakoram.sales.inventory.resources import Claim, Resource, ResourceStatus
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.plans import Charge, PlannedLeg, ServicePlan
from karakoram.sales.quotes import QuoteOffer
from karakoram.sales.resource_kinds import ResourceKind

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
    return QuoteOffer(offer_id="o", label="cheapest", plan=plan, currency="USD")


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
    with pytest.raises(ValueError, match="wait for each other"):
        ServicePlan(claims=(), legs=(leg("a", after=("b",)),), charges=())


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
