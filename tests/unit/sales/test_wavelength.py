"""Wavelengths on a triangle of three operators: ways, slots, legs, charges, refusals."""

from dataclasses import replace

import pytest

from karakoram.core.provenance import Confidence
from karakoram.planning.design import design_service
from karakoram.planning.prepare import prepare
from karakoram.sales.catalogue.words import FeasibilityCheck, PriceBasis, PriceType
from karakoram.sales.feasibility import wavelength
from karakoram.sales.feasibility.questions import FeasibilityBasis, Feasible, NotFeasible
from karakoram.sales.feasibility.wave_legs import LIGHT_DAYS, REGENERATOR_DAYS, TEST_DAYS
from karakoram.sales.feasibility.wavelength import DESIGNS_MAX, wavelength_planner
from karakoram.sales.inventory.plant_resources import plant_resources
from karakoram.sales.inventory.resources import ResourceStatus
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.resource_kinds import ResourceKind
from tests.support.planning_networks import fibre, network_of
from tests.support.sales_stock import OFFERING, Z_END, CountedIds, need, pool, question

WAVE = replace(OFFERING, price_basis=PriceBasis.NETWORK)
PORT = ResourceKind.PORT
SHORT, LONG = ("oms:A-Z:A-Z",), ("oms:A-B:A-B", "oms:B-Z:B-Z")


@pytest.fixture(scope="module")
def prepared():
    spans = (
        fibre("A", "Z", 100.0, operator="OP1"),
        fibre("A", "B", 100.0, operator="OP2"),
        fibre("B", "Z", 100.0, operator="OP3"),
    )
    meetings = (("B", "OP2", "OP3"),)
    return prepare(network_of(*spans, meetings=meetings))


@pytest.fixture(scope="module")
def stock(prepared):
    plant = plant_resources(prepared).resources
    return stock_of([*plant, pool(PORT, "A", 2), pool(PORT, "Z", 2)])


def asked(prepared, stock, *, protection="none", bit_rate="100", offering=WAVE, planner=None):
    wish = question(
        need(PORT),
        need(PORT, 1, Z_END),
        check=FeasibilityCheck.WAVELENGTH,
        offering=offering,
        a_site="A",
        z_site="Z",
        bit_rate_gbps=bit_rate,
        protection=protection,
        term_months="36",
    )
    basis = FeasibilityBasis(stock=stock, new_id=CountedIds())
    return (planner or wavelength_planner(prepared))(wish, basis)


def with_taken(stock, oms, taken):
    full = replace(stock.resources[oms], taken=taken)
    return stock_of({**stock.resources, oms: full}.values())


def everything(stock, oms):
    return (1 << stock.resources[oms].unit_count) - 1


def test_the_plant_is_fibres_and_the_sections_lit_on_them(prepared):
    plant = plant_resources(prepared)
    kinds = [each.kind for each in plant.resources]
    assert kinds.count(ResourceKind.FIBRE) == kinds.count(ResourceKind.OMS) == 3
    assert {(c.resource_id, c.claimant_id) for c in plant.claims} == {
        ("fibre:A-Z", "oms:A-Z:A-Z"),
        ("fibre:A-B", "oms:A-B:A-B"),
        ("fibre:B-Z", "oms:B-Z:B-Z"),
    }
    fibres = [each for each in plant.resources if each.kind is ResourceKind.FIBRE]
    assert all(each.taken == 0b11 and each.unit_count == 48 for each in fibres)


def test_an_unprotected_wave_takes_one_way_and_the_lowest_slots(prepared, stock):
    answer = asked(prepared, stock)
    assert isinstance(answer, Feasible)
    plan = answer.plans[0].plan
    (wave,) = plan.connections
    assert (wave.kind, wave.unit_count, wave.status) == (
        ResourceKind.WAVE,
        100,
        ResourceStatus.RESERVED,
    )
    of_wave = [c for c in plan.claims if c.claimant_id == wave.resource_id]
    assert [c.resource_id for c in of_wave] == [*SHORT]
    assert of_wave[0].units == (1 << of_wave[0].units.bit_count()) - 1
    of_product = {c.resource_id: c.units for c in plan.claims if c.claimant_id is None}
    assert of_product == {"port:A": 1, "port:Z": 1, wave.resource_id: (1 << 100) - 1}
    assert plan.measures.length_km == 100.0
    assert plan.ways == (("A", "Z"),)
    assert wave.provenance.confidence is plan.measures.latency_confidence


def test_a_plan_keeps_how_far_its_figures_may_be_trusted(prepared, stock):
    answer = asked(prepared, stock)
    assert isinstance(answer, Feasible)
    network, measures = prepared.network, answer.plans[0].plan.measures
    assert measures.length_confidence is network.spans["A-Z"].provenance.confidence
    assert measures.availability_confidence is Confidence.ASSUMED
    assert measures.latency_confidence is Confidence.ASSUMED
    assert measures.gsnr_margin_confidence is Confidence.ASSUMED


def test_what_was_designed_once_is_not_designed_again_and_held_against_what_is_free_now(
    prepared, stock, monkeypatch
):
    designs = []

    def watched(*question, **how):
        designs.append(question)
        return design_service(*question, **how)

    monkeypatch.setattr(wavelength, "design_service", watched)
    planner = wavelength_planner(prepared)
    first = asked(prepared, stock, planner=planner)
    assert asked(prepared, stock, planner=planner) == first
    assert len(designs) == 1
    lowest = with_taken(stock, *SHORT, taken=0b1111)
    moved = asked(prepared, lowest, planner=planner)
    assert len(designs) == 1
    slots = [
        next(c.units for c in found.plans[0].plan.claims if c.resource_id in SHORT)
        for found in (first, moved)
    ]
    assert slots[1] == slots[0] << 4
    full = with_taken(stock, *SHORT, taken=everything(stock, *SHORT))
    assert asked(prepared, full, planner=planner) == asked(prepared, full)
    assert asked(prepared, stock, protection="1+1", planner=planner) != first
    assert len(designs) > 2


def test_a_protected_wave_takes_two_ways_and_a_leg_of_each_operator(prepared, stock):
    answer = asked(prepared, stock, protection="1+1")
    plan = answer.plans[0].plan
    ways = [
        tuple(c.resource_id for c in plan.claims if c.claimant_id == wave.resource_id)
        for wave in plan.connections
    ]
    assert ways == [SHORT, LONG]
    legs = {leg.name: leg for leg in plan.legs}
    assert list(legs) == ["OP1 working", "OP2 protection", "OP3 protection", "SCO test"]
    assert legs["SCO test"].after == ("OP1 working", "OP2 protection", "OP3 protection")
    assert (legs["SCO test"].a_site_id, legs["SCO test"].z_site_id) == ("A", "Z")
    assert {leg.lead_days for leg in plan.legs} <= {
        LIGHT_DAYS,
        LIGHT_DAYS + REGENERATOR_DAYS,
        TEST_DAYS,
    }


def test_the_charges_are_those_of_the_price_book_or_left_to_the_catalogue(prepared, stock):
    plan = asked(prepared, stock).plans[0].plan
    recurring = [c for c in plan.charges if c.kind is PriceType.RECURRING]
    assert sum(c.amount.minor for c in recurring) == 100 * 100  # a dollar for each kilometre
    by_catalogue = replace(WAVE, price_basis=PriceBasis.CATALOGUE)
    assert asked(prepared, stock, offering=by_catalogue).plans[0].plan.charges == ()


def test_a_full_section_is_gone_around(prepared, stock):
    full = with_taken(stock, SHORT[0], everything(stock, SHORT[0]))
    plan = asked(prepared, full).plans[0].plan
    assert plan.ways == (("A", "B", "Z"),)


def test_slots_free_on_each_section_but_not_on_all_do_not_help(prepared, stock):
    """The direct way is full; the other has its lower half free, then its upper half."""
    half = stock.resources[LONG[0]].unit_count // 2
    low = (1 << half) - 1
    barred = with_taken(stock, SHORT[0], everything(stock, SHORT[0]))
    barred = with_taken(barred, LONG[0], low)
    barred = with_taken(barred, LONG[1], everything(stock, LONG[1]) & ~low)
    answer = asked(prepared, barred)
    assert isinstance(answer, NotFeasible)
    assert [(r.code, r.where) for r in answer.reasons] == [("no-free-slot", "A-Z")]
    assert "lower bit rate" in answer.reasons[0].alternatives[0]


def test_a_search_that_ends_before_all_ways_are_tried_says_so():
    middles = tuple(f"M{number}" for number in range(DESIGNS_MAX + 2))
    spans = [fibre(*ends, 100.0) for each in middles for ends in (("A", each), (each, "Z"))]
    many = prepare(network_of(*spans))
    stock = stock_of(plant_resources(many).resources)
    low = (1 << (next(iter(stock.of_kind(ResourceKind.OMS))).unit_count // 2)) - 1
    for each in middles:
        stock = with_taken(stock, f"oms:A-{each}:A-{each}", low)
        upper = f"oms:{each}-Z:{each}-Z"
        stock = with_taken(stock, upper, everything(stock, upper) & ~low)
    wish = question(
        check=FeasibilityCheck.WAVELENGTH,
        offering=WAVE,
        a_site="A",
        z_site="Z",
        bit_rate_gbps="100",
        term_months="36",
    )
    basis = FeasibilityBasis(stock=stock, new_id=CountedIds())
    answer = wavelength_planner(many)(wish, basis)
    (reason,) = answer.reasons
    assert reason.code == "search-ended"
    assert sum(
        f"-{each}" in reason.message or f"{each}-" in reason.message for each in middles
    ) == (DESIGNS_MAX)


def test_a_second_way_without_slots_refuses_protection(prepared, stock):
    full = with_taken(stock, LONG[1], everything(stock, LONG[1]))
    answer = asked(prepared, full, protection="1+1")
    assert isinstance(answer, NotFeasible)
    assert [(r.code, r.where) for r in answer.reasons] == [("no-free-slot", "B-Z")]
    assert isinstance(asked(prepared, full), Feasible)


def test_what_is_suspended_is_not_used(prepared, stock):
    broken = replace(stock.resources[SHORT[0]], status=ResourceStatus.SUSPENDED)
    answer = asked(prepared, stock_of({**stock.resources, SHORT[0]: broken}.values()))
    assert answer.plans[0].plan.ways == (("A", "B", "Z"),)


def test_every_reason_is_told_at_once(prepared, stock):
    no_ports = stock_of(r for r in stock.resources.values() if r.kind is not PORT)
    answer = asked(prepared, no_ports, bit_rate="90000")
    codes = [reason.code for reason in answer.reasons]
    assert codes[-2:] == ["no-free-port", "no-free-port"]
    assert "optics" in codes


def test_each_further_wave_takes_other_slots_until_none_is_left(prepared, stock):
    taken, seen = stock, 0
    while isinstance(answer := asked(prepared, taken), Feasible):
        plan = answer.plans[0].plan
        on_plant = [c for c in plan.claims if c.resource_id.startswith("oms:")]
        taken = taken.with_plan(on_plant)  # asserts that no unit is claimed twice
        seen += 1
    width = on_plant[0].units.bit_count()
    places = stock.resources[SHORT[0]].unit_count // width
    assert seen == 2 * places
