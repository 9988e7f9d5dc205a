"""An empty store gets what stands on the plant, once."""

import pytest

from karakoram.core.errors import RefusedError
from karakoram.planning.prepare import prepare
from karakoram.sales.inventory.plant_resources import plant_resources
from karakoram.usecases.fill_store import fill_store
from tests.support.memory_store import MemoryStore
from tests.support.selling import faults, triangle


def test_a_store_is_filled_once():
    plant, store = plant_resources(prepare(triangle())), MemoryStore()
    assert fill_store(plant, store=store) == 6
    assert not faults(store)
    with pytest.raises(RefusedError, match="holds an inventory already") as no:
        fill_store(plant, store=store)
    assert no.value.code == "store-not-empty"
