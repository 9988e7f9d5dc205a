"""All rows of a file are done, or none, and every reason is told at its row and column."""

from datetime import date
from decimal import Decimal

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.settlement.disputes import DisputeEvent
from karakoram.settlement.invoices import Invoice
from karakoram.usecases.do_many import ListRow
from karakoram.usecases.settle.do_all import ListPlace, OneTransaction, do_all
from karakoram.usecases.settle.receive_payment import receive_payment
from karakoram.usecases.settle.settlement_rows import AnswerRow, DisputeRow, OutageRow, PaymentRow
from karakoram.usecases.settle.settling import found
from tests.support.settlement import usd
from tests.support.settling import at, december_billed, desk, settled_wave

PLACE = ListPlace(table="bank", file="bank.csv", column_by_code={"payment-too-large": "amount"})


def payment(reference, amount, invoice="SCO-2027-0001", **changes):
    return PaymentRow(
        reference=reference,
        invoice=invoice,
        amount=Decimal(amount),
        currency="USD",
        paid_on=date(2027, 2, 1),
        **changes,
    )


def paid(settling, *rows):
    def act(row, store):
        assert isinstance(store, OneTransaction)
        return receive_payment(
            row.record(),
            deed=desk(),
            settling=type(settling)(
                store=store,
                ids=settling.ids,
                catalogue=settling.catalogue,
                terms=settling.terms,
                zones=settling.zones,
            ),
        )

    listed = [ListRow(row=at, name=f"row {at}", asked=row) for at, row in enumerate(rows, 2)]
    return do_all(listed, act, store=settling.store, place=PLACE)


def invoice_of(settling):
    return settling.store.read(lambda tx: found(tx, Invoice, "SCO-2027-0001"))


@pytest.fixture
def settling():
    _, made, _ = settled_wave()
    december_billed(made)
    return made


def test_every_row_sees_what_those_before_it_did(settling):
    # 100.00 are asked: 40.00 and 60.00 settle it, and the same file again does nothing.
    rows = (payment("B1", "40"), payment("B2", "50", withheld=Decimal(10), certificate="C"))
    assert [each.answer.open_amount for each in paid(settling, *rows)] == [usd(6_000), usd(0)]
    assert invoice_of(settling).paid == usd(10_000)
    assert [each.answer.open_amount for each in paid(settling, *rows)] == [usd(0), usd(0)]


def test_where_a_row_is_refused_nothing_is_done_and_every_reason_is_told(settling):
    before = invoice_of(settling)
    with pytest.raises(InvalidDataError) as no:
        paid(
            settling,
            payment("B1", "40"),
            payment("B2", "60.01"),
            payment("B3", "1", invoice="SCO-2027-0009"),
        )
    assert [
        (each.code, each.place.file, each.place.row, each.place.field) for each in no.value.findings
    ] == [("payment-too-large", "bank.csv", 3, "amount"), ("not-found", "bank.csv", 4, None)]
    assert invoice_of(settling) == before


@pytest.mark.parametrize(
    "make",
    [
        lambda: payment("B1", "1.005"),
        lambda: DisputeRow(
            subject="s", line="l", amount=Decimal(1), currency="XXX", against="ONE", reason="r"
        ),
        lambda: AnswerRow(dispute="d", event=DisputeEvent.ACCEPT, granted=Decimal(1)),
        lambda: OutageRow(
            outage="T",
            product="P",
            starts_at=at(2026, 12, 2),
            ends_at=at(2026, 12, 1),
            at_fault="ONE",
            where="A-Z",
            cause="c",
        ),
    ],
)
def test_a_row_that_makes_no_sense_is_none(make):
    with pytest.raises(ValueError, match="must"):
        make()


def test_an_answer_without_an_amount_grants_all():
    assert AnswerRow(dispute="d", event=DisputeEvent.ACCEPT).record().granted is None
