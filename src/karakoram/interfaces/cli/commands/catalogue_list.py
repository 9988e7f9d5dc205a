"""``karakoram catalogue list``: what is sold, by whom, to whom, where and when?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_catalogue import json_from_offerings
from karakoram.adapters.formats.table_sales import table_from_offerings
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.catalogue_screen import show_offerings
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.catalogue.show_catalogue import OfferingsQuestion, list_offerings


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueListOptions:
    """What ``karakoram catalogue list`` takes."""

    operator: Annotated[
        str, typer.Option("--operator", metavar="OPERATOR", help="Who sells it.")
    ] = ""
    segment: Annotated[
        str,
        typer.Option("--segment", metavar="SEGMENT", help="For whom, e.g. private_rural."),
    ] = ""
    site: Annotated[str, typer.Option("--site", metavar="SITE", help="Where it is sold.")] = ""
    every: Annotated[
        bool, typer.Option("--all", help="Also what cannot be ordered on the day.")
    ] = False
    on_day: options.OnDay = None
    catalogue: options.CatalogueFolder = None
    network: options.NetworkFolder = None
    table_to: sales_options.TableTo = None
    as_json: options.AsJson = False


def run(chosen: CatalogueListOptions) -> ExitCode:
    """Read, narrow, print."""
    check_table(chosen.table_to)
    question = OfferingsQuestion(
        operator=chosen.operator,
        segment=chosen.segment,
        site=chosen.site,
        every=chosen.every,
        on_day=chosen.on_day,
    )
    found = list_offerings(
        question,
        catalogues=bootstrap.catalogue_store(chosen.catalogue),
        networks=bootstrap.network_source(chosen.network),
        clock=bootstrap.clock(),
    )
    write_table(chosen.table_to, lambda: table_from_offerings(found))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_offerings(found),
        show=lambda: show_offerings(screen(), found),
    )
    return ExitCode.DONE


app = command_app(
    CatalogueListOptions,
    run,
    help_text="List what is sold on a day: offerings by seller, market segment and site, with the "
    "confidence of their prices.",
    examples=(
        "karakoram catalogue list",
        "karakoram catalogue list --operator SCO --segment private_rural --site Skardu",
        "karakoram catalogue list --all --on 2021-06-30 --json",
    ),
)
