"""``karakoram order list``: what was ordered by whom, and how far is it?"""

from dataclasses import dataclass, field

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.adapters.formats.table_sales import ORDERS
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_lists_screen import show_orders
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.orders import OrderState, ProductOrder
from karakoram.usecases.known_names import records_of_buyer


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
    check_table(chosen.table_to)
    wanted = sales_options.wanted_records(chosen.buyer, chosen.states, OrderState)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    orders = store.read(
        lambda tx: records_of_buyer(tx, ProductOrder, wanted.buyer_id, states=wanted.states)
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: {"orders": [json_from_order(each) for each in orders]},
        show=lambda: show_orders(screen(), orders),
    )
    write_table(chosen.table_to, lambda: ORDERS.table(orders))
    return ExitCode.DONE


app = command_app(
    OrderListOptions,
    run,
    help_text="List orders, oldest first.",
    examples=("karakoram order list --buyer CT --state inProgress --to orders.xlsx",),
)
