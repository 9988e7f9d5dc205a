"""``karakoram invoice pay``: what has a buyer paid?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_invoice
from karakoram.adapters.formats.table_settlement import INVOICES
from karakoram.core.identifiers import ExternalId
from karakoram.core.time import day_from_word
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_command import SettlementCommand
from karakoram.interfaces.cli.settlement_screen import show_invoices
from karakoram.sales.change_log import Deed
from karakoram.settlement.invoices import Invoice
from karakoram.usecases.settle.receive_payment import BuyerPayment, receive_payment
from karakoram.usecases.settle.settlement_rows import PaymentRow
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.words import optional_reading, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePayOptions:
    """What ``karakoram invoice pay`` takes."""

    invoice: Annotated[
        str, typer.Argument(metavar="INVOICE", help="Identifier or number of the invoice.")
    ] = ""
    amount: Annotated[
        str, typer.Option("--amount", metavar="AMOUNT", help='What came in, e.g. "USD 1200.50".')
    ] = ""
    paid_on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="Day of the bank, e.g. 2026-10-15.")
    ] = ""
    reference: Annotated[
        str,
        typer.Option(
            "--reference",
            metavar="WORD",
            help="The bank's reference; told twice under it, a payment counts once.",
        ),
    ] = ""
    withheld: Annotated[
        str,
        typer.Option(
            "--withheld", metavar="AMOUNT", help="What the buyer kept back as the seller's tax."
        ),
    ] = ""
    certificate: Annotated[
        str,
        typer.Option(
            "--certificate", metavar="WORD", help="With --withheld: the certificate of that tax."
        ),
    ] = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _one(chosen: InvoicePayOptions, deed: Deed, settling: Settling) -> Invoice:
    """Understand the words, do it."""
    amount = reading("amount", chosen.amount, settlement_options.money_from_word)
    paid_on = reading("on", chosen.paid_on, day_from_word)
    withheld = optional_reading("withheld", chosen.withheld, settlement_options.money_from_word)
    refuse_unread((amount, paid_on, withheld))
    payment = BuyerPayment(
        invoice=chosen.invoice,
        amount=amount.value,
        paid_on=paid_on.value,
        external_id=ExternalId(chosen.reference),
        withheld=withheld.read,
        certificate=chosen.certificate,
    )
    return receive_payment(payment, deed=deed, settling=settling)


_COMMAND: SettlementCommand[InvoicePayOptions, PaymentRow, Invoice] = SettlementCommand(
    row_type=PaymentRow,
    example={
        "reference": "BANK-1",
        "invoice": "SCO-2026-0001",
        "amount": "1200.50",
        "currency": "USD",
        "paid_on": "2026-10-15",
    },
    needed={
        "INVOICE": "invoice",
        "--amount": "amount",
        "--on": "paid_on",
        "--reference": "reference",
    },
    one=_one,
    each=lambda row, deed, settling: receive_payment(row.record(), deed=deed, settling=settling),
    form=INVOICES,
    payload=json_from_invoice,
    show=lambda answers: show_invoices(screen(), answers),
    column_by_code={
        "wrong-currency": "currency",
        "payment-not-positive": "amount",
        "payment-too-large": "amount",
        "no-certificate": "certificate",
        "in-the-future": "paid_on",
        "before-invoice": "paid_on",
        "closed-period": "paid_on",
        "external-id-reused": "reference",
    },
)


app = command_app(
    InvoicePayOptions,
    _COMMAND.run,
    help_text="Say what a buyer has paid of an invoice.",
    examples=(
        'karakoram invoice pay CYB-2026-0001 --amount "USD 9.50" --on 2026-10-15 --reference B7',
        "karakoram invoice pay --from bank.xlsx",
    ),
)
