"""From an active wave to owners that owe each other nothing, step by step."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from karakoram.core.errors import (
    IllegalTransitionError,
    InvalidDataError,
    NotFoundError,
    RefusedError,
)
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.sales.parties import Party
from karakoram.settlement.disputes import DisputedKind, DisputeEvent, DisputeState
from karakoram.settlement.invoices import CreditNote, Invoice, InvoiceState
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.reconciling import stated
from karakoram.settlement.statements import (
    EARNED,
    OwnerStatement,
    StatementLineKind,
    StatementState,
    clearing_difference,
)
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.sell.end_product import resume_product, suspend_product
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from karakoram.usecases.settle.close_book import close_book, exchange_result
from karakoram.usecases.settle.credit_outages import credit_outages
from karakoram.usecases.settle.dispute_lines import (
    DisputeAnswer,
    Objection,
    answer_dispute,
    open_dispute,
)
from karakoram.usecases.settle.glass_lengths import glass_lengths_m
from karakoram.usecases.settle.issue_statements import issue_statements
from karakoram.usecases.settle.settle_statements import (
    NetPaid,
    agree_statement,
    net_statements,
    reconciled,
    settle_statements,
)
from karakoram.usecases.settle.settlement_ports import TermsSource
from karakoram.usecases.settle.settling import found
from karakoram.usecases.settle.tax_invoice import taxes_of
from tests.support.selling import deed
from tests.support.settlement import agreement, usd
from tests.support.settling import (
    DECEMBER,
    JANUARY,
    PAID,
    at,
    book_balances,
    desk,
    outage,
    settled_wave,
)

DECEMBER_TO_FEBRUARY = period_from_word("2026-12-01/2027-03-01")


@pytest.fixture
def sold():
    return settled_wave()


def billed(settling, period=DECEMBER, **more):
    return bill_period(BillRun(period=period, **more), deed=desk(), settling=settling)


def broken(settling, product, name="T1", hours=12, operator="OP1", **more):
    """An outage of so many hours on 10 December."""
    one = outage(product, name, at(2026, 12, 10, 0), at(2026, 12, 10, hours), operator, **more)
    return record_outage(one, deed=desk(), settling=settling)


def stood(settling):
    """Statements of all owners, an outage of OP1 credited."""
    made = issue_statements(DECEMBER, deed=desk(), settling=settling)
    assert clearing_difference(made) == {}
    return {each.operator_id: each for each in made}


def netted(settling, day, reference="RTGS-1"):
    paid = NetPaid(on_day=day, reference=reference)
    return settle_statements(DECEMBER, "USD", paid=paid, deed=desk(), settling=settling)


def test_a_payment_between_owners_has_a_reference():
    with pytest.raises(ValueError, match="reference must be the banks' reference"):
        NetPaid(on_day=date(2027, 2, 1), reference=" ")


def test_a_month_is_billed_once_however_often_it_is_asked(sold):
    _, settling, product = sold
    (invoice,) = billed(settling)
    assert (invoice.number, invoice.payer_id, invoice.gross) == ("SCO-2027-0001", "CT", usd(10_000))
    assert invoice.due_on == date(2027, 3, 3)
    assert [line.product_id for line in invoice.lines] == [product.product_id]
    assert billed(settling) == ()
    assert book_balances(settling) == {
        "SCO/Assets:Receivable:CT:USD": 10_000,
        "SCO/Assets:Clearing:USD": -10_000,
    }


def test_only_who_is_meant_is_billed_and_only_what_is_over(sold):
    _, settling, _ = sold
    assert billed(settling, seller_id="OP1") == billed(settling, payer_id="P1") == ()
    with pytest.raises(RefusedError) as no:
        bill_period(BillRun(period=DECEMBER), deed=desk(at(2026, 12, 31)), settling=settling)
    assert no.value.code == "in-the-future"


def test_a_month_that_began_late_is_charged_by_the_day():
    # Active on the 17th: 15 of 31 days of 100.00 are 48.387; the 4 spare cents of 100.00 go to
    # the first days of the month, so 15 days from the 17th are 15 x 3.22 = 48.30 and no spare.
    _, settling, _ = settled_wave(started=at(2026, 12, 17))
    (invoice,) = billed(settling)
    base, spare = divmod(10_000, 31)
    assert invoice.net == usd(15 * base + max(0, spare - 16))


def test_what_changed_later_is_taken_back_and_asked_anew(sold):
    selling, settling, product = sold
    billed(settling)
    suspend_product(
        product.product_id,
        deed=deed(at(2026, 12, 22)),
        store=selling.store,
        ids=selling.ids,
    )
    resume_product(
        product.product_id,
        deed=deed(at(2026, 12, 24)),
        store=selling.store,
        ids=selling.ids,
    )
    (second,) = billed(settling)
    assert second.number == "SCO-2027-0002"
    assert any(line.reverses for line in second.lines)
    assert second.net.minor < 0
    assert billed(settling) == ()


def test_a_buyer_at_home_pays_sales_tax_and_a_product_without_kind_of_service_is_refused():
    selling, settling, _ = settled_wave()
    buyer = selling.store.read(lambda tx: tx.find(Party, "CT"))
    selling.store.write(lambda tx: tx.replace(replace(buyer, country="PK")))
    (invoice,) = billed(settling)
    assert [(tax.tax_id, tax.amount) for tax in invoice.taxes] == [("ST-PB", usd(1_950))]
    assert invoice.gross == usd(11_950)
    assert book_balances(settling)["SCO/Liabilities:Tax:ST-PB:USD"] == -1_950
    without = replace(settling, terms=replace(settling.terms, taxed_products={}))
    with pytest.raises(InvalidDataError, match="no tax treatment|tax"):
        billed(without, JANUARY)


def test_an_outage_is_credited_once_and_borne_by_who_was_at_fault(sold):
    _, settling, product = sold
    billed(settling)
    broken(settling, product, hours=12)
    (note,) = credit_outages(DECEMBER, deed=desk(), settling=settling)
    # 12 h of 734 h (active from the 1st, 9:00 UTC, to midnight in Karachi): 98.365 %: 10 %.
    assert note.gross == usd(1_000)
    assert [line.operator_id for line in note.lines] == ["OP1"]
    assert credit_outages(DECEMBER, deed=desk(), settling=settling) == ()
    invoice = settling.store.read(lambda tx: found(tx, Invoice, "SCO-2027-0001"))
    assert invoice.open_amount == usd(9_000)
    broken(settling, product, "T2", 20)
    assert credit_outages(DECEMBER, deed=desk(), settling=settling) == ()  # still 10 %
    record_outage(
        outage(product, "T3", at(2026, 12, 11, 0), at(2026, 12, 13, 0), "OP2"),
        deed=desk(),
        settling=settling,
    )
    (more,) = credit_outages(DECEMBER, deed=desk(), settling=settling)
    # 68 h down: 90.7 %, 25 %: 25.00; OP1 20/68 of it is 7.35, so OP2's 17.65 are new.
    assert [(line.operator_id, line.amount) for line in more.lines] == [("OP2", usd(1_765))]


def test_excused_time_gives_no_credit(sold):
    _, settling, product = sold
    billed(settling)
    broken(settling, product, is_excused=True)
    assert credit_outages(DECEMBER, deed=desk(), settling=settling) == ()


def test_an_outage_is_recorded_once_and_only_of_a_product_in_service(sold):
    _, settling, product = sold
    one = broken(settling, product)
    assert broken(settling, product) == one
    with pytest.raises(RefusedError) as no:
        broken(settling, product, hours=13)
    assert no.value.code == "outage-differs"
    early = outage(product, "T0", at(2026, 11, 1), at(2026, 11, 2))
    with pytest.raises(RefusedError) as no:
        record_outage(early, deed=desk(), settling=settling)
    assert no.value.code == "not-in-service"
    with pytest.raises(NotFoundError):
        record_outage(replace(one, outage_id="T9", product_id="?"), deed=desk(), settling=settling)
    with pytest.raises(NotFoundError, match="no book of NHA"):
        record_outage(
            replace(one, outage_id="T9", at_fault_id="NHA"), deed=desk(), settling=settling
        )


def test_statements_of_all_owners_sum_to_zero_and_tell_every_line_once(sold):
    _, settling, product = sold
    billed(settling)
    broken(settling, product)
    credit_outages(DECEMBER, deed=desk(), settling=settling)
    made = stood(settling)
    # 100.00 by weights 1, 2, 3: 16.67, 33.33, 50.00; OP1 bears 10.00; SCO collected 90.00.
    assert {key: each.balance.minor for key, each in made.items()} == {
        "OP1": 667,
        "OP2": 3_333,
        "OP3": 5_000,
        "SCO": -9_000,
    }
    assert issue_statements(DECEMBER, deed=desk(), settling=settling) == ()


def test_the_glass_of_a_product_is_that_of_its_working_way(sold):
    selling, _, product = sold
    assert selling.store.read(lambda tx: glass_lengths_m(tx, product)) == {"OP1": 100_000}


def test_a_dispute_moves_what_is_granted_from_one_statement_to_the_other(sold):
    _, settling, product = sold
    billed(settling)
    broken(settling, product)
    credit_outages(DECEMBER, deed=desk(), settling=settling)
    ours = stood(settling)["OP1"]
    line = next(each for each in ours.lines if each.kind is StatementLineKind.CREDIT_BORNE)
    objection = Objection(
        kind=DisputedKind.STATEMENT,
        subject=ours.number,
        line_key=line.key,
        claimed=usd(1_000),
        against_id="OP2",
        reason="the fault lay beyond the hand-over",
    )
    dispute = open_dispute(objection, deed=desk(), settling=settling)
    with pytest.raises(RefusedError) as no:
        open_dispute(objection, deed=desk(), settling=settling)
    assert no.value.code == "disputed-already"
    with pytest.raises(IllegalTransitionError):
        agree_statement(ours.number, deed=desk(), settling=settling)
    with pytest.raises(RefusedError) as no:
        net_statements(DECEMBER, "USD", settling=settling)
    assert no.value.code == "statements-open"
    answer = DisputeAnswer(dispute=dispute.number, event=DisputeEvent.ACCEPT, granted=usd(600))
    ended = answer_dispute(answer, deed=desk(), settling=settling)
    assert (ended.state, ended.granted) == (DisputeState.ACCEPTED, usd(600))
    after = settling.store.read(lambda tx: tx.find_all(OwnerStatement))
    assert {each.operator_id: each.balance.minor for each in after} == {
        "OP1": 1_267,
        "OP2": 2_733,
        "OP3": 5_000,
        "SCO": -9_000,
    }
    with pytest.raises(IllegalTransitionError):
        answer_dispute(answer, deed=desk(), settling=settling)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"claimed": Money(1, "PKR")}, "wrong-currency"),
        ({"claimed": usd(0)}, "claim-not-positive"),
        ({"claimed": usd(1_000_000)}, "claim-too-large"),
        ({"against_id": "PTCL"}, "no-such-owner"),
        ({"against_id": "OP1"}, "no-such-owner"),
    ],
)
def test_a_claim_that_makes_no_sense_is_refused_and_nothing_waits(sold, changes, code):
    _, settling, _ = sold
    billed(settling)
    ours = stood(settling)["OP1"]
    given = {"claimed": usd(100), "against_id": "OP2", **changes}
    objection = Objection(
        kind=DisputedKind.STATEMENT,
        subject=ours.number,
        line_key=ours.lines[0].key,
        reason="wrong",
        **given,
    )
    with pytest.raises(RefusedError) as no:
        open_dispute(objection, deed=desk(), settling=settling)
    assert no.value.code == code
    states = {each.state for each in settling.store.read(lambda tx: tx.find_all(OwnerStatement))}
    assert states == {StatementState.ISSUED}


def test_after_its_day_nothing_is_disputed_and_a_line_must_be_there(sold):
    _, settling, _ = sold
    billed(settling)
    ours = stood(settling)["OP1"]
    objection = Objection(
        kind=DisputedKind.STATEMENT,
        subject=ours.number,
        line_key=ours.lines[0].key,
        claimed=usd(1),
        against_id="OP2",
        reason="wrong",
    )
    with pytest.raises(RefusedError) as no:
        open_dispute(objection, deed=desk(at(2027, 4, 2)), settling=settling)
    assert no.value.code == "too-late"
    with pytest.raises(NotFoundError, match="has no line"):
        open_dispute(replace(objection, line_key="?"), deed=desk(), settling=settling)


def test_a_disputed_invoice_is_held_and_what_is_granted_is_credited(sold):
    _, settling, _ = sold
    (invoice,) = billed(settling)
    objection = Objection(
        kind=DisputedKind.INVOICE,
        subject=invoice.number,
        line_key=invoice.lines[0].key,
        claimed=usd(300),
        against_id="OP3",
        reason="agreed otherwise",
    )
    dispute = open_dispute(objection, deed=desk(), settling=settling)
    held = settling.store.read(lambda tx: found(tx, Invoice, invoice.number))
    assert held.state is InvoiceState.ON_HOLD
    answer = DisputeAnswer(dispute=dispute.number, event=DisputeEvent.ACCEPT)
    answer_dispute(answer, deed=desk(), settling=settling)
    after = settling.store.read(lambda tx: found(tx, Invoice, invoice.number))
    assert (after.state, after.open_amount) == (InvoiceState.SENT, usd(9_700))
    (note,) = settling.store.read(lambda tx: tx.find_all(CreditNote))
    assert note.lines[0].operator_id == "OP3"
    assert stood(settling)["OP3"].balance == usd(4_700)


@pytest.mark.parametrize("event", [DisputeEvent.REJECT, DisputeEvent.WITHDRAW])
def test_a_dispute_that_is_not_accepted_changes_no_amount(sold, event):
    _, settling, _ = sold
    billed(settling)
    before = stood(settling)
    objection = Objection(
        kind=DisputedKind.STATEMENT,
        subject=before["OP1"].number,
        line_key=before["OP1"].lines[0].key,
        claimed=usd(1),
        against_id="OP2",
        reason="wrong",
    )
    dispute = open_dispute(objection, deed=desk(), settling=settling)
    answer = DisputeAnswer(dispute=dispute.number, event=event)
    assert answer_dispute(answer, deed=desk(), settling=settling).granted == usd(0)
    after = settling.store.read(lambda tx: tx.find_all(OwnerStatement))
    assert {each.balance for each in after} == {each.balance for each in before.values()}
    assert {each.state for each in after} == {StatementState.ISSUED}


def test_sides_that_differ_do_not_agree_and_the_difference_is_told(sold):
    _, settling, _ = sold
    billed(settling)
    ours = stood(settling)["OP2"]
    theirs = stated(ours.lines)
    assert reconciled(ours.number, theirs, settling=settling) == ()
    dearer = replace(theirs[0], amount=usd(theirs[0].amount.minor + 1))
    (difference,) = reconciled(ours.number, [dearer], settling=settling)
    assert (difference.what, difference.ours, difference.theirs) == (
        "amount",
        usd(3_333),
        usd(3_334),
    )
    with pytest.raises(RefusedError, match="1 lines of .* differ") as no:
        agree_statement(ours.number, theirs=[dearer], deed=desk(), settling=settling)
    assert no.value.code == "statements-differ"
    agreed = agree_statement(ours.number, theirs=theirs, deed=desk(), settling=settling)
    assert agreed.state is StatementState.AGREED


def test_netting_brings_clearing_to_zero_in_every_book_and_each_owner_has_its_income(sold):
    _, settling, product = sold
    billed(settling)
    broken(settling, product)
    credit_outages(DECEMBER, deed=desk(), settling=settling)
    for statement in stood(settling).values():
        agree_statement(statement.number, deed=desk(), settling=settling)
    shown = net_statements(DECEMBER, "USD", settling=settling)
    assert {each.state for each in shown.statements} == {StatementState.AGREED}
    assert shown.confidence is Confidence.ASSUMED
    sure = (replace(line, confidence=Confidence.STATED) for line in shown.statements[0].lines)
    known = replace(shown, statements=(replace(shown.statements[0], lines=tuple(sure)),))
    assert known.confidence is Confidence.STATED
    before = book_balances(settling)
    for day, code in ((date(2027, 1, 31), "before-statement"), (date(2027, 2, 2), "in-the-future")):
        with pytest.raises(RefusedError) as no:
            netted(settling, day)
        assert no.value.code == code
    assert book_balances(settling) == before
    netting = netted(settling, date(2027, 2, 1))
    assert netting.payments == shown.payments
    assert [(each.payer_id, each.payee_id, each.amount.minor) for each in netting.payments] == [
        ("SCO", "OP3", 5_000),
        ("SCO", "OP2", 3_333),
        ("SCO", "OP1", 667),
    ]
    assert {each.state for each in netting.statements} == {StatementState.SETTLED}
    after = book_balances(settling)
    clearing = {key: minor for key, minor in after.items() if ":Clearing:" in key}
    assert set(clearing.values()) == {0}
    # OP1: 16.67 USD at 7 CNY earned, 10.00 USD borne; OP2: 33.33 USD at 280 PKR.
    assert after["OP1/Income:Corridor:CNY"] == -11_669
    assert after["OP1/Expenses:ServiceCredits:CNY"] == 7_000
    assert after["OP2/Income:Corridor:PKR"] == -933_240
    number = netting.statements[0].number
    with pytest.raises(NotFoundError, match=f"waits to be settled; settled already: .*{number}"):
        netted(settling, date(2027, 2, 1))


def test_closing_a_book_books_what_the_rate_did_and_explains_every_line(sold):
    _, settling, _ = sold
    billed(settling)
    for statement in stood(settling).values():
        agree_statement(statement.number, deed=desk(), settling=settling)
    closing = desk(at(2027, 3, 2))
    closed = close_book("OP2", date(2027, 3, 1), deed=closing, settling=settling)
    (made,) = closed.revaluations
    assert (made.held, made.gain) == (usd(3_333), Money(33_330, "PKR"))  # 33.33 x (290 - 280)
    assert sum(line.gain for line in made.lines) * 100 == made.gain.minor
    assert book_balances(settling)["OP2/Income:ExchangeGain:PKR"] == -33_330
    with pytest.raises(NotFoundError, match="no book of OP22"):
        exchange_result("OP22", DECEMBER_TO_FEBRUARY, settling=settling)
    (told,) = exchange_result("OP2", DECEMBER_TO_FEBRUARY, settling=settling)
    assert told.gain == made.gain
    again = close_book("OP2", date(2027, 3, 1), deed=closing, settling=settling)
    assert again.revaluations == ()
    with pytest.raises(RefusedError) as no:
        close_book("OP2", date(2027, 2, 1), deed=closing, settling=settling)
    assert no.value.code == "closed-already"
    (loss,) = close_book("OP1", date(2027, 3, 1), deed=closing, settling=settling).revaluations
    assert loss.gain == Money(-167, "CNY")  # 16.67 x (6.9 - 7) = -1.667


def test_a_statement_may_be_disputed_as_long_as_the_agreements_of_its_lines_say(sold):
    _, settling, _ = sold
    other = agreement(
        agreement_id="bandwidth", product_offering_ids=("IP-TRANSIT",), days_to_dispute=365
    )
    known = {**settling.terms.settlement_agreements, other.agreement_id: other}
    settling = replace(settling, terms=replace(settling.terms, settlement_agreements=known))
    billed(settling)
    for statement in stood(settling).values():
        assert statement.dispute_until == PAID.date() + timedelta(60)
        assert statement.due_on == PAID.date() + timedelta(30)


def test_without_a_rate_of_the_day_nothing_is_agreed(sold):
    _, settling, _ = sold
    billed(settling)
    ours = stood(settling)["OP2"]
    with pytest.raises(NotFoundError, match="no exchange rate says what USD is worth in PKR"):
        agree_statement(ours.number, deed=desk(at(2027, 6, 1)), settling=settling)
    after = settling.store.read(lambda tx: found(tx, OwnerStatement, ours.number))
    assert after.state is StatementState.ISSUED
    assert after.sum_of(*EARNED) == usd(3_333)


def test_a_sale_abroad_is_taxed_with_nothing_and_says_by_which_rule(sold):
    _, settling, _ = sold
    (invoice,) = billed(settling)
    asked = settling.store.read(
        lambda tx: taxes_of(
            tx, invoice.lines, seller_id="SCO", on_day=invoice.issued_on, settling=settling
        )
    )
    assert asked == invoice.taxes
    assert [(tax.tax_id, tax.percent, tax.amount) for tax in asked] == [("ST-EXPORT", "0", usd(0))]
    assert asked[0].confidence is Confidence.ASSUMED
    assert not isinstance(settling.terms, TermsSource)
