"""Whether a store of the fifth form comes to the sixth with who sells in each record."""

import json
import random
import sqlite3
from contextlib import closing

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.migrations.versions.sellers_written_down import down_revision
from karakoram.adapters.store.opening import migrate_store, open_store
from karakoram.adapters.store.rows import cells_from_record
from karakoram.sales.orders import OrderAction, ProductOrder
from karakoram.sales.plans import PlannedLeg, ServicePlan
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote, QuoteOffer
from tests.support.old_stores import make_old_store
from tests.support.rating import charge
from tests.support.sales_records import any_record

EARNS = charge(operator_id="SCO")


def leg(name, operator_id, *after):
    return PlannedLeg(
        name=name,
        operator_id=operator_id,
        a_site_id="GIL",
        z_site_id="KHI",
        work="splice",
        after=after,
        lead_days=30,
    )


SPLICED = ServicePlan(
    claims=(), legs=(leg("GIL-RWP", "SCO"), leg("RWP-KHI", "ONE")), charges=(EARNS,)
)
TESTED = ServicePlan(claims=(), legs=(leg("a", "ONE"), leg("t", "PTCL", "a")), charges=(EARNS,))


def of_product(rng, name, plan):
    return any_record(
        Product, rng, product_id=name, plan=plan, seller_id=plan.legs[-1].operator_id, version=0
    )


def of_order(rng, name, plan, product):
    return any_record(
        ProductOrder,
        rng,
        product_order_id=name,
        action=OrderAction.DELETE if plan is None else OrderAction.ADD,
        plan=plan,
        product_id=product,
        version=0,
    )


def of_quote(rng, name, *plans):
    offers = tuple(any_record(QuoteOffer, rng, plan=plan, currency="PKR") for plan in plans)
    return any_record(
        Quote,
        rng,
        quote_id=name,
        offers=offers,
        seller_id="SCO" if offers else None,
        ordered_offer_id=None,
        version=0,
    )


@pytest.fixture
def migrated(tmp_path):
    """A store with what was sold before sellers were written down, brought up to date."""
    rng = random.Random(3)
    records = (
        of_product(rng, "fibre", SPLICED),
        of_product(rng, "wave", TESTED),
        of_order(rng, "o1", SPLICED, "fibre"),
        of_order(rng, "o2", TESTED, "wave"),
        of_order(rng, "o3", None, "fibre"),
        of_quote(rng, "q1", SPLICED),
        of_quote(rng, "q2", TESTED, SPLICED),
        of_quote(rng, "q3"),
    )
    path = tmp_path / "old.db"
    make_old_store(path, down_revision)
    tables = {Product: "product", ProductOrder: "product_order", Quote: "quote"}
    with closing(sqlite3.connect(path)) as connection, connection:
        for record in records:
            cells = cells_from_record(record)
            body = json.loads(cells["body"])
            if not isinstance(record, Product):
                del body["seller_id"]
            cells["body"] = json.dumps(body)
            connection.execute(
                f"INSERT INTO {tables[type(record)]} ({', '.join(cells)}) "
                f"VALUES ({', '.join('?' for _ in cells)})",
                tuple(cells.values()),
            )
    migrate_store(str(path))
    return str(path), records


def test_who_tests_what_others_made_sells_it_and_else_who_earns(migrated):
    path, records = migrated
    with closing(open_store(path)) as store:
        found = {
            kind: store.read(lambda tx, kind=kind: tx.find_all(kind))
            for kind in (Product, ProductOrder, Quote)
        }
    sellers = [each.seller_id for kind in found.values() for each in kind]
    assert sellers == ["SCO", "PTCL", "SCO", "PTCL", "SCO", "SCO", "PTCL", None]
    assert [each.plan for each in found[Product]] == [SPLICED, TESTED]
    assert found[Product][1] == records[1]


def test_all_that_is_migrated_can_be_read(migrated):
    assert "row-unreadable" not in {each.code for each in Keeper(migrated[0]).check().findings}
