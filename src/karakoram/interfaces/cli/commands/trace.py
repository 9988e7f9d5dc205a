"""``karakoram trace``: what does a product ride on, or what rides on a piece of plant?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_riders, json_from_trace
from karakoram.adapters.formats.table_sales import HOPS, RIDERS
from karakoram.core.identifiers import ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_screen import show_riders, show_trace
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.products import Product
from karakoram.usecases.operate.trace_path import trace_product
from karakoram.usecases.operate.trace_words import plant_meant, told_riders


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceOptions:
    """What ``karakoram trace`` takes."""

    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="A product, traced down to the glass; or a resource, span, site, cable, operator "
            "or common cause, by identifier or name, traced up to all that rides there.",
        ),
    ]
    network: options.NetworkFolder = None
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: TraceOptions) -> ExitCode:
    """Trace, print."""
    check_table(chosen.table_to)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    if store.read(lambda tx: tx.find(Product, chosen.what)) is not None:
        hops = trace_product(ProductId(chosen.what), store=store)
        write_table(chosen.table_to, lambda: HOPS.table(hops))
        tell_answer(
            chosen.as_json,
            payload=lambda: json_from_trace(hops),
            show=lambda: show_trace(screen(), hops),
        )
        return ExitCode.DONE
    plant = plant_meant(chosen.what, store=store, networks=bootstrap.network_source(chosen.network))
    riders = told_riders(plant, store=store)
    write_table(chosen.table_to, lambda: RIDERS.table(riders))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_riders(riders),
        show=lambda: show_riders(screen(), riders),
    )
    return ExitCode.DONE


app = command_app(
    TraceOptions,
    run,
    help_text="Trace a product down to the glass, or a fibre up to everything that rides on it.",
    examples=("karakoram trace BBS-NRN", "karakoram trace PRODUCT"),
)
