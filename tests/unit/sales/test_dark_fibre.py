"""Dark fibre on a triangle: the shortest way with enough fibres on every span."""

from dataclasses import replace

import pytest

from karakoram.core.provenance import Confidence
from karakoram.planning.prepare import prepare
from karakoram.sales.catalogue.words import FeasibilityCheck
from karakoram.sales.feasibility.dark_fibre import DarkFibrePlanner
from karakoram.sales.feasibility.questions import FeasibilityBasis, Feasible, NotFeasible
from karakoram.sales.inventory.plant_resources import plant_resources
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.resource_kinds import ResourceKind
from tests.support.planning_networks import fibre, network_of
from tests.support.sales_stock import ALONG, CountedIds, need, pool, question

PORT, FIBRE = ResourceKind.PORT, ResourceKind.FIBRE


@pytest.fixture(scope="module")
def prepared():
    spans = (fibre("A", "Z", 100.0), fibre("A", "B", 60.0), fibre("B", "Z", 60.0))
    return prepare(network_of(*spans, more_sites=("C",)))


@pytest.fixture(scope="module")
def stock(prepared):
    return stock_of([*plant_resources(prepared).resources, pool(PORT, "A", 4)])


def asked(prepared, stock, *, fibres=2, z_site="Z"):
    wish = question(
        need(PORT, fibres),
        need(FIBRE, fibres, ALONG),
        check=FeasibilityCheck.DARK_FIBRE,
        a_site="A",
        z_site=z_site,
    )
    basis = FeasibilityBasis(stock=stock, new_id=CountedIds())
    return DarkFibrePlanner(prepared=prepared)(wish, basis)


def with_used(stock, span, used):
    fibres = replace(stock.resources[f"fibre:{span}"], taken=(1 << used) - 1)
    return stock_of({**stock.resources, f"fibre:{span}": fibres}.values())


def test_the_shortest_way_gets_the_lowest_free_fibres(prepared, stock):
    answer = asked(prepared, stock)
    assert isinstance(answer, Feasible)
    plan = answer.plans[0].plan
    assert plan.ways == (("A", "Z"),)
    assert plan.measures.length_km == 100.0
    of_span = prepared.network.spans["A-Z"].provenance.confidence
    assert plan.measures.length_confidence is of_span
    assert plan.measures.latency_confidence is Confidence.ASSUMED
    on_fibre = {c.resource_id: c.units for c in plan.claims if c.resource_id != "port:A"}
    assert on_fibre == {"fibre:A-Z": 0b1100}  # the first pair is lit
    assert [(leg.operator_id, leg.work, leg.after) for leg in plan.legs] == [
        ("OP", "splice through and measure 100.0 km", ()),
        ("SCO", "measure from end to end and hand over", ("OP A-Z",)),
    ]


def test_a_span_without_enough_fibres_is_gone_around(prepared, stock):
    plan = asked(prepared, with_used(stock, "A-Z", 47)).plans[0].plan
    assert plan.ways == (("A", "B", "Z"),)
    hops = [(c.hop, c.resource_id) for c in plan.claims if c.resource_id.startswith("fibre")]
    assert hops == [(0, "fibre:A-B"), (1, "fibre:B-Z")]


def test_where_no_way_has_the_fibres_the_spans_are_named(prepared, stock):
    answer = asked(prepared, with_used(with_used(stock, "A-Z", 47), "B-Z", 47))
    assert isinstance(answer, NotFeasible)
    assert [(r.code, r.where) for r in answer.reasons] == [("no-free-fibre", "A-Z")]


def test_every_reason_is_told_at_once(prepared, stock):
    answer = asked(prepared, stock, fibres=100)
    assert [reason.code for reason in answer.reasons] == ["no-free-fibre", "no-free-port"]


def test_sites_that_no_fibre_joins_are_refused(prepared, stock):
    assert [r.code for r in asked(prepared, stock, z_site="C").reasons] == ["no-route"]
