"""``karakoram invoice show``: what is asked, line by line?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_credit_note, json_from_invoice
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen, show_title
from karakoram.interfaces.cli.settlement_screen import show_credit_notes, show_invoice
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.usecases.settling import found


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceShowOptions:
    """What ``karakoram invoice show`` takes."""

    invoice: Annotated[
        str, typer.Argument(metavar="INVOICE", help="Identifier or number of the invoice.")
    ]
    store: sales_options.Store = ""
    shares: settlement_options.Shares = False
    as_json: options.AsJson = False


def run(chosen: InvoiceShowOptions) -> ExitCode:
    """Read, print."""
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))
    invoice = store.read(lambda tx: found(tx, Invoice, chosen.invoice))
    notes = store.read(
        lambda tx: tuple(
            each
            for each in tx.find_all(CreditNote, buyer_id=invoice.payer_id)
            if each.invoice_id == invoice.invoice_id
        )
    )

    def show() -> None:
        show_invoice(screen(), invoice, shares=chosen.shares)
        if notes:
            show_title(screen(), "Credit notes")
            show_credit_notes(screen(), notes, shares=chosen.shares)

    tell_answer(
        chosen.as_json,
        payload=lambda: {
            **json_from_invoice(invoice, shares=chosen.shares),
            "creditNotes": [json_from_credit_note(each, shares=chosen.shares) for each in notes],
        },
        show=show,
    )
    return ExitCode.DONE


app = command_app(
    InvoiceShowOptions,
    run,
    help_text="Show an invoice line by line, with its credit notes.",
    examples=("karakoram invoice show CYB-2026-0001",),
)
