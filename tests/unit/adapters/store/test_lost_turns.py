"""A quote is declined while another program orders it: which of the two is refused, and how?

Three things stand between them on a server: turns, transactions that are serialisable, and, where
both were missing, that no resource goes on which somebody else rides. Each is taken away in turn.
"""

from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from karakoram.adapters.store import postgresql_engine as engine_module
from karakoram.adapters.store import postgresql_store, sqlite_store
from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import make_store, open_store
from karakoram.core.errors import ConflictError, IllegalTransitionError, TakenError
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote, QuoteState
from karakoram.usecases.sell.decline_quote import decline_quote
from tests.support.broken_stores import Wrapped
from tests.support.selling import deed, ordered, quoted, seller, wave


class Paused(Wrapped):
    """Lets something else be done when a transaction has read a record and not yet its claims."""

    def __init__(self, store, other):
        super().__init__(store)
        self.other, self.runs, self.told = other, 0, None

    def write(self, action):
        return self.inner.write(lambda tx: action(Pausing(tx, self)))

    def pause(self):
        self.runs += 1
        if self.runs == 1:
            try:
                self.other()
            except ConflictError as told:
                self.told = told


class Pausing:
    """A transaction that pauses before it looks at what somebody holds."""

    def __init__(self, tx, store):
        self.tx, self.store = tx, store

    def __getattr__(self, name):
        return getattr(self.tx, name)

    def claims_of(self, claimant_ids):
        self.store.pause()
        return self.tx.claims_of(claimant_ids)


@contextmanager
def raced(word):
    """Declines a quote in one program while another orders it; and the store of the first."""
    with closing(open_store(word)) as one, closing(open_store(word)) as two:
        selling = seller(one)
        quote = quoted(selling, wave(), "q")
        first = Paused(one, lambda: ordered(replace(selling, store=two), quote, "o"))

        def decline():
            return decline_quote(quote.quote_id, deed=deed(), store=first, ids=selling.ids)

        yield decline, first
        assert Keeper(word).check().findings == ()


@pytest.fixture
def race(new_database):
    with raced(new_database("empty")) as made:
        yield made


def states(store):
    return store.read(
        lambda tx: (tx.find_all(Quote)[0].state, len(tx.find_all(Product)), tx.count_resources())
    )


def without_turns(monkeypatch):
    monkeypatch.setattr(postgresql_store, "take_turn", lambda _: None)


@pytest.mark.parametrize("kind", ["file", "server"])
def test_while_one_has_its_turn_the_other_waits_and_is_told_so(
    kind, new_database, tmp_path, monkeypatch
):
    word = new_database("empty") if kind == "server" else str(tmp_path / "store.db")
    if kind == "file":
        make_store(word).close()
    with raced(word) as (decline, store):
        for module in (engine_module, sqlite_store):
            monkeypatch.setattr(module, "BUSY_S", 0.05)
        store.inner._writing.dispose()
        assert decline().state is QuoteState.DECLINED
        assert (store.told.code, store.runs) == ("store-busy", 1)
        assert states(store)[:2] == (QuoteState.DECLINED, 0)


def test_without_turns_whoever_is_late_is_run_again_and_finds_the_quote_ordered(race, monkeypatch):
    decline, store = race
    without_turns(monkeypatch)
    with pytest.raises(IllegalTransitionError, match="cannot decline a quote that is accepted"):
        decline()
    assert states(store)[:2] == (QuoteState.ACCEPTED, 1)


def test_where_nothing_else_protects_it_a_wave_that_somebody_rides_stays(race, monkeypatch):
    """Neither turns nor one moment for both looks: the one way to be refused so."""
    decline, store = race
    without_turns(monkeypatch)
    place = store.inner._writing.url
    store.inner._writing.dispose()
    store.inner._writing = create_engine(place, isolation_level="READ COMMITTED")
    before = states(store)[2]
    with pytest.raises(TakenError, match="still carries") as told:
        decline()
    assert told.value.code == "still-ridden"
    assert "ask again" in told.value.alternatives[0]
    assert states(store) == (QuoteState.ACCEPTED, 1, before)
    store.inner._writing.dispose()
