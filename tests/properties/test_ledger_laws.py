"""Laws of the ledger: a store does what a dictionary does, whatever is asked of it."""

from random import Random

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.exc import IntegrityError

from karakoram.adapters.store import ledger
from karakoram.adapters.store.opening import make_store
from karakoram.settlement.ledger import posting
from tests.support import memory_ledger
from tests.support.ledger_model import ACCOUNTS, DAYS, LedgerMachine
from tests.support.memory_store import MemoryStore


def nothing(*_):
    return iter(())


SEEDS = st.integers(0, 2**32)


def laws_over(store):
    """The machine of hypothesis over one store, in which each run has books of its own."""
    runs = iter(range(10**9))

    class Laws(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.machine = LedgerMachine(store, f"run{next(runs)}")

        @rule(seed=SEEDS, size=st.integers(1, 4))
        def post(self, seed, size):
            self.machine.post(Random(seed), size=size)

        @rule(book=st.integers(0, 1), number=st.integers(0, len(ACCOUNTS) - 1))
        def open(self, book, number):
            self.machine.open(self.machine.books[book], [number])

        @rule(book=st.integers(0, 1), day=st.sampled_from(DAYS[:3]))
        def close(self, book, day):
            self.machine.close(self.machine.books[book], day)

        @rule(day=st.sampled_from(DAYS))
        def look_back(self, day):
            self.machine.compare(day)

        @invariant()
        def balances_are_those_of_the_dictionary(self):
            self.machine.compare()

        def teardown(self):
            self.machine.compare_transfers()

    return Laws


@pytest.fixture
def store(tmp_path):
    made = make_store(str(tmp_path / "store.db"))
    yield made
    made.close()


def play(store, *, count=8, phases=tuple(Phase)):
    run_state_machine_as_test(
        laws_over(store),
        settings=settings(
            max_examples=count,
            stateful_step_count=25,
            phases=phases,
            deadline=None,
            derandomize=True,
            database=None,
        ),
    )


def test_a_store_does_what_a_dictionary_does(store):
    play(store)


@pytest.mark.parametrize(
    ("owner", "name", "spoiled"),
    [
        (posting, "_amount_refusals", nothing),
        (posting, "_book_refusals", nothing),
        (posting, "_unlike_pending", nothing),
        (posting._Batch, "_total_refusals", nothing),
        (posting._Batch, "_named_refusals", nothing),
        (posting, "_DEBITS_PENDING", 0),
        (memory_ledger, "closed_forward", lambda book, until, before: until),
    ],
)
def test_the_dictionary_sees_a_rule_that_is_gone(monkeypatch, owner, name, spoiled):
    monkeypatch.setattr(owner, name, spoiled)
    with pytest.raises((AssertionError, KeyError)):
        play(MemoryStore(), count=60, phases=[Phase.generate])


def test_the_dictionary_sees_a_store_that_does_not_look_for_what_is_there(store, monkeypatch):
    monkeypatch.setattr(ledger, "named_transfers", lambda _: set())
    with pytest.raises((AssertionError, IntegrityError)):
        play(store, count=60, phases=[Phase.generate])
