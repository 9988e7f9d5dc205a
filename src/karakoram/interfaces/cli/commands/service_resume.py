"""``karakoram service resume``: how is a product that rests up again?"""

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
from karakoram.usecases.end_product import resume_product


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceResumeOptions:
    """What ``karakoram service resume`` takes."""

    product: Annotated[str, typer.Argument(metavar="PRODUCT", help="Identifier of the product.")]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: ServiceResumeOptions) -> ExitCode:
    """Lift the bar, print."""
    product = resume_product(
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
    ServiceResumeOptions,
    run,
    help_text="Lift the bar of a product that rests.",
    examples=("karakoram service resume PRODUCT --why 'bill paid'",),
)
