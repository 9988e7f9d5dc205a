"""Over legs the answer is that of full knowledge where it says so, and else bounds it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.core.tables import rows_from_records
from karakoram.planning.demand import Exclusions
from karakoram.planning.leg_tokens import Padding
from karakoram.planning.route_answers import RouteMetric
from tests.support.leg_networks import (
    OPERATORS,
    SITES,
    built,
    leg_pair_merit,
    legs_of,
    over_legs,
    pair_merit,
    planned_merit,
    ready,
    route_cost,
    rows_of_networks,
    way_cost,
    with_full_knowledge,
    without_tokens,
)
from tests.support.legs import OTHER_KEY

FEW = settings(max_examples=8, deadline=None)
FEWER = settings(max_examples=4, deadline=None)
ENDS = st.lists(st.sampled_from(SITES), min_size=2, max_size=2, unique=True)
METRICS = st.sampled_from(RouteMetric)


def costs_of(prepared, answer, metric):
    return [route_cost(prepared, route, metric) for route in answer.routes]


@FEW
@given(rows=rows_of_networks(), ends=ENDS, metric=METRICS)
def test_with_every_way_told_the_answer_is_that_of_full_knowledge(rows, ends, metric):
    prepared = ready(built(rows))
    full = with_full_knowledge(prepared, ends, metric=metric)
    told = over_legs(legs_of(prepared, ends, ways=200), ends, metric=metric)
    assert [way_cost(way, metric) for way in told.ways] == costs_of(prepared, full, metric)
    assert told.certain == len(told.ways)
    best = pair_merit(prepared, ends, metric)
    if told.pair is None:
        assert best is None
        return
    assert told.pair.is_proven
    assert told.pair.is_best
    assert leg_pair_merit(told.pair, metric) == best
    if full.disjoint is not None and full.disjoint.proof.prover != "capped":
        assert planned_merit(prepared, full.disjoint, metric) == best


@FEW
@given(rows=rows_of_networks(), ends=ENDS, metric=METRICS, ways=st.integers(1, 3))
def test_with_few_ways_told_the_answer_is_certain_or_bounds_that_of_full_knowledge(
    rows, ends, metric, ways
):
    prepared = ready(built(rows))
    full = with_full_knowledge(prepared, ends, metric=metric)
    told = over_legs(legs_of(prepared, ends, ways=ways), ends, metric=metric)
    costs, true = [way_cost(way, metric) for way in told.ways], costs_of(prepared, full, metric)
    assert costs[: told.certain] == true[: told.certain]
    assert all(found >= best for found, best in zip(costs, true, strict=False))
    if told.pair is None:
        return
    found, best = leg_pair_merit(told.pair, metric), pair_merit(prepared, ends, metric)
    assert found >= best
    assert told.pair.minutes_at_least is not None
    assert told.pair.minutes_at_least <= best[0]
    if told.pair.is_best:
        assert found == best


@FEWER
@given(rows=rows_of_networks(), ends=ENDS, multiple=st.integers(1, 60))
def test_padding_changes_no_answer(rows, ends, multiple):
    prepared = ready(built(rows))
    plain = over_legs(legs_of(prepared, ends, ways=2), ends)
    padding = Padding(key=OTHER_KEY, multiple=multiple)
    padded = over_legs(legs_of(prepared, ends, ways=2, padding=padding), ends)
    assert padded.ways == plain.ways
    if plain.pair is not None:
        assert leg_pair_merit(padded.pair) == leg_pair_merit(plain.pair)
        assert padded.pair.minutes_at_least == plain.pair.minutes_at_least
        assert padded.pair.is_best == plain.pair.is_best


@FEW
@given(rows=rows_of_networks(), ends=ENDS, silent=st.sampled_from(OPERATORS))
def test_where_one_operator_tells_no_tokens_what_is_proven_is_true(rows, ends, silent):
    """The pair named as proven shares what full knowledge says of a corridor without that one."""
    prepared = ready(built(rows))
    legs = tuple(
        without_tokens(leg) if leg.operator_id == silent else leg
        for leg in legs_of(prepared, ends, ways=200)
    )
    told = over_legs(legs, ends)
    best = pair_merit(prepared, ends)
    if told.pair is None:
        return
    if told.pair.is_proven:
        assert told.pair.shared_minutes >= best[0]
    else:
        assert {leg_id.partition(":")[0] for leg_id in told.pair.unproven_leg_ids} == {silent}
    proven = told.pair if told.pair.is_proven else told.proven_pair
    others = pair_merit(prepared, ends, avoid=Exclusions(operator_ids=frozenset({silent})))
    if others is None:
        assert proven is None
    elif told.proven_pair is not None:
        assert leg_pair_merit(proven) == others


@FEWER
@given(rows=rows_of_networks(), ends=ENDS)
def test_no_name_of_span_group_or_inner_site_leaves_the_operator(rows, ends):
    prepared = ready(built(rows))
    legs = legs_of(prepared, ends)
    cells = {cell for row in rows_from_records(legs) for cell in row.values()}
    words = {word for cell in cells for word in re.split(r"[;:-]", cell)}
    network = prepared.network
    points = {site_id for leg in legs for site_id in leg.ends}
    inner = {site_id for site_id in network.sites if site_id not in points}
    assert words.isdisjoint({*network.spans, *network.risk_groups, *network.cables, *inner})


CORRIDOR_PAIRS = (("URC", "KHI"), ("URC", "MRS"))
ON_LAND_AND_PEACE = ("CT", "SCO", "ONE", "CYB", "PEACE-C")
"""Cables with more landings have so many pairs that they take long while types are checked."""
OWNERS = {*ON_LAND_AND_PEACE, "N5-LESSOR"}


@pytest.fixture(scope="module")
def corridor_legs(prepared_corridor):
    """What some operators of the corridor hand over, with padding."""
    padding = Padding(key=OTHER_KEY, multiple=50)
    return legs_of(
        prepared_corridor, (), operators=ON_LAND_AND_PEACE, bit_rate_gbps=400.0, padding=padding
    )


@pytest.mark.parametrize("ends", CORRIDOR_PAIRS)
@pytest.mark.parametrize("metric", [RouteMetric.LATENCY, RouteMetric.PRICE])
def test_on_the_corridor_the_answer_over_legs_is_that_of_full_knowledge(
    prepared_corridor, corridor_legs, ends, metric
):
    full = with_full_knowledge(
        prepared_corridor,
        ends,
        metric=metric,
        bit_rate_gbps=400.0,
        k=10,
        avoid=Exclusions(operator_ids=frozenset(prepared_corridor.network.operators) - OWNERS),
    )
    told = over_legs(corridor_legs, ends, metric=metric, k=10)
    costs = [
        route_cost(prepared_corridor, route, metric, bit_rate_gbps=400.0) for route in full.routes
    ]
    assert [way_cost(way, metric) for way in told.ways] == costs
    assert told.certain == len(costs)
    assert told.pair.is_best
    assert told.pair.is_proven
    assert full.disjoint.proof.prover == "branching"
    assert leg_pair_merit(told.pair, metric) == planned_merit(
        prepared_corridor, full.disjoint, metric, bit_rate_gbps=400.0
    )
