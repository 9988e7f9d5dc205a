"""Whether a store of the eighth form comes to the ninth, and its operators find their records."""

from contextlib import closing

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.migrations.versions import whom_records_concern
from karakoram.adapters.store.opening import migrate_store, open_store
from karakoram.adapters.store.tables import SCHEMA
from karakoram.sales.orders import ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.viewing import operators_concerned
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.sell.sales_ports import identifier
from karakoram.usecases.settle.credit_outages import credit_outages
from tests.support.old_stores import add_rows, make_old_store
from tests.support.settling import (
    DECEMBER,
    at,
    december_billed,
    desk,
    outage,
    settled_wave,
)

KINDS = (Quote, ProductOrder, Product, Invoice, CreditNote)


@pytest.fixture
def old(tmp_path):
    """A store of the eighth form with everything that comes of one wave; its records."""
    selling, settling, product = settled_wave()
    december_billed(settling)
    broken = outage(product, "T1", at(2026, 12, 10, 0), at(2026, 12, 10, 12))
    record_outage(broken, deed=desk(), settling=settling)
    credit_outages(DECEMBER, deed=desk(), settling=settling)
    records = [
        each
        for kind in KINDS
        for each in selling.store.read(lambda tx, kind=kind: tx.find_all(kind))
    ]
    path = tmp_path / "old.db"
    make_old_store(path, "0008")
    add_rows(path, records)
    return path, records


def test_each_operator_finds_what_it_may_see(old, monkeypatch):
    path, records = old
    monkeypatch.setattr(whom_records_concern, "_ROWS_AT_ONCE", 1)
    assert {type(each) for each in records} == set(KINDS)
    assert migrate_store(str(path)) == ("0008", SCHEMA)
    unread = [each for each in Keeper(str(path)).check().findings if "operators" in each.message]
    assert unread == []
    with closing(open_store(str(path))) as store:
        for operator in ("SCO", "OP1", "OP2"):
            for kind in KINDS:
                told = store.read(lambda tx, k=kind, o=operator: tx.find_all(k, operator_id=o))
                assert {identifier(each) for each in told} == {
                    identifier(each)
                    for each in records
                    if type(each) is kind and operator in operators_concerned(each)
                }
