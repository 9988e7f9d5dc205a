import numpy as np
import pytest

from karakoram.engines.optics.generalised_gn import GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.power_profile import LumpedLosses, raman_power_profile, span_nodes
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.optics.srs import raman_gain_per_w_m
from karakoram.engines.optics.stepped_gn import SteppedGn

MODELS = [GeneralisedGn(), SeparatedGeneralisedGn()]
COMB = Comb(
    frequency_hz=191.5e12 + 100e9 * np.arange(9),
    symbol_rate_hz=np.resize([32e9, 64e9, 90e9], 9),
    launch_power_w=np.linspace(2e-3, 4e-3, 9),
)
GLASS = FibreType(
    attenuation_per_m=np.array([4.6e-5]),
    dispersion_ref_s_per_m2=17e-6,
    dispersion_slope_s_per_m3=60.0,
    reference_area_m2=80e-12,
)
LENGTH_M = np.array([83e3, 41e3])
POWER_W = COMB.launch_power_w * np.array([[1.0], [3.0]])


def profile(lumped=None):
    return raman_power_profile(
        power_w=POWER_W,
        attenuation_per_m=np.full((2, 1), 4.6e-5),
        gain_per_w_m=raman_gain_per_w_m(reference_area_m2=80e-12, frequency_hz=COMB.frequency_hz),
        nodes=span_nodes(length_m=LENGTH_M, decay_per_m=4.6e-5, lumped=lumped),
    )


def ratio(model, given=None):
    return model.prepared(GLASS, COMB).interference_ratio(
        power_w=POWER_W, length_m=LENGTH_M, profile=given
    )


@pytest.mark.parametrize("model", MODELS)
def test_without_steps_it_is_the_model_itself(model):
    stepped = SteppedGn(model=model)
    assert stepped.needs_profile
    np.testing.assert_array_equal(ratio(stepped, profile()), ratio(model, profile()))


@pytest.mark.parametrize("model", MODELS)
def test_density_is_straight_between_computed_channels_and_level_beyond(model):
    exact = ratio(model, profile())
    few = ratio(SteppedGn(model=model, computed=(6, 1, 99)), profile())
    np.testing.assert_allclose(few[:, [1, 6]], exact[:, [1, 6]], rtol=1e-14)
    density = few * POWER_W / COMB.symbol_rate_hz
    np.testing.assert_allclose(np.diff(density[:, 1:7], n=2), 0.0, atol=1e-9 * density.max())
    np.testing.assert_allclose(density[:, 0], density[:, 1])
    np.testing.assert_allclose(density[:, 7:], density[:, [6, 6]])
    assert np.abs(few / exact - 1.0)[:, [0, 3, 8]].min() > 1e-3


@pytest.mark.parametrize(
    ("count", "numbers"), [(1, [0]), (2, [0, 8]), (4, [0, 3, 5, 8]), (30, range(9))]
)
def test_a_number_of_channels_stands_evenly_over_the_comb(count, numbers):
    prepared = SteppedGn(model=MODELS[0], computed_count=count).prepared(GLASS, COMB)
    assert prepared.computed.tolist() == list(numbers)


def test_where_none_of_the_channels_is_lit_all_are_computed():
    prepared = SteppedGn(model=MODELS[0], computed=(50, 70)).prepared(GLASS, COMB)
    assert prepared.computed.size == COMB.channel_count


@pytest.mark.parametrize("model", MODELS)
def test_short_steps_along_the_fibre_come_to_the_model_itself(model):
    exact = ratio(model, profile())
    far, close = (
        np.abs(ratio(SteppedGn(model=model, profile_step_m=step_m), profile()) / exact - 1.0)
        for step_m in (60e3, 2e3)
    )
    assert close.max() < 2e-4
    assert far.max() > 10 * close.max()


@pytest.mark.parametrize("model", MODELS)
def test_fibre_that_only_attenuates_knows_no_steps(model):
    np.testing.assert_array_equal(ratio(SteppedGn(model=model, profile_step_m=10e3)), ratio(model))


def test_a_splice_counts_as_spread_over_the_step_behind_it():
    lumped = LumpedLosses(position_m=np.full((2, 1), 25e3), loss=np.full((2, 1), 2.0))
    exact = ratio(MODELS[0], profile(lumped))
    spread = ratio(SteppedGn(model=MODELS[0], profile_step_m=10e3), profile(lumped))
    assert np.abs(spread / exact - 1.0).max() > 0.01


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"computed": (-1,)}, "count from 0"),
        ({"computed_count": 0}, "at least 1"),
        ({"profile_step_m": 0.0}, "must be > 0"),
    ],
)
def test_steps_that_nobody_can_take_are_refused(given, words):
    with pytest.raises(ValueError, match=words):
        SteppedGn(model=MODELS[0], **given)
