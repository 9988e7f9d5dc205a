"""Which laws hold for every charge, every total and every split?"""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.money import Money, total
from karakoram.engines.costing import charge, totals_by_owner

relaxed = settings(deadline=None)

numbers = st.decimals(min_value=0, max_value=10**9, places=6)
currencies = st.sampled_from(sorted(MINOR_DIGITS))
lines = st.lists(
    st.tuples(
        st.sampled_from(["SCO", "One Network", "Cybernet"]),
        st.builds(charge, numbers, unit_price=numbers, currency=st.just("USD")),
    ),
    max_size=20,
)
quantity_lists = st.lists(st.one_of(numbers, st.just(Decimal(0))), min_size=1, max_size=10).filter(
    any
)
amounts = st.integers(-(10**12), 10**12).map(lambda minor: Money(minor, "USD"))


@relaxed
@given(quantity=numbers, unit_price=numbers, currency=currencies)
def test_a_charge_is_within_half_a_minor_unit_of_the_exact_price(quantity, unit_price, currency):
    exact = Fraction(quantity) * Fraction(unit_price) * 10 ** MINOR_DIGITS[currency]
    found = charge(quantity, unit_price=unit_price, currency=currency).minor
    assert abs(found - exact) <= Fraction(1, 2)
    assert abs(found - exact) < Fraction(1, 2) or found % 2 == 0


@relaxed
@given(quantity=numbers, more=numbers, unit_price=numbers, currency=currencies)
def test_more_never_costs_less(*, quantity, more, unit_price, currency):
    part = charge(quantity, unit_price=unit_price, currency=currency)
    whole = charge(quantity + more, unit_price=unit_price, currency=currency)
    dearer = charge(quantity, unit_price=unit_price + more, currency=currency)
    assert part.minor <= whole.minor
    assert part.minor <= dearer.minor


@relaxed
@given(one=numbers, other=numbers, unit_price=numbers, currency=currencies)
def test_one_bill_and_two_part_bills_differ_by_at_most_one_minor_unit(
    *, one, other, unit_price, currency
):
    parts = (
        charge(one, unit_price=unit_price, currency=currency).minor
        + charge(other, unit_price=unit_price, currency=currency).minor
    )
    whole = charge(one + other, unit_price=unit_price, currency=currency).minor
    assert abs(whole - parts) <= 1


@relaxed
@given(one=st.integers(0, 10**6), other=st.integers(0, 10**6), cents=st.integers(0, 10**6))
def test_whole_quantities_at_whole_prices_cost_the_same_in_parts(one, other, cents):
    unit_price = Decimal(cents) / 100
    parts = (
        charge(Decimal(one), unit_price=unit_price, currency="USD").minor
        + charge(Decimal(other), unit_price=unit_price, currency="USD").minor
    )
    assert charge(Decimal(one + other), unit_price=unit_price, currency="USD").minor == parts


@relaxed
@given(quantity=numbers, unit_price=numbers, currency=currencies)
def test_quantity_and_price_may_change_places(quantity, unit_price, currency):
    assert charge(quantity, unit_price=unit_price, currency=currency) == charge(
        unit_price, unit_price=quantity, currency=currency
    )


@relaxed
@given(bill=lines)
def test_the_owners_together_earn_exactly_what_the_lines_cost(bill):
    owners = totals_by_owner(bill, "USD")
    assert total(owners.values(), "USD") == total((amount for _, amount in bill), "USD")
    assert set(owners) == {owner for owner, _ in bill}


@relaxed
@given(bill=lines, data=st.data())
def test_the_order_of_lines_changes_no_total(bill, data):
    shuffled = data.draw(st.permutations(bill))
    assert totals_by_owner(shuffled, "USD") == totals_by_owner(bill, "USD")


@relaxed
@given(bill=lines, other=lines)
def test_the_total_of_two_bills_is_the_sum_of_their_totals(bill, other):
    together = Counter({k: v.minor for k, v in totals_by_owner(bill + other, "USD").items()})
    apart = Counter({k: v.minor for k, v in totals_by_owner(bill, "USD").items()})
    apart.update({k: v.minor for k, v in totals_by_owner(other, "USD").items()})
    assert together == apart
