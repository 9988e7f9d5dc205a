"""What a store on a server does beyond what every store does, and what it says when it cannot."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import ProgrammingError

from karakoram.adapters.store import postgresql_engine as engine_module
from karakoram.adapters.store.opening import make_store, migrate_store, open_store
from karakoram.adapters.store.postgresql_store import TRIES_MAX, PostgresqlStore
from karakoram.adapters.store.rows import cells_from_record
from karakoram.adapters.store.tables import RECORD_TABLES, REPLAY
from karakoram.core.errors import ConflictError, RefusedError
from karakoram.sales.parties import Party
from karakoram.usecases.sell.sales_ports import Replay
from tests.support.postgresql_server import GUARDED, name_of
from tests.support.sales_records import buyer, entry

PARTIES = RECORD_TABLES[Party]


@pytest.fixture
def place(new_database):
    return new_database("empty")


@pytest.fixture
def store(place):
    with closing(PostgresqlStore(place)) as store:
        yield store


@pytest.fixture
def guarded(postgresql):
    """A user with a password."""
    postgresql.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD 'right'")
    yield GUARDED
    postgresql.execute(f"DROP ROLE {GUARDED}")


def refused(action, *arguments):
    with pytest.raises(RefusedError) as told:
        action(*arguments)
    return told.value


def fails_with(state):
    """An action that the server ends with this SQLSTATE."""
    raised = f"DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '{state}'; END $$"
    return lambda tx: tx.connection.execute(text(raised))


@pytest.mark.parametrize("action", [open_store, make_store, migrate_store])
def test_a_server_that_is_not_there_is_named_with_what_would_help(action):
    told = refused(action, "postgresql://sales:hush@127.0.0.1:1/base")
    assert told.code == "store-unreachable"
    assert "postgresql://sales:***@127.0.0.1:1/base cannot be reached" in str(told)
    assert "start the server" in told.alternatives[0]
    assert told.__cause__ is None  # it would name the password in a debugger's listing


def test_a_database_that_is_not_there_is_to_be_made(postgresql):
    told = refused(open_store, postgresql.word("nowhere"))
    assert told.code == "store-unreachable"
    assert 'database "nowhere" does not exist' in str(told)
    assert "createdb" in told.alternatives[0]


def test_a_wrong_password_is_said_and_not_told(postgresql, place, guarded):
    wrong = place.replace("tests@", f"{guarded}:wr0ng@")
    told = refused(open_store, wrong)
    assert (told.code, "wr0ng" in repr(vars(told)) + str(told)) == ("store-unreachable", False)
    assert "password" in told.alternatives[0]
    right = refused(open_store, wrong.replace("wr0ng", "right"))
    assert (right.code, "permission denied" in str(right)) == ("store-not-allowed", True)


@pytest.mark.parametrize(
    "word", ["mysql://u:hush@host/base", "postgresql://u:hush@x@host/b", "postgresql://u@h:five/b"]
)
def test_another_address_is_refused(word):
    told = refused(open_store, word)
    assert (told.code, "hush" in str(told)) == ("unknown-store", False)


def test_an_option_that_the_client_does_not_know_is_named(place):
    told = refused(open_store, f"{place}&colour=red")
    assert (told.code, "colour" in str(told)) == ("store-unreachable", True)


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    told = refused(open_store, "postgresql://host/base")
    assert told.code == "store-driver-missing"
    assert told.alternatives == ('pip install "karakoram[postgresql]"',)


def test_a_database_that_cannot_hold_every_letter_is_refused(postgresql, new_database):
    word = new_database("template0 ENCODING 'SQL_ASCII'")
    assert refused(make_store, word).code == "store-not-utf8"
    assert postgresql.execute("SELECT count(*) FROM pg_tables WHERE tablename = 'party'") == [(0,)]


def test_of_many_who_make_a_store_at_once_one_does(new_database):
    word = new_database()
    with ThreadPoolExecutor(4) as threads:
        made = [threads.submit(make_store, word) for _ in range(4)]
        errors = [each.exception(60) for each in made]
    for each in made:
        if each.exception() is None:
            each.result().close()
    assert sorted(getattr(each, "code", "made") for each in errors) == [
        "made",
        *["store-there-already"] * 3,
    ]


def test_a_duplicate_that_got_past_the_check_is_the_same_refusal(store):
    store.write(lambda tx: tx.add(buyer()))
    store.write(lambda tx: tx.remember("CT", "x", Replay(action="a", digest="d", subject_id="s")))
    rows = {"buyer_id": "CT", "external_id": "x", "action": "", "digest": "", "subject_id": ""}
    twice = {
        "there-already": insert(PARTIES).values(cells_from_record(buyer())),
        "used-already": insert(REPLAY).values(rows),
    }
    for code, statement in twice.items():
        with pytest.raises(ConflictError, match="already") as told:
            store.write(lambda tx, what=statement: tx.connection.execute(what))
        assert told.value.code == code


def test_what_the_database_cannot_hold_is_refused_and_leaves_nothing(store):
    large, nul = buyer("large", version=2**40), entry(detail="nul\x00")
    for write in (lambda tx: tx.add(large), lambda tx: tx.log(nul)):
        assert refused(store.write, write).code == "not-storable"
    assert store.read(lambda tx: (tx.find_all(Party), tx.log_of("q1"))) == ((), ())


def test_a_statement_that_is_our_mistake_stays_what_it_is(store):
    with pytest.raises(ProgrammingError, match="syntax"):
        store.read(lambda tx: tx.connection.execute(text("SELECT FROM WHERE")))


@pytest.mark.parametrize("state", sorted(engine_module.MET_ANOTHER))
def test_what_met_another_is_run_again_whole_and_not_for_ever(store, monkeypatch, state):
    pauses, runs = [], []
    monkeypatch.setattr("karakoram.adapters.store.postgresql_store.time.sleep", pauses.append)

    def meets(tx):
        tx.log(entry(f"e{len(runs)}"))
        runs.append(tx)
        if len(runs) < 3:
            fails_with(state)(tx)
        return len(runs)

    assert store.write(meets) == 3
    assert [each.entry_id for each in store.read(lambda tx: tx.log_of("q1"))] == ["e2"]
    assert len(pauses) == 2
    told = refused(store.write, fails_with(state))
    assert (type(told), told.code) == (ConflictError, "store-busy")
    assert len(pauses) == 2 + TRIES_MAX - 1
    assert max(pauses) < 1.1


@pytest.mark.parametrize("state", ["23505", "42501", "P0001", "57014"])
def test_nothing_else_is_run_again(store, monkeypatch, state):
    monkeypatch.delattr("karakoram.adapters.store.postgresql_store.time.sleep")
    runs = []
    with pytest.raises(Exception, match="made up|already"):
        store.write(lambda tx: (runs.append(tx), fails_with(state)(tx)))
    assert len(runs) == 1


def test_whoever_writes_past_the_lock_is_noticed(store, place):
    """Two who each write what the other read: one of them must have come first."""
    store.write(lambda tx: (tx.add(buyer("a")), tx.add(buyer("b"))))
    other = PostgresqlStore(place)
    runs = []

    def both(tx):
        return [tx.find(Party, each) for each in "ab"]

    def action(tx):
        runs.append(tx)
        one, _ = both(tx)
        if len(runs) == 1:
            with other._writing.connect() as foreign:
                moved = type(tx)(foreign)
                _, two = both(moved)
                moved.replace(replace(two, name="changed"))
                foreign.commit()
        tx.replace(replace(one, name="changed"))

    store.write(action)
    other.close()
    assert len(runs) == 2
    assert [each.name for each in store.read(both)] == ["changed", "changed"]


def test_writers_of_several_programs_take_turns_and_run_into_nobody(place):
    """Every one counts up the same record, and none is run twice."""
    stores, runs = [PostgresqlStore(place) for _ in range(3)], []
    stores[0].write(lambda tx: tx.add(buyer()))

    def count_up(tx):
        runs.append(tx)
        tx.replace(tx.find(Party, "CT"))

    with ThreadPoolExecutor(12) as threads:
        done = [threads.submit(stores[n % 3].write, count_up) for n in range(60)]
        assert [each.exception(60) for each in done] == [None] * 60
    assert stores[0].read(lambda tx: tx.find(Party, "CT")).version == 60
    assert len(runs) == 60
    for each in stores:
        each.close()


def test_what_one_does_in_vain_undoes_nothing_of_the_others(store):
    """One of a group runs into another: the group is run again, each with its own answer."""
    runs = []

    def add(number):
        def action(tx):
            runs.append(number)
            tx.add(buyer(f"p{number}"))
            if number == 7 and runs.count(7) == 1:
                fails_with("40001")(tx)
            return number

        return store.write(action)

    with ThreadPoolExecutor(12) as threads:
        assert list(threads.map(add, range(12))) == list(range(12))
    assert len(store.read(lambda tx: tx.find_all(Party))) == 12
    assert runs.count(7) == 2


def test_who_waits_too_long_is_told_that_others_are_busy(place, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_S", 0.05)
    with closing(PostgresqlStore(place)) as one, closing(PostgresqlStore(place)) as two:
        told = one.write(lambda _: refused(two.write, lambda tx: tx.add(buyer())))
        assert (type(told), told.code) == (ConflictError, "store-busy")
        two.write(lambda tx: tx.add(buyer()))


def test_more_questions_than_connections_wait_and_are_told_so(store, monkeypatch):
    monkeypatch.setattr("karakoram.adapters.store.postgresql_store.READERS_MAX", 1)
    monkeypatch.setattr(engine_module, "BUSY_S", 0.05)
    with closing(PostgresqlStore(store._word)) as small:
        told = small.read(lambda _: refused(small.read, lambda tx: tx.find(Party, "CT")))
    assert told.code == "store-busy"


def test_a_lost_connection_is_told_and_the_next_one_works(store):
    def loses(tx):
        tx.add(buyer())
        tx.connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    told = refused(store.write, loses)
    assert (told.code, "external identifier" in told.alternatives[0]) == ("store-lost", True)
    assert store.read(lambda tx: tx.find(Party, "CT")) is None
    store.write(lambda tx: tx.add(buyer()))
    assert store.read(lambda tx: tx.find(Party, "CT")) == buyer()


def test_answers_are_durable_and_a_silent_writer_loses_its_turn_whatever_the_server_says(
    postgresql, place
):
    postgresql.execute(f"ALTER DATABASE {name_of(place)} SET synchronous_commit=off")

    def settings(tx):
        names = ("synchronous_commit", "lock_timeout", "idle_in_transaction_session_timeout")
        return [tx.connection.scalar(text(f"SHOW {name}")) for name in names]

    with closing(PostgresqlStore(place)) as store:
        assert store.write(settings) == ["on", "30s", "1min"]
        assert store.read(settings)[1:] == ["30s", "0"]
