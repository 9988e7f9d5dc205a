"""``karakoram service suspend``: how does a product rest?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_product
from karakoram.core.identifiers import ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.sales_lists_screen import show_products
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.end_product import suspend_product


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSuspendOptions:
    """What ``karakoram service suspend`` takes."""

    product: Annotated[str, typer.Argument(metavar="PRODUCT", help="Identifier of the product.")]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: ServiceSuspendOptions) -> ExitCode:
    """Bar, print."""
    product = suspend_product(
        ProductId(chosen.product),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_product(product),
        show=lambda: show_products(screen(), (product,)),
    )
    return ExitCode.DONE


app = command_app(
    ServiceSuspendOptions,
    run,
    help_text="Bar an active product: it rests, and keeps what it holds.",
    examples=("karakoram service suspend PRODUCT --why 'bill unpaid'",),
)
