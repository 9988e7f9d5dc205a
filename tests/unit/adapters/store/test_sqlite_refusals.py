"""What is told where a store cannot be reached, written or read."""

import errno
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import make_store, open_store
from karakoram.adapters.store.refusals import busy, damaged, lost, not_allowed
from karakoram.adapters.store.sqlite_refusals import plainly, sqlite_refusal
from karakoram.core.errors import ConflictError, NotFoundError, RefusedError
from karakoram.sales.parties import Party
from karakoram.settlement.invoices import Invoice
from tests.support.settling import settled_wave


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


@pytest.fixture
def spoilt(tmp_path):
    """A store with a wave; what a statement spoils in it, and what asking it tells then."""
    place = str(tmp_path / "spoilt.db")
    store = make_store(place)
    settled_wave(store, started=datetime(2026, 11, 2, tzinfo=UTC))
    store.close()

    def told(statement, question):
        with closing(sqlite3.connect(place)) as connection:
            connection.execute(statement)
            connection.commit()
        with closing(open_store(place)) as other:
            return code_of(other.read, question)

    return told


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE resource SET status = 'availab3e'", "no Resource: 'fibre:A-Z': 'availab3e'"),
        ("UPDATE resource SET unit_count = 'many'", "no Resource: 'fibre:A-Z'"),
        ("UPDATE resource SET source = CAST(x'ff' AS TEXT)", "Could not decode to UTF-8 column"),
    ],
)
def test_a_row_that_something_else_changed_is_damage_and_named(spoilt, statement, says):
    code, told = spoilt(statement, lambda tx: tx.resources_by_id(["fibre:A-Z"]))
    assert code == "store-damaged"
    assert says in told


def test_what_rides_on_plant_and_is_of_no_kind_is_damage(spoilt):
    statement = "UPDATE resource SET kind = 'om3' WHERE kind = 'oms'"
    code, told = spoilt(statement, lambda tx: tx.riders("fibre:A-Z"))
    assert (code, "'om3'" in told) == ("store-damaged", True)


def test_a_claim_that_something_else_changed_is_damage(spoilt):
    code, told = spoilt("UPDATE claim SET side = 'left'", lambda tx: tx.claims_on(["fibre:A-Z"]))
    assert (code, "no Claim" in told) == ("store-damaged", True)


def test_what_a_damaged_text_held_is_not_told(spoilt):
    secret = "UPDATE party SET body = CAST(x'736563726574ff' AS TEXT)"  # "secret" and a lone byte
    code, told = spoilt(secret, lambda tx: tx.find_all(Party))
    assert code == "store-damaged"
    assert "secret" not in told


def test_a_definition_that_was_damaged_makes_a_file_no_store(tmp_path, empty_file):
    place = tmp_path / "rot.db"
    place.write_bytes(empty_file.read_bytes().replace(b"CREATE TABLE", b"CREATE \xff\xfeBLE"))
    code, told = code_of(open_store, str(place))
    assert "is not a store of Karakoram" in told
    assert code


def test_a_store_that_is_of_another_form_than_it_says_is_damaged(places):
    place = places.store()
    places.execute(place, "UPDATE alembic_version SET version_num = '0008'")
    code, told = code_of(Keeper(place).migrate)
    assert code == "store-damaged"
    assert "already exists" in told


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
