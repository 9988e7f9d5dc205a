"""Products over connections that stand, and at one site."""

import pytest

from karakoram.planning.prepare import prepare
from karakoram.sales.catalogue.words import FeasibilityCheck
from karakoram.sales.feasibility.connected import connected_product
from karakoram.sales.feasibility.operator_legs import CONNECT_DAYS, SITE_DAYS, TEST_DAYS
from karakoram.sales.feasibility.planners import planners
from karakoram.sales.feasibility.questions import FeasibilityBasis, Feasible, NotFeasible
from karakoram.sales.feasibility.site_product import site_product
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.resource_kinds import ResourceKind
from tests.support.planning_networks import fibre, network_of
from tests.support.sales_stock import (
    ALONG,
    Z_END,
    CountedIds,
    joining,
    linking,
    need,
    pool,
    question,
)

PORT = ResourceKind.PORT
MULTIPLEX, ETHERNET, TRUNKS = (
    FeasibilityCheck.MULTIPLEX_PATH,
    FeasibilityCheck.ETHERNET_PATH,
    FeasibilityCheck.INTERCONNECT,
)


def basis(*resources):
    return FeasibilityBasis(stock=stock_of(resources), new_id=CountedIds())


def line(kind, units, check, **values):
    return question(
        need(PORT),
        need(PORT, 1, Z_END),
        need(kind, units, ALONG),
        check=check,
        z_site="KHI",
        **values,
    )


PORTS = (pool(PORT, "GIL", 9), pool(PORT, "KHI", 9))


def claimed(answer):
    assert isinstance(answer, Feasible)
    claims = answer.plans[0].plan.claims
    return {c.resource_id: c.units for c in claims if not c.resource_id.startswith("port")}


@pytest.mark.parametrize(
    ("asked", "server", "slots"),
    [
        (line(ResourceKind.DS0, 6, MULTIPLEX, timeslots="6"), "E1", 6),
        (line(ResourceKind.E1, 1, MULTIPLEX, signal="E1"), "STM-1/TU-12", 1),
        (line(ResourceKind.E1, 21, MULTIPLEX, signal="E3"), "STM-1/TU-12", 21),
        (line(ResourceKind.E1, 5, MULTIPLEX, e1_count="5"), "STM-1/TU-12", 5),
        (line(ResourceKind.STM, 4, MULTIPLEX, signal="STM-4"), "ODU4", 1),
        (line(ResourceKind.ODU, 8, MULTIPLEX, signal="ODU2e"), "ODU4", 8),
        (line(ResourceKind.ODU, 5, MULTIPLEX, odu_slots="5"), "ODU4", 5),
    ],
)
def test_each_signal_takes_the_slots_of_its_server(asked, server, slots):
    answer = connected_product(asked, basis(*PORTS, joining(server, "GIL", "KHI")))
    assert claimed(answer)[f"GIL-KHI {server}"].bit_count() == slots


def test_bandwidth_and_trunks_are_counted():
    wire = linking(ResourceKind.ETHERNET, "GIL", "KHI", units=1000)
    trunks = linking(ResourceKind.TRUNK, "GIL", "KHI", units=60)
    both = question(
        need(ResourceKind.TRUNK, 30, ALONG),
        need(ResourceKind.ETHERNET, 3, ALONG),
        check=TRUNKS,
        z_site="KHI",
    )
    found = claimed(connected_product(both, basis(wire, trunks)))
    assert {key: units.bit_count() for key, units in found.items()} == {
        "GIL-KHI trunk": 30,
        "GIL-KHI ethernet": 3,
    }


def test_who_carries_any_part_of_a_product_has_a_leg():
    trunks = linking(ResourceKind.TRUNK, "GIL", "KHI", units=60)
    wires = (
        linking(ResourceKind.ETHERNET, "GIL", "RWP", units=10, operator_id="ONE"),
        linking(ResourceKind.ETHERNET, "RWP", "KHI", units=10, length_km=900.0),
    )
    both = question(
        need(ResourceKind.TRUNK, 30, ALONG),
        need(ResourceKind.ETHERNET, 3, ALONG),
        check=TRUNKS,
        z_site="KHI",
    )
    plan = connected_product(both, basis(trunks, *wires)).plans[0].plan
    assert [leg.name for leg in plan.legs] == [
        "SCO working GIL-KHI",
        "ONE working GIL-RWP",
        "SCO working RWP-KHI",
        "SCO test",
    ]
    assert len(plan.legs[-1].after) == 3
    assert plan.measures.length_km == 1000.0


def test_a_protected_line_takes_its_bandwidth_on_each_of_two_ways():
    wires = (
        linking(ResourceKind.ETHERNET, "GIL", "KHI", units=100),
        linking(ResourceKind.ETHERNET, "GIL", "KHI", units=100, resource_id="other"),
    )
    asked = line(ResourceKind.ETHERNET, 100, ETHERNET, protection="1+1")  # 50 on each
    found = claimed(connected_product(asked, basis(*PORTS, *wires)))
    assert [units.bit_count() for units in found.values()] == [50, 50]


def test_each_operator_on_the_way_has_a_leg_and_the_seller_tests():
    way = (
        joining("ODU4", "GIL", "RWP"),
        joining("ODU4", "RWP", "MUL", operator_id="ONE"),
        joining("ODU4", "MUL", "SKZ", operator_id="ONE"),
        joining("ODU4", "SKZ", "KHI", operator_id="CYB", latency_ms=0.5),
    )
    asked = line(ResourceKind.ODU, 1, MULTIPLEX, signal="ODU0")
    plan = connected_product(asked, basis(*PORTS, *way)).plans[0].plan
    assert [(leg.name, leg.lead_days) for leg in plan.legs] == [
        ("SCO working GIL-RWP", CONNECT_DAYS),
        ("ONE working RWP-SKZ", CONNECT_DAYS),
        ("CYB working SKZ-KHI", CONNECT_DAYS),
        ("SCO test", TEST_DAYS),
    ]
    assert len(plan.legs[-1].after) == 3
    assert plan.ways == (("GIL", "RWP", "MUL", "SKZ", "KHI"),)
    assert (plan.measures.length_km, plan.measures.latency_ms) == (400.0, 0.5)


def test_every_reason_is_told_at_once():
    asked = line(ResourceKind.E1, 1, MULTIPLEX, signal="E1")
    answer = connected_product(asked, basis(pool(PORT, "KHI", 1)))
    assert isinstance(answer, NotFeasible)
    assert [reason.code for reason in answer.reasons] == ["no-connection", "no-free-port"]


def test_a_product_at_a_site_is_one_leg():
    asked = question(need(PORT), need(ResourceKind.NUMBER), check=FeasibilityCheck.NUMBER)
    answer = site_product(asked, basis(*PORTS, pool(ResourceKind.NUMBER, "GIL", 10)))
    plan = answer.plans[0].plan
    assert [(leg.name, leg.lead_days) for leg in plan.legs] == [("SCO GIL", SITE_DAYS)]
    assert len(plan.claims) == 2
    no = site_product(asked, basis(*PORTS))
    assert [reason.code for reason in no.reasons] == ["no-free-number"]


def test_every_check_has_a_planner():
    prepared = prepare(network_of(fibre("A", "Z", 100.0)))
    assert set(planners(prepared)) == set(FeasibilityCheck)
