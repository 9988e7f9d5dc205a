"""``karakoram store init``: how does a store begin?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.planning.prepare import prepare
from karakoram.sales.inventory.plant_resources import PlantResources, plant_resources
from karakoram.usecases.store.fill_store import fill_store


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
    plant_only: Annotated[
        bool,
        typer.Option(
            "--plant-only",
            help="Load fibres and multiplex sections alone; instead of --inventory.",
        ),
    ] = False
    network: options.NetworkFolder = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StoreInitOptions) -> ExitCode:
    """Read the inventory, then make the store and write it there."""
    word = sales_options.store_word(chosen.store)
    inventory = _inventory(chosen)
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


def _inventory(chosen: StoreInitOptions) -> PlantResources:
    """What the store begins with."""
    if chosen.plant_only and chosen.inventory is not None:
        raise typer.BadParameter("--plant-only loads no inventory: leave out --inventory")
    prepared = prepare(bootstrap.network_source(chosen.network).read_network())
    if chosen.plant_only:
        return plant_resources(prepared)
    try:
        return bootstrap.inventory_source(chosen.inventory).read_inventory(prepared)
    except InvalidDataError as error:
        if chosen.network is None or chosen.inventory is not None:
            raise
        raise RefusedError(
            f"the packaged inventory does not stand on {chosen.network}: "
            f"{len(error.findings)} findings, the first {error.findings[0].message}",
            code="other-inventory",
            where=str(chosen.network),
            alternatives=(
                "name an inventory of this network: --inventory FOLDER",
                "begin with fibres and multiplex sections alone: --plant-only",
            ),
        ) from error


app = command_app(
    StoreInitOptions,
    run,
    help_text="Make a new store and load the plant of a network and its inventory into it.",
    examples=(
        "karakoram store init",
        "karakoram store init --store my.db --network my-network --inventory my-inventory",
        "karakoram store init --store my.db --network my-network --plant-only",
    ),
)
