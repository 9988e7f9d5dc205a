import numpy as np
import pytest

from karakoram.engines.rating import nearest_rank


@pytest.mark.parametrize(
    ("count", "rank"),
    [(1, 1), (19, 19), (20, 19), (21, 20), (100, 95), (8640, 8208)],  # ceil(0.95 count)
)
def test_the_95th_percentile_is_the_sample_of_the_nearest_rank(count, rank):
    samples = np.random.default_rng(1).permutation(np.arange(1.0, count + 1.0))
    assert nearest_rank(samples) == rank


def test_a_burst_in_a_twentieth_of_the_month_is_not_billed():
    samples = np.full(8640, 10.0)  # five-minute means of 30 days
    samples[:432] = 100.0
    assert nearest_rank(samples) == 10.0
    samples[432] = 50.0
    assert nearest_rank(samples) == 50.0


def test_another_percentile_can_be_asked_for():
    assert nearest_rank(np.array([1.0, 2.0, 3.0, 4.0]), percent=50) == 2.0
    assert nearest_rank(np.array([1.0, 2.0, 3.0, 4.0]), percent=100) == 4.0


@pytest.mark.parametrize(
    ("samples", "percent"), [([], 95), ([1.0, np.nan], 95), ([1.0], 0), ([1.0], 101)]
)
def test_a_percentile_of_nothing_is_refused(samples, percent):
    with pytest.raises(ValueError, match="percent"):
        nearest_rank(np.array(samples, dtype=np.float64), percent=percent)
