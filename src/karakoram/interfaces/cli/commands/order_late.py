"""``karakoram order late``: which orders are past their day?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.adapters.formats.table_sales import ORDERS
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.sell.advance_leg import mark_jeopardy


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLateOptions:
    """What ``karakoram order late`` takes."""

    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: OrderLateOptions) -> ExitCode:
    """Mark, print."""
    check_table(chosen.table_to)
    late = mark_jeopardy(
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: {"orders": [json_from_order(order) for order in late]},
        show=lambda: _show(late),
    )
    write_table(chosen.table_to, lambda: ORDERS.table(late))
    return ExitCode.DONE


def _show(late: tuple[ProductOrder, ...]) -> None:
    if not late:
        print("No open order is past its day.")
    for order in late:
        show_order(screen(), order)


app = command_app(
    OrderLateOptions,
    run,
    help_text="Tell every open order of which a leg is past its day, and mark the leg.",
    examples=("karakoram order late",),
)
