"""``karakoram service cease``: how does a product end?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.core.identifiers import PartyId, ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.end_product import cease_product


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCeaseOptions:
    """What ``karakoram service cease`` takes."""

    product: Annotated[str, typer.Argument(metavar="PRODUCT", help="Identifier of the product.")]
    buyer: sales_options.Buyer
    external_id: sales_options.External = ""
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: ServiceCeaseOptions) -> ExitCode:
    """Order the cease, print."""
    order = cease_product(
        ProductId(chosen.product),
        buyer_id=PartyId(chosen.buyer),
        external_id=sales_options.external_id_of(chosen.external_id),
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
    ServiceCeaseOptions,
    run,
    help_text="Order the end of a product: each operator takes its part down.",
    examples=("karakoram service cease PRODUCT --buyer CT --external-id END-7",),
)
