"""A bill is for who pays it, who sends it, and the platform."""

import pytest

from karakoram.sales.viewing import Viewer
from karakoram.settlement.viewing import bill_id, may_see_bill
from tests.support.settlement import invoice, line

BILL = invoice(line("a", 100, operator="OP1"))


@pytest.mark.parametrize(
    ("viewer", "may"),
    [
        (Viewer(), True),
        (Viewer(party_id="CT"), True),
        (Viewer(party_id="P1"), False),
        (Viewer(operator_id="SCO"), True),
        (Viewer(operator_id="OP1"), False),
    ],
)
def test_who_earns_by_a_bill_and_did_not_sell_does_not_see_it(viewer, may):
    assert may_see_bill(BILL, viewer) == may


def test_a_bill_is_known_by_the_identifier_of_its_record():
    assert bill_id(BILL) == BILL.invoice_id
