"""``karakoram order leg``: what does an operator say of its leg?"""

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
from karakoram.sales.orders import LegEvent, ProductOrder
from karakoram.usecases.desk.desk_rows import LegName, LegRow
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLegOptions:
    """What ``karakoram order leg`` takes."""

    order: Annotated[str, typer.Argument(metavar="ORDER", help="Identifier of the order.")] = ""
    leg: Annotated[
        str,
        typer.Argument(
            metavar="LEG",
            help="Name or identifier of the leg; or all, for each that it can happen to now.",
        ),
    ] = ""
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
    later: sales_options.Later = False
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _told(chosen: OrderLegOptions) -> LegRow:
    event = reading("EVENT", chosen.event, lambda word: choice_from_word(word, LegEvent))
    refuse_unread((event,))
    return LegRow(order=ProductOrderId(chosen.order), leg=LegName(chosen.leg), event=event.value)


_COMMAND: DeskCommand[OrderLegOptions, ProductOrder] = DeskCommand(
    kind=JobKind.ORDER_LEG,
    example={
        "order": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11",
        "leg": "SCO working",
        "event": "start",
        "why": "crew on site",
    },
    needed={"ORDER": "order", "LEG": "leg", "EVENT": "event"},
    given=("order", "leg", "event"),
    record=_told,
    show=lambda _, order: show_order(screen(), order),
)


app = command_app(
    OrderLegOptions,
    _COMMAND.run,
    help_text="Say how an operator's leg stands. When all are complete the product is active; one "
    "that is rejected or fails rolls everything back.",
    examples=(
        "karakoram order leg ORDER 'SCO working' start --why 'crew on site'",
        "karakoram order leg ORDER all complete --legs-of SCO",
        "karakoram order leg --from legs.xlsx --legs-of SCO --to told.xlsx",
    ),
)
