"""How is an inventory read from two tables, ``resources.csv`` and ``claims.csv``?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable

from karakoram.adapters.formats.network_tables import placed, read_table
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import errors_of
from karakoram.core.identifiers import ResourceId
from karakoram.planning.prepare import PreparedNetwork
from karakoram.sales.inventory.plant_resources import PlantResources, plant_resources
from karakoram.sales.inventory.tables import (
    InventoryClaim,
    InventoryItem,
    claim_from_row,
    resource_from_item,
)
from karakoram.sales.inventory.validate import validate_inventory

TABLES: Mapping[str, type] = {"resources": InventoryItem, "claims": InventoryClaim}


@dataclass(frozen=True, slots=True)
class InventoryFolder:
    """An inventory in a folder of two tables."""

    folder: Traversable

    def read_inventory(self, prepared: PreparedNetwork) -> PlantResources:
        """The plant of the network and all that stands on it, with what rides on what.

        Raises
        ------
        InvalidDataError
            If a table cannot be read or breaks a rule; carries every finding.
        """
        tables = {
            table: read_table(self.folder, table, record_type=record_type)
            for table, record_type in TABLES.items()
        }
        plant = plant_resources(prepared)
        findings = (
            *(finding for reading in tables.values() for finding in reading.findings),
            *(
                placed(finding, tables)
                for finding in validate_inventory(
                    {ResourceId(key): item for key, item in tables["resources"].records.items()},
                    tables["claims"].records,
                    plant={each.resource_id: each for each in plant.resources},
                    network=prepared.network,
                )
            ),
        )
        if errors_of(findings):
            raise InvalidDataError(findings)
        claims = (*plant.claims, *map(claim_from_row, tables["claims"].records.values()))
        there = PlantResources(
            resources=(
                *plant.resources,
                *map(resource_from_item, tables["resources"].records.values()),
            ),
            claims=claims,
        )
        return replace(there, resources=there.claimed)
