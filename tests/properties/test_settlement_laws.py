"""Laws of settlement: parts sum to the whole, and all owners together are even."""

from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.core.money import Money
from karakoram.settlement.agreements import SettlementMode, ShareRule
from karakoram.settlement.netting import net_payments
from karakoram.settlement.reconciling import stated, statement_differences
from karakoram.settlement.shares import line_shares
from karakoram.settlement.statements import owner_lines
from tests.support.settlement import agreement, credit_note, invoice, line, minutes, share, usd

OPERATORS = ("SCO", "ONE", "CYB", "PTCL")
AMOUNTS = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=4, max_size=4)


RULES = st.tuples(
    st.sampled_from(SettlementMode),
    st.sampled_from(ShareRule),
    WEIGHTS,
    st.sampled_from(["month", "minute"]),
    st.lists(st.integers(0, 10**6), min_size=4, max_size=4),
)
LINES = st.lists(
    st.tuples(AMOUNTS, st.sampled_from(OPERATORS), st.none() | st.integers(0, 10**6)),
    min_size=1,
    max_size=6,
)


def lines_of(drawn):
    """Lines of a month, or of so many minutes."""
    return [
        line(f"l{number}", minor, operator)
        if count is None
        else minutes(f"l{number}", minor, count)
        for number, (minor, operator, count) in enumerate(drawn)
    ]


def shared(one, drawn):
    """Who earns how much of a line by an agreement of any mode."""
    mode, rule, weights, unit, charges = drawn
    by_weight = mode is SettlementMode.SPECIAL_ARRANGEMENT
    shares = [
        share(operator, weight)
        if by_weight
        else share(operator, weight, unit=unit, charge=charge / 100)
        for operator, weight, charge in zip(OPERATORS, weights, charges, strict=True)
    ]
    return line_shares(
        one,
        seller_id="SCO",
        agreement=agreement(mode, rule),
        shares=shares,
        lengths_m=dict(zip(OPERATORS, weights, strict=True)),
    )


@given(drawn=LINES, rule=RULES)
@settings(max_examples=150, deadline=None)
def test_what_the_owners_earn_of_a_line_is_the_line(drawn, rule):
    for one in lines_of(drawn):
        parts = shared(one, rule).parts
        assert sum(amount.minor for _, amount in parts) == one.amount.minor


@given(
    drawn=LINES,
    rule=RULES,
    given_back=st.lists(st.tuples(st.integers(1, 10**9), st.sampled_from(OPERATORS)), max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_all_owners_together_are_even_and_netting_makes_each_so(drawn, rule, given_back):
    lines = lines_of(drawn)
    notes = [
        credit_note(minor, operator, credit_note_id=f"n{number}")
        for number, (minor, operator) in enumerate(given_back)
    ]
    found = owner_lines([invoice(*lines)], [shared(one, rule) for one in lines], notes)
    balances = {
        operator: usd(sum(each.amount.minor for each in own)) for operator, own in found.items()
    }
    assert sum(each.minor for each in balances.values()) == 0
    payments = net_payments(balances)
    assert len(payments) < max(1, len(balances))
    left = {operator: amount.minor for operator, amount in balances.items()}
    for payment in payments:
        assert payment.amount.minor > 0
        left[payment.payer_id] += payment.amount.minor
        left[payment.payee_id] -= payment.amount.minor
    assert not any(left.values())


@given(drawn=LINES, rule=RULES, data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_statement_reconciles_with_itself_in_any_order_and_with_nothing_else(drawn, rule, data):
    lines = lines_of(drawn)
    found = owner_lines([invoice(*lines)], [shared(one, rule) for one in lines], [])
    ours = stated(found["SCO"])
    assert statement_differences(ours, data.draw(st.permutations(ours))) == ()
    spoiled = data.draw(st.sampled_from(ours))
    dearer = type(spoiled)(
        key=spoiled.key,
        text=spoiled.text,
        amount=Money(spoiled.amount.minor + 1, spoiled.amount.currency),
    )
    theirs = [dearer if each is spoiled else each for each in ours]
    assert [each.key for each in statement_differences(ours, theirs)] == [spoiled.key]
