"""``karakoram trace``: what does a product ride on, or what rides on a piece of plant?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_riders, json_from_trace
from karakoram.adapters.formats.table_sales import HOPS, RIDERS
from karakoram.core.findings import Place
from karakoram.core.identifiers import ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table, write_template
from karakoram.interfaces.cli.sales_screen import show_riders, show_trace
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.products import Product
from karakoram.usecases.action_rows import action_rows
from karakoram.usecases.desk.desk_rows import PlantRow
from karakoram.usecases.operate.trace_path import trace_product
from karakoram.usecases.operate.trace_words import plant_meant, plants_meant, told_riders
from karakoram.usecases.sell.sales_ports import SalesStore
from karakoram.usecases.words import QUESTION


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceOptions:
    """What ``karakoram trace`` takes."""

    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHAT",
            help="A product, traced down to the glass; or resources, spans, sites, cables, "
            "operators or common causes, by identifier or name, traced up to all that rides there.",
        ),
    ] = None
    rows_from: Annotated[
        Path | None,
        typer.Option(
            "--from",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="Plant beside that named, e.g. of planned works: column what of a .csv or .xlsx.",
        ),
    ] = None
    template: sales_options.Template = None
    network: options.NetworkFolder = None
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: TraceOptions) -> ExitCode:
    """Trace, print."""
    if chosen.template is not None:
        return write_template(
            chosen.template,
            PlantRow,
            {"what": "BBS-NRN", "why": "works at night"},
            as_json=chosen.as_json,
        )
    asked = _asked(chosen)
    check_table(chosen.table_to, rows_from=chosen.rows_from)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    products = store.read(lambda tx: tx.find_some(Product, asked))
    if products and len(asked) > 1:
        raise typer.BadParameter(f"{next(iter(products))} is a product: trace it by itself")
    for product_id in products:
        return _trace_down(chosen, ProductId(product_id), store)
    return _trace_up(chosen, asked, store)


def _asked(chosen: TraceOptions) -> dict[str, Place]:
    """Each word, and where it stands.

    Raises
    ------
    InvalidDataError
        With every finding of the file.
    """
    place = Place(table=QUESTION, field="WHAT")
    asked = dict.fromkeys(chosen.what or (), place)
    if chosen.rows_from is not None:
        table = bootstrap.table_source(chosen.rows_from).read_rows()
        for row in action_rows(table, PlantRow, given={}):
            found = Place(file=table.file, table=table.table, row=row.row, field="what")
            asked.setdefault(row.record.what, found)
    if not asked:
        raise typer.BadParameter("name WHAT, or a file with rows: --from FILE")
    return asked


def _trace_down(chosen: TraceOptions, product_id: ProductId, store: SalesStore) -> ExitCode:
    """Tell what a product rides on."""
    hops = trace_product(product_id, store=store)
    write_table(chosen.table_to, lambda: HOPS.table(hops))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_trace(hops),
        show=lambda: show_trace(screen(), hops),
    )
    return ExitCode.DONE


def _trace_up(chosen: TraceOptions, asked: Mapping[str, Place], store: SalesStore) -> ExitCode:
    """Tell what rides on plant."""
    networks = bootstrap.network_source(chosen.network)
    if chosen.rows_from is None and len(asked) == 1:
        plant = plant_meant(*asked, store=store, networks=networks)
    else:
        plant = plants_meant(asked, store=store, networks=networks)
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
    help_text="Trace a product down to the glass, or plant up to everything that rides on it: "
    "products that lie there on both ways go down where all of it is hit.",
    examples=(
        "karakoram trace BBS-NRN",
        "karakoram trace PRODUCT",
        "karakoram trace --from works.xlsx --to hit.xlsx",
    ),
)
