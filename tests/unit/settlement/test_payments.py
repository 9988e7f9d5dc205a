"""What a payment moves in the book, and what the book tells of it."""

from datetime import date

from karakoram.settlement.entries import transfers_of
from karakoram.settlement.payments import ReceivedPayment, payment_entries, received_payments
from tests.support.settlement import invoice, line, usd


def booked(minor, withheld, reference, day):
    entries = payment_entries(
        invoice(line("a", 10_000)), usd(minor), withheld=usd(withheld), reference=reference
    )
    return transfers_of(
        entries, subject=("invoice", "i"), booked_on=day, new_id=lambda: f"t-{reference}"
    )


def test_what_was_kept_back_as_tax_is_told_beside_what_came_in():
    transfers = booked(8_500, 1_500, "B1, certificate 9", date(2026, 8, 20))
    assert [(each.debit_account_id, each.amount.minor) for each in transfers] == [
        ("SCO/Assets:Bank:USD", 8_500),
        ("SCO/Assets:TaxWithheld:USD", 1_500),
    ]
    assert {each.credit_account_id for each in transfers} == {"SCO/Assets:Receivable:CT:USD"}
    (told,) = received_payments(transfers, invoice=invoice(line("a", 10_000)))
    assert told == ReceivedPayment(
        paid_on=date(2026, 8, 20),
        amount=usd(8_500),
        withheld=usd(1_500),
        reference="B1, certificate 9",
    )
    assert told.settled == usd(10_000)


def test_payments_of_one_day_are_told_apart_by_their_references():
    day = date(2026, 8, 20)
    transfers = (*booked(100, 0, "B1", day), *booked(200, 0, "B2", day))
    told = received_payments(transfers, invoice=invoice(line("a", 10_000)))
    assert [(each.reference, each.amount.minor) for each in told] == [("B1", 100), ("B2", 200)]
