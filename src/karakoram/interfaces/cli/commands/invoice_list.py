"""``karakoram invoice list``: what was billed, and how much of it is open?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_invoice
from karakoram.adapters.formats.table_settlement import INVOICES
from karakoram.core.identifiers import PartyId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_screen import show_invoices
from karakoram.settlement.invoices import Invoice, InvoiceState
from karakoram.usecases.known_names import records_of_buyer
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceListOptions:
    """What ``karakoram invoice list`` takes."""

    payer: Annotated[
        str, typer.Option("--payer", metavar="PARTY", help="Only what this party pays.")
    ] = ""
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="Only invoices in this state.")
    ] = ""
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: InvoiceListOptions) -> ExitCode:
    """Read, print, write."""
    check_table(chosen.table_to)
    states = [
        reading("state", word, lambda w: choice_from_word(w, InvoiceState))
        for word in filter(None, [chosen.state])
    ]
    refuse_unread(states)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    payer_id = PartyId(chosen.payer) if chosen.payer else None
    invoices = store.read(
        lambda tx: records_of_buyer(
            tx, Invoice, payer_id, states=[each.value.value for each in states]
        )
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: {"invoices": [json_from_invoice(each) for each in invoices]},
        show=lambda: show_invoices(screen(), invoices),
    )
    write_table(chosen.table_to, lambda: INVOICES.table(invoices))
    return ExitCode.DONE


app = command_app(
    InvoiceListOptions,
    run,
    help_text="List invoices.",
    examples=("karakoram invoice list --payer CT --state sent",),
)
