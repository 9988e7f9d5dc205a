"""Regenerators against every set of cuts, tried one by one, on random small instances."""

import numpy as np
import pytest

from karakoram.engines.optimise import (
    CandidatePath,
    SearchLimit,
    Segments,
    SiteSearch,
    fewest_transponders,
    place_regenerators,
)
from tests.support.regenerations import all_cuts, best_cut, best_of_set, candidate, segments

NO_PROGRAM = SearchLimit(columns_max=0)


def demand_set(rng):
    """Up to four demands of up to three paths of up to six places over nine sites."""
    return [
        [
            candidate(rng, places=int(rng.integers(2, 7)), site_count=9)
            for _ in range(rng.integers(1, 4))
        ]
        for _ in range(rng.integers(1, 5))
    ]


def is_lit(paths):
    return any(any(True for _ in all_cuts(path.segments, path.may_cut)) for path in paths)


@pytest.mark.parametrize("seed", range(6))
def test_one_path_has_the_best_of_all_sets_of_cuts(seed):
    rng = np.random.default_rng(seed)
    for _ in range(40):
        one = segments(rng, int(rng.integers(2, 9)), share=rng.random())
        may_cut = rng.random(one.place_count) < 0.8
        found = fewest_transponders(one, may_cut=may_cut)
        assert (found and (found.transponders, found.spectrum_hz, -found.spare)) == best_cut(
            one, may_cut
        )
        if found is not None:
            assert found.places in {cut.places for cut in all_cuts(one, may_cut)}


@pytest.mark.parametrize("seed", range(8))
def test_a_set_has_the_fewest_transponders_then_sites_then_metres_of_all_choices(seed):
    rng = np.random.default_rng(seed)
    for _ in range(16):
        demands = demand_set(rng)
        found = place_regenerators(demands)
        lit = [paths for paths in demands if is_lit(paths)]
        assert [one is not None for one in found.demands] == list(map(is_lit, demands))
        assert found.proven
        if lit:
            figures = (found.transponders, len(found.sites), found.length_m)
            assert figures == pytest.approx(best_of_set(lit), rel=1e-12)
            assert found.search is SiteSearch.PROGRAM


@pytest.mark.parametrize("seed", range(8))
def test_what_is_placed_is_a_choice_that_there_is(seed):
    rng = np.random.default_rng(seed + 100)
    demands = demand_set(rng)
    for limit in (None, NO_PROGRAM):
        found = place_regenerators(demands, limit=limit)
        sites = set()
        for paths, one in zip(demands, found.demands, strict=True):
            if one is not None:
                path = paths[one.candidate]
                assert one.cuts.places in {c.places for c in all_cuts(path.segments, path.may_cut)}
                sites |= set(path.site[list(one.cuts.cuts)].tolist())
        assert found.sites == tuple(sorted(sites))


@pytest.mark.parametrize("seed", range(8))
def test_the_greedy_search_keeps_the_transponders_and_its_bounds_hold(seed):
    rng = np.random.default_rng(seed + 200)
    for _ in range(16):
        demands = [paths for paths in demand_set(rng) if is_lit(paths)]
        best, greedy = place_regenerators(demands), place_regenerators(demands, limit=NO_PROGRAM)
        assert greedy.search is SiteSearch.GREEDY
        assert greedy.transponders == best.transponders
        assert greedy.site_count_bound <= len(best.sites) <= len(greedy.sites)
        assert greedy.length_m_bound <= min(best.length_m, greedy.length_m) + 1.0
        if greedy.proven:
            assert len(greedy.sites) == len(best.sites)
            assert greedy.length_m == pytest.approx(best.length_m)


@pytest.mark.parametrize("seed", range(4))
def test_one_more_demand_never_needs_less(seed):
    rng = np.random.default_rng(seed + 300)
    demands = demand_set(rng)
    before = place_regenerators(demands)
    after = place_regenerators([*demands, *demand_set(rng)[:1]])
    assert after.transponders >= before.transponders


def fan(spare_of_sites, *, length_m=1e5):
    """A path of one cut, at any of some sites: all equally good."""
    places = len(spare_of_sites) + 2
    open_steps = np.zeros((places, places), dtype=np.int64)
    open_steps[0, 1:-1] = open_steps[1:-1, -1] = 2
    flat = (open_steps > 0).astype(np.float64)
    from_zero = np.array([90, *spare_of_sites, 91])
    return CandidatePath(
        segments=Segments(
            transponders=open_steps,
            mode=np.where(open_steps > 0, 0, -1),
            spectrum_hz=50e9 * flat,
            spare=2.0 * flat,
        ),
        site=from_zero,
        may_cut=np.ones(places, dtype=np.bool_),
        length_m=length_m,
    )


def test_demands_that_can_share_a_site_do():
    found = place_regenerators([[fan([1, 2])], [fan([2, 3])], [fan([3, 4, 2])]])
    assert found.sites == (2,)
    assert found.proven
    assert found.transponders == 12


def test_a_shared_site_is_worth_a_longer_path_but_no_transponder():
    shared = place_regenerators([[fan([1]), fan([2], length_m=9e5)], [fan([2])]])
    assert shared.sites == (2,)
    assert shared.length_m == 1e6
    direct = segments(np.random.default_rng(0), 2, share=1.0, most=1)
    straight = CandidatePath(
        segments=direct, site=np.array([90, 91]), may_cut=np.zeros(2, dtype=np.bool_), length_m=9e9
    )
    assert place_regenerators([[fan([1]), straight]]).transponders == 2


def test_nothing_asked_needs_nothing():
    found = place_regenerators([])
    assert (found.transponders, found.sites, found.length_m) == (0, (), 0.0)
    assert found.proven


def test_of_equally_long_paths_the_one_with_the_widest_margin_is_taken():
    rng = np.random.default_rng(1)
    paths = [candidate(rng, places=2, site_count=9, length_m=1e5) for _ in range(60)]
    lit = [path for path in paths if path.segments.transponders[0, 1] == 2]
    assert len(lit) > 3
    found = place_regenerators([lit]).demands[0]
    merits = [(path.segments.spectrum_hz[0, 1], -path.segments.spare[0, 1]) for path in lit]
    assert found.candidate == merits.index(min(merits))


def test_when_no_time_is_left_sites_are_left_out_one_by_one():
    rng = np.random.default_rng(5)
    demands = [[candidate(rng, places=14, site_count=40) for _ in range(6)] for _ in range(12)]
    found = place_regenerators(demands, limit=SearchLimit(time_s=1e-9))
    assert found.site_count_bound <= len(found.sites)
    best = place_regenerators(demands)
    assert best.proven
    assert found.transponders == best.transponders
    assert len(found.sites) >= len(best.sites)


def test_limits_and_paths_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="columns_max >= 0 and time_s > 0"):
        SearchLimit(time_s=0.0)
    one = segments(np.random.default_rng(0), 3)
    with pytest.raises(ValueError, match="one value for each place"):
        CandidatePath(segments=one, site=np.arange(2), may_cut=np.ones(2, bool), length_m=1.0)
    with pytest.raises(ValueError, match="comes back to a site"):
        CandidatePath(
            segments=one, site=np.array([1, 2, 1]), may_cut=np.ones(3, bool), length_m=1.0
        )
