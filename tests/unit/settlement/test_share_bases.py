"""Percentages of owners sum to 100 exactly, and say what they are measured by."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karakoram.core.provenance import Confidence, Provenance
from karakoram.settlement.agreements import SettlementMode, ShareRule
from karakoram.settlement.amount_trust import shared_trust
from karakoram.settlement.share_bases import (
    BASIS_WORDS,
    ShareBasis,
    measure_text,
    percent_sum,
    percents_of,
)
from karakoram.settlement.shares import line_shares
from karakoram.settlement.statements import shared_charges
from tests.support.settlement import agreement, line, share, usd

HUNDRED = Decimal("100.00")


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=9).filter(any))
def test_percentages_sum_to_a_hundred_exactly(weights):
    assert sum(percents_of(weights)) == sum(percents_of([-each for each in weights])) == HUNDRED


def test_nothing_and_what_goes_both_ways_has_no_percentage():
    assert percents_of((0, 0)) == percents_of((5, -5)) == (None, None)


def test_lines_of_one_basis_are_told_together_with_who_earns_how_much():
    by_length = agreement(rule=ShareRule.LENGTH, agreement_id="waves")
    lengths = {"ONE": 2_000, "SCO": 1_000}
    terms = {"seller_id": "SCO", "agreement": by_length, "lengths_m": lengths}
    shares = [line_shares(line(name, 1_000), **terms) for name in ("a", "b")]
    lessor = line_shares(line("c", 300, "LES"), seller_id="SCO", agreement=None)
    (told,) = shared_charges((*shares, lessor), "SCO")
    assert (told.basis, told.agreement_id, told.charged) == (
        ShareBasis.LENGTH,
        "waves",
        usd(2_000),
    )
    assert [(each.operator_id, each.weight, each.percent) for each in told.shares] == [
        ("ONE", 2_000, Decimal("66.67")),
        ("SCO", 1_000, Decimal("33.33")),
    ]
    assert sum(each.earned.minor for each in told.shares) == told.charged.minor
    assert percent_sum(told) == HUNDRED
    (own,) = shared_charges((*shares, lessor), "LES")
    assert (own.basis, own.shares[0].percent) == (ShareBasis.LEG, HUNDRED)


@pytest.mark.parametrize("weakest_of", ["line", "rule", "share"])
def test_what_is_shared_is_as_trustworthy_as_the_charge_its_rule_and_its_weights(weakest_of):
    def known(of):
        trust = Confidence.ASSUMED if of == weakest_of else Confidence.STATED
        return Provenance(source="test", confidence=trust)

    rule = replace(agreement(rule=ShareRule.NEGOTIATED), provenance=known("rule"))
    weights = tuple(replace(share(owner, 1), provenance=known("share")) for owner in ("ONE", "SCO"))
    charge = replace(line("a", 1_000), confidence=known("line").confidence)
    shares = [line_shares(charge, seller_id="SCO", agreement=rule, shares=weights)]
    (told,) = shared_charges(shares, "ONE")
    assert told.confidence is shared_trust(told) is Confidence.ASSUMED
    assert shared_trust(replace(told, confidence=None)) is Confidence.ASSUMED
    assert shared_trust(replace(told, confidence=Confidence.STATED)) is Confidence.STATED


def test_charges_for_units_are_told_by_what_each_earns():
    rule = agreement(mode=SettlementMode.TERMINATION_CHARGE, rule=None)
    paid = share("ONE", unit="month", charge=Decimal("2.50"))
    given_terms = {"seller_id": "SCO", "agreement": rule, "shares": (paid,)}
    (told,) = shared_charges([line_shares(line("a", 1_000), **given_terms)], "ONE")
    assert told.basis is ShareBasis.CHARGES
    assert {each.operator_id: str(each.percent) for each in told.shares} == {
        "ONE": "25.00",
        "SCO": "75.00",
    }


def test_each_basis_has_words_and_lengths_are_told_in_kilometres():
    assert BASIS_WORDS.keys() == set(ShareBasis)
    assert measure_text(ShareBasis.LENGTH, 811_200) == "811.200 km"
    assert measure_text(ShareBasis.COST, 1_200) == "1,200"
    assert measure_text(ShareBasis.LEG, None) == ""
