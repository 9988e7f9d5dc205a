import numpy as np
import pytest

from karakoram.core.arrays import read_only


def test_a_read_only_array_refuses_to_be_written():
    frozen = read_only(np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="read-only"):
        frozen[0] = 3.0


def test_a_read_only_array_does_not_follow_the_array_it_was_made_from():
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    frozen = read_only(values)
    values[0, 0] = 9.0
    assert frozen.tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_a_read_only_array_has_double_precision_and_one_piece_of_memory():
    frozen = read_only(np.arange(10, dtype=np.float32)[::2])
    assert frozen.dtype == np.float64
    assert frozen.flags["C_CONTIGUOUS"]
