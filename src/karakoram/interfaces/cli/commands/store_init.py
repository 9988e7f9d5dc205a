"""``karakoram store init``: how does a store begin?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.planning.prepare import prepare
from karakoram.usecases.fill_store import fill_store


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreInitOptions:
    """What ``karakoram store init`` takes."""

    inventory: Annotated[
        Path | None,
        typer.Option(
            "--inventory",
            parser=options.path_from_word,
            metavar="FOLDER",
            help="Inventory folder; else that of the corridor.",
        ),
    ] = None
    network: options.NetworkFolder = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StoreInitOptions) -> ExitCode:
    """Read the inventory, then make the store and write it there."""
    word = sales_options.store_word(chosen.store)
    prepared = prepare(bootstrap.network_source(chosen.network).read_network())
    inventory = bootstrap.inventory_source(chosen.inventory).read_inventory(prepared)
    place = bootstrap.store_place(word)
    count = fill_store(inventory, store=bootstrap.new_sales_store(word))
    if chosen.as_json:
        payload = {"store": place, "resources": count, "claims": len(inventory.claims)}
        print_json(payload)
        return ExitCode.DONE
    print(f"{place} is a new store: {count:,} resources, {len(inventory.claims):,} claims. Next:")
    print("  karakoram party add PARTY --name NAME")
    print("  karakoram catalogue list")
    return ExitCode.DONE


app = command_app(
    StoreInitOptions,
    run,
    help_text="Make a new store and load the plant of a network and its inventory into it.",
    examples=(
        "karakoram store init",
        "karakoram store init --store my.db --network my-network --inventory my-inventory",
    ),
)
