"""``karakoram order cancel``: how is an order called off?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.adapters.formats.table_sales import ORDERS
from karakoram.core.identifiers import ProductOrderId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import (
    FileWords,
    ManyRows,
    check_table,
    run_rows,
    write_table,
    write_template,
)
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.advance_leg import cancel_order
from karakoram.usecases.desk_rows import CancelRow

_EXAMPLE = {"order": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11", "why": "the buyer withdrew"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelOptions:
    """What ``karakoram order cancel`` takes."""

    order: Annotated[str, typer.Argument(metavar="ORDER", help="Identifier of the order.")] = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: OrderCancelOptions) -> ExitCode:
    """Cancel, print."""
    if chosen.template is not None:
        return write_template(chosen.template, CancelRow, _EXAMPLE, as_json=chosen.as_json)
    sales_options.check_one(chosen.rows_from, {"ORDER": chosen.order})
    if chosen.rows_from is not None:
        return run_rows(
            _many(chosen),
            FileWords(
                rows_from=chosen.rows_from,
                table_to=chosen.table_to,
                who=chosen.who,
                why=chosen.why,
                as_json=chosen.as_json,
                given={"order": chosen.order},
            ),
        )
    check_table(chosen.table_to)
    order = cancel_order(
        ProductOrderId(chosen.order),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_order(order),
        show=lambda: show_order(screen(), order),
    )
    write_table(chosen.table_to, lambda: ORDERS.table((order,)))
    return ExitCode.DONE


def _many(chosen: OrderCancelOptions) -> ManyRows[CancelRow, ProductOrder]:
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    ids = bootstrap.identifiers()
    return ManyRows(
        row_type=CancelRow,
        act=lambda row, deed: cancel_order(row.record.order, deed=deed, store=store, ids=ids),
        form=ORDERS,
        payload=json_from_order,
    )


app = command_app(
    OrderCancelOptions,
    run,
    help_text="Call an order off: every leg is cancelled, everything given back.",
    examples=(
        "karakoram order cancel ORDER --why 'the buyer withdrew'",
        "karakoram order cancel --from cancelled.xlsx --to told.xlsx",
    ),
)
