"""``karakoram outage list``: when did products not work?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_outage
from karakoram.adapters.formats.table_settlement import OUTAGES
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_screen import show_outages
from karakoram.operations.outages import Outage
from karakoram.sales.products import Product
from karakoram.usecases.known_names import refuse_unknown
from karakoram.usecases.sales_ports import SalesReader


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageListOptions:
    """What ``karakoram outage list`` takes."""

    product: Annotated[
        str, typer.Option("--product", metavar="PRODUCT", help="Only of this product.")
    ] = ""
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: OutageListOptions) -> ExitCode:
    """Read, print, write."""
    check_table(chosen.table_to)
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))

    def read(tx: SalesReader) -> tuple[Outage, ...]:
        refuse_unknown(tx, Product, chosen.product)
        return tuple(
            each for each in tx.find_all(Outage) if chosen.product in {"", each.product_id}
        )

    outages = store.read(read)
    tell_answer(
        chosen.as_json,
        payload=lambda: {"outages": [json_from_outage(each) for each in outages]},
        show=lambda: show_outages(screen(), outages),
    )
    write_table(chosen.table_to, lambda: OUTAGES.table(outages))
    return ExitCode.DONE


app = command_app(
    OutageListOptions,
    run,
    help_text="List the times in which products gave no service.",
    examples=("karakoram outage list",),
)
