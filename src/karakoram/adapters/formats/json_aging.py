"""How does what buyers owe since when stand in JSON and in a table?"""

from collections.abc import Sequence
from typing import Any

from karakoram.adapters.formats.json_money import json_from_money
from karakoram.adapters.formats.table_form import TableForm
from karakoram.core.money import decimal_from_money
from karakoram.settlement.aging import AgedInvoice, aged_totals

AGED: TableForm[AgedInvoice, AgedInvoice] = TableForm(
    lines=lambda one: (one,),
    columns={
        "invoice": lambda one: one.invoice.number,
        "seller": lambda one: one.invoice.seller_id,
        "payer": lambda one: one.invoice.payer_id,
        "issued_on": lambda one: one.invoice.issued_on,
        "due_on": lambda one: one.invoice.due_on,
        "overdue_days": lambda one: one.overdue_days,
        "band": lambda one: one.band.value,
        "state": lambda one: one.invoice.state.value,
        "open": lambda one: decimal_from_money(one.open_amount),
        "currency": lambda one: one.open_amount.currency,
    },
)
"""A line for each invoice that is open."""


def json_from_aged(aged: Sequence[AgedInvoice]) -> dict[str, Any]:
    """Every invoice that is open, and what each payer owes by how long it has been due."""
    return {
        "invoices": [
            {
                "billNo": each.invoice.number,
                "seller": each.invoice.seller_id,
                "payer": each.invoice.payer_id,
                "billDate": each.invoice.issued_on.isoformat(),
                "paymentDueDate": each.invoice.due_on.isoformat(),
                "overdueDays": each.overdue_days,
                "band": each.band.value,
                "state": each.invoice.state.value,
                "remainingAmount": json_from_money(each.open_amount),
            }
            for each in aged
        ],
        "totals": [
            {
                "seller": each.seller_id,
                "payer": each.payer_id,
                "byBand": {
                    band.value: json_from_money(amount) for band, amount in each.by_band.items()
                },
                "remainingAmount": json_from_money(each.total),
            }
            for each in aged_totals(aged)
        ],
    }
