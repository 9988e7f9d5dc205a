"""Whether a store of the ninth form comes to the tenth, with the legs of what it holds."""

import sqlite3
from contextlib import closing
from random import Random

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.migrations.versions import legs_and_pages
from karakoram.adapters.store.opening import migrate_store
from karakoram.adapters.store.tables import SCHEMA
from karakoram.sales.orders import ProductOrder
from karakoram.sales.products import Product, ProductState
from karakoram.sales.services import legs_carried
from tests.support.old_stores import add_rows, make_old_store
from tests.support.sales_records import NOON, any_carried


@pytest.fixture
def records():
    """A product in each state, one that rested and one that did not; and orders."""
    rng = Random(3)
    return [
        *(
            any_carried(
                Product,
                rng,
                product_id=f"{state.value} {rested}",
                state=state,
                active_from=NOON,
                active_until=None,
                suspended_from=rested,
            )
            for state in ProductState
            for rested in (None, NOON)
        ),
        *(any_carried(ProductOrder, rng, product_order_id=f"o{n}") for n in range(9)),
    ]


def test_every_leg_stands_beside_its_record(tmp_path, records, monkeypatch):
    monkeypatch.setattr(legs_and_pages, "_ROWS_AT_ONCE", 2)
    path = tmp_path / "old.db"
    make_old_store(path, "0009")
    add_rows(path, records)
    assert migrate_store(str(path)) == ("0009", SCHEMA)
    unread = [each for each in Keeper(str(path)).check().findings if "legs" in each.message]
    assert unread == []
    with closing(sqlite3.connect(path)) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM leg").fetchall()
    assert count == sum(len(legs_carried(each)) for each in records) > 9
