"""The tables of settlement hold what they are given, also after they were added to a store."""

from karakoram.adapters.store.migrations.versions import settlement_tables
from karakoram.settlement.invoices import CreditNote, Invoice
from tests.support.settlement import credit_note, invoice, line


def test_what_is_billed_is_found_by_who_pays(store):
    billed, note = invoice(line("a", 5)), credit_note(5)
    store.write(lambda tx: (tx.add(billed), tx.add(note)))
    assert store.read(lambda tx: tx.find_all(Invoice, buyer_id="CT")) == (billed,)
    assert store.read(lambda tx: tx.find_all(CreditNote, buyer_id="P1")) == ()
    assert settlement_tables.down_revision < settlement_tables.revision
