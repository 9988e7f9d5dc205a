"""Records of settlement in JSON."""

import json

from karakoram.adapters.formats.json_settlement import json_from_credit_note, json_from_invoice
from tests.support.settlement import credit_note, invoice, line


def test_an_invoice_tells_what_is_asked_and_not_who_earns_it():
    told = json_from_invoice(invoice(line("a", 10_050), line("b", -50)))
    assert told["taxExcludedAmount"] == {"unit": "USD", "value": "100.00"}
    assert told["remainingAmount"] == told["taxIncludedAmount"]
    assert "SCO" not in json.dumps(told["lines"])
    shared = json_from_invoice(invoice(line("a", 1)), shares=True)
    (leg,) = shared["lines"][0]["legs"]
    assert (leg["earnedBy"], leg["number"]) == ("SCO", "1.1")


def test_a_credit_note_tells_who_bears_it_only_when_asked():
    assert "borneBy" not in json_from_credit_note(credit_note(5))["lines"][0]
    assert json_from_credit_note(credit_note(5), shares=True)["lines"][0]["borneBy"] == "SCO"
