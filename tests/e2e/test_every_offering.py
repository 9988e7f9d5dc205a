"""Everything in the catalogue, from a wish to an active product to its end."""

import pytest

from karakoram import bootstrap
from karakoram.planning.prepare import prepare
from karakoram.sales.feasibility.planners import planners
from karakoram.sales.products import ProductState
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.store.fill_store import fill_store
from tests.support.every_offering import live, offerings
from tests.support.memory_store import CountingIds

CATALOGUE = bootstrap.catalogue_store().read_catalogue()


@pytest.fixture(scope="module")
def prepared():
    return prepare(bootstrap.network_source().read_network())


def seller_on(store, prepared):
    fill_store(bootstrap.inventory_source().read_inventory(prepared), store=store)
    return Selling(
        store=store,
        ids=CountingIds(),
        catalogue=CATALOGUE,
        network=prepared.network,
        planners=planners(prepared),
    )


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def selling(request, prepared, tmp_path_factory):
    """All on one store in a file, one after another; and all on one on a server."""
    if request.param == "sqlite":
        place = str(tmp_path_factory.mktemp("sold") / "karakoram.db")
    else:
        place = request.getfixturevalue("postgresql").new_database()
    store = bootstrap.new_sales_store(place)
    yield seller_on(store, prepared)
    store.close()
    assert bootstrap.store_keeper(place).check().findings == ()


@pytest.mark.parametrize(
    "offering", offerings(CATALOGUE), ids=lambda offering: offering.product_offering_id
)
def test_every_offering_lives_and_leaves_nothing_behind(selling, offering):
    before = selling.store.read(lambda tx: tx.resources())
    product = live(selling, offering)
    assert product.state is ProductState.TERMINATED
    taken = {each.resource_id: each.taken for each in before}
    after = selling.store.read(lambda tx: tx.resources())
    assert {each.resource_id: each.taken for each in after} == taken
