"""Writers who wait for the disk together."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from karakoram.adapters.store.grouping import GROUP_MAX, WriteQueue
from karakoram.core.errors import ConflictError
from karakoram.sales.parties import Party
from tests.support.memory_store import MemoryTransaction, Tables
from tests.support.sales_records import buyer


class Groups:
    """Carries groups out and remembers how large they were; the first waits to be let go."""

    def __init__(self):
        self.sizes = []
        self.began, self.may_go_on = Event(), Event()

    def __call__(self, group):
        self.sizes.append(len(group))
        self.began.set()
        assert self.may_go_on.wait(10)
        for each in group:
            with each:
                each.run(MemoryTransaction(Tables()))


def crowd(queue, groups, count):
    """Answers of ``count`` writers that come while the first is at work."""
    with ThreadPoolExecutor(count + 1) as threads:
        first = threads.submit(queue.write, lambda _: "first")
        assert groups.began.wait(10)
        others = [threads.submit(queue.write, lambda _, n=n: n) for n in range(count)]
        while len(queue._waiting) < count:
            pass
        groups.may_go_on.set()
        assert first.result(10) == "first"
        return [each.result(10) for each in others]


def test_who_comes_while_another_is_at_work_shares_the_next_group():
    groups = Groups()
    assert crowd(WriteQueue(groups), groups, 20) == list(range(20))
    assert groups.sizes == [1, 20]


def test_a_group_has_an_end(monkeypatch):
    monkeypatch.setattr("karakoram.adapters.store.grouping.GROUP_MAX", 8)
    groups = Groups()
    assert crowd(WriteQueue(groups), groups, 20) == list(range(20))
    assert groups.sizes == [1, 8, 8, 4]
    assert GROUP_MAX > 8


def test_everybody_is_told_when_a_group_is_not_durable():
    def breaks(group):
        for each in group:
            with each:
                each.run(MemoryTransaction(Tables()))
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        WriteQueue(breaks).write(lambda _: "done")


def test_an_action_that_stops_the_program_leaves_the_turn_to_others():
    def carry_out(group):
        for each in group:
            with each:
                each.run(MemoryTransaction(Tables()))

    def stop(_):
        raise KeyboardInterrupt

    queue = WriteQueue(carry_out)
    with pytest.raises(KeyboardInterrupt):
        queue.write(stop)
    assert queue.write(lambda _: "on") == "on"


def test_what_one_is_refused_undoes_nothing_of_the_others(lasting_store):
    together = Barrier(12)

    def add(number):
        together.wait(10)
        return lasting_store.write(lambda tx: tx.add(buyer(f"p{number // 2}")))

    with ThreadPoolExecutor(12) as threads:
        asked = [threads.submit(add, number) for number in range(12)]
        refused = [each for each in asked if isinstance(each.exception(10), ConflictError)]
    assert len(refused) == 6
    found = lasting_store.read(lambda tx: tx.find_all(Party))
    assert [each.party_id for each in found] == [f"p{number}" for number in range(6)]


def test_an_action_does_not_write_through_the_store(lasting_store):
    with pytest.raises(AssertionError, match="its own writer"):
        lasting_store.write(lambda _: lasting_store.write(lambda tx: tx.add(buyer())))
    lasting_store.write(lambda tx: tx.add(buyer()))
