"""What is told where a store cannot be reached, written or read."""

import errno
import shutil
import sqlite3
from contextlib import closing

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import make_store, open_store
from karakoram.adapters.store.refusals import busy, damaged, lost, not_allowed
from karakoram.adapters.store.sqlite_refusals import plainly, sqlite_refusal
from karakoram.core.errors import ConflictError, NotFoundError, RefusedError
from karakoram.settlement.invoices import Invoice


def code_of(action, *words):
    with pytest.raises(RefusedError) as refused:
        action(*words)
    return refused.value.code, str(refused.value)


def of_sqlite(code, words="disk I/O error"):
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


def test_a_store_is_made_in_a_folder_that_is_there(tmp_path):
    place = tmp_path / "gone" / "x.db"
    code, told = code_of(make_store, str(place))
    assert code == "store-unreachable"
    assert f"{place} cannot be reached: there is no folder {tmp_path / 'gone'}" in told
    assert not list(tmp_path.iterdir())


def test_a_back_up_names_the_file_that_was_asked_for_and_not_its_part(tmp_path, empty_file):
    for name in ("a.gz", "a.db"):
        with pytest.raises(
            NotFoundError, match=r"There is no folder .*gone to write .*/a\.(gz|db) in"
        ):
            Keeper(str(empty_file)).back_up(str(tmp_path / "gone" / name))


def test_what_cannot_be_written_is_told_by_the_name_of_the_back_up(
    tmp_path, empty_file, monkeypatch
):
    def full(_connection, part):
        raise OSError(errno.ENOSPC, "No space left on device", str(part))

    monkeypatch.setattr("karakoram.adapters.store.keeping.write_dump", full)
    with pytest.raises(OSError, match="No space") as refused:
        Keeper(str(empty_file)).back_up(str(tmp_path / "a.gz"))
    assert refused.value.filename == str(tmp_path / "a.gz")
    assert not list(tmp_path.glob("a.gz*"))


@pytest.mark.parametrize("form", ["a.gz", "a.db"])
def test_a_back_up_is_restored_into_a_folder_that_is_there(tmp_path, empty_file, form):
    Keeper(str(empty_file)).back_up(str(tmp_path / form))
    with pytest.raises((NotFoundError, RefusedError), match="folder"):
        Keeper(str(tmp_path / "gone" / "b.db")).restore(str(tmp_path / form))


def test_a_store_without_a_table_is_damaged_whatever_it_is_asked(places):
    place = places.store()
    places.execute(place, "DROP TABLE invoice")
    with closing(open_store(place)) as store:
        code, told = code_of(store.read, lambda tx: tx.find_all(Invoice))
    assert code == "store-damaged"
    assert "invoice" in told


def test_a_check_names_every_table_and_column_that_is_missing(places):
    place = places.store()
    places.execute(place, "DROP TABLE invoice", "ALTER TABLE change_log DROP COLUMN why")
    found = Keeper(place).check()
    told = {(each.code, each.place.table, each.message) for each in found.findings}
    assert told == {
        ("table-missing", "invoice", "the table is missing"),
        ("column-missing", "change_log", "column why is missing"),
    }
    assert "invoice" not in found.counts


@pytest.mark.parametrize(
    ("sqlite_code", "code"),
    [
        (sqlite3.SQLITE_BUSY, "store-busy"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "store-not-allowed"),
        (sqlite3.SQLITE_FULL, "store-lost"),
        (sqlite3.SQLITE_IOERR_WRITE, "store-lost"),
        (sqlite3.SQLITE_CORRUPT, "store-damaged"),
        (sqlite3.SQLITE_CANTOPEN, "store-unreachable"),
    ],
)
def test_each_refusal_of_sqlite_has_a_code(tmp_path, sqlite_code, code):
    def ask():
        with plainly(tmp_path / "x.db"):
            raise of_sqlite(sqlite_code)

    assert code_of(ask)[0] == code


def test_our_own_mistakes_stay_what_they_are(tmp_path):
    assert sqlite_refusal(tmp_path, of_sqlite(sqlite3.SQLITE_ERROR, 'near "SELEC"')) is None
    with pytest.raises(sqlite3.OperationalError), plainly(tmp_path):
        raise of_sqlite(sqlite3.SQLITE_ERROR, "syntax error")


def test_a_store_that_others_hold_is_busy(tmp_path, empty_file, monkeypatch):
    monkeypatch.setattr("karakoram.adapters.store.sqlite_store.BUSY_S", 0.05)
    place = shutil.copy(empty_file, tmp_path / "held.db")
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(open_store(str(place))) as store, pytest.raises(ConflictError, match="busy"):
            store.write(lambda _: None)


@pytest.mark.parametrize("told", [busy, damaged, lost, not_allowed])
def test_every_refusal_names_the_place_and_the_words_of_the_database(told):
    refused = told("my.db", "gone fishing")
    assert "my.db" in str(refused)
    assert "gone fishing" in str(refused)
    assert refused.where == "my.db"
