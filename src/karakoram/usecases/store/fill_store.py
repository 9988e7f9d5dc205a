"""How does an empty store get what stands on the plant?"""

from typing import Protocol, runtime_checkable

from karakoram.core.errors import RefusedError
from karakoram.network.network import Network
from karakoram.planning.prepare import PreparedNetwork
from karakoram.sales.inventory.plant_resources import PlantResources, fibre_id
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.sell.sales_ports import SalesStore, SalesWriter


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
    """How many resources of an inventory were written into a store that held none.

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


def refuse_other_network(network: Network, *, store: SalesStore) -> None:
    """Refuse to sell on a network of which the store holds no fibre.

    A store that holds no fibre at all may become one of any network.

    Raises
    ------
    RefusedError
        With code ``other-network``.
    """
    known = {fibre_id(span_id) for span_id in network.spans}
    first = store.read(lambda tx: tx.resources([ResourceKind.FIBRE], limit=1))
    if known.issuperset(each.resource_id for each in first):
        return  # the usual end, by one row: every command that sells comes here
    fibres = store.read(lambda tx: tx.resources([ResourceKind.FIBRE]))
    if not known.isdisjoint(each.resource_id for each in fibres):
        return
    raise RefusedError(
        f"the store holds {fibres[0].resource_id} and {len(fibres) - 1} more, none of which the "
        f"network {network.name} has",
        code="other-network",
        where=fibres[0].resource_id,
        alternatives=("name the network of the store: --network FOLDER or $KARAKORAM_NETWORK",),
    )
