"""Whether an older store gets a ledger that is only ever added to."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import DBAPIError

from karakoram.adapters.store.codec import text_from_record
from karakoram.adapters.store.opening import migrate_store, open_store
from karakoram.adapters.store.tables import ACCOUNT, SCHEMA, TRANSFER
from karakoram.core.errors import ConflictError
from karakoram.sales.parties import Party
from tests.support.ledger_records import ACCOUNTS, transfer
from tests.support.old_stores import make_old_store
from tests.support.sales_records import buyer


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request):
    """A store in a database, with a transfer in its ledger."""
    made = request.getfixturevalue(f"{request.param}_store")
    made.write(lambda tx: tx.open_accounts(ACCOUNTS))
    made.write(lambda tx: tx.post([transfer()]))
    return made


@pytest.mark.parametrize("table", [ACCOUNT, TRANSFER])
def test_accounts_and_transfers_are_never_changed_or_removed(store, table):
    for statement in (table.delete(), table.update().values(currency="EUR")):
        with pytest.raises(DBAPIError, match="only ever added to"):
            store.write(lambda tx, what=statement: tx.connection.execute(what))
    assert store.read(lambda tx: tx.transfer("t1")) == transfer()


def test_a_pending_transfer_is_settled_once_whoever_writes(store):

    def write(tx, name):
        row = dict(tx.connection.execute(TRANSFER.select()).mappings().first())
        del row["place"]
        tx.connection.execute(TRANSFER.insert(), {**row, "transfer_id": name, "pending_id": "t1"})

    store.write(lambda tx: write(tx, "one"))
    with pytest.raises((DBAPIError, ConflictError), match="UNIQUE|there already"):
        store.write(lambda tx: write(tx, "two"))


def test_a_store_of_the_first_form_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.db"
    make_old_store(path, "0001")
    with closing(sqlite3.connect(path)) as connection, connection:
        body = text_from_record(buyer())
        connection.execute("INSERT INTO party VALUES ('CT', NULL, NULL, NULL, 0, ?)", (body,))
    assert migrate_store(str(path)) == ("0001", SCHEMA)
    with closing(open_store(str(path))) as store:
        assert store.read(lambda tx: tx.find(Party, "CT")) == buyer()
        store.write(lambda tx: tx.open_accounts(ACCOUNTS))
        store.write(lambda tx: tx.post([transfer()]))
