"""Regenerators against every set of cuts, tried one by one, on random small instances."""

import numpy as np
import pytest

from karakoram.engines.optimise import (
    SearchLimit,
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
