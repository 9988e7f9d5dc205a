"""``karakoram outage list``: when did products not work?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_outage
from karakoram.adapters.formats.table_settlement import OUTAGES
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.record_lists import RecordList
from karakoram.interfaces.cli.settlement_screen import show_outages
from karakoram.operations.outages import Outage
from karakoram.sales.products import Product
from karakoram.usecases.settle.known_names import refuse_unknown

_LIST: RecordList[Outage] = RecordList(
    kind=Outage,
    name="outages",
    payload=json_from_outage,
    show=show_outages,
    form=OUTAGES,
)


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
    """Read, print."""
    return _LIST.tell(
        chosen,
        check=lambda tx: refuse_unknown(tx, Product, chosen.product),
        is_asked=lambda each: chosen.product in {"", each.product_id},
    )


app = command_app(
    OutageListOptions,
    run,
    help_text="List the times in which products gave no service.",
    examples=("karakoram outage list",),
)
