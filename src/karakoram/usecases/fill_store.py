"""How does an empty store get what stands on the plant?"""

from typing import Protocol, runtime_checkable

from karakoram.core.errors import RefusedError
from karakoram.planning.prepare import PreparedNetwork
from karakoram.sales.inventory.plant_resources import PlantResources
from karakoram.usecases.sales_ports import SalesStore, SalesWriter


@runtime_checkable
class InventorySource(Protocol):
    """Where an inventory comes from."""

    def read_inventory(self, prepared: PreparedNetwork) -> PlantResources:
        """The plant of the network and all that stands on it.

        Raises
        ------
        InvalidDataError
            If it cannot be read or breaks a rule; carries every finding.
        """


def fill_store(inventory: PlantResources, *, store: SalesStore) -> int:
    """Write the inventory into a store that holds none; how many resources it is.

    Raises
    ------
    RefusedError
        With code ``store-not-empty`` where resources are there already.
    """

    def write(tx: SalesWriter) -> int:
        if tx.resources():
            raise RefusedError(
                "the store holds an inventory already",
                code="store-not-empty",
                alternatives=("begin a new store",),
            )
        tx.add_resources(inventory.unclaimed)
        tx.add_claims(inventory.claims)
        return len(inventory.resources)

    return store.write(write)
