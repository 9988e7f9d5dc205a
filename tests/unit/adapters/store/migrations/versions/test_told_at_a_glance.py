"""Whether a store of the third form comes to the fourth with everything that it holds."""

import random
from contextlib import closing

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import migrate_store, open_store
from karakoram.adapters.store.tables import SCHEMA
from karakoram.sales.plans import ServicePlan
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote
from karakoram.sales.resource_kinds import ResourceKind
from tests.support.old_stores import add_rows, make_old_store
from tests.support.sales_records import any_record, claim, rack

RECORDS = 120
"""More than are filled in one batch."""


@pytest.fixture
def old(tmp_path):
    """A store of the third form, with quotes and products."""
    rng = random.Random(2)
    records = [
        any_record(Quote, rng, quote_id=f"q{number:03}", version=0) for number in range(RECORDS)
    ] + [
        any_record(
            Product,
            rng,
            product_id=f"p{number:03}",
            product_offering_id=f"O{number}",
            plan=any_record(ServicePlan, rng, legs=()),
            version=0,
        )
        for number in range(RECORDS)
    ]
    path = tmp_path / "old.db"
    make_old_store(path, "0003")
    add_rows(path, records)
    return path, records


def test_columns_that_are_new_say_what_the_records_say(old):
    path, records = old
    assert migrate_store(str(path)) == ("0003", SCHEMA)
    assert Keeper(str(path)).check().findings == ()
    with closing(open_store(str(path))) as store:
        quotes = store.read(lambda tx: tx.find_all(Quote))
        assert (*quotes, *store.read(lambda tx: tx.find_all(Product))) == tuple(records)
        latest = max(each.valid_until for each in quotes)
        states = {each.state.value for each in quotes}
        assert store.read(lambda tx: tx.quotes_over_at(latest, states=states)) == quotes


def test_what_rides_is_told_of_products_of_an_old_store(old):
    path, records = old
    migrate_store(str(path))
    with closing(open_store(str(path))) as store:
        oms = rack("oms", kind=ResourceKind.OMS)
        store.write(lambda tx: tx.add_resources([oms]))
        store.write(lambda tx: tx.add_claims([claim("c", on="oms", by="p003")]))
        (rider,) = store.read(lambda tx: tx.riders("oms"))
    (sold,) = (each for each in records[RECORDS:] if each.product_id == "p003")
    assert rider == ("p003", 1, None, "O3", sold.buyer_id)
