"""A figure of an offer is trusted no further than what it rests on."""

import pytest

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.inventory.resources import Resource, ResourceStatus
from karakoram.sales.offer_trust import (
    availability_trust,
    charges_trust,
    days_trust,
    latency_trust,
    lead_time_trust,
    length_trust,
    margin_trust,
    way_trust,
    with_days_trust,
    without_days_trust,
)
from karakoram.sales.plans import Charge, PlanFigure, PlanMeasures, ServicePlan
from karakoram.sales.resource_kinds import ResourceKind


def plan(**figures):
    return ServicePlan(
        claims=(),
        legs=(),
        charges=(),
        figures=tuple(
            PlanFigure(
                subject=subject.replace("_", " "),
                figure="1",
                provenance=Provenance(source="a test", confidence=confidence),
            )
            for subject, confidence in figures.items()
        ),
    )


def connection(confidence):
    return Resource(
        resource_id="odu:1",
        kind=ResourceKind.ODU,
        model="ODU4",
        name="A-Z",
        operator_id="OP1",
        a_site_id="A",
        z_site_id="Z",
        unit_count=80,
        status=ResourceStatus.AVAILABLE,
        provenance=Provenance(source="a test", confidence=confidence),
    )


def charge(kind, confidence):
    return Charge(
        name="a line",
        kind=kind,
        operator_id="OP1",
        amount=Money(100, "USD"),
        unit_price="1.00",
        confidence=confidence,
        source="a test",
    )


MEASURES = {
    "length_km": length_trust,
    "latency_ms": latency_trust,
    "availability": availability_trust,
}
MEASURES["gsnr_margin_db"] = margin_trust


@pytest.mark.parametrize("name", MEASURES)
def test_what_a_product_is_like_is_trusted_as_told_and_as_assumed_where_nothing_is(name):
    trust_of = MEASURES[name]
    confidence = f"{name.removesuffix('_km').removesuffix('_ms').removesuffix('_db')}_confidence"
    told = PlanMeasures(**{name: 0.5, confidence: Confidence.STATED})
    assert trust_of(told) is Confidence.STATED
    assert trust_of(PlanMeasures(**{name: 0.5})) is Confidence.ASSUMED
    assert trust_of(PlanMeasures()) is None


def test_a_way_over_connections_is_at_best_derived_and_as_bad_as_its_worst():
    stated, assumed = (connection(each) for each in (Confidence.STATED, Confidence.ASSUMED))
    assert way_trust([stated]) is Confidence.DERIVED
    assert way_trust([stated, assumed]) is Confidence.ASSUMED


def test_days_kept_without_their_figures_are_assumed():
    assert days_trust(12) is Confidence.ASSUMED
    assert days_trust(None) is None


@pytest.mark.parametrize("trust", Confidence)
@pytest.mark.parametrize("why", ["", "no fibre is free", "one | two"])
def test_what_a_seller_says_of_its_days_is_read_back_and_its_reasons_are_left_as_they_are(
    why, trust
):
    told = with_days_trust(why, trust, characters_max=255)
    assert without_days_trust(told) == (why, trust)
    assert without_days_trust(with_days_trust(500 * "x", trust, characters_max=255))[1] is trust


@pytest.mark.parametrize(
    "words",
    [
        "",
        "green",
        "days until installed: soon",
        "Days until installed: stated",
        "x days until installed: stated",
    ],
)
def test_where_a_seller_does_not_say_it_its_days_are_assumed(words):
    assert without_days_trust(words) == (words, Confidence.ASSUMED)


def test_days_are_trusted_as_their_figure_and_assumed_without_one():
    assert lead_time_trust(plan(lead_time=Confidence.STATED)) is Confidence.STATED
    assert lead_time_trust(plan()) is Confidence.ASSUMED


def test_a_sum_is_trusted_as_the_worst_of_its_charges():
    monthly, once = PriceType.RECURRING, PriceType.ONE_TIME
    charges = (charge(monthly, Confidence.STATED), charge(monthly, Confidence.DERIVED))
    assert charges_trust(charges, monthly) is Confidence.DERIVED
    assert charges_trust(charges, once) is None
