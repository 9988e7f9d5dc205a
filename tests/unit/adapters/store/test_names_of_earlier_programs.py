"""Names that are refused today, as earlier programs stored them: read, told and mended."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from karakoram.adapters.store.codec import named_amiss, record_from_text, text_from_record
from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import open_store
from karakoram.adapters.store.tables import RECORD_TABLES
from karakoram.core.errors import RefusedError
from karakoram.core.findings import Severity
from karakoram.core.names import is_mended
from karakoram.operations.outages import Outage
from karakoram.sales.change_log import Deed
from karakoram.sales.parties import Party
from karakoram.usecases.sell.register_party import register_party
from tests.support.memory_store import CountingIds
from tests.support.sales_records import NOON, buyer

PARTY = buyer()
DEED = Deed(who="desk", why="", at=NOON)


def stored(record, **fields):
    return json.dumps({**json.loads(text_from_record(record)), **fields})


def test_a_name_that_is_refused_today_is_read_as_it_is():
    old = record_from_text(Party, stored(PARTY, name="A\nB"))
    assert old.name == "A\nB"
    assert named_amiss(old) == (("name", "holds the control character U+000A; delete it"),)
    assert named_amiss(PARTY) == named_amiss(object()) == ()


@pytest.mark.parametrize("fields", [{"country": "XX"}, {"name": " ", "currency": "?"}])
def test_whatever_else_is_wrong_is_damage(fields):
    with pytest.raises(RefusedError, match="what is stored is no Party"):
        record_from_text(Party, stored(PARTY, **fields))


def test_only_names_are_mended_and_nothing_else_with_them():
    old = record_from_text(Party, stored(PARTY, name=" "))
    assert is_mended(old, PARTY)
    assert not is_mended(old, replace(PARTY, country="PK" if PARTY.country != "PK" else "CN"))
    assert not is_mended(PARTY, replace(PARTY, name="Another"))
    assert Outage.NAMED.names == ("where", "cause", "source")


def test_a_check_of_the_store_warns_of_it_and_registering_it_again_mends_it(sqlite_store):
    ids = CountingIds()
    register_party(PARTY, deed=DEED, store=sqlite_store, ids=ids)
    table = RECORD_TABLES[Party]
    place = str(sqlite_store.path)
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute(f"UPDATE {table.name} SET body = ?", (stored(PARTY, name="\t"),))
    (finding,) = Keeper(place).check().findings
    assert (finding.code, finding.severity) == ("name-refused", Severity.WARNING)
    assert "karakoram party add" in finding.message
    with closing(open_store(place)) as store:
        mended = register_party(PARTY, deed=DEED, store=store, ids=ids)
        assert (mended.name, store.read(lambda tx: tx.find(Party, PARTY.party_id))) == (
            PARTY.name,
            mended,
        )
        assert store.read(lambda tx: tx.log_of(PARTY.party_id))[-1].action == "party.mend"
    assert Keeper(place).check().findings == ()
