"""A store on a real server, and what is told where there is none."""

import builtins
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import make_store, migrate_store, open_store
from karakoram.adapters.store.postgresql_opening import form_on_server
from karakoram.adapters.store.postgresql_store import lock_writers, postgresql_engine, shown_url
from karakoram.adapters.store.tables import SCHEMA
from karakoram.core.errors import ConflictError, NotFoundError, RefusedError, TakenError
from karakoram.sales.parties import Party
from tests.support.sales_stock import pool
from tests.support.selling import CARRIER
from tests.unit.adapters.store.test_opening import claim, rack

AWAY = "postgresql://me:secret@127.0.0.1:1/sales"


def test_an_empty_database_becomes_a_store_and_is_one_from_then_on(postgresql):
    word = postgresql.new_database()
    assert form_on_server(word) is None
    with pytest.raises(NotFoundError, match="There is no store at postgresql://kk@/"):
        open_store(word)
    with pytest.raises(NotFoundError, match="There is no store"):
        migrate_store(word)
    make_store(word).close()
    assert form_on_server(word) == SCHEMA
    assert migrate_store(word) == (SCHEMA, SCHEMA)
    with pytest.raises(RefusedError, match="tables already") as no:
        make_store(word)
    assert no.value.code == "store-there-already"


@pytest.mark.parametrize(("form", "code"), [("0000", "store-older"), ("9999", "store-newer")])
def test_a_store_of_another_form_is_not_opened(postgresql, form, code):
    word = postgresql.new_store()
    engine = postgresql_engine(word)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{form}'"))
    engine.dispose()
    with pytest.raises(RefusedError) as no:
        open_store(word)
    assert no.value.code == code


def test_a_server_that_is_away_is_told_without_the_password():
    with pytest.raises(RefusedError, match="cannot be reached") as no:
        open_store(AWAY)
    assert no.value.code == "store-unreachable"
    assert "secret" not in f"{no.value} {no.value.where} {shown_url(AWAY)}"


def test_what_is_no_address_is_refused():
    with pytest.raises(RefusedError, match="is written postgresql://") as no:
        open_store("postgresql://me@host:port/sales")
    assert no.value.code == "unknown-store"


def test_without_its_driver_is_told_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("psycopg"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RefusedError, match=r"karakoram\[postgresql\]") as no:
        postgresql_engine("postgresql://me@host/sales")
    assert no.value.code == "store-driver-missing"


def test_a_question_cannot_write_and_sees_one_moment(postgresql_store):
    with pytest.raises(Exception, match="read-only"):
        postgresql_store.read(lambda tx: tx.add(CARRIER))

    def twice(reader):
        before = reader.find(Party, "CT")
        postgresql_store.write(lambda writer: writer.add(CARRIER))
        return before, reader.find(Party, "CT")

    assert postgresql_store.read(twice) == (None, None)
    assert postgresql_store.read(lambda tx: tx.find(Party, "CT")) == CARRIER


def test_of_two_clients_that_want_the_last_unit_one_gets_it(postgresql):
    word = postgresql.new_store()
    stores = [open_store(word) for _ in range(8)]
    stores[0].write(lambda tx: tx.add_resources([rack()]))
    begin = Barrier(len(stores))

    def ask(number):
        begin.wait()
        try:
            stores[number].write(
                lambda tx: tx.add_claims([claim(f"c{number}", 1, by=f"b{number}")])
            )
        except TakenError:
            return 0
        return 1

    with ThreadPoolExecutor(len(stores)) as threads:
        assert sum(threads.map(ask, range(len(stores)))) == 1
    assert len(stores[0].read(lambda tx: tx.claims_on([rack().resource_id]))) == 1
    for store in stores:
        store.close()


def test_whoever_waits_too_long_for_another_writer_is_told_to_ask_again(postgresql, monkeypatch):
    monkeypatch.setattr("karakoram.adapters.store.postgresql_store.BUSY_S", 1)
    word = postgresql.new_store()
    store, engine = open_store(word), postgresql_engine(word)
    with engine.begin() as connection:
        lock_writers(connection)
        with pytest.raises(ConflictError, match="ask again") as no:
            store.write(lambda tx: tx.add(CARRIER))
    assert no.value.code == "store-busy"
    store.write(lambda tx: tx.add(CARRIER))
    store.close()
    engine.dispose()


def test_a_character_that_no_database_keeps_is_refused_and_nothing_is_written(postgresql_store):
    def write(tx):
        tx.add(CARRIER)
        tx.add_resources([pool(rack().kind, "A\x00", 1)])

    with pytest.raises(RefusedError) as no:
        postgresql_store.write(write)
    assert no.value.code == "text-not-storable"
    assert postgresql_store.read(lambda tx: tx.find_all(Party)) == ()


def test_a_damaged_back_up_leaves_no_store_behind(postgresql, tmp_path):
    there = postgresql.new_store()
    Keeper(there).back_up(str(tmp_path / "good.gz"))
    bad = tmp_path / "bad.gz"
    bad.write_bytes((tmp_path / "good.gz").read_bytes()[:-20])
    word = postgresql.new_database()
    with pytest.raises(RefusedError, match="damaged"):
        Keeper(word).restore(str(bad))
    assert form_on_server(word) is None
    Keeper(word).restore(str(tmp_path / "good.gz"))
    assert form_on_server(word) == SCHEMA
