import math

import numpy as np
import pytest

from karakoram.engines.traffic import (
    EndlessHolding,
    ExponentialHolding,
    FixedHolding,
    LognormalHolding,
)

LAWS = [
    ExponentialHolding(nominal=3.0),
    ExponentialHolding(nominal=3.0, truncate=2.0),
    LognormalHolding(nominal=3.0, log_deviation=0.5),
    LognormalHolding(nominal=3.0, log_deviation=1.2, truncate=2.0),
    FixedHolding(nominal=3.0),
]


@pytest.mark.parametrize("law", LAWS)
def test_the_mean_of_many_times_is_the_mean_of_the_law(law):
    times = law.drawn(np.random.default_rng(2), 400_000)
    error = times.std() / math.sqrt(times.size)
    assert abs(times.mean() - law.mean) <= 4 * error
    assert law.nominal_mean == 3.0
    assert (times > 0.0).all()


@pytest.mark.parametrize("law", [LAWS[1], LAWS[3]])
def test_a_truncated_law_is_the_whole_law_resampled_until_below_the_limit(law):
    whole = type(law)(**{name: getattr(law, name) for name in law.__slots__ if name != "truncate"})
    resampled = whole.drawn(np.random.default_rng(7), 600_000)
    resampled = np.sort(resampled[resampled < 2.0 * law.nominal])
    times = np.sort(law.drawn(np.random.default_rng(8), resampled.size))
    assert times[-1] < 2.0 * law.nominal
    places = np.linspace(0, resampled.size - 1, 200).astype(int)
    below = np.searchsorted(times, resampled[places]) / resampled.size
    assert np.abs(below - (places + 0.5) / resampled.size).max() < 0.005  # Kolmogorov's distance


def test_below_twice_its_mean_an_exponential_law_offers_0_687_of_its_load():
    # 1 - 2 / (e² - 1)
    assert ExponentialHolding(truncate=2.0).mean == pytest.approx(0.68696, abs=5e-6)


@pytest.mark.parametrize("law", LAWS)
def test_times_may_be_drawn_in_pieces(law):
    whole = law.drawn(np.random.default_rng(4), 50)
    rng = np.random.default_rng(4)
    assert [*law.drawn(rng, 20), *law.drawn(rng, 30)] == whole.tolist()


def test_nothing_ends_that_is_endless():
    law = EndlessHolding()
    assert law.nominal_mean == 1.0
    assert law.mean == math.inf
    assert np.isinf(law.drawn(np.random.default_rng(1), 3)).all()


@pytest.mark.parametrize(
    ("law", "arguments"),
    [
        (ExponentialHolding, {"nominal": 0.0}),
        (ExponentialHolding, {"nominal": math.inf}),
        (ExponentialHolding, {"truncate": 0.0}),
        (LognormalHolding, {"log_deviation": 0.0}),
        (LognormalHolding, {"truncate": -1.0}),
        (FixedHolding, {"nominal": -1.0}),
    ],
)
def test_what_is_no_law_is_refused(law, arguments):
    with pytest.raises(ValueError, match="above 0"):
        law(**arguments)
