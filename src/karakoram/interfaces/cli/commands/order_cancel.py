"""``karakoram order cancel``: how is an order called off?"""

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
from karakoram.usecases.advance_leg import cancel_order


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelOptions:
    """What ``karakoram order cancel`` takes."""

    order: Annotated[str, typer.Argument(metavar="ORDER", help="Identifier of the order.")]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: OrderCancelOptions) -> ExitCode:
    """Cancel, print."""
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
    return ExitCode.DONE


app = command_app(
    OrderCancelOptions,
    run,
    help_text="Call an order off: every leg is cancelled, everything given back.",
    examples=("karakoram order cancel ORDER --why 'the buyer withdrew'",),
)
