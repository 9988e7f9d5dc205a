"""Many tributaries at once: all of them or none, each a product with an order of its own."""

from dataclasses import replace

import pytest

from karakoram.core.errors import InvalidDataError, NotFoundError, RefusedError, TakenError
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.sales.orders import LegEvent, LegState, OrderState
from karakoram.sales.products import Product, ProductState
from karakoram.usecases.multiplex.open_tributaries import TributariesAsked, TributariesOfRow
from karakoram.usecases.sell.advance_leg import advance_leg, cancel_order
from tests.support.dxx import WatchedStore, assert_slots_are_right, everything, meshed, opened
from tests.support.memory_store import MemoryStore
from tests.support.selling import deed


def product_of(selling, order):
    return selling.store.read(lambda tx: tx.find(Product, order.product_id))


def test_each_tributary_is_a_product_with_an_order_and_a_leg_for_each_operator():
    selling = meshed(WatchedStore())
    selling.store.is_watched = True
    first, second, third = opened(
        selling, ("E1", "A", "Z", 2), ("2x64k", "A", "B", 1), connected=False
    )
    assert [each.external_id for each in (first, second, third)] == ["PO/1", "PO/2", "PO/3"]
    assert first.state is OrderState.ACKNOWLEDGED
    assert [leg.leg.operator_id for leg in first.legs] == ["OP1", "SCO"]
    assert product_of(selling, first).state is ProductState.PENDING_ACTIVE
    assert product_of(selling, first).product_offering_id == "DPLC-E1"
    assert product_of(selling, third).product_offering_id == "DXX-N64"
    assert product_of(selling, third).configuration.text("timeslots") == "2"
    assert product_of(selling, first).plan.charges
    for order in (first, second, third):
        log = selling.store.read(lambda tx, o=order: tx.log_of(o.product_order_id))
        assert [entry.action for entry in log] == ["order.place"]


def test_what_is_connected_already_is_active_and_every_step_is_told():
    selling = meshed()
    (order,) = opened(selling, ("E3", "B", "A", 1))
    assert order.state is OrderState.COMPLETED
    assert {leg.state for leg in order.legs} == {LegState.COMPLETED}
    assert product_of(selling, order).state is ProductState.ACTIVE
    assert product_of(selling, order).plan.ways == (("B", "A"),)
    log = selling.store.read(lambda tx: tx.log_of(order.product_order_id))
    assert [entry.action for entry in log] == [
        "order.place",
        *["leg.start", "leg.complete"] * len(order.legs),
    ]
    assert_slots_are_right(selling.store)


def test_a_list_goes_as_a_whole_or_not_at_all_and_every_reason_is_told():
    selling = meshed()
    before = everything(selling.store)
    answer = opened(selling, ("E1", "A", "B", 2), ("E3", "A", "Z", 10), ("ODU4", "B", "Z", 2))
    assert isinstance(answer, NotFeasible)
    found = {each.where: each for each in answer.reasons}
    assert {each.code for each in answer.reasons} == {"no-free-slot", "no-connection"}
    full = found["A-Z second"] if "A-Z second" in found else found["A-Z STM-1/TU-12"]
    assert full.message.startswith("8 of 10 x E3 find a way; no room for E3: ")
    assert "ask for 8 x E3" in full.alternatives
    assert everything(selling.store) == before
    assert len(opened(selling, ("E1", "A", "B", 2), ("E3", "A", "Z", 8))) == 10
    assert_slots_are_right(selling.store)


def test_ports_that_run_out_are_a_reason_told_once():
    answer = opened(meshed_with_ports(2), ("E1", "A", "Z", 5))
    assert [each.code for each in answer.reasons] == ["no-free-port", "no-free-port"]
    assert {each.where for each in answer.reasons} == {"A", "Z"}


def meshed_with_ports(ports):
    selling = meshed()

    def take(tx):
        for pool in tx.resources_by_id(["port:A", "port:Z"]):
            tx.replace_resources([replace(pool, unit_count=ports)])

    selling.store.write(take)
    return selling


def test_the_same_list_again_gives_the_same_orders_and_another_one_is_refused():
    selling = meshed()
    rows = ("E1", "A", "Z", 3), ("1x64k", "A", "Z", 1)
    first = opened(selling, *rows)
    before = everything(selling.store)
    assert opened(selling, *rows) == first
    assert everything(selling.store) == before
    with pytest.raises(RefusedError, match="'PO' of CT names what is done already") as refused:
        opened(selling, ("E1", "A", "Z", 4))
    assert refused.value.code == "external-id-reused"
    opened(selling, ("E1", "A", "B", 1), name="X/2")
    with pytest.raises(RefusedError, match="'X/2' of CT"):
        opened(selling, ("E1", "A", "B", 2), name="X")


def test_every_row_that_makes_no_sense_is_found():
    with pytest.raises(InvalidDataError) as wrong:
        opened(
            meshed(),
            ("E9", "A", "Z", 1),
            ("E1", "Q", "Z", 1),
            ("E1", "A", "A", 1),
            ("E1", "A", "Z", 1),
        )
    found = [(each.place.row, each.place.field, each.code) for each in wrong.value.findings]
    assert found == [
        (2, "signal", "unknown-signal"),
        (3, "a_site", "unknown-site"),
        (4, "z_site", "same-ends"),
    ]


def test_who_may_not_have_it_or_is_not_known_gets_nothing():
    selling = meshed()
    with pytest.raises(RefusedError) as refused:
        opened(selling, ("E1", "A", "Z", 1), buyer="P1")
    assert refused.value.code == "not-eligible"
    with pytest.raises(NotFoundError, match="no party 'NOBODY' is registered"):
        opened(selling, ("E1", "A", "Z", 1), buyer="NOBODY")


@pytest.mark.parametrize("counts", [(0,), (5, -1), (10_001,), ()])
def test_how_many_are_asked_for_is_bounded(counts):
    rows = tuple(
        TributariesOfRow(row=1, signal="E1", a_site="A", z_site="Z", count=count)
        for count in counts
    )
    with pytest.raises(ValueError, match="opened at once"):
        TributariesAsked(rows=rows)


def test_who_is_faster_makes_it_plan_again():
    class Racing(MemoryStore):
        racing = 0

        def write(self, action):
            if self.racing:
                self.racing -= 1
                raise TakenError("taken", code="taken", where="x")
            return super().write(action)

    selling = meshed(Racing())
    selling.store.racing = 2
    assert len(opened(selling, ("E1", "A", "Z", 1))) == 1
    selling.store.racing = 3
    with pytest.raises(TakenError) as lost:
        opened(selling, ("E1", "A", "Z", 1), name="LATE")
    assert lost.value.code == "no-room-left"


def test_an_order_that_is_called_off_gives_back_what_it_took():
    selling = meshed()
    before = {each.resource_id: each.taken for each in everything(selling.store)[0]}
    (order,) = opened(selling, ("E3", "A", "Z", 1), connected=False)
    advance_leg(
        order.product_order_id,
        order.legs[0].leg.name,
        LegEvent.START,
        deed=deed(),
        store=selling.store,
        ids=selling.ids,
    )
    cancel_order(order.product_order_id, deed=deed(), store=selling.store, ids=selling.ids)
    after = {each.resource_id: each.taken for each in everything(selling.store)[0]}
    assert after == before
