"""Credits for broken promises, and who bears them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.operations.service_time import ServiceTime
from karakoram.sales.catalogue.service_levels import CreditStep
from karakoram.sales.catalogue.words import LevelParameter
from karakoram.settlement.service_credits import service_credit

ASSUMED = Provenance(source="test", confidence=Confidence.ASSUMED)
MONTH_S = 30 * 86_400


def step(number, parameter, beyond, percent):
    return CreditStep(
        credit_step_id=f"s{number}",
        service_level_id="wave",
        parameter=parameter,
        beyond=beyond,
        credit_percent=percent,
        provenance=ASSUMED,
    )


STEPS = (
    step(1, LevelParameter.AVAILABILITY, 99.95, 5.0),
    step(2, LevelParameter.AVAILABILITY, 99.0, 25.0),
    step(3, LevelParameter.TIME_TO_RESTORE, 8.0, 12.5),
    step(4, LevelParameter.JITTER, 1.0, 100.0),
)


def time(down_h, longest_h=None, **operators):
    return ServiceTime(
        window_s=MONTH_S,
        down_s=round(down_h * 3600),
        longest_h=float(down_h if longest_h is None else longest_h),
        down_s_by_operator=tuple((k, round(v * 3600)) for k, v in operators.items()),
    )


def credit(given, charge=100_000):
    return service_credit(given, steps=STEPS, monthly_charge=Money(charge, "USD"))


def test_a_month_that_kept_its_promises_gives_no_credit():
    assert credit(time(0.3, SCO=0.3)) is None  # 99.958 %


def test_the_largest_step_that_is_reached_counts_and_steps_do_not_add():
    # 9 h of 720 h: 98.75 %, below 99 % (25 %), longer than 8 h (12.5 %), below 99.95 % (5 %).
    given = credit(time(9, SCO=9))
    assert given.percent == Decimal("25.0")
    assert given.amount == Money(25_000, "USD")
    assert "98.7500 %, below 99 %" in given.reason


def test_what_nobody_measures_is_not_broken():
    given = credit(time(1, SCO=1))
    assert given.percent == Decimal("5.0")


def test_a_long_single_outage_of_a_long_month_counts_by_its_hours():
    one = replace(time(1, 9.25, SCO=1), window_s=100 * MONTH_S)
    given = credit(one)
    assert given.percent == Decimal("12.5")
    assert given.reason == "restored after 9.25 h, more than 8 h"


def test_whoever_was_at_fault_bears_it_by_its_seconds_and_nothing_is_lost():
    # 25 % of 1,000.01 is 250.0025: 250.00; two of three hours SCO's: 166.67, one ONE's: 83.33.
    given = credit(time(9, SCO=6, ONE=3), charge=100_001)
    assert given.amount == Money(25_000, "USD")
    assert [(part.operator_id, part.amount.minor) for part in given.borne] == [
        ("SCO", 16_667),
        ("ONE", 8_333),
    ]


@pytest.mark.parametrize("charge", [0, 1])
def test_a_credit_of_less_than_a_minor_unit_is_none(charge):
    assert credit(time(9, SCO=9), charge=charge) is None


def test_without_anybody_at_fault_nobody_pays():
    assert credit(time(9)) is None
