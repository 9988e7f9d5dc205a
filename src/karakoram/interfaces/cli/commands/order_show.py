"""``karakoram order show``: how far is an order?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_log, json_from_order
from karakoram.adapters.formats.table_sales import ORDERS
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_screen import show_log, show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.change_log import LogEntry
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.sales_action import known_record


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderShowOptions:
    """What ``karakoram order show`` takes."""

    order: Annotated[str, typer.Argument(metavar="ORDER", help="Identifier of the order.")]
    log: Annotated[bool, typer.Option("--log", help="Show who did what, when and why.")] = False
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: OrderShowOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    order, log = store.read(
        lambda tx: (known_record(tx, ProductOrder, chosen.order), tx.log_of(chosen.order))
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: {**json_from_order(order), **(json_from_log(log) if chosen.log else {})},
        show=lambda: _show(order, log if chosen.log else ()),
    )
    write_table(chosen.table_to, lambda: ORDERS.table((order,)))
    return ExitCode.DONE


def _show(order: ProductOrder, log: tuple[LogEntry, ...]) -> None:
    show_order(screen(), order)
    if log:
        show_log(screen(), log)


app = command_app(
    OrderShowOptions,
    run,
    help_text="Show an order with the leg of each operator.",
    examples=("karakoram order show ORDER --log",),
)
