import hashlib
from dataclasses import replace

import numpy as np
import pytest

from karakoram.engines.spectrum.candidates import TOO_LATE, Outcome
from karakoram.planning.traffic.paths import (
    PathPreference,
    listed_paths,
    site_pairs,
    traffic_paths,
)
from tests.support.traffic_studies import choice_of, own_paths, topology_of

PREFERENCES = [preference.value for preference in PathPreference]


def sequences(paths):
    """Per pair the sections of its paths."""
    begins = paths.candidates.path_begin
    return [
        [paths.candidates.sections_of(path) for path in range(*begins[pair : pair + 2])]
        for pair in range(len(paths.pairs))
    ]


@pytest.mark.parametrize("order", PREFERENCES)
def test_paths_lead_from_end_to_end_over_sections_of_their_own_direction(order):
    topology, paths = topology_of("nsfnet"), own_paths("nsfnet", order)
    number = {site.site_id: place for place, site in enumerate(topology.sites)}
    for (a, z), of_pair in zip(paths.pairs, sequences(paths), strict=True):
        assert len({*of_pair}) == len(of_pair) == 5
        for arcs in of_pair:
            here = a
            for arc in arcs:
                section = topology.sections[arc // 2]
                ends = [number[section.a_site_id], number[section.z_site_id]]
                start, end = ends if arc % 2 == 0 else ends[::-1]
                assert here == start
                here = end
            assert here == z


def test_paths_come_in_the_order_asked_for():
    by_hops, by_length, by_slots = (own_paths("nsfnet", order) for order in PREFERENCES)
    for pair in range(len(by_hops.pairs)):
        part = slice(*by_hops.candidates.path_begin[pair : pair + 2])
        hops = list(zip(by_hops.hop_count[part], by_hops.length_km[part], strict=True))
        assert hops == sorted(hops)
        lengths = by_length.length_km[part].tolist()
        assert lengths == sorted(lengths)
        efficiency = choice_of("slots").slot_rule.efficiency(by_slots.length_km[part])
        cost = (by_slots.hop_count[part] / efficiency).tolist()
        assert cost == sorted(cost)
        assert set(sequences(by_slots)[pair]) == set(sequences(by_hops)[pair])


def test_lengths_and_hops_are_those_of_the_sections():
    topology, paths = topology_of("usnet"), own_paths("usnet", "slots")
    every = [sections for of_pair in sequences(paths) for sections in of_pair]
    for sections, km, hops in zip(every, paths.length_km, paths.hop_count, strict=True):
        assert km == pytest.approx(sum(topology.sections[arc // 2].length_km for arc in sections))
        assert hops == len(sections)


def test_both_directions_of_a_section_share_one_spectrum_when_asked():
    paths = own_paths("cost239", "hops", is_directed=False)
    assert len(paths.pairs) == 11 * 10 // 2
    assert paths.candidates.section_count == 26
    assert (
        max(section for of_pair in sequences(paths) for path in of_pair for section in path) == 25
    )


def test_the_list_says_which_sections_each_path_takes():
    paths = own_paths("nsfnet", "hops")
    lines = paths.path_list.splitlines()
    assert len(lines) == 14 * 13 * 5
    assert lines[0].split("\t")[:3] == ["WA", "CA1", "0"]
    assert lines[1].split("\t")[2] == "1"
    assert paths.path_list_sha256 == hashlib.sha256(paths.path_list.encode()).hexdigest()
    assert paths.path_list_sha256 != own_paths("nsfnet", "length").path_list_sha256


def test_a_path_is_regenerated_before_a_segment_gets_too_long():
    choice = replace(choice_of("length"), segment_km_max=2500.0)
    whole = own_paths("nsfnet", "length")
    paths = traffic_paths(topology_of("nsfnet"), choice)
    assert sequences(paths) == sequences(whole)
    assert (paths.candidates.segments_max, whole.candidates.segments_max) == (4, 1)
    hop_km = np.array([section.length_km for section in topology_of("nsfnet").sections])
    begins = paths.candidates.hop_begin
    km = np.add.reduceat(hop_km[paths.candidates.section // 2], begins[:-1])
    assert (km[np.diff(begins) > 1] <= 2500.0).all()
    assert (paths.candidates.width == choice.slot_rule.widths(km)).all()
    assert (paths.candidates.path_width() <= whole.candidates.path_width()).all()


def test_paths_that_take_too_long_are_no_candidates():
    choice = replace(choice_of("length"), latency_ms_max=10.0)
    paths = traffic_paths(topology_of("nsfnet"), choice)
    late = paths.length_km * 1.468 / 299.792458 > 10.0
    assert 0 < late.sum() < late.size
    assert ((paths.candidates.width == TOO_LATE).all(axis=1) == late).all()
    assert (paths.candidates.width[~late] > 0).all()
    assert Outcome.LATENCY in paths.candidates.columns.cause


def test_a_list_of_somebody_else_is_taken_as_it_is():
    topology = topology_of("nsfnet")
    own = own_paths("nsfnet", "hops")
    listed = listed_paths(topology, choice_of("hops"), arcs_of_pairs=sequences(own))
    assert listed.path_list_sha256 == own.path_list_sha256
    assert (listed.candidates.width == own.candidates.width).all()
    with pytest.raises(ValueError, match="expected the paths of 182 pairs, got 3"):
        listed_paths(topology, choice_of("hops"), arcs_of_pairs=[[], [], []])


def test_a_pair_may_have_no_path():
    topology = topology_of("nsfnet")
    lists = [[] for _ in site_pairs(14, is_directed=True)]
    for order in ("hops", "slots"):
        paths = listed_paths(topology, choice_of(order), arcs_of_pairs=lists)
        assert (paths.candidates.columns.cause == Outcome.NO_PATH).all()
        assert paths.path_list == ""


def test_a_pair_has_at_least_one_candidate():
    with pytest.raises(ValueError, match="k = 0"):
        choice_of("hops", k=0)
