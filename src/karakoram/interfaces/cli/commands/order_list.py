"""``karakoram order list``: what was ordered by whom, and how far is it?"""

from dataclasses import dataclass, field

from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.adapters.formats.table_sales import ORDERS
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.record_lists import RecordList
from karakoram.interfaces.cli.sales_lists_screen import show_orders
from karakoram.sales.orders import OrderState, ProductOrder

_LIST: RecordList[ProductOrder] = RecordList(
    kind=ProductOrder,
    name="orders",
    payload=json_from_order,
    show=show_orders,
    form=ORDERS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderListOptions:
    """What ``karakoram order list`` takes."""

    buyer: sales_options.OfBuyer = ""
    states: sales_options.InStates = field(default_factory=list)
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: OrderListOptions) -> ExitCode:
    """Read, print."""
    wanted = sales_options.wanted_records(chosen.buyer, chosen.states, OrderState)
    return _LIST.tell(chosen, wanted=wanted)


app = command_app(
    OrderListOptions,
    run,
    help_text="List orders, oldest first.",
    examples=("karakoram order list --buyer CT --state inProgress --to orders.xlsx",),
)
