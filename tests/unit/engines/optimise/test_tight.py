"""What of a demand is left to choose once its transponders are the fewest."""

import numpy as np
import pytest
import scipy

from karakoram.engines.optimise.cuts import UNREACHED
from karakoram.engines.optimise.site_choice import SearchLimit, SiteSearch
from karakoram.engines.optimise.site_greedy import sites_by_leaving_out
from karakoram.engines.optimise.site_program import sites_by_program
from karakoram.engines.optimise.tight import (
    CandidatePath,
    length_floor_m,
    site_count_floor,
    tight_demand,
)
from karakoram.engines.optimise.transparent import Segments

NO_LIMIT = SearchLimit()


def path(steps, *, sites, length_m=1e5, spare=2.0, width_hz=50e9):
    """A path whose stretches ``(first, last)`` need two transponders each."""
    count = np.zeros((len(sites),) * 2, dtype=np.int64)
    for step in steps:
        count[step] = 2
    flat = (count > 0).astype(np.float64)
    return CandidatePath(
        segments=Segments(
            transponders=count,
            mode=np.where(count > 0, 0, -1),
            spectrum_hz=width_hz * flat,
            spare=spare * flat,
        ),
        site=np.array(sites),
        may_cut=np.ones(len(sites), dtype=np.bool_),
        length_m=length_m,
    )


ONE_OF_TWO = [(0, 1), (1, 3), (0, 2), (2, 3)]
"""A cut at the second place or at the third."""


def tight(*paths):
    return tight_demand(paths)[1]


def test_only_paths_with_the_fewest_transponders_are_left():
    least, left = tight_demand(
        [path(ONE_OF_TWO, sites=[8, 1, 2, 9]), path([(0, 1)], sites=[8, 9]), path([], sites=[8, 9])]
    )
    assert least == 2
    assert [one.candidate for one in left] == [1]
    assert tight_demand([path([], sites=[8, 9])]) == (UNREACHED, ())
    assert tight_demand([]) == (UNREACHED, ())


def test_a_path_stands_with_the_sites_of_one_of_its_chains():
    (one,) = tight(path(ONE_OF_TWO, sites=[8, 1, 2, 9]))
    assert one.cut_sites() == {1, 2}
    assert one.fewest_cuts() == 1
    assert one.stands_with(frozenset({2}))
    assert not one.stands_with(frozenset({3}))


def test_the_floors_are_those_of_the_neediest_and_of_the_shortest():
    demands = [
        tight(path([(0, 1), (1, 2), (2, 3)], sites=[8, 1, 2, 9], length_m=7.0)),
        tight(
            path(ONE_OF_TWO, sites=[8, 1, 2, 9], length_m=5.0),
            path(ONE_OF_TWO, sites=[8, 3, 4, 9], length_m=3.0),
        ),
    ]
    assert site_count_floor(demands) == 2
    assert length_floor_m(demands) == 10.0
    assert site_count_floor([]) == 0


def test_the_program_takes_the_fewest_sites_then_metres_then_spectrum_then_margin():
    shared = tight(path(ONE_OF_TWO, sites=[8, 1, 2, 9]))
    other = tight(path(ONE_OF_TWO, sites=[8, 2, 3, 9]))
    assert sites_by_program([shared, other], limit=NO_LIMIT).sites == {2}

    def sites(*paths):
        return sites_by_program([tight(*paths)], limit=NO_LIMIT).sites

    near, far = ([(0, 1), (1, 2)], [8, 1, 9]), ([(0, 1), (1, 2)], [8, 2, 9])
    cut_at = [path(near[0], sites=near[1]), path(far[0], sites=far[1], length_m=9e4)]
    assert sites(*cut_at) == {2}
    cut_at = [path(near[0], sites=near[1], width_hz=75e9), path(far[0], sites=far[1], spare=1.5)]
    assert sites(*cut_at) == {2}
    cut_at = [path(near[0], sites=near[1]), path(far[0], sites=far[1], spare=2.5)]
    assert sites(*cut_at) == {2}


def test_the_program_is_not_tried_where_it_is_too_large():
    demand = tight(path(ONE_OF_TWO, sites=[8, 1, 2, 9]))
    assert sites_by_program([demand], limit=SearchLimit(columns_max=5)) is None
    assert sites_by_program([demand], limit=SearchLimit(columns_max=6)) is not None


def test_left_out_are_the_sites_that_serve_the_fewest():
    demands = [
        tight(path(ONE_OF_TWO, sites=[8, 1, 2, 9])),
        tight(path(ONE_OF_TWO, sites=[8, 2, 3, 9])),
    ]
    found = sites_by_leaving_out(demands)
    assert found.sites == {2}
    assert found.search is SiteSearch.GREEDY
    assert found.site_count_bound == 1


@pytest.mark.parametrize(("answered", "is_found"), [(0, False), (1, True), (2, True), (3, True)])
def test_what_was_found_when_the_time_is_over_counts(monkeypatch, answered, is_found):
    solve, asked = scipy.optimize.milp, []

    def out_of_time(*arguments, **named):
        asked.append(None)
        answer = solve(*arguments, **named)
        if len(asked) > answered:
            answer.x = None
        elif len(asked) == answered:
            answer.mip_dual_bound = None
        return answer

    monkeypatch.setattr(scipy.optimize, "milp", out_of_time)
    demand = tight(path(ONE_OF_TWO, sites=[8, 1, 2, 9]))
    found = sites_by_program([demand], limit=NO_LIMIT)
    assert (found is not None) == is_found
    if found is not None:
        assert len(found.sites) == 1
        assert found.site_count_bound == 1
        assert found.length_m_bound == pytest.approx(1e5)
