import pickle
from dataclasses import replace

import numpy as np
import pytest

from karakoram.engines.spectrum.candidates import (
    OUT_OF_REACH,
    TOO_LATE,
    TOO_NOISY,
    Outcome,
)
from tests.support.spectrum_paths import candidate_paths


def widths(*rows):
    return np.array(rows, dtype=np.int16)


def three_pairs():
    """Pair 0: two paths, the second regenerated once; pair 1: none; pair 2: one."""
    return candidate_paths(
        [[[[0, 1]], [[2], [3, 4]]], [], [[[1]]]],
        width=widths([2, OUT_OF_REACH], [1, TOO_LATE], [2, 3], [TOO_NOISY, OUT_OF_REACH]),
        section_count=5,
    )


def test_nested_lists_become_arrays_that_refuse_to_be_written():
    paths = three_pairs()
    assert (paths.pair_count, paths.path_count, paths.bit_rate_count) == (3, 3, 2)
    assert paths.segments_max == 2
    assert [paths.sections_of(path) for path in range(3)] == [(0, 1), (2, 3, 4), (1,)]
    for array in paths.columns:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_a_path_carries_what_all_of_its_segments_carry():
    assert three_pairs().path_width().tolist() == [
        [2, OUT_OF_REACH],
        [1, TOO_LATE],
        [TOO_NOISY, OUT_OF_REACH],
    ]


def test_the_cause_is_what_hinders_the_path_that_comes_closest():
    assert three_pairs().columns.cause.tolist() == [
        [Outcome.NO_SPECTRUM, Outcome.LATENCY],
        [Outcome.NO_PATH, Outcome.NO_PATH],
        [Outcome.NO_LIGHT, Outcome.NO_REACH],
    ]


def test_the_widths_of_a_segment_are_found_by_its_row():
    paths = three_pairs()
    assert (paths.columns.width[paths.columns.width_row] == paths.width).all()


def test_no_path_at_all_is_no_error():
    paths = candidate_paths([[], []], width=np.zeros((0, 1), dtype=np.int16), section_count=1)
    assert paths.path_width().shape == (0, 1)
    assert (paths.columns.cause == Outcome.NO_PATH).all()


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"path_begin": [0, 2, 1, 3]}, "path_begin rises"),
        ({"path_begin": [0, 2, 2]}, "path_begin rises"),
        ({"segment_begin": [0, 1, 3, 5]}, "segment_begin rises"),
        ({"hop_begin": [1, 2, 3, 5, 6]}, "hop_begin rises"),
        ({"segment_begin": [0, 1, 1, 4]}, "every path has a segment"),
        ({"hop_begin": [0, 2, 2, 5, 6]}, "every segment a section"),
        ({"section": [0, 1, 2, 3, 5, 1]}, "from 0 to 4"),
    ],
)
def test_arrays_that_do_not_fit_each_other_are_refused(change, match):
    arrays = {name: np.array(values, dtype=np.int32) for name, values in change.items()}
    with pytest.raises(ValueError, match=match):
        replace(three_pairs(), **arrays)


def test_widths_of_another_number_of_segments_are_refused():
    with pytest.raises(ValueError, match="3 rows for 4 segments"):
        replace(three_pairs(), width=widths([1], [1], [1]))


def test_paths_that_have_been_in_another_process_are_still_read_only():
    paths = three_pairs()
    again = pickle.loads(pickle.dumps(paths))
    assert not again.path_begin.flags.writeable
    for before, after in zip(paths.columns, again.columns, strict=True):
        assert (before == after).all()
        assert not after.flags.writeable
    assert again.section_count == 5
