"""How does a command bar a product, or lift its bar?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Protocol, runtime_checkable

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_product
from karakoram.core.identifiers import ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.sales_lists_screen import show_products
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.change_log import Deed
from karakoram.sales.products import Product
from karakoram.usecases.sell.sales_ports import IdSource, SalesStore


@runtime_checkable
class ProductMove(Protocol):
    """A use case that moves a product from one state to another."""

    def __call__(
        self, product_id: ProductId, *, deed: Deed, store: SalesStore, ids: IdSource
    ) -> Product:
        """The product in its new state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRestOptions:
    """What ``karakoram service suspend`` and ``karakoram service resume`` take."""

    product: Annotated[str, typer.Argument(metavar="PRODUCT", help="Identifier of the product.")]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def product_rest_app(move: ProductMove, *, help_text: str, example: str) -> typer.Typer:
    """The command that moves a product, and shows it."""
    return command_app(
        ProductRestOptions, _run_with(move), help_text=help_text, examples=(example,)
    )


def _run_with(move: ProductMove) -> Callable[[ProductRestOptions], ExitCode]:
    def run(chosen: ProductRestOptions) -> ExitCode:
        product = move(
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

    return run
