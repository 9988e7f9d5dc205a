"""``karakoram invoice list``: what was billed, and how much of it is open?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_invoice
from karakoram.adapters.formats.table_settlement import INVOICES
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.record_lists import RecordList
from karakoram.interfaces.cli.settlement_screen import show_invoices
from karakoram.settlement.invoices import Invoice, InvoiceState

_LIST: RecordList[Invoice] = RecordList(
    kind=Invoice,
    name="invoices",
    payload=json_from_invoice,
    show=show_invoices,
    form=INVOICES,
)


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
    """Read, print."""
    states = list(filter(None, [chosen.state]))
    wanted = sales_options.wanted_records(chosen.payer, states, InvoiceState, buyer_field="payer")
    return _LIST.tell(chosen, wanted=wanted)


app = command_app(
    InvoiceListOptions,
    run,
    help_text="List invoices.",
    examples=("karakoram invoice list --payer CT --state sent",),
)
