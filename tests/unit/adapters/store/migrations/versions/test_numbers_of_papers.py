"""Whether a store of the tenth form comes to the eleventh, its papers found by their numbers."""

from contextlib import closing
from random import Random

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.migrations.versions import numbers_of_papers
from karakoram.adapters.store.opening import migrate_store, open_store
from karakoram.adapters.store.tables import SCHEMA
from karakoram.settlement.disputes import Dispute
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.statements import OwnerStatement
from tests.support.old_stores import add_rows, make_old_store
from tests.support.sales_records import any_record

IDS = {
    Invoice: "invoice_id",
    CreditNote: "credit_note_id",
    OwnerStatement: "statement_id",
    Dispute: "dispute_id",
}


@pytest.fixture
def papers():
    """Three of each kind."""
    rng = Random(5)
    return [
        any_record(
            kind,
            rng,
            **{name: f"{kind.__name__}{number}"},
            number=f"SCO-2026-000{number}",
            version=0,
        )
        for kind, name in IDS.items()
        for number in range(3)
    ]


def test_every_paper_is_found_by_its_number(tmp_path, papers, monkeypatch):
    monkeypatch.setattr(numbers_of_papers, "_ROWS_AT_ONCE", 2)
    path = tmp_path / "old.db"
    make_old_store(path, "0010")
    add_rows(path, papers)
    assert migrate_store(str(path)) == ("0010", SCHEMA)
    told = [each.message for each in Keeper(str(path)).check().findings]
    assert not any("number" in each for each in told)
    with closing(open_store(str(path))) as store:
        for paper in papers:
            kind = type(paper)
            assert store.read(lambda tx, k=kind, n=paper.number: tx.find_numbered(k, n)) == paper
            last = store.read(lambda tx, k=kind: tx.last_number(k, "SCO-2026-"))
            assert last == "SCO-2026-0002"
