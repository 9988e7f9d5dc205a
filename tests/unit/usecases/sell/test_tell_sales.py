"""What was told is not read again, and nobody is told what is another's or what was before."""

from dataclasses import replace

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.sales.qualifications import Qualification
from karakoram.sales.submissions import Submission
from karakoram.sales.viewing import Viewer
from karakoram.usecases.sell.tell_sales import Teller, one_told, page_told
from tests.support.memory_store import MemoryStore, MemoryTransaction
from tests.support.sales_records import qualification

CT, P1, ALL = Viewer(party_id="CT"), Viewer(party_id="P1"), Viewer()


@pytest.fixture
def store():
    """Three qualifications of one buyer, one of another."""
    store = MemoryStore()

    def write(tx):
        for name, buyer in (("q1", "CT"), ("q2", "P1"), ("q3", "CT"), ("q4", "CT")):
            tx.add(qualification(name, buyer))

    store.write(write)
    return store


@pytest.fixture
def kept():
    return {}


@pytest.fixture
def told(kept):
    """A teller for a viewer, which notes what it was asked to tell."""

    def made(viewer, tell=lambda sent: (sent.record.qualification_id, sent.submission)):
        def new(sent, stamp):
            kept[stamp, viewer] = tell(sent)
            return kept[stamp, viewer]

        return Teller(
            kind=Qualification,
            viewer=viewer,
            known=lambda stamp: kept.get((stamp, viewer)),
            tell=new,
        )

    return made


def test_a_page_is_told_in_its_order_and_again_without_reading_a_record(store, told, monkeypatch):
    first = page_told(told(CT), store=store, part=(1, 1))
    assert (first.told, first.total) == ((("q3", None),), 3)
    every = page_told(told(CT), store=store)
    assert [name for name, _ in every.told] == ["q1", "q3", "q4"]
    monkeypatch.setattr(MemoryTransaction, "find_some", None)
    monkeypatch.setattr(MemoryTransaction, "find", None)
    assert page_told(told(CT), store=store) == every
    assert one_told(told(CT), "q3", store=store) == ("q3", None)


def test_nobody_is_told_what_is_another_s_even_where_it_is_known(store, told, kept):
    assert [name for name, _ in page_told(told(ALL), store=store).told] == ["q1", "q2", "q3", "q4"]
    assert [name for name, _ in page_told(told(P1), store=store).told] == ["q2"]
    for viewer, name in ((P1, "q1"), (CT, "q2"), (CT, "none")):
        with pytest.raises(NotFoundError, match=name):
            one_told(told(viewer), name, store=store)
    assert {(stamp.record_id, viewer) for stamp, viewer in kept if viewer == P1} == {("q2", P1)}


def test_a_store_that_gives_what_is_another_s_is_not_believed(store, told, monkeypatch):
    right = MemoryTransaction.stamps
    monkeypatch.setattr(
        MemoryTransaction,
        "stamps",
        lambda self, kind, **more: right(self, kind, **{**more, "buyer_id": None}),
    )
    with pytest.raises(NotFoundError, match="q2"):
        page_told(told(CT), store=store)


def test_what_has_changed_or_was_sent_since_is_told_from_then_on(store, told):
    def installed(viewer):
        return told(viewer, lambda sent: (sent.record.installation_days, sent.submission))

    before = page_told(installed(CT), store=store)
    sent = Submission(submission_id="q3", buyer_id="CT", dialect="TMF645", body="{}")

    def write(tx):
        tx.replace(replace(tx.find(Qualification, "q1"), installation_days=77))
        tx.add(sent)

    store.write(write)
    after = page_told(installed(CT), store=store)
    assert after.told == ((77, None), (before.told[1][0], sent), before.told[2])
    assert one_told(installed(CT), "q1", store=store) == (77, None)
