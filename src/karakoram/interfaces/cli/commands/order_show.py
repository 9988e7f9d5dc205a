"""``karakoram order show``: how far is an order?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_legs, json_from_log, json_from_order
from karakoram.adapters.formats.table_sales import ORDERS, legs_form
from karakoram.core.identifiers import OperatorId, ProductOrderId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_screen import show_log, show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.tables import show_cells
from karakoram.sales.change_log import LogEntry
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.sell.own_legs import order_with_legs_of
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesStore


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderShowOptions:
    """What ``karakoram order show`` takes."""

    order: Annotated[str, typer.Argument(metavar="ORDER", help="Identifier of the order.")]
    log: Annotated[bool, typer.Option("--log", help="Show who did what, when and why.")] = False
    legs_of: Annotated[
        str,
        typer.Option(
            "--legs-of",
            metavar="OPERATOR",
            help="Only what this operator must do; with --to a table that comes back with order "
            "leg --from.",
        ),
    ] = ""
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: OrderShowOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    if chosen.legs_of:
        return _run_legs(chosen, OperatorId(chosen.legs_of), store=store)
    order, log = store.read(
        lambda tx: (known_record(tx, ProductOrder, chosen.order), tx.log_of(chosen.order))
    )
    write_table(chosen.table_to, lambda: ORDERS.table((order,)))
    tell_answer(
        chosen.as_json,
        payload=lambda: {**json_from_order(order), **(json_from_log(log) if chosen.log else {})},
        show=lambda: _show(order, log if chosen.log else ()),
    )
    return ExitCode.DONE


def _run_legs(chosen: OrderShowOptions, operator_id: OperatorId, *, store: SalesStore) -> ExitCode:
    """Show what one operator must do."""
    if chosen.log:
        raise typer.BadParameter("--log tells of everybody; leave it out with --legs-of")
    order = order_with_legs_of(ProductOrderId(chosen.order), operator_id, store=store)
    form = legs_form(operator_id)
    write_table(chosen.table_to, lambda: form.table((order,)))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_legs(order, operator_id),
        show=lambda: show_cells(screen(), form.table((order,))),
    )
    return ExitCode.DONE


def _show(order: ProductOrder, log: tuple[LogEntry, ...]) -> None:
    show_order(screen(), order)
    if log:
        show_log(screen(), log)


app = command_app(
    OrderShowOptions,
    run,
    help_text="Show an order with the leg of each operator.",
    examples=(
        "karakoram order show ORDER --log",
        "karakoram order show ORDER --legs-of SCO --to legs.xlsx",
    ),
)
