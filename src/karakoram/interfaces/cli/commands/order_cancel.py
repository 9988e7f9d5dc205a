"""``karakoram order cancel``: how is an order called off?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.core.identifiers import ProductOrderId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.desk_command import DeskCommand
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.jobs import JobKind
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.desk.desk_rows import CancelRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelOptions:
    """What ``karakoram order cancel`` takes."""

    order: Annotated[str, typer.Argument(metavar="ORDER", help="Identifier of the order.")] = ""
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    later: sales_options.Later = False
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


_COMMAND: DeskCommand[OrderCancelOptions, ProductOrder] = DeskCommand(
    kind=JobKind.ORDER_CANCEL,
    example={"order": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11", "why": "the buyer withdrew"},
    needed={"ORDER": "order"},
    given=("order",),
    record=lambda chosen: CancelRow(
        order=ProductOrderId(chosen.order), external_id=sales_options.name_given(chosen.external_id)
    ),
    show=lambda _, order: show_order(screen(), order),
)


app = command_app(
    OrderCancelOptions,
    _COMMAND.run,
    help_text="Call an order off: every leg is cancelled, everything given back.",
    examples=(
        "karakoram order cancel ORDER --why 'the buyer withdrew'",
        "karakoram order cancel --from cancelled.xlsx --to told.xlsx",
    ),
)
