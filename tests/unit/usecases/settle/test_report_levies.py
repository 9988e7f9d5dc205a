"""Taxes collected and kept back, levies accrued: document by document, as the books have them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.sales.parties import Party
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.settle.issue_statements import issue_statements
from karakoram.usecases.settle.receive_payment import BuyerPayment, receive_payment
from karakoram.usecases.settle.report_levies import LevyKind, levy_report
from karakoram.usecases.settle.settle_statements import agree_statement
from tests.support.settlement import usd
from tests.support.settling import (
    DECEMBER,
    book_balances,
    december_billed,
    desk,
    settled_wave,
)

FEBRUARY = period_from_word("2027-02")


@pytest.fixture
def agreed():
    """December billed to a buyer at home, paid with tax kept back, and agreed by all owners."""
    selling, settling, _ = settled_wave()
    buyer = selling.store.read(lambda tx: tx.find(Party, "CT"))
    selling.store.write(lambda tx: tx.replace(replace(buyer, country="PK")))
    (invoice,) = december_billed(settling)
    payment = BuyerPayment(
        invoice=invoice.number,
        amount=usd(10_000),
        paid_on=date(2027, 2, 1),
        external_id="B1",
        withheld=usd(1_950),
        certificate="C9",
    )
    receive_payment(payment, deed=desk(), settling=settling)
    for each in issue_statements(DECEMBER, deed=desk(), settling=settling):
        agree_statement(each.number, deed=desk(), settling=settling)
    return settling


def told(settling, operator):
    report = levy_report(operator, FEBRUARY, settling=settling)
    return {(each.kind, each.levy_id): each.amount for each in report.totals}


def test_the_seller_collected_sales_tax_and_holds_a_certificate(agreed):
    # 19.5 % of 100.00 are 19.50; as much was kept back by the buyer.
    assert told(agreed, "SCO") == {
        (LevyKind.COLLECTED, "ST-PB"): usd(1_950),
        (LevyKind.WITHHELD, "WITHHELD"): usd(1_950),
    }


def test_an_owner_has_accrued_levies_on_its_share(agreed):
    # OP2 earns 2 of 6 parts of 100.00: 33.33 dollars, at 280 9,332.40 rupees; 1.5 % of it are
    # 139.986, rounded 139.99; 0.5 % are 46.662, rounded 46.66.
    assert told(agreed, "OP2") == {
        (LevyKind.ON_REVENUE, "LICENCE-FEE"): Money(4_666, "PKR"),
        (LevyKind.ON_REVENUE, "R-AND-D"): Money(4_666, "PKR"),
        (LevyKind.ON_REVENUE, "USF"): Money(13_999, "PKR"),
    }
    balances = book_balances(agreed)
    assert balances["OP2/Liabilities:Levies:USF:PKR"] == -13_999
    assert balances["OP2/Expenses:Levies:USF:PKR"] == 13_999
    line = levy_report("OP2", FEBRUARY, settling=agreed).lines[-1]
    assert (line.percent, line.base) == ("1.5", Money(933_240, "PKR"))
    january = levy_report("OP2", period_from_word("2027-01"), settling=agreed)
    assert january.lines == january.totals == ()


def known_as(settling, **trusts):
    """The same, as if its levies, rates and statements were known so well; else as stated."""

    def known(of):
        return Provenance(source="test", confidence=trusts.get(of, Confidence.STATED))

    def tell(tx):
        for each in tx.find_all(OwnerStatement):
            trust = known("statements").confidence
            lines = tuple(replace(line, confidence=trust) for line in each.lines)
            tx.replace(replace(each, lines=lines))

    settling.store.write(tell)
    given = settling.terms
    tables = (("taxes_and_levies", "levies"), ("exchange_rates", "rates"))
    changed = {
        name: {
            key: replace(each, provenance=known(of)) for key, each in getattr(given, name).items()
        }
        for name, of in tables
    }
    return replace(settling, terms=replace(given, **changed))


@pytest.mark.parametrize("weakest_of", ["levies", "rates", "statements", "nothing"])
def test_what_is_owed_is_as_trustworthy_as_all_that_it_rests_on(agreed, weakest_of):
    settling = known_as(agreed, **{weakest_of: Confidence.ASSUMED})
    right = Confidence.STATED if weakest_of == "nothing" else Confidence.ASSUMED
    report = levy_report("OP2", FEBRUARY, settling=settling)
    assert {each.confidence for each in report.standings} == {right}
    assert {each.confidence for each in report.totals} == {right}
    march = levy_report("OP2", period_from_word("2027-03"), settling=settling)
    assert march.lines == ()
    assert {each.confidence for each in march.standings} == {right}


def test_a_levy_that_is_another_now_is_told_as_it_was_booked(agreed):
    usf = agreed.terms.taxes_and_levies["USF"]
    dearer = {**agreed.terms.taxes_and_levies, "USF": replace(usf, percent=Decimal(3))}
    now = replace(agreed, terms=replace(agreed.terms, taxes_and_levies=dearer))
    line = levy_report("OP2", FEBRUARY, settling=now).lines[-1]
    assert (line.levy_id, line.amount) == ("USF", Money(13_999, "PKR"))
    assert (line.percent, line.base) == ("", None)


def test_an_operator_without_a_book_is_refused(agreed):
    with pytest.raises(NotFoundError):
        levy_report("XYZ", FEBRUARY, settling=agreed)
