"""``karakoram service list``: what has been sold, to whom, and is it up?"""

from dataclasses import dataclass, field

from karakoram.adapters.formats.json_sales import json_from_product
from karakoram.adapters.formats.table_sales import PRODUCTS
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.record_lists import RecordList
from karakoram.interfaces.cli.sales_lists_screen import show_products
from karakoram.sales.products import Product, ProductState

_LIST: RecordList[Product] = RecordList(
    kind=Product,
    name="products",
    payload=json_from_product,
    show=show_products,
    form=PRODUCTS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceListOptions:
    """What ``karakoram service list`` takes."""

    buyer: sales_options.OfBuyer = ""
    states: sales_options.InStates = field(default_factory=list)
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: ServiceListOptions) -> ExitCode:
    """Read, print."""
    wanted = sales_options.wanted_records(chosen.buyer, chosen.states, ProductState)
    return _LIST.tell(chosen, wanted=wanted)


app = command_app(
    ServiceListOptions,
    run,
    help_text="List what has been sold.",
    examples=("karakoram service list --buyer CT --state active",),
)
