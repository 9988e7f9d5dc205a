"""Regenerators for sets of demands that a person can check."""

import numpy as np
import pytest

from karakoram.engines.optimise import (
    CandidatePath,
    SearchLimit,
    Segments,
    place_regenerators,
)
from tests.support.regenerations import candidate, segments


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
