"""``karakoram partner order``: how are the legs of an order ordered of partners?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_partners import json_from_bought
from karakoram.core.identifiers import ProductOrderId
from karakoram.interfaces.cli import options, partner_options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.partner_screen import tell_bought
from karakoram.usecases.buy.buy_legs import order_legs


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerOrderOptions:
    """What ``karakoram partner order`` takes."""

    order: partner_options.Order
    may_be_dearer: Annotated[
        bool,
        typer.Option("--dearer", help="Order also where a partner asks more than our plan counts."),
    ] = False
    partners: partner_options.PartnersPath = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: PartnerOrderOptions) -> ExitCode:
    """Order, print."""
    bought = order_legs(
        ProductOrderId(chosen.order),
        may_be_dearer=chosen.may_be_dearer,
        buying=partner_options.buying_of(chosen.store, chosen.partners),
        deed=sales_options.deed_of(chosen.who, chosen.why),
    )
    return tell_bought(bought, payload=json_from_bought, as_json=chosen.as_json)


app = command_app(
    PartnerOrderOptions,
    run,
    help_text="Order of partners their legs of an order, at the prices that they quote. What was "
    "ordered already is not ordered again.",
    examples=("karakoram partner order ORDER", "karakoram partner order ORDER --dearer"),
)
