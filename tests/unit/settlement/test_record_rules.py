"""Rules that papers of settlement have in common."""

from karakoram.settlement.record_rules import each_once, ends_after, one_currency
from tests.support.settlement import AUGUST, JULY, usd


def test_days_end_after_they_begin():
    assert ends_after(JULY, AUGUST)[0]
    assert ends_after(JULY, JULY) == (
        False,
        "to_day must be after from_day 2026-07-01, got 2026-07-01",
    )


def test_of_keys_that_stand_twice_the_first_is_named():
    assert each_once(["a", "b"], of="lines")[0]
    holds, words = each_once(["a", "b", "b", "a"], of="lines")
    assert (holds, words) == (False, "lines must have keys of their own, got 'a' twice")


def test_amounts_of_one_paper_are_in_its_currency():
    assert one_currency("USD", [usd(1), usd(-1)], of="lines")[0]
    assert one_currency("PKR", [usd(1)], of="lines") == (False, "lines must be in PKR, got USD")
