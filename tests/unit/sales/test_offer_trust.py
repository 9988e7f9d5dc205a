"""A figure of an offer is trusted no further than what it rests on."""

import pytest

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.offer_trust import availability_trust, charges_trust, lead_time_trust
from karakoram.sales.plans import Charge, PlanFigure, PlanMeasures, ServicePlan


def plan(availability=0.999, **figures):
    return ServicePlan(
        claims=(),
        legs=(),
        charges=(),
        measures=PlanMeasures(availability=availability),
        figures=tuple(
            PlanFigure(
                subject=subject.replace("_", " "),
                figure="1",
                provenance=Provenance(source="a test", confidence=confidence),
            )
            for subject, confidence in figures.items()
        ),
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


@pytest.mark.parametrize(
    ("figures", "trust"),
    [
        ({}, Confidence.DERIVED),
        ({"failures": Confidence.STATED}, Confidence.DERIVED),
        ({"failures": Confidence.ASSUMED}, Confidence.ASSUMED),
        ({"price": Confidence.ASSUMED, "lead_time": Confidence.ASSUMED}, Confidence.DERIVED),
    ],
)
def test_an_availability_rests_on_every_figure_but_price_and_days(figures, trust):
    assert availability_trust(plan(**figures)) is trust


def test_without_an_availability_there_is_nothing_to_trust():
    assert availability_trust(plan(availability=None)) is None


def test_days_are_trusted_as_their_figure_and_assumed_without_one():
    assert lead_time_trust(plan(lead_time=Confidence.STATED)) is Confidence.STATED
    assert lead_time_trust(plan()) is Confidence.ASSUMED


def test_a_sum_is_trusted_as_the_worst_of_its_charges():
    monthly, once = PriceType.RECURRING, PriceType.ONE_TIME
    charges = (charge(monthly, Confidence.STATED), charge(monthly, Confidence.DERIVED))
    assert charges_trust(charges, monthly) is Confidence.DERIVED
    assert charges_trust(charges, once) is None
