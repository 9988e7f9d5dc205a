"""Statements of owners, their reconciliation and netting."""

import pytest

from karakoram.core.errors import IllegalTransitionError
from karakoram.core.money import Money
from karakoram.settlement.disputes import DISPUTE_LIFE, DisputeEvent, DisputeState
from karakoram.settlement.invoices import (
    INVOICE_LIFE,
    InvoiceEvent,
    InvoiceState,
    payment_event,
)
from karakoram.settlement.netting import NetPayment, net_payments
from karakoram.settlement.reconciling import stated, statement_differences
from karakoram.settlement.shares import line_shares
from karakoram.settlement.statements import (
    EARNED,
    STATEMENT_LIFE,
    StatementLineKind,
    clearing_difference,
    owner_lines,
)
from tests.support.settlement import (
    agreement,
    credit_note,
    invoice,
    line,
    share,
    statement,
    usd,
)

LIVES = {life.subject: life for life in (INVOICE_LIFE, STATEMENT_LIFE, DISPUTE_LIFE)}


def statements(*notes):
    billed = invoice(line("a", 10_001), line("b", 500, "ONE"))
    rule, weights = agreement(), (share("SCO", 1), share("ONE", 1), share("CYB", 1))
    shares = [
        line_shares(each, seller_id="SCO", agreement=rule, shares=weights) for each in billed.lines
    ]
    found = owner_lines([billed], shares, notes)
    return {operator: statement(operator, lines) for operator, lines in found.items()}


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_every_state_is_reached_and_every_life_ends(life):
    reached = {life.first}
    for _ in life.transitions:
        reached |= {after for state in reached for after in life.transitions[state].values()}
    assert reached == set(type(life.first)) == set(life.transitions)
    assert any(life.is_final(state) for state in life.transitions)


def test_all_balances_together_are_zero_and_the_seller_owes_what_it_collected():
    found = statements()
    # 100.01: 33.34 33.34 33.33; 5.00: 1.67 1.67 1.66. SCO collected 105.01.
    assert found["SCO"].balance == usd(3_334 + 167 - 10_501)
    assert found["ONE"].balance == usd(3_334 + 167)
    assert found["CYB"].balance == usd(3_333 + 166)
    assert clearing_difference(found.values()) == {}
    assert found["SCO"].sum_of(StatementLineKind.COLLECTED) == usd(-10_501)
    assert found["SCO"].sum_of(*EARNED) == usd(3_501)


def test_a_credit_is_borne_by_who_was_at_fault_and_no_longer_collected_by_the_seller():
    found = statements(credit_note(1_000, operator="ONE"))
    assert found["ONE"].balance == usd(3_501 - 1_000)
    assert found["SCO"].balance == usd(3_501 - 10_501 + 1_000)
    assert clearing_difference(found.values()) == {}


def test_a_cent_that_is_missing_is_found():
    found = statements()
    del found["CYB"]
    assert clearing_difference(found.values()) == {"USD": usd(-3_499)}


def test_sides_that_say_the_same_have_no_difference_whatever_the_order():
    ours = statements()["ONE"].lines
    assert statement_differences(stated(ours), stated(reversed(ours))) == ()


def test_every_difference_is_named():
    ours = statements()["SCO"].lines
    first, *rest = ours
    dearer = type(rest[0])(
        **{
            name: getattr(rest[0], name)
            for name in rest[0].__dataclass_fields__
            if name != "amount"
        },
        amount=Money(rest[0].amount.minor + 1, "USD"),
    )
    found = statement_differences(stated(ours), stated([dearer, *rest[1:]]))
    assert {each.key: each.what for each in found} == {
        first.key: "missing there",
        rest[0].key: "amount",
    }
    assert [each.what for each in statement_differences([], stated(ours[:1]))] == ["missing here"]


def test_netting_needs_fewer_payments_than_there_are_owners():
    balances = {"SCO": usd(-700), "ONE": usd(300), "CYB": usd(400), "PTCL": usd(0)}
    assert net_payments(balances) == (
        NetPayment(payer_id="SCO", payee_id="CYB", amount=usd(400)),
        NetPayment(payer_id="SCO", payee_id="ONE", amount=usd(300)),
    )
    assert net_payments({}) == ()


def test_balances_that_do_not_sum_to_zero_are_not_netted():
    with pytest.raises(ValueError, match="must sum to zero, got 1 USD"):
        net_payments({"SCO": usd(1)})
    with pytest.raises(ValueError, match="one currency at a time"):
        net_payments({"SCO": usd(1), "ONE": Money(-1, "PKR")})


def test_an_invoice_is_open_until_it_is_paid_or_credited_to_the_last_cent():
    one = invoice(line("a", 10_000), paid=usd(4_000), credited=usd(1_000))
    assert one.open_amount == usd(5_000)
    assert payment_event(one, usd(4_999)) is InvoiceEvent.PAY_PART
    assert payment_event(one, usd(5_000)) is InvoiceEvent.SETTLE
    assert credit_note(5).gross == usd(5)


def test_what_is_settled_stays_settled():
    with pytest.raises(IllegalTransitionError, match="cannot hold an invoice that is settled"):
        INVOICE_LIFE.next_state(InvoiceState.SETTLED, InvoiceEvent.HOLD)
    assert DISPUTE_LIFE.next_state(DisputeState.OPEN, DisputeEvent.ACCEPT) is DisputeState.ACCEPTED
