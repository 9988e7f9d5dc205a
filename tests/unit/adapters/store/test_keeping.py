"""Stores that are checked, backed up and restored."""

import gzip
import json
import resource
import shutil
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from random import Random

import pytest

from karakoram import bootstrap
from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import open_store
from karakoram.adapters.store.tables import RECORD_TABLES, RESOURCE, SCHEMA
from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.sales.jobs import Job, JobState, RowResult
from karakoram.sales.moving import MoveStep, beside
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.products import Product, ProductState
from karakoram.settlement.ledger.transfers import TransferKind
from karakoram.usecases.desk.job_ports import RowQuestion
from karakoram.usecases.sell.sales_ports import Replay
from karakoram.usecases.settle.ledger_ports import TransferQuestion
from karakoram.usecases.store.store_ports import StoreKeeper
from tests.support.jobs import job_row
from tests.support.ledger_records import ACCOUNTS, BANK, DAY, OWED, settlement_of, transfer
from tests.support.old_stores import make_old_store
from tests.support.sales_records import NOON, any_record, any_value, buyer, claim, entry, rack

SAID = {
    Job: {"row_count": 2, "job_id": "job", "state": JobState.HELD, "lease": None},
    ProductOrder: {"action": OrderAction.MODIFY, "state": OrderState.ACKNOWLEDGED},
}
"""A job whose rows are there, and an order that may hold something."""


def fill(tx):
    """A little of everything."""
    rng = Random(7)
    for kind in RECORD_TABLES:
        tx.add(replace(any_value(kind, rng), version=0, **SAID.get(kind, {})))
    (made,) = tx.find_all(Job)
    tx.add_job_rows(
        [
            job_row(2, made.job_id, result=RowResult.DONE, answer_id="CT"),
            job_row(10, made.job_id),
        ]
    )
    tx.add(any_record(Product, rng, product_id="product", state=ProductState.ACTIVE, version=0))
    tx.add_resources([rack(), rack("above", length_km=float("inf"))])
    tx.add_claims(
        [claim("a", 5, by="above"), claim("b", 1 << 41), claim("c", 7, on="above", until=NOON)]
    )
    tx.remember("CT", "ext", Replay(action="quote", digest="d", subject_id="q"))
    tx.open_accounts(ACCOUNTS)
    pending = transfer("p", kind=TransferKind.PENDING)
    settled = settlement_of(pending, "s")
    tx.post([pending, settled, transfer("t9", corrects="s"), transfer("t1", BANK, OWED)])
    tx.close_period("SCO", DAY)
    for word in ("e2", "e1"):
        tx.log(entry(word, detail='Ürümqi "红旗"\n'))


@pytest.fixture
def place(places):
    place = places.store()
    with closing(open_store(place)) as store:
        store.write(fill)
    return place


@pytest.fixture
def keeper(place):
    return Keeper(place)


@pytest.fixture
def path(tmp_path, empty_file):
    path = shutil.copy(empty_file, tmp_path / "store.db")
    with closing(open_store(str(path))) as store:
        store.write(fill)
    return path


def contents(place):
    """Everything in a store, with the log in its order."""
    with closing(open_store(str(place))) as store:
        return store.read(
            lambda tx: (
                [tx.find_all(kind) for kind in RECORD_TABLES],
                tx.resources(),
                tx.claims_on(["rack", "above"]),
                tx.replay("CT", "ext"),
                tx.log_of("q1"),
                tx.accounts(),
                tx.balances(),
                tx.transfers_of(TransferQuestion()),
                tx.closed_until("SCO"),
                tx.job_rows(RowQuestion(job_id="job")),
            )
        )


def codes(keeper):
    return [(each.code, each.place.record) for each in keeper.check().findings]


def test_it_plays_its_part(place):
    assert isinstance(bootstrap.store_keeper(place), StoreKeeper)


def test_a_sound_store_has_no_findings_and_is_counted(keeper):
    found = keeper.check()
    assert found.findings == ()
    assert (found.counts["product"], found.counts["resource"], found.counts["claim"]) == (2, 2, 3)


@pytest.mark.parametrize(("rider", "is_known"), [("product", True), ("nobody", False)])
def test_what_an_order_or_a_move_holds_is_held_by_somebody(place, keeper, rider, is_known):
    def write(tx):
        (order,) = tx.find_all(ProductOrder)
        moving = beside(MoveStep.MAKE, "above", rider)
        tx.add_claims(
            [claim("o", 1 << 40, by=order.product_order_id), claim("m", 1 << 39, by=moving)]
        )

    with closing(open_store(place)) as store:
        store.write(write)
    assert codes(keeper) == ([] if is_known else [("claim-orphaned", "m")])


UNREAD, ORPHANED, UNCLAIMED = "row-unreadable", "claim-orphaned", "taken-not-claimed"
TWICE = "unit-claimed-twice"
BREAKS = {
    "resource SET taken = x'07' WHERE resource_id = 'above'": [],
    "resource SET taken = x'03' WHERE resource_id = 'above'": [(UNCLAIMED, "above")],
    "claim SET units = x'04' WHERE claim_id = 'b'": [(TWICE, "b"), (UNCLAIMED, "rack")],
    "claim SET resource_id = 'gone' WHERE claim_id = 'c'": [(UNCLAIMED, "above"), (ORPHANED, "c")],
    "claim SET claimant_id = 'gone' WHERE claim_id = 'b'": [(ORPHANED, "b")],
    "claim SET side = 'left' WHERE claim_id = 'a'": [(UNREAD, "a")],
    "resource SET unit_count = 1 WHERE resource_id = 'rack'": [(UNREAD, "rack")],
    "product SET buyer_id = 'x' WHERE id = 'product'": [(UNREAD, "product")],
    "job_row SET row = 3 WHERE row = 2": [(UNREAD, "job row 3")],
    "job_row SET body = '{}' WHERE row = 2": [(UNREAD, "job row 2")],
    "job_row SET result = NULL": [(UNREAD, "job row 2")],
    "product SET body = '{}' WHERE id = 'product'": [
        (UNREAD, "product"),
        (ORPHANED, "b"),
        (ORPHANED, "c"),
    ],
}


@pytest.mark.parametrize(("change", "expected"), BREAKS.items())
def test_whatever_is_broken_is_found(places, place, keeper, change, expected):
    places.execute(place, f"UPDATE {change}")
    assert codes(keeper) == expected


COMPLETED = (
    "UPDATE job SET due_us = NULL, state = 'completed', "
    "body = replace(body, '\"held\"', '\"completed\"')"
)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("DELETE FROM job_row WHERE row = 2", "says that it has 2 rows, and 1 are there"),
        ("DELETE FROM job_row", "says that it has 2 rows, and 0 are there"),
        (COMPLETED, "is completed, and 1 of its rows have no outcome"),
    ],
)
def test_a_job_without_its_rows_or_their_outcome_is_found(places, place, keeper, change, why):
    places.execute(place, change)
    assert codes(keeper) == [("job-incomplete", "job")]
    assert why in keeper.check().findings[0].message


def test_a_job_that_cannot_be_read_is_told_once(places, place, keeper):
    places.execute(place, "UPDATE job SET body = '{}'")
    assert codes(keeper) == [(UNREAD, "job")]


def test_what_is_backed_up_is_restored(places, place, keeper, tmp_path):
    dump, new = str(tmp_path / "dump.jsonl.gz"), places.new()
    made = keeper.back_up(dump)
    assert Keeper(new).restore(dump) == made
    assert contents(new) == contents(place)
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_of_a_file_is_restored(path, tmp_path):
    made = Keeper(str(path)).back_up(str(tmp_path / "copy.db"))
    assert Keeper(str(tmp_path / "new.db")).restore(str(tmp_path / "copy.db")) == made
    assert contents(tmp_path / "new.db") == contents(path)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("missing", [1, 900, 5_000])
def test_a_copy_that_is_cut_off_is_refused_and_no_store_made(path, tmp_path, missing):
    """SQLite itself finds such a file in order, and rows of the last page changed."""
    copy = tmp_path / "copy.db"
    Keeper(str(path)).back_up(str(copy))
    copy.write_bytes(copy.read_bytes()[:-missing])
    with pytest.raises(RefusedError, match="its end is missing") as refused:
        Keeper(str(tmp_path / "new.db")).restore(str(copy))
    assert refused.value.code == "backup-damaged"
    assert not (tmp_path / "new.db").exists()


def test_a_copy_for_which_there_is_no_room_is_told_by_its_own_name(path, tmp_path):
    """The store is sound, and asking it again would not help."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, hard))
    try:
        with pytest.raises(OSError, match="disk") as told:
            Keeper(str(path)).back_up(str(tmp_path / "copy.db"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert told.value.filename == str(tmp_path / "copy.db")
    assert list(tmp_path.glob("copy*")) == []


def test_equal_stores_have_equal_digests(places, keeper, tmp_path):
    first = keeper.back_up(str(tmp_path / "1.gz"))
    again = Keeper(places.new())
    again.restore(str(tmp_path / "1.gz"))
    assert again.back_up(str(tmp_path / "2.gz")).digest == first.digest
    assert (tmp_path / "1.gz").read_bytes() == (tmp_path / "2.gz").read_bytes()


def test_a_store_moves_to_a_server_and_back_and_stays_the_same(path, new_database, tmp_path):
    there, back = new_database(), str(tmp_path / "back.db")
    first = Keeper(str(path)).back_up(str(tmp_path / "1.gz"))
    Keeper(there).restore(str(tmp_path / "1.gz"))
    assert contents(there) == contents(path)
    assert Keeper(there).check().findings == ()
    assert Keeper(there).back_up(str(tmp_path / "2.gz")).digest == first.digest
    Keeper(back).restore(str(tmp_path / "2.gz"))
    assert contents(back) == contents(path)
    assert Keeper(back).back_up(str(tmp_path / "3.gz")).digest == first.digest


def test_a_back_up_is_as_the_store_was_when_it_began(place, keeper, monkeypatch):
    def counted_late(connection):
        with closing(open_store(place)) as store:
            store.write(lambda tx: tx.add(buyer("late")))
        return iter(())

    name = "karakoram.adapters.store.checking._resource_findings"
    monkeypatch.setattr(name, lambda connection, _: counted_late(connection))
    assert keeper.check().counts["party"] == 1
    with closing(open_store(place)) as store:
        assert store.read(lambda tx: tx.find(Party, "late"))


def test_nothing_is_overwritten(keeper, tmp_path):
    keeper.back_up(str(tmp_path / "dump.gz"))
    with pytest.raises(RefusedError, match="there already"):
        keeper.back_up(str(tmp_path / "dump.gz"))
    with pytest.raises(RefusedError, match="holds something already"):
        keeper.restore(str(tmp_path / "dump.gz"))


def test_a_copy_overwrites_nothing(path, tmp_path):
    keeper = Keeper(str(path))
    with pytest.raises(RefusedError, match="there already"):
        keeper.back_up(str(path))
    keeper.back_up(str(tmp_path / "copy.db"))
    with pytest.raises(RefusedError, match="there already"):
        keeper.restore(str(tmp_path / "copy.db"))


def test_an_empty_store_is_filled(places, place, keeper, tmp_path):
    keeper.back_up(str(tmp_path / "dump.gz"))
    empty = places.store()
    Keeper(empty).restore(str(tmp_path / "dump.gz"))
    assert contents(empty) == contents(place)


def lines_of(tmp_path, keeper):
    keeper.back_up(str(tmp_path / "whole.gz"))
    return gzip.decompress((tmp_path / "whole.gz").read_bytes()).splitlines(keepends=True)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda lines: lines[:-1], "its end is missing"),
        (lambda lines: [*lines[:3], *lines[4:]], "not those that were written"),
        (lambda lines: [*lines, lines[-1]], "not those that were written"),
        (lambda lines: [*lines[:3], lines[3].replace(b"product", b"prodact"), *lines[4:]], "is"),
        (lambda lines: [lines[0], b'["party",[1]]\n', *lines[1:]], "does not fit its columns"),
        (lambda lines: [lines[0], b'["nothing",[1]]\n', *lines[1:]], "a line is no row"),
        (lambda lines: [*lines[:2], *lines[1:]], "rows of party break its rules"),
        (lambda lines: [lines[0], b"{\n", *lines[1:]], "a line is no JSON"),
        (lambda lines: [lines[0], b"[" * 100_000, *lines[1:]], "a line is no JSON"),
        (lambda lines: [b"{}\n"], "no back-up of a store"),
        (lambda lines: [], "no back-up of a store"),
        (lambda lines: [lines[0].replace(SCHEMA.encode(), b"9999"), *lines[1:]], "another form"),
    ],
)
def test_a_damaged_back_up_leaves_nothing(places, keeper, tmp_path, spoil, why):
    lines = spoil(lines_of(tmp_path, keeper))
    (tmp_path / "bad.gz").write_bytes(gzip.compress(b"".join(lines)))
    new = places.new()
    with pytest.raises(RefusedError, match=why):
        Keeper(new).restore(str(tmp_path / "bad.gz"))
    assert places.is_untouched(new)


@pytest.mark.parametrize("keep", [0, 5, 400])
def test_a_back_up_that_is_cut_off_is_refused_and_the_store_stays_empty(
    places, keeper, tmp_path, keep
):
    keeper.back_up(str(tmp_path / "whole.gz"))
    (tmp_path / "cut.gz").write_bytes((tmp_path / "whole.gz").read_bytes()[:keep])
    empty = Keeper(places.store())
    with pytest.raises(RefusedError):
        empty.restore(str(tmp_path / "cut.gz"))
    assert not any(empty.check().counts.values())


def test_a_letter_and_nothing_are_no_back_up(tmp_path):
    (tmp_path / "letter").write_text("dear reader")
    with pytest.raises(RefusedError, match="no gzip file"):
        Keeper(str(tmp_path / "new.db")).restore(str(tmp_path / "letter"))
    with pytest.raises(NotFoundError, match="no back-up"):
        Keeper(str(tmp_path / "new.db")).restore(str(tmp_path / "gone"))


def test_a_copy_of_another_database_is_no_back_up(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE thing (x)")
    with pytest.raises(RefusedError, match="not a store"):
        Keeper(str(tmp_path / "new.db")).restore(str(tmp_path / "other.db"))


def test_a_server_takes_portable_back_ups_alone(path, tmp_path):
    server = Keeper("postgresql://nowhere/store")
    with pytest.raises(RefusedError, match=r"ends in \.gz"):
        server.back_up(str(tmp_path / "copy.db"))
    shutil.copy(path, tmp_path / "copy.db")
    with pytest.raises(RefusedError, match=r"ends in \.gz"):
        server.restore(str(tmp_path / "copy.db"))


def test_the_dump_can_be_read_by_anybody(keeper, tmp_path):
    header, *rows, foot = map(json.loads, lines_of(tmp_path, keeper))
    assert header["form"] == SCHEMA
    names = header["columns"][RESOURCE.name]
    racks = [dict(zip(names, row, strict=True)) for name, row in rows if name == RESOURCE.name]
    taken = [(each["resource_id"], each["taken"]) for each in racks]
    assert taken == [("above", "07"), ("rack", "050000000002")]
    assert foot["counts"]["resource"] == 2


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_a_back_up_is_not_put_where_sqlite_looks_for_a_log(tmp_path, empty_file, end):
    place = tmp_path / "s.db"
    place.write_bytes(empty_file.read_bytes())
    with pytest.raises(RefusedError, match="would take the back-up for it") as refused:
        Keeper(str(place)).back_up(f"{place}{end}")
    assert refused.value.code == "there-already"
    assert not place.with_name(f"s.db{end}").exists()


@pytest.mark.parametrize("name", ["kept.db", "kept.gz"])
def test_an_older_store_is_backed_up_by_the_program_that_wrote_it_and_told_so(tmp_path, name):
    make_old_store(tmp_path / "old.db", "0010")
    with pytest.raises(RefusedError, match="back it up with that one, or copy it") as refused:
        Keeper(str(tmp_path / "old.db")).back_up(str(tmp_path / name))
    assert refused.value.code == "store-older"
    assert not (tmp_path / name).exists()
