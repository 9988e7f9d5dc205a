"""Whoever follows until all is done hears of each move once, and of what has ended at the end."""

from dataclasses import replace
from random import Random

import pytest

from karakoram.core.findings import Finding, Place
from karakoram.sales.purchases import OPEN_PURCHASES, WITH_THE_PARTNER, Purchase, PurchaseState
from karakoram.usecases.buy import follow_until_done as module
from karakoram.usecases.buy.follow_until_done import Following, follow_until_done, is_left, waits
from karakoram.usecases.buy.partner_legs import Bought, Buying
from karakoram.usecases.buy.partner_ports import Pause
from tests.support.memory_store import CountingIds, MemoryStore
from tests.support.sales_records import any_record
from tests.support.selling import deed

ONE = any_record(
    Purchase,
    Random(1),
    purchase_id="P:1",
    leg="OP1 working",
    operator_id="OP1",
    word="",
    changed_id=None,
    is_back=False,
)


def at(state, **more):
    return replace(ONE, state=PurchaseState(state), **more)


def lost(code="leg-lost"):
    return Finding(code=code, place=Place(table="partner OP1", record="OP1 working"), message=code)


class Waits(Pause):
    def __init__(self):
        self.seconds = []

    def wait(self, seconds):
        self.seconds.append(seconds)


@pytest.fixture
def follow(monkeypatch):
    """Follows what the looks, one after another, are said to give."""

    def run(*looks, **more):
        left, told, pause = list(looks), [], Waits()
        monkeypatch.setattr(module, "follow_purchases", lambda *_, **__: left.pop(0))
        how = Following(deed_of=deed, pause=pause, interval_s=5.0, told=told.append, **more)
        buying = Buying(store=MemoryStore(), ids=CountingIds(), partners={})
        return follow_until_done(buying=buying, how=how), told, pause.seconds

    return run


def test_it_ends_with_the_first_look_at_which_nothing_is_with_the_partner(follow):
    looks = [Bought(purchases=(at(state),)) for state in ("ordered", "ordered", "active")]
    found, told, waited = follow(*looks)
    assert [each.state.value for each in found.purchases] == ["active"]
    assert [len(each.purchases) for each in told] == [1, 0, 1]
    assert waited == [5.0, 5.0]


def test_what_is_said_of_a_purchase_that_has_ended_is_not_lost_by_later_looks(follow):
    other = at("ordered", purchase_id="P:2", leg="other")
    looks = [
        Bought(purchases=(at("ordered"), other), findings=(lost("partner-unreachable"),)),
        Bought(purchases=(at("ceased"), other), findings=(lost(),)),
        Bought(purchases=(replace(other, state=PurchaseState.ACTIVE),)),
    ]
    found, told, _ = follow(*looks)
    assert [each.code for each in found.findings] == ["leg-lost"]
    assert [[each.code for each in look.findings] for look in told] == [
        ["partner-unreachable"],
        ["leg-lost"],
        [],
    ]
    assert {each.state.value for each in found.purchases} == {"ceased", "active"}


def test_it_ends_after_so_many_looks_though_something_is_left(follow):
    found, _, waited = follow(*[Bought(purchases=(at("ordered"),))] * 2, looks_max=2)
    assert waited == [5.0]
    assert any(map(is_left, found.purchases))


def test_what_waits_for_us_is_left_and_is_not_waited_for():
    for state in PurchaseState:
        assert waits(at(state.value)) == (state in WITH_THE_PARTNER)
    left = {state for state in PurchaseState if is_left(at(state.value))}
    assert left == set(OPEN_PURCHASES) - {PurchaseState.ACTIVE}
    assert left >= WITH_THE_PARTNER
