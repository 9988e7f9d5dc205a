import pytest

from karakoram.core.identifiers import SpanId
from karakoram.planning.path_plan import legs_of, lines_of, operators_along, sites_along
from karakoram.planning.prepare import prepare
from tests.support.planning_networks import designed, fibre, network_of, sea, system


def three_operators():
    return network_of(
        fibre("A", "B", 10.0, operator="ONE"),
        fibre("C", "B", 20.0, operator="ONE"),
        fibre("C", "D", 30.0, operator="ONE", owner="LESSOR"),
        fibre("D", "E", 40.0, operator="ONE"),
        sea("E", "F", 500.0, operator="SEA", cable="WET"),
        systems={"WET": system("WET", landing_party_id="ONE")},
        meetings=[("E", "ONE", "SEA")],
        roadms="ACEF",
    )


def test_sites_are_visited_whichever_way_a_span_was_written_down():
    network = three_operators()
    onward = tuple(network.spans)
    assert sites_along(network, onward, start="A") == tuple("ABCDEF")
    assert sites_along(network, onward[::-1], start="F") == tuple("FEDCBA")


def test_legs_are_runs_of_one_operator_and_one_owner():
    network = three_operators()
    legs = legs_of(tuple(network.spans.values()), start="A")
    assert [
        (leg.operator_id, leg.owner_id, leg.a_site_id, leg.z_site_id, leg.length_km) for leg in legs
    ] == [
        ("ONE", "ONE", "A", "C", 30.0),
        ("ONE", "LESSOR", "C", "D", 30.0),
        ("ONE", "ONE", "D", "E", 40.0),
        ("SEA", "SEA", "E", "F", 500.0),
    ]
    assert legs[0].span_ids == ("A-B", "C-B")
    assert operators_along(legs) == ("ONE", "SEA")
    assert operators_along(()) == ()


def test_spans_form_the_lines_between_roadms():
    prepared = prepare(three_operators())
    spans = tuple(prepared.network.spans)
    assert lines_of(prepared, spans, start="A") == (
        ("A", ("A-B", "C-B")),
        ("C", ("C-D", "D-E")),
        ("E", ("E-F",)),
    )
    assert lines_of(prepared, spans[::-1], start="F") == (
        ("F", ("E-F",)),
        ("E", ("D-E", "C-D")),
        ("C", ("C-B", "A-B")),
    )


def test_spans_that_end_between_two_roadms_form_no_lines():
    prepared = prepare(three_operators())
    assert lines_of(prepared, (SpanId("A-B"),), start="A") is None


def test_latency_is_length_times_group_index_over_the_speed_of_light():
    (path,) = designed(three_operators(), z="F").offers[0].paths
    assert path.length_km == pytest.approx(600.0)
    assert path.latency_ms == pytest.approx(600.0 * 0.005, abs=1e-9)
    assert path.rtt_ms == pytest.approx(6.0, abs=1e-9)


def test_latency_adds_in_picoseconds_so_that_equal_ways_are_equal():
    lengths_km = (0.1, 0.2, 0.3)
    network = network_of(
        *(fibre(a, z, km) for a, z, km in zip("APQ", "PQZ", lengths_km, strict=True)),
        *(fibre(a, z, km) for a, z, km in zip("ARS", "RSZ", lengths_km[::-1], strict=True)),
    )
    working, protection = designed(network, protected=True).offers[0].paths
    assert working.latency_ms == protection.latency_ms == 0.003


def test_each_operator_hands_over_where_it_was_agreed_and_nowhere_else():
    (path,) = designed(three_operators(), z="F").offers[0].paths
    assert [leg.operator_id for leg in path.legs] == ["ONE", "ONE", "ONE", "SEA"]
