"""Which stores open, and what is said of those that do not."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from karakoram import bootstrap
from karakoram.adapters.store.opening import (
    begin_store,
    is_free,
    make_store,
    migrate_store,
    open_store,
)
from karakoram.adapters.store.tables import RESOURCE, SCHEMA
from karakoram.adapters.store.transaction import Transaction
from karakoram.core.errors import NotFoundError, RefusedError, TakenError
from karakoram.sales.parties import Party
from tests.support.sales_records import buyer, claim, rack
from tests.support.stores import ServerPlaces


@pytest.fixture
def place(places):
    return places.store()


def is_found_again(word):
    with closing(bootstrap.new_sales_store(word)) as store:
        store.write(lambda tx: tx.add(buyer()))
    with closing(bootstrap.sales_store(word)) as store:
        return store.read(lambda tx: tx.find(Party, "CT")) == buyer()


def test_a_new_store_is_found_again(places):
    assert is_found_again(places.new())


def test_a_file_may_have_any_name(tmp_path):
    assert is_found_again(str(tmp_path / "new %20?.db"))


def test_a_new_store_takes_no_place_that_is_taken(place):
    with pytest.raises(RefusedError, match="already; a new store takes a place of its own"):
        make_store(place)


def test_an_empty_database_is_no_store_yet(new_database):
    word = new_database()
    for action in (open_store, migrate_store):
        with pytest.raises(NotFoundError, match="karakoram store init --store postgresql://tests@"):
            action(word)


def test_where_there_is_no_store_it_is_said_and_none_is_made(tmp_path):
    with pytest.raises(NotFoundError, match=r"karakoram store init --store .*gone\.db"):
        open_store(str(tmp_path / "gone.db"))
    assert not list(tmp_path.iterdir())
    with pytest.raises(NotFoundError, match="no store"):
        migrate_store(str(tmp_path / "gone.db"))


@pytest.mark.parametrize("content", [b"", b"dear reader", b"SQLite format 3\0" + b"x" * 200])
def test_another_file_is_no_store(tmp_path, content):
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    for action in (open_store, migrate_store):
        with pytest.raises(RefusedError, match="not a store"):
            action(str(path))
    assert path.read_bytes() == content


def test_a_file_of_somebody_else_and_a_folder_are_no_store(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE thing (x)")
    for path in (tmp_path / "other.db", tmp_path):
        with pytest.raises(RefusedError, match="not a store"):
            open_store(str(path))


@pytest.mark.parametrize(
    "table", ["party (x text)", "alembic_version AS SELECT 'ae1027a6acf' AS version_num"]
)
def test_a_database_of_somebody_else_is_no_store_and_is_left_alone(new_database, table):
    word = new_database()
    ServerPlaces(new_database).execute(word, f"CREATE TABLE {table}")
    with pytest.raises(RefusedError, match="not a store"):
        open_store(word)
    with pytest.raises(RefusedError, match=rf"holds {table.split()[0]} already"):
        make_store(word)


def test_a_word_for_what_is_not_known_is_refused():
    with pytest.raises(RefusedError, match="names no store"):
        open_store("mysql://host/base")


@pytest.mark.parametrize(("form", "word"), [("9999", "newer"), ("0000", "older")])
def test_another_form_is_named(places, place, form, word):
    places.execute(place, f"UPDATE alembic_version SET version_num = '{form}'")
    with pytest.raises(RefusedError, match=word):
        open_store(place)


def test_a_newer_store_is_not_taken_back(places, place):
    places.execute(place, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RefusedError, match="newer"):
        migrate_store(place)


def test_a_store_of_this_form_stays_as_it_is(place):
    assert migrate_store(place) == (SCHEMA, SCHEMA)


def test_a_question_cannot_write(sqlite_store, postgresql_store):
    with pytest.raises(RefusedError, match="readonly"):
        sqlite_store.read(lambda tx: tx.add(buyer()))
    with pytest.raises(RefusedError, match="read-only"):
        postgresql_store.read(lambda tx: tx.add(buyer()))


def test_a_question_sees_one_moment(lasting_store):
    def twice(tx):
        before = tx.find(Party, "CT")
        lasting_store.write(lambda writer: writer.add(buyer()))
        return before, tx.find(Party, "CT")

    assert lasting_store.read(twice) == (None, None)
    assert lasting_store.read(lambda tx: tx.find(Party, "CT")) == buyer()


def test_a_refusal_names_resource_units_and_holders(lasting_store):
    lasting_store.write(lambda tx: tx.add_resources([rack()]))
    holders = [claim(f"c{unit}", 1 << unit, by=f"p{unit}") for unit in range(10)]
    lasting_store.write(lambda tx: tx.add_claims(holders))
    with pytest.raises(TakenError) as refused:
        lasting_store.write(lambda tx: tx.add_claims([claim("x", 0b111, by="y")]))
    text = "unit 0, 1, 2 of rack of GIL (rack) is taken by p0, p1, p2"
    assert (str(refused.value), refused.value.code) == (text, "taken")
    with pytest.raises(TakenError, match=r"6, 7 and 2 more of .* p6, p7 and 2 more$"):
        lasting_store.write(lambda tx: tx.add_claims([claim("x", 0x3FF, by="y")]))
    with pytest.raises(TakenError, match="this request itself"):
        lasting_store.write(
            lambda tx: tx.add_claims([claim("x", 1 << 40, by="y"), claim("z", 1 << 40)])
        )


def test_what_a_new_store_is_filled_with_is_there_or_there_is_no_store(places):
    def fails(connection):
        Transaction(connection).add(buyer())
        raise OSError("no space left")

    place = places.new()
    with pytest.raises(OSError, match="no space"):
        begin_store(place, fails)
    assert places.is_untouched(place)
    assert is_free(place)
    assert begin_store(place, lambda connection: Transaction(connection).add(buyer())) is None
    assert not is_free(place)
    with closing(open_store(place)) as store:
        assert store.read(lambda tx: tx.find(Party, "CT")) == buyer()


def test_commands_that_need_no_store_do_not_load_one():
    code = (
        "import sys, karakoram.interfaces.cli.main, karakoram.bootstrap;"
        "print({'sqlalchemy', 'alembic', 'pydantic', 'psycopg'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_block_of_a_million_numbers_is_stored(lasting_store):
    block = replace(rack("block"), unit_count=1_000_000)
    every = claim("a", (1 << 1_000_000) - 1, on="block")
    lasting_store.write(lambda tx: tx.add_resources([block]))
    lasting_store.write(lambda tx: tx.add_claims([every]))
    assert lasting_store.read(lambda tx: tx.claims_on(["block"])) == (every,)
    assert RESOURCE.name == "resource"


@pytest.mark.parametrize("begun", [b"", None])
def test_what_is_left_of_a_store_that_was_cut_short_is_told_from_a_store(tmp_path, begun):
    place = tmp_path / "left.db"
    with closing(sqlite3.connect(place)) as connection:  # as far as a killed program may come
        connection.execute("PRAGMA journal_mode = WAL")
    if begun is not None:
        place.write_bytes(begun)
    before = place.read_bytes()
    with pytest.raises(RefusedError, match="and empty: .* remove the file"):
        make_store(str(place))
    assert place.read_bytes() == before
    place.unlink()
    make_store(str(place)).close()
    with pytest.raises(RefusedError, match="already; a new store"):
        make_store(str(place))
