"""``karakoram order leg``: what does an operator say of its leg?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.adapters.formats.table_sales import ORDERS
from karakoram.core.identifiers import OperatorId, ProductOrderId
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
from karakoram.sales.change_log import Deed
from karakoram.sales.orders import LegEvent, ProductOrder
from karakoram.usecases.advance_leg import advance_leg
from karakoram.usecases.desk_rows import LegRow, ReadRow
from karakoram.usecases.own_legs import check_own_leg
from karakoram.usecases.sales_ports import SalesStore
from karakoram.usecases.words import choice_from_word, reading, refuse_unread

_EXAMPLE = {
    "order": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11",
    "leg": "SCO working",
    "event": "start",
    "why": "crew on site",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLegOptions:
    """What ``karakoram order leg`` takes."""

    order: Annotated[str, typer.Argument(metavar="ORDER", help="Identifier of the order.")] = ""
    leg: Annotated[str, typer.Argument(metavar="LEG", help="Name or identifier of the leg.")] = ""
    event: Annotated[
        str,
        typer.Argument(
            metavar="EVENT", help="start, hold, resume, complete, reject, fail or cancel."
        ),
    ] = ""
    legs_of: Annotated[
        str,
        typer.Option(
            "--legs-of",
            metavar="OPERATOR",
            help="Whose word it is; legs of others are refused.",
        ),
    ] = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: OrderLegOptions) -> ExitCode:
    """Advance, print."""
    if chosen.template is not None:
        return write_template(chosen.template, LegRow, _EXAMPLE, as_json=chosen.as_json)
    sales_options.check_one(
        chosen.rows_from, {"ORDER": chosen.order, "LEG": chosen.leg, "EVENT": chosen.event}
    )
    if chosen.rows_from is not None:
        return run_rows(
            _many(chosen),
            FileWords(
                rows_from=chosen.rows_from,
                table_to=chosen.table_to,
                who=chosen.who,
                why=chosen.why,
                as_json=chosen.as_json,
                given={"order": chosen.order, "leg": chosen.leg, "event": chosen.event},
            ),
        )
    check_table(chosen.table_to)
    event = reading("EVENT", chosen.event, lambda word: choice_from_word(word, LegEvent))
    refuse_unread((event,))
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    _check_own(chosen, ProductOrderId(chosen.order), chosen.leg, store=store)
    order = advance_leg(
        ProductOrderId(chosen.order),
        chosen.leg,
        event.value,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=store,
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_order(order),
        show=lambda: show_order(screen(), order),
    )
    write_table(chosen.table_to, lambda: ORDERS.table((order,)))
    return ExitCode.DONE


def _many(chosen: OrderLegOptions) -> ManyRows[LegRow, ProductOrder]:
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    ids = bootstrap.identifiers()

    def act(row: ReadRow[LegRow], deed: Deed) -> ProductOrder:
        told = row.record
        assert told.event is not None, "rows that say nothing are left out"
        _check_own(chosen, told.order, told.leg, store=store)
        return advance_leg(told.order, told.leg, told.event, deed=deed, store=store, ids=ids)

    return ManyRows(
        row_type=LegRow,
        act=act,
        form=ORDERS,
        payload=json_from_order,
        is_wanted=lambda row: row.event is not None,
    )


def _check_own(
    chosen: OrderLegOptions, order_id: ProductOrderId, leg: str, *, store: SalesStore
) -> None:
    """Refuse another's leg where it is said whose word it is."""
    if chosen.legs_of:
        check_own_leg(order_id, leg, operator_id=OperatorId(chosen.legs_of), store=store)


app = command_app(
    OrderLegOptions,
    run,
    help_text="Say how an operator's leg stands. When all are complete the product is active; one "
    "that is rejected or fails rolls everything back.",
    examples=(
        "karakoram order leg ORDER 'SCO working' start --why 'crew on site'",
        "karakoram order leg --from legs.xlsx --legs-of SCO --to told.xlsx",
    ),
)
