"""``karakoram order place``: how does an offer become an order?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.core.identifiers import PartyId, QuoteId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.place_order import place_order


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaceOptions:
    """What ``karakoram order place`` takes."""

    quote: Annotated[str, typer.Argument(metavar="QUOTE", help="A firm quote that holds.")]
    buyer: sales_options.Buyer
    offer: Annotated[
        str, typer.Option("--offer", metavar="LABEL", help="Which offer; else the first.")
    ] = ""
    external_id: sales_options.External = ""
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    catalogue: options.CatalogueFolder = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: OrderPlaceOptions) -> ExitCode:
    """Order, print."""
    order = place_order(
        QuoteId(chosen.quote),
        chosen.offer,
        buyer_id=PartyId(chosen.buyer),
        external_id=sales_options.external_id_of(chosen.external_id),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        selling=sales_options.selling_of(
            chosen.store, network=chosen.network, catalogue=chosen.catalogue
        ),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_order(order),
        show=lambda: show_order(screen(), order),
    )
    return ExitCode.DONE


app = command_app(
    OrderPlaceOptions,
    run,
    help_text="Order an offer of a firm quote: each operator on the way gets its leg.",
    examples=("karakoram order place QUOTE --buyer CT --offer 'most diverse' --external-id PO-7",),
)
