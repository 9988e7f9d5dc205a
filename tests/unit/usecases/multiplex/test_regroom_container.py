"""A container is emptied step by step; each step may be the last."""

from dataclasses import replace

import pytest

from karakoram.core.errors import NotFoundError, RefusedError, TakenError
from karakoram.core.identifiers import ClaimId
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.sales.inventory.resources import Claim, ResourceStatus
from karakoram.sales.moving import MoveStep, rider_of
from karakoram.sales.products import Product
from karakoram.usecases.multiplex.open_containers import open_containers
from karakoram.usecases.multiplex.open_tributaries import TributariesAsked, TributariesOfRow
from karakoram.usecases.multiplex.regroom_container import regroom_container, regroom_plan
from karakoram.usecases.multiplex.regroom_riders import held_beside
from karakoram.usecases.operate.trace_path import trace_product
from karakoram.usecases.operate.trace_words import riders_on
from karakoram.usecases.sell.advance_leg import complete_order
from karakoram.usecases.sell.end_product import cease_product
from tests.support.dxx import (
    FailingStore,
    PowerFailureError,
    WatchedStore,
    assert_slots_are_right,
    everything,
    meshed,
    opened,
)
from tests.support.sales_stock import joining
from tests.support.selling import channels, deed, ordered, quoted

FIRST, SECOND = "A-Z STM-1/TU-12", "A-Z second"


def regroomed(selling, container=FIRST, name="WORK", **more):
    return regroom_container(
        container,
        external_id=name,
        deed=deed(),
        store=selling.store,
        ids=selling.ids,
        **more,
    )


def riders(selling, container):
    return {each.rider_id for each in riders_on([container], store=selling.store)}


def state(selling):
    """All that is stored but for versions and identifiers of claims."""
    resources, claims, products = everything(selling.store)
    return (
        {each.resource_id: each.taken for each in resources},
        sorted((c.resource_id, c.units, c.claimant_id, c.hop) for c in claims),
        {each.product_id: each.plan for each in products},
    )


def test_everything_leaves_make_before_break_and_all_else_stays():
    selling = meshed(WatchedStore())
    opened(selling, ("E1", "A", "Z", 3), ("E3", "A", "Z", 1), ("E1", "A", "B", 2))
    selling.store.is_watched = True
    before = {each.product_id: each for each in everything(selling.store)[2]}
    leaving = riders(selling, FIRST)
    assert leaving
    steps = []
    found = regroomed(selling, told=lambda step, move: steps.append((step, move.rider.rider_id)))
    assert {move.rider.rider_id for move in found.moves} == leaving
    assert [step for step, _ in steps] == [*MoveStep] * len(leaving)
    assert riders(selling, FIRST) == set()
    for product in everything(selling.store)[2]:
        was = before[product.product_id]
        assert (product.plan == was.plan) == (product.product_id not in leaving)
        assert product.state is was.state
    moved = trace_product(found.moves[0].rider.rider_id, store=selling.store)
    assert {hop.resource_id for hop in moved} >= {c.resource_id for c in found.moves[0].after}


def test_a_container_that_rides_there_moves_with_all_that_it_carries():
    selling = meshed()
    row = TributariesOfRow(row=1, signal="E1", a_site="A", z_site="Z")
    asked = TributariesAsked(rows=(row,))
    (e1,) = open_containers(
        asked, asker_id="CT", external_id="E", deed=deed(), store=selling.store, ids=selling.ids
    )
    under = {
        each.resource_id for each in selling.store.read(lambda tx: tx.claims_of([e1.resource_id]))
    }
    assert under == {FIRST}
    found = regroomed(selling)
    (move,) = found.moves
    assert (move.rider.rider_id, move.rider.signal) == (e1.resource_id, "E1")
    (after,) = selling.store.read(lambda tx: tx.resources_by_id([e1.resource_id]))
    assert after.length_km == sum(
        each.length_km
        for each in found.containers
        if each.resource_id in {c.resource_id for c in move.after}
    )
    assert riders(selling, FIRST) == set()


def test_a_way_around_over_another_site_changes_plan_legs_and_length():
    selling = meshed()
    opened(selling, ("E3", "A", "Z", 5))
    inside, beside = len(riders(selling, FIRST)), len(riders(selling, SECOND))
    found = regroomed(selling)
    around = [move for move in found.moves if len(move.after) > 1]
    assert len(around) == inside - (3 - beside)  # an STM-1 takes three E3
    assert len(around) == 2
    product = selling.store.read(lambda tx: tx.find(Product, around[0].rider.rider_id))
    assert product.plan.ways == (("A", "B", "Z"),)
    assert product.plan.measures.length_km == 200.0
    assert [leg.operator_id for leg in product.plan.legs] == ["OP1", "SCO"]
    assert product.plan.legs[-1].after == ("OP1 working A-Z",)
    assert_slots_are_right(selling.store)


@pytest.mark.parametrize("power", range(8))
def test_a_run_that_is_cut_short_leaves_all_right_and_is_gone_on_with(power):
    selling = meshed(FailingStore())
    opened(selling, ("E1", "A", "Z", 2))
    plans = {each.product_id: each.plan for each in everything(selling.store)[2]}
    selling.store.left = power
    if power < 7:
        with pytest.raises(PowerFailureError):
            regroomed(selling)
    else:
        regroomed(selling)
    assert_slots_are_right(selling.store)
    switched = (power + 1) // 3 if power < 7 else 2
    now = everything(selling.store)[2]
    assert sum(each.plan != plans[each.product_id] for each in now) == switched
    beside = selling.store.read(lambda tx: held_beside(tx, FIRST))
    assert len(beside) == (power % 3 != 0 if power < 7 else 0)
    told = {
        each.what
        for container in (FIRST, SECOND)
        for each in riders_on([container], store=selling.store)
        if rider_of(each.rider_id) != each.rider_id
    }
    assert told == ({"held while something moves"} if beside else set())
    selling.store.left = None
    dry = regroom_plan(FIRST, store=selling.store)
    found = regroomed(selling)
    assert dry.moves == found.moves
    assert len(found.moves) == 2 - switched
    assert_slots_are_right(selling.store)
    assert riders(selling, FIRST) == set()
    claims = everything(selling.store)[1]
    assert all(rider_of(each.claimant_id) == each.claimant_id for each in claims)
    done = state(selling)
    assert regroomed(selling).moves == ()
    assert state(selling) == done


def test_a_plan_alone_writes_nothing():
    selling = meshed(WatchedStore())
    opened(selling, ("E1", "A", "Z", 2))
    before, written = state(selling), selling.store.written
    assert len(regroom_plan(FIRST, store=selling.store).moves) == 2
    assert (state(selling), selling.store.written) == (before, written)


def test_the_same_name_does_nothing_twice_and_means_one_container():
    selling = meshed()
    opened(selling, ("E1", "A", "Z", 1))
    regroomed(selling)
    opened(selling, ("E1", "A", "Z", 1), name="LATER")
    assert regroomed(selling).moves == ()
    assert len(regroomed(selling, SECOND, name="BACK").moves) in {1, 2}
    with pytest.raises(RefusedError, match="names what is done already: dxx.regroom"):
        regroom_container(
            "A-B STM-1/TU-12",
            external_id="WORK",
            deed=deed(),
            store=selling.store,
            ids=selling.ids,
        )
    with pytest.raises(NotFoundError, match="no container of the multiplex"):
        regroomed(selling, "A-Z STM-4", name="NONE")


def test_nothing_moves_where_something_cannot_leave():
    selling = meshed()
    opened(selling, ("E3", "A", "Z", 3), ("E3", "A", "Z", 3), name="FULL")
    opened(selling, ("E1", "A", "B", 50), name="SIDE")
    before = state(selling)
    found = regroomed(selling)
    assert isinstance(found, NotFeasible)
    assert {each.code for each in found.reasons} == {"no-free-slot"}
    assert found.reasons[0].where == "A-B STM-1/TU-12"
    assert found.reasons[0].alternatives == ("open another container beside A-B STM-1/TU-12",)
    assert state(selling) == before


def test_where_no_other_way_leads_the_refusal_says_so():
    selling = meshed(more=[joining("STM-1/TU-12", "B", "C")])
    claim = Claim(claim_id=ClaimId("c"), resource_id="B-C STM-1/TU-12", units=1, claimant_id="E")
    e1 = joining("E1", "B", "C", resource_id="E")
    selling.store.write(lambda tx: (tx.add_resources([e1]), tx.add_claims([claim])))
    (reason,) = regroomed(selling, "B-C STM-1/TU-12").reasons
    assert (reason.code, reason.where) == ("no-connection", "E")


@pytest.mark.parametrize("is_suspended", [False, True])
def test_slots_out_of_order_are_no_way_around(is_suspended):
    selling = meshed()
    opened(selling, ("E1", "A", "Z", 1))
    if is_suspended:

        def bar(tx):
            (second,) = tx.resources_by_id([SECOND])
            tx.replace_resources([replace(second, status=ResourceStatus.SUSPENDED)])

        selling.store.write(bar)
    (move,) = regroomed(selling).moves
    assert [c.resource_id for c in move.after] == (
        ["A-B STM-1/TU-12", "B-Z STM-1/TU-12"] if is_suspended else [SECOND]
    )


def test_what_is_in_other_hands_stays_and_says_whose():
    selling = meshed()
    on_e1 = "A-Z E1"
    quoted(selling, channels("3"), "RFQ-1")
    (held,) = regroomed(selling, on_e1).reasons
    assert held.code == "held-by-quote"
    selling = meshed()
    ordered(selling, quoted(selling, channels("3"), "RFQ-1"), "PO-1")
    (order,) = regroomed(selling, on_e1).reasons
    assert (order.code, order.alternatives) == (
        "order-open",
        ("complete or cancel the order first",),
    )
    assert "pendingActive" in order.message


def test_what_is_not_understood_is_not_moved():
    selling = meshed()
    trunk = replace(joining("E1", "A", "Z", resource_id="T"), model="voice trunks")
    pieces = joining("E1", "A", "Z", resource_id="P")
    claims = [
        Claim(claim_id=ClaimId("1"), resource_id=FIRST, units=0b1, claimant_id="T"),
        Claim(claim_id=ClaimId("2"), resource_id=FIRST, units=0b110, claimant_id="P"),
    ]
    selling.store.write(lambda tx: (tx.add_resources([trunk, pieces]), tx.add_claims(claims)))
    reasons = {each.where: each for each in regroomed(selling).reasons}
    assert {each.code for each in reasons.values()} == {"not-movable"}
    assert "voice trunks" in reasons["T"].message
    assert "no way of one E1 from A to Z" in reasons["P"].message


@pytest.mark.parametrize("is_free", [True, False])
def test_ways_of_a_protected_product_are_not_brought_together(is_free):
    """The shortest way around is where its other way is; the longer one is taken, or none."""
    selling = meshed(more=[joining("E1", "A", "Z", resource_id="third", name="third")])
    protected = replace(channels("2"), product_offering_id="DXX-N64-1P1")
    order = ordered(selling, quoted(selling, protected, "RFQ-1"), "PO-1")
    selling.store.write(lambda tx: complete_order(tx, order, deed=deed(), ids=selling.ids))
    if not is_free:
        opened(selling, ("30x64k", "B", "Z", 1), name="FULL")
    found = regroomed(selling, "third")
    if is_free:
        assert [c.resource_id for c in found.moves[0].after] == ["A-B E1", "B-Z E1"]
        product = selling.store.read(lambda tx: tx.find(Product, order.product_id))
        assert set(product.plan.ways) == {("A", "Z"), ("A", "B", "Z")}
        assert product.plan.measures.shared_risks == ()
    else:
        assert [each.code for each in found.reasons] == ["no-free-slot"]
    assert_slots_are_right(selling.store)


def test_who_is_faster_makes_it_plan_again_and_too_often_is_told():
    class Racing(FailingStore):
        racing = 0

        def write(self, action):
            if self.racing:
                self.racing -= 1
                raise TakenError("taken", code="taken", where="x")
            return super().write(action)

    selling = meshed(Racing())
    opened(selling, ("E1", "A", "Z", 1))
    selling.store.racing = 2
    assert len(regroomed(selling).moves) == 1
    selling.store.racing = 3
    with pytest.raises(TakenError, match="3 times in a row"):
        regroomed(selling, SECOND, name="BACK")


def test_a_moved_product_is_ceased_as_any_other():
    selling = meshed()
    empty = state(selling)[0]
    (order,) = opened(selling, ("E1", "A", "Z", 1))
    regroomed(selling)
    ceased = cease_product(
        order.product_id,
        buyer_id="CT",
        external_id="END",
        deed=deed(),
        store=selling.store,
        ids=selling.ids,
    )
    selling.store.write(lambda tx: complete_order(tx, ceased, deed=deed(), ids=selling.ids))
    assert state(selling)[0] == empty
