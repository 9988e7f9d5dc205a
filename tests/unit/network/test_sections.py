from itertools import pairwise

import pytest

from karakoram.core.identifiers import SpanId
from karakoram.network.records import CableMedium, EquipmentKind, Status
from karakoram.network.sections import IN_SERVICE, multiplex_sections, oms_from_chain, sites_with
from tests.support.planning_networks import fibre, network_of, sea, system


def only_line(network):
    (line,) = multiplex_sections(network)
    return line


def lengths_km(line):
    return [section.length_km for section in line.ots]


def lines_by_ends(network):
    return {(line.a_site_id, line.z_site_id): line for line in multiplex_sections(network)}


@pytest.mark.parametrize(
    ("km", "parts"), [(78.0, 1), (80.0, 1), (80.001, 2), (81.0, 2), (160.0, 2), (250.0, 4)]
)
def test_a_gap_is_cut_into_the_fewest_equal_parts_of_at_most_80_km(km, parts):
    line = only_line(network_of(fibre("A", "Z", km)))
    assert lengths_km(line) == pytest.approx([km / parts] * parts)


def test_78_km_need_no_hut():
    line = only_line(network_of(fibre("A", "Z", 78.0)))
    assert [section.z_place.label for section in line.ots] == ["Z"]
    assert not any(section.z_place.is_derived for section in line.ots)


def test_81_km_get_one_hut_in_the_middle_which_says_that_it_is_derived():
    first, second = only_line(network_of(fibre("A", "Z", 81.0))).ots
    assert first.z_place == second.a_place
    assert first.z_place.is_derived
    assert first.z_place.label == "A-Z@40.5"
    assert first.z_place.site_id is None
    assert not second.z_place.is_derived


def test_a_sum_of_rounded_kilometres_that_reaches_the_limit_gets_no_hut():
    line = only_line(network_of(fibre("A", "X", 26.7), fibre("X", "Z", 53.3), roadms="AZ"))
    assert len(line.ots) == 1


def test_the_farthest_amplifier_site_in_reach_is_used_and_nearer_ones_are_passed():
    line = only_line(
        network_of(
            fibre("A", "P", 30.0),
            fibre("P", "Q", 45.0),
            fibre("Q", "Z", 70.0),
            roadms="AZ",
            amplifiers="PQ",
        )
    )
    assert [section.z_place.label for section in line.ots] == ["Q", "Z"]
    assert lengths_km(line) == pytest.approx([75.0, 70.0])
    assert [piece.span_id for piece in line.ots[0].pieces] == ["A-P", "P-Q"]


def test_without_an_amplifier_site_in_reach_the_gap_to_the_next_is_cut():
    line = only_line(
        network_of(fibre("A", "P", 100.0), fibre("P", "Z", 70.0), roadms="AZ", amplifiers="P")
    )
    assert [section.z_place.label for section in line.ots] == ["A-P@50.0", "P", "Z"]


def test_a_site_without_amplifier_is_no_place_for_one():
    line = only_line(network_of(fibre("A", "P", 60.0), fibre("P", "Z", 60.0), roadms="AZ"))
    assert [section.z_place.label for section in line.ots] == ["A-P@60.0", "Z"]


def test_a_hut_on_a_later_span_is_named_by_its_kilometre_on_that_span():
    line = only_line(network_of(fibre("A", "P", 30.0), fibre("P", "Z", 90.0), roadms="AZ"))
    assert line.ots[0].z_place.label == "P-Z@30.0"
    assert [(piece.span_id, piece.length_km) for piece in line.ots[0].pieces] == [
        ("A-P", 30.0),
        ("P-Z", 30.0),
    ]


def test_both_directions_have_the_same_huts():
    network = network_of(
        fibre("A", "P", 100.0),
        fibre("P", "Q", 35.0),
        fibre("Q", "Z", 81.0),
        roadms="AZ",
        amplifiers="PQ",
    )
    spans = [network.spans[SpanId(key)] for key in ("A-P", "P-Q", "Q-Z")]
    onward = oms_from_chain(network, spans, "A")
    back = oms_from_chain(network, spans[::-1], "Z")
    assert back == onward.reversed()
    assert (back.a_site_id, back.z_site_id) == ("Z", "A")
    assert back.span_ids == ("Q-Z", "P-Q", "A-P")
    places = [section.z_place for section in onward.ots[:-1]]
    assert [section.z_place for section in back.ots[:-1]] == places[::-1]


def test_pieces_add_up_to_the_spans_and_places_join():
    network = network_of(
        fibre("A", "P", 123.4), fibre("P", "Q", 7.7), fibre("Q", "Z", 311.0), roadms="AZ"
    )
    line = only_line(network)
    by_span = {}
    for section in line.ots:
        for piece in section.pieces:
            by_span[piece.span_id] = by_span.get(piece.span_id, 0.0) + piece.length_km
    assert by_span == pytest.approx({"A-P": 123.4, "P-Q": 7.7, "Q-Z": 311.0})
    assert all(before.z_place == after.a_place for before, after in pairwise(line.ots))
    assert max(lengths_km(line)) <= 80.0
    assert line.length_km == pytest.approx(442.1)


def test_a_path_is_cut_into_lines_at_roadm_sites_alone():
    network = network_of(
        fibre("A", "B", 50.0), fibre("B", "C", 50.0), fibre("C", "D", 50.0), roadms="ACD"
    )
    lines = lines_by_ends(network)
    assert set(lines) == {("A", "C"), ("C", "D")}
    assert lines["A", "C"].span_ids == ("A-B", "B-C")


def test_a_roadm_that_does_not_stand_cuts_no_line_unless_its_status_is_accepted():
    spans = (fibre("A", "B", 50.0), fibre("B", "C", 50.0))
    network = network_of(*spans, statuses={"B": Status.PLANNED})
    assert set(lines_by_ends(network)) == {("A", "C")}
    accepted = frozenset({Status.IN_SERVICE, Status.PLANNED})
    cut = {(line.a_site_id, line.z_site_id) for line in multiplex_sections(network, accepted)}
    assert cut == {("A", "B"), ("B", "C")}


def test_a_chain_that_ends_or_branches_without_a_roadm_is_no_line():
    network = network_of(
        fibre("A", "B", 50.0),
        fibre("A", "X", 10.0),
        fibre("X", "Y", 10.0),
        fibre("X", "V", 10.0),
        fibre("A", "END", 5.0),
        roadms="ABYV",
    )
    assert set(lines_by_ends(network)) == {("A", "B")}


def test_a_ring_that_never_meets_another_roadm_comes_home_as_one_line():
    network = network_of(
        fibre("A", "P", 10.0), fibre("P", "Q", 10.0), fibre("Q", "A", 10.0), roadms="A"
    )
    line = only_line(network)
    assert (line.a_site_id, line.z_site_id) == ("A", "A")
    assert line.length_km == pytest.approx(30.0)


def test_a_chain_that_runs_into_a_ring_without_roadm_is_no_line():
    network = network_of(
        fibre("A", "P", 10.0), fibre("P", "Q", 10.0), fibre("P", "Q", 11.0, name="twin"), roadms="A"
    )
    assert multiplex_sections(network) == ()


def test_microwave_carries_no_line():
    network = network_of(
        fibre("A", "Z", 50.0), fibre("A", "Z", 50.0, name="radio", medium=CableMedium.MICROWAVE)
    )
    assert [line.span_ids for line in multiplex_sections(network)] == [("A-Z",)]


def test_parallel_spans_are_lines_of_their_own():
    network = network_of(fibre("A", "Z", 50.0), fibre("A", "Z", 60.0, name="other"))
    assert {line.span_ids for line in multiplex_sections(network)} == {("A-Z",), ("other",)}


def test_a_submarine_line_has_no_huts_and_names_its_cable():
    network = network_of(sea("A", "Z", 1_000.0, cable="WET"), systems={"WET": system("WET")})
    line = only_line(network)
    assert line.submarine_cable_id == "WET"
    assert len(line.ots) == 1
    assert line.length_km == 1_000.0
    assert line.reversed().submarine_cable_id == "WET"


def test_land_and_sea_or_two_sea_cables_are_no_one_line():
    spans = (fibre("A", "L", 60.0), sea("L", "Y", 600.0, cable="WET"))
    two = (sea("Y", "M", 300.0, cable="WET"), sea("M", "Z", 300.0, cable="BLUE"))
    systems = {name: system(name) for name in ("WET", "BLUE")}
    network = network_of(*spans, *two, systems=systems, roadms="AYZ")
    assert multiplex_sections(network) == ()
    every = network_of(*spans, *two, systems=systems)
    assert len(multiplex_sections(every)) == 4


def test_spans_of_one_sea_cable_are_one_line():
    spans = (sea("A", "M", 300.0, cable="WET"), sea("M", "Z", 300.0, cable="WET"))
    line = only_line(network_of(*spans, systems={"WET": system("WET")}, roadms="AZ"))
    assert line.submarine_cable_id == "WET"
    assert line.length_km == 600.0


def test_a_retired_span_at_a_site_without_roadm_does_not_stop_the_light_that_passes():
    network = network_of(
        fibre("A", "X", 50.0),
        fibre("X", "Z", 50.0),
        fibre("X", "OLD", 50.0, status=Status.RETIRED),
        roadms=("A", "Z", "OLD"),
    )
    assert ("A-X", "X-Z") in {line.span_ids for line in multiplex_sections(network)}


def test_spans_of_a_chain_that_do_not_join_are_our_bug():
    network = network_of(fibre("A", "B", 1.0), fibre("C", "D", 1.0))
    with pytest.raises(AssertionError, match="join"):
        oms_from_chain(network, tuple(network.spans.values()), "A")


def test_equipment_counts_by_kind_and_status():
    network = network_of(fibre("A", "Z", 1.0), statuses={"Z": Status.OPTION}, amplifiers=("A",))
    assert sites_with(network, EquipmentKind.ROADM, IN_SERVICE) == {"A"}
    assert sites_with(network, EquipmentKind.ROADM, frozenset(Status)) == {"A", "Z"}
    assert sites_with(network, EquipmentKind.LINE_AMPLIFIER, IN_SERVICE) == {"A"}
