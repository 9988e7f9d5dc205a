"""What buyers owe since when, in JSON and in a table."""

from karakoram.adapters.formats.json_aging import AGED, json_from_aged
from karakoram.settlement.aging import AgedInvoice
from tests.support.settlement import invoice, line, usd


def test_every_open_invoice_and_every_band_is_told():
    aged = AgedInvoice(invoice=invoice(line("a", 12_345)), open_amount=usd(12_345), overdue_days=31)
    told = json_from_aged([aged])
    assert told["invoices"][0]["band"] == "31 to 60"
    (total,) = told["totals"]
    assert total["byBand"]["31 to 60"] == total["remainingAmount"]
    assert total["remainingAmount"] == {"unit": "USD", "value": "123.45"}
    table = AGED.table((aged,))
    assert dict(zip(table.header, table.rows[0], strict=True))["overdue_days"] == 31
