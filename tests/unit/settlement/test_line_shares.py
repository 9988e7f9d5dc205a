"""Who earns how much of a line, by every rule and mode."""

from datetime import date
from decimal import Decimal

import pytest

from karakoram.settlement.agreements import Agreements, SettlementMode, ShareRule
from karakoram.settlement.shares import line_shares
from tests.support.settlement import agreement, line, minutes, share, usd


def parts(one, **given):
    found = line_shares(one, **{"seller_id": "SCO", "agreement": None, **given}).parts
    assert sum(amount.minor for _, amount in found) == one.amount.minor
    return {operator: amount.minor for operator, amount in found}


def test_without_an_agreement_each_earns_what_its_leg_was_sold_for():
    assert parts(line("a", 101, "ONE")) == {"ONE": 101}


def test_by_the_leg_each_earns_what_its_leg_was_sold_for():
    rule = agreement(rule=ShareRule.PER_LEG)
    shares = (share("SCO"), share("ONE"))
    assert parts(line("a", 101, "ONE"), agreement=rule, shares=shares) == {"ONE": 101}


def test_by_length_the_price_is_shared_by_metres_and_the_spare_cents_go_by_largest_remainder():
    # 100.00 over 811,200 + 1,200,000 + 988,800 = 3,000,000 m: 27.04, 40.00, 32.96 exactly.
    lengths = {"SCO": 811_200, "ONE": 1_200_000, "CYB": 988_800}
    rule = agreement(rule=ShareRule.LENGTH)
    found = parts(line("a", 10_000), agreement=rule, lengths_m=lengths)
    assert found == {"SCO": 2_704, "ONE": 4_000, "CYB": 3_296}
    # 1.00 over equal thirds: 34, 33, 33; the first in order gets the spare cent.
    assert parts(line("a", 100), agreement=rule, lengths_m={"SCO": 1, "ONE": 1, "CYB": 1}) == {
        "CYB": 34,
        "ONE": 33,
        "SCO": 33,
    }


def test_a_length_counts_only_for_who_is_party_to_the_agreement():
    rule = agreement(rule=ShareRule.LENGTH)
    shares = (share("SCO"), share("ONE"))
    lengths = {"SCO": 1, "ONE": 3, "PEACE": 100}
    found = parts(line("a", 400), agreement=rule, shares=shares, lengths_m=lengths)
    assert found == {"ONE": 300, "SCO": 100}
    sea = parts(line("a", 400, "PEACE"), agreement=rule, shares=shares, lengths_m=lengths)
    assert sea == {"PEACE": 400}


def test_without_any_length_the_price_stays_where_its_leg_was_sold():
    rule = agreement(rule=ShareRule.LENGTH)
    assert parts(line("a", 7), agreement=rule, lengths_m={}) == {"SCO": 7}


@pytest.mark.parametrize("rule", [ShareRule.NEGOTIATED, ShareRule.COST])
def test_by_weights_only_their_ratios_count(rule):
    shares = (share("SCO", 400), share("ONE", 350), share("CYB", 250))
    found = parts(line("a", -1_001), agreement=agreement(rule=rule), shares=shares)
    # -10.01: -4.004, -3.5035, -2.5025.
    assert found == {"SCO": -401, "ONE": -350, "CYB": -250}


def test_a_termination_charge_is_paid_for_each_unit_and_the_seller_keeps_the_rest():
    rule = agreement(SettlementMode.TERMINATION_CHARGE)
    shares = (share("ONE", unit="minute", charge="0.30"), share("CYB", unit="minute", charge="0.1"))
    one = minutes("a", 100_000, 1000)
    assert parts(one, agreement=rule, shares=shares) == {
        "ONE": 30_000,
        "CYB": 10_000,
        "SCO": 60_000,
    }


def test_a_charge_in_another_currency_says_nothing_of_the_line():
    rule = agreement(SettlementMode.TERMINATION_CHARGE, currency="PKR")
    shares = (share("ONE", unit="month", charge="100"),)
    assert parts(line("a", 4_000, "ONE"), agreement=rule, shares=shares) == {"ONE": 4_000}


def test_a_charge_by_the_month_counts_the_part_of_the_month():
    rule = agreement(SettlementMode.SETTLEMENT_RATE)
    shares = (share("ONE", unit="month", charge="100"), share("SCO", unit="month", charge="100"))
    april = {"from_day": date(2026, 4, 1), "to_day": date(2026, 4, 16), "quantity": Decimal(15)}
    half = line("a", 40_000, **april)
    assert parts(half, agreement=rule, shares=shares) == {
        "ONE": 5_005,
        "SCO": 34_995,
    }  # 10 x 3.34 + 5 x 3.33


@pytest.mark.parametrize("cut", [1, 7, 15, 30])
def test_a_month_that_is_rated_in_parts_earns_what_the_whole_month_earns(cut):
    # 100.00 over 31 days: 18 days of 3.23 and 13 of 3.22, so no part is rounded by itself.
    rule = agreement(SettlementMode.TERMINATION_CHARGE)
    shares = (share("ONE", unit="month", charge="100"),)
    day = date(2026, 7, 1 + cut)
    first = line("a", 1_000, to_day=day, quantity=Decimal(cut))
    rest = line("a", 2_000, from_day=day, quantity=Decimal(31 - cut))
    earned = [parts(each, agreement=rule, shares=shares)["ONE"] for each in (first, rest)]
    assert earned[0] == 323 * min(cut, 18) + 322 * max(cut - 18, 0)
    assert sum(earned) == 10_000


def test_a_line_that_takes_back_takes_what_was_earned_of_it():
    rule = agreement(SettlementMode.TERMINATION_CHARGE)
    shares = (share("ONE", unit="month", charge="100"),)
    week = {"to_day": date(2026, 7, 8), "quantity": Decimal(7)}
    taken = line("a", -9_000, reverses="a/0", **week)
    given = parts(line("a", 9_000, **week), agreement=rule, shares=shares)
    back = parts(taken, agreement=rule, shares=shares)
    assert back == {operator: -minor for operator, minor in given.items()}


def test_accounting_revenue_is_divided_by_weights_whatever_the_buyer_pays():
    rule = agreement(SettlementMode.ACCOUNTING_REVENUE_DIVISION)
    shares = (share("SCO", 1, unit="minute", charge="0.50"), share("ONE", 1))
    one = minutes("a", 10_000, 100)
    # 100 minutes at 0.50 are 50.00, halved; the seller keeps its half and the rest of 100.00.
    assert parts(one, agreement=rule, shares=shares) == {"ONE": 2_500, "SCO": 7_500}


def test_a_price_below_what_is_owed_to_others_leaves_the_seller_with_a_loss():
    rule = agreement(SettlementMode.TERMINATION_CHARGE)
    shares = (share("ONE", unit="month", charge="100"),)
    assert parts(line("a", 4_000), agreement=rule, shares=shares) == {"ONE": 10_000, "SCO": -6_000}


def test_an_agreement_that_names_the_product_comes_before_the_one_for_all():
    general = agreement(agreement_id="ALL")
    named = agreement(agreement_id="WAVE", product_offering_ids=("WAVE-100G",))
    ended = agreement(
        agreement_id="OLD", product_offering_ids=("WAVE-400G",), valid_to=date(2026, 1, 1)
    )
    every = Agreements(
        agreements=(general, ended, named), shares=(share("SCO"), share("ONE", agreement_id="B"))
    )
    day = date(2026, 7, 1)
    assert every.for_product("WAVE-100G", on_day=day) is named
    assert every.for_product("WAVE-400G", on_day=day) is general
    assert Agreements(agreements=(), shares=()).for_product("X", on_day=day) is None
    assert every.shares_of("A") == (share("SCO"),)


def test_a_rule_is_for_special_arrangements_alone():
    with pytest.raises(ValueError, match="rule must be given for a special arrangement"):
        agreement(rule=None)
    with pytest.raises(ValueError, match="only there"):
        agreement(SettlementMode.SETTLEMENT_RATE).__class__(
            agreement_id="A",
            name="",
            mode=SettlementMode.SETTLEMENT_RATE,
            rule=ShareRule.COST,
            currency="USD",
            days_to_dispute=1,
            days_to_pay=1,
            provenance=agreement().provenance,
        )
    with pytest.raises(ValueError, match="currency must be a currency of"):
        agreement(currency="XXX")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"weight": -1}, "weight must be 0 to"),
        ({"charge": "-1", "unit": "minute"}, "charge must be at least 0"),
        ({"charge": "NaN", "unit": "minute"}, "charge must be at least 0"),
        ({"charge": "1"}, "unit must be given with a charge"),
        ({"unit": "minute"}, "unit must be given with a charge"),
    ],
)
def test_a_share_that_says_nothing_sensible_is_refused(given, message):
    with pytest.raises(ValueError, match=message):
        share("SCO", **given)


def test_shares_are_exact_decimals():
    assert share("SCO", unit="minute", charge="0.30").charge == Decimal("0.30")
    assert usd(1).minor == 1
