"""Which stores open, and what is said of those that do not."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from karakoram import bootstrap
from karakoram.adapters.store.opening import make_store, migrate_store, open_store
from karakoram.adapters.store.tables import RESOURCE, SCHEMA
from karakoram.core.errors import NotFoundError, RefusedError, TakenError
from karakoram.sales.parties import Party
from tests.support.sales_records import buyer, claim, rack


@pytest.fixture
def path(tmp_path, empty_file):
    return shutil.copy(empty_file, tmp_path / "store.db")


def execute(path, *statements):
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_new_store_is_found_again(tmp_path):
    word = str(tmp_path / "new %20?.db")
    with closing(bootstrap.new_sales_store(word)) as store:
        store.write(lambda tx: tx.add(buyer()))
    with closing(bootstrap.sales_store(word)) as store:
        assert store.read(lambda tx: tx.find(Party, "CT")) == buyer()


def test_a_new_store_takes_no_place_that_is_taken(path):
    with pytest.raises(RefusedError, match="there already"):
        make_store(str(path))


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


def test_a_database_of_somebody_else_and_a_folder_are_no_store(tmp_path):
    execute(tmp_path / "other.db", "CREATE TABLE thing (x)")
    for path in (tmp_path / "other.db", tmp_path):
        with pytest.raises(RefusedError, match="not a store"):
            open_store(str(path))


def test_a_word_for_what_is_not_known_is_refused():
    with pytest.raises(RefusedError, match="names no store"):
        open_store("mysql://host/base")


@pytest.mark.parametrize(("form", "word"), [("9999", "newer"), ("0000", "older")])
def test_another_form_is_named(path, form, word):
    execute(path, f"UPDATE alembic_version SET version_num = '{form}'")
    with pytest.raises(RefusedError, match=word):
        open_store(str(path))


def test_a_newer_store_is_not_taken_back(path):
    execute(path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RefusedError, match="newer"):
        migrate_store(str(path))


def test_a_store_of_this_form_stays_as_it_is(path):
    assert migrate_store(str(path)) == (SCHEMA, SCHEMA)


def test_a_question_cannot_write(sqlite_store):
    with pytest.raises(OperationalError, match="readonly"):
        sqlite_store.read(lambda tx: tx.add(buyer()))


def test_a_question_sees_one_moment(sqlite_store):
    def twice(tx):
        before = tx.find(Party, "CT")
        sqlite_store.write(lambda writer: writer.add(buyer()))
        return before, tx.find(Party, "CT")

    assert sqlite_store.read(twice) == (None, None)
    assert sqlite_store.read(lambda tx: tx.find(Party, "CT")) == buyer()


def test_a_refusal_names_resource_units_and_holders(sqlite_store):
    sqlite_store.write(lambda tx: tx.add_resources([rack()]))
    holders = [claim(f"c{unit}", 1 << unit, by=f"p{unit}") for unit in range(10)]
    sqlite_store.write(lambda tx: tx.add_claims(holders))
    with pytest.raises(TakenError) as refused:
        sqlite_store.write(lambda tx: tx.add_claims([claim("x", 0b111, by="y")]))
    text = "unit 0, 1, 2 of rack of GIL (rack) is taken by p0, p1, p2"
    assert (str(refused.value), refused.value.code) == (text, "taken")
    with pytest.raises(TakenError, match=r"6, 7 and 2 more of .* p6, p7 and 2 more$"):
        sqlite_store.write(lambda tx: tx.add_claims([claim("x", 0x3FF, by="y")]))
    with pytest.raises(TakenError, match="this request itself"):
        sqlite_store.write(
            lambda tx: tx.add_claims([claim("x", 1 << 40, by="y"), claim("z", 1 << 40)])
        )


def test_half_a_store_is_removed_when_making_it_fails(tmp_path, monkeypatch):
    def fails(connection):
        raise OSError("no space left")

    monkeypatch.setattr("karakoram.adapters.store.opening.migrate", fails)
    with pytest.raises(OSError, match="no space"):
        make_store(str(tmp_path / "new.db"))
    assert not list(tmp_path.iterdir())


def test_commands_that_need_no_store_do_not_load_one():
    code = (
        "import sys, karakoram.interfaces.cli.main, karakoram.bootstrap;"
        "print({'sqlalchemy', 'alembic', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_block_of_a_million_numbers_is_stored(sqlite_store):
    block = replace(rack("block"), unit_count=1_000_000)
    every = claim("a", (1 << 1_000_000) - 1, on="block")
    sqlite_store.write(lambda tx: tx.add_resources([block]))
    sqlite_store.write(lambda tx: tx.add_claims([every]))
    assert sqlite_store.read(lambda tx: tx.claims_on(["block"])) == (every,)
    assert RESOURCE.name == "resource"
