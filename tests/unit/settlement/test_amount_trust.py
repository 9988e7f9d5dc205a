"""A sum of money is trusted no further than the worst of what it is made of."""

from dataclasses import replace

import pytest

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.interfaces.http.bill_documents import tax_item
from karakoram.settlement.amount_trust import (
    line_trust,
    net_trust,
    one_tax_trust,
    statement_trust,
    tax_trust,
)
from karakoram.settlement.invoices import InvoiceTax
from karakoram.settlement.shares import line_shares
from karakoram.settlement.statements import StatementLineKind, owner_lines
from tests.support.settlement import invoice, line, statement, usd

STATED, DERIVED, ASSUMED = Confidence


def billed(*confidences, taxes=()):
    lines = [
        replace(line(f"{number}", 1_000), confidence=each)
        for number, each in enumerate(confidences)
    ]
    return replace(invoice(*lines), taxes=tuple(taxes))


def tax(confidence):
    return InvoiceTax(
        tax_id="WHT",
        name="a tax",
        base=usd(1_000),
        percent="10",
        amount=Money(100, "USD"),
        confidence=confidence,
        source="a law",
    )


@pytest.mark.parametrize(
    ("lines", "taxes", "net", "gross"),
    [
        ((STATED, STATED), (STATED,), STATED, STATED),
        ((STATED, DERIVED), (STATED,), DERIVED, DERIVED),
        ((STATED, STATED), (ASSUMED,), STATED, ASSUMED),
        ((ASSUMED, STATED), (), ASSUMED, ASSUMED),
    ],
)
def test_a_bill_is_as_good_as_the_worst_of_its_lines_and_taxes(lines, taxes, net, gross):
    bill = billed(*lines, taxes=map(tax, taxes))
    assert (net_trust(bill), tax_trust(bill)) == (net, gross)
    known = f"confidence: {gross.value}"
    assert all(one_tax_trust(bill, each) is gross for each in bill.taxes)
    assert all(tax_item(bill, each)["description"] == known for each in bill.taxes)


def test_a_share_is_as_good_as_its_line_and_one_without_a_mark_counts_as_assumed():
    bill = billed(STATED)
    shares = [line_shares(each, seller_id="SCO", agreement=None) for each in bill.lines]
    (told, *_) = owner_lines([bill], shares, [])["SCO"]
    assert line_trust(told) is STATED
    assert line_trust(replace(told, confidence=None)) is ASSUMED
    old = replace(told, key="share:0/0", confidence=None, kind=StatementLineKind.SHARE)
    both = statement("SCO", (told, old))
    assert statement_trust(both, StatementLineKind.COLLECTED) is STATED
    assert statement_trust(both) is ASSUMED
