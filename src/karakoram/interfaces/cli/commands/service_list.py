"""``karakoram service list``: what has been sold, to whom, and is it up?"""

from dataclasses import dataclass, field

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_product
from karakoram.adapters.formats.table_sales import PRODUCTS
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_lists_screen import show_products
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.products import Product, ProductState
from karakoram.usecases.known_names import records_of_buyer


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceListOptions:
    """What ``karakoram service list`` takes."""

    buyer: sales_options.OfBuyer = ""
    states: sales_options.InStates = field(default_factory=list)
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: ServiceListOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    wanted = sales_options.wanted_records(chosen.buyer, chosen.states, ProductState)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    products = store.read(
        lambda tx: records_of_buyer(tx, Product, wanted.buyer_id, states=wanted.states)
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: {"products": [json_from_product(product) for product in products]},
        show=lambda: show_products(screen(), products),
    )
    write_table(chosen.table_to, lambda: PRODUCTS.table(products))
    return ExitCode.DONE


app = command_app(
    ServiceListOptions,
    run,
    help_text="List what has been sold.",
    examples=("karakoram service list --buyer CT --state active",),
)
