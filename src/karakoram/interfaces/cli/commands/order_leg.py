"""``karakoram order leg``: what does an operator say of its leg?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.core.identifiers import ProductOrderId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.orders import LegEvent
from karakoram.usecases.advance_leg import advance_leg
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLegOptions:
    """What ``karakoram order leg`` takes."""

    order: Annotated[str, typer.Argument(metavar="ORDER", help="Identifier of the order.")]
    leg: Annotated[str, typer.Argument(metavar="LEG", help="Name or identifier of the leg.")]
    event: Annotated[
        str,
        typer.Argument(
            metavar="EVENT", help="start, hold, resume, complete, reject, fail or cancel."
        ),
    ]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: OrderLegOptions) -> ExitCode:
    """Advance, print."""
    event = reading("event", chosen.event, lambda word: choice_from_word(word, LegEvent))
    refuse_unread((event,))
    order = advance_leg(
        ProductOrderId(chosen.order),
        chosen.leg,
        event.value,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_order(order),
        show=lambda: show_order(screen(), order),
    )
    return ExitCode.DONE


app = command_app(
    OrderLegOptions,
    run,
    help_text="Say how an operator's leg stands. When all are complete the product is active; one "
    "that is rejected or fails rolls everything back.",
    examples=("karakoram order leg ORDER 'SCO working' start --why 'crew on site'",),
)
