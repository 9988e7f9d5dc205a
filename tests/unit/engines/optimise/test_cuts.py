"""Cuts of one path, worked out by hand."""

import numpy as np

from karakoram.engines.optimise.cuts import (
    UNREACHED,
    fewest_transponders,
    least_sums,
    open_stretches,
    tight_stretches,
)
from karakoram.engines.optimise.transparent import Segments

ANYWHERE = np.ones(4, dtype=np.bool_)


def stretches(**given):
    """Four places; ``s02=(2, 100e9, 1.5)`` is transponders, spectrum and spare from 0 to 2."""
    count = np.zeros((4, 4), dtype=np.int64)
    spectrum_hz, spare = np.zeros((2, 4, 4))
    for name, figures in given.items():
        at = int(name[1]), int(name[2])
        count[at], spectrum_hz[at], spare[at] = figures
    mode = np.where(count > 0, 0, -1)
    return Segments(transponders=count, mode=mode, spectrum_hz=spectrum_hz, spare=spare)


def test_fewer_transponders_go_before_less_spectrum_and_margin():
    path = stretches(s03=(4, 9e9, 1.1), s01=(2, 1e9, 9.0), s12=(2, 1e9, 9.0), s23=(2, 1e9, 9.0))
    found = fewest_transponders(path, may_cut=ANYWHERE)
    assert (found.places, found.cuts, found.transponders) == ((0, 3), (), 4)


def test_less_spectrum_goes_before_margin():
    path = stretches(s01=(2, 4e9, 9.0), s13=(2, 4e9, 9.0), s02=(2, 3e9, 1.1), s23=(2, 3e9, 1.2))
    found = fewest_transponders(path, may_cut=ANYWHERE)
    assert (found.cuts, found.spectrum_hz, found.spare) == ((2,), 6e9, 1.1)


def test_the_least_margin_of_the_stretches_decides_last():
    path = stretches(s01=(2, 3e9, 9.0), s13=(2, 3e9, 1.1), s02=(2, 3e9, 1.2), s23=(2, 3e9, 1.3))
    assert fewest_transponders(path, may_cut=ANYWHERE).cuts == (2,)


def test_no_cut_is_made_where_none_may_be():
    path = stretches(s01=(2, 1e9, 2.0), s13=(2, 1e9, 2.0), s02=(4, 1e9, 2.0), s23=(4, 1e9, 2.0))
    may_cut = np.array([False, False, True, False])
    assert fewest_transponders(path, may_cut=may_cut).cuts == (2,)
    assert fewest_transponders(path, may_cut=~ANYWHERE) is None


def test_a_path_of_one_place_is_lit_already():
    zero = np.zeros((1, 1))
    path = Segments(
        transponders=zero.astype(np.int64),
        mode=zero.astype(np.int64) - 1,
        spectrum_hz=zero,
        spare=zero,
    )
    assert fewest_transponders(path, may_cut=np.ones(1, dtype=np.bool_)).transponders == 0


def test_tight_stretches_are_those_of_every_way_with_the_fewest():
    path = stretches(
        s01=(2, 1.0, 2.0),
        s13=(2, 1.0, 2.0),
        s02=(2, 1.0, 2.0),
        s23=(2, 1.0, 2.0),
        s12=(2, 1.0, 2.0),
    )
    least, tight = tight_stretches(path, may_cut=ANYWHERE)
    assert least == 4
    assert np.argwhere(tight).tolist() == [[0, 1], [0, 2], [1, 3], [2, 3]]
    least, tight = tight_stretches(path, may_cut=~ANYWHERE)
    assert least == UNREACHED
    assert not tight.any()


def test_sums_run_from_the_first_place_and_to_the_last():
    path = stretches(s01=(2, 1.0, 2.0), s13=(4, 1.0, 2.0), s03=(8, 1.0, 2.0))
    before, after = least_sums(path.transponders, is_open=open_stretches(path, may_cut=ANYWHERE))
    assert before.tolist()[:2] == [0, 2]
    assert before[2] >= UNREACHED
    assert before[3] == after[0] == 6
    assert after.tolist()[1:2] == [4]
