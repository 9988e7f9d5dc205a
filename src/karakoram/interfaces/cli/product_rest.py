"""How does a command bar products, or lift their bar?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.core.identifiers import ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.desk_command import DeskCommand
from karakoram.interfaces.cli.sales_lists_screen import show_products
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.jobs import JobKind
from karakoram.sales.products import Product
from karakoram.usecases.desk.desk_rows import RestRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRestOptions:
    """What ``karakoram service suspend`` and ``karakoram service resume`` take."""

    product: Annotated[
        str, typer.Argument(metavar="PRODUCT", help="Identifier of the product.")
    ] = ""
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    later: sales_options.Later = False
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def product_rest_app(
    kind: JobKind, *, why: str, help_text: str, examples: tuple[str, ...]
) -> typer.Typer:
    """The command that moves products, and shows them; ``why`` stands in its template."""
    asked: DeskCommand[ProductRestOptions, Product] = DeskCommand(
        kind=kind,
        example={"product": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11", "why": why},
        needed={"PRODUCT": "product"},
        given=("product",),
        record=lambda chosen: RestRow(
            product=ProductId(chosen.product),
            external_id=sales_options.name_given(chosen.external_id),
        ),
        show=lambda _, product: show_products(screen(), (product,)),
    )
    return command_app(ProductRestOptions, asked.run, help_text=help_text, examples=examples)
