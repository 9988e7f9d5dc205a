"""An empty store gets what stands on the plant, once."""

from dataclasses import replace

import pytest

from karakoram.core.errors import RefusedError
from karakoram.planning.prepare import prepare
from karakoram.sales.inventory.plant_resources import plant_resources
from karakoram.usecases.store.fill_store import fill_store, refuse_other_network
from tests.support.memory_store import MemoryStore
from tests.support.selling import faults, triangle


def test_a_store_is_filled_once():
    plant, store = plant_resources(prepare(triangle())), MemoryStore()
    assert fill_store(plant, store=store) == 6
    assert not faults(store)
    with pytest.raises(RefusedError, match="holds an inventory already") as no:
        fill_store(plant, store=store)
    assert no.value.code == "store-not-empty"


def test_a_store_is_of_the_network_whose_fibres_it_holds():
    ours, store = triangle(), MemoryStore()
    refuse_other_network(ours, store=store)
    fill_store(plant_resources(prepare(ours)), store=store)
    refuse_other_network(ours, store=store)
    grown = replace(ours, spans=dict(list(ours.spans.items())[1:]))
    refuse_other_network(grown, store=store)
    with pytest.raises(RefusedError, match="and 2 more, none of which the network") as no:
        refuse_other_network(replace(ours, spans={}), store=store)
    assert no.value.code == "other-network"
