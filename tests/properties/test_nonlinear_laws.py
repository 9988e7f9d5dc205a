"""Laws that every nonlinear model keeps, whatever the fibre and the comb."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.engines.optics.analytic_gn import AnalyticGn
from karakoram.engines.optics.generalised_gn import GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.isrs_gn import IsrsGn
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.power_profile import (
    LumpedLosses,
    PowerProfile,
    attenuated_profile,
    raman_power_profile,
    span_nodes,
)
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.optics.srs import raman_gain_per_w_m

GENERALISED = [GeneralisedGn(), SeparatedGeneralisedGn()]
CHANNELS = 10
few = settings(max_examples=20, deadline=None)
seeds = st.integers(0, 2**32 - 1)


class Case:
    """A random span and comb."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        rate_hz = rng.choice([32e9, 64e9, 96e9], CHANNELS)
        slot_hz = rate_hz * rng.uniform(1.05, 1.6, CHANNELS)
        self.comb = Comb(
            frequency_hz=rng.uniform(186e12, 195e12) + np.cumsum(slot_hz) - slot_hz / 2,
            symbol_rate_hz=rate_hz,
            launch_power_w=rate_hz / 32e9 * rng.uniform(3e-4, 3e-3, CHANNELS),
        )
        self.fibre = FibreType(
            attenuation_per_m=rng.uniform(3.6e-5, 5.5e-5, 1),
            dispersion_ref_s_per_m2=float(rng.uniform(4e-6, 22e-6)),
            dispersion_slope_s_per_m3=float(rng.choice([np.nan, 60.0])),
            reference_area_m2=float(rng.uniform(70e-12, 150e-12)),
        )
        self.length_m = rng.uniform(10e3, 130e3, 1)
        self.power_w = self.comb.launch_power_w[None]
        self.rng = rng

    def profile(self, lumped=None, count=33):
        return raman_power_profile(
            power_w=self.power_w,
            attenuation_per_m=self.fibre.attenuation_per_m[None],
            gain_per_w_m=raman_gain_per_w_m(
                reference_area_m2=self.fibre.reference_area_m2,
                frequency_hz=self.comb.frequency_hz,
            ),
            nodes=span_nodes(
                length_m=self.length_m,
                decay_per_m=self.fibre.decay_per_m,
                lumped=lumped,
                count=count,
            ),
        )

    def ratio(self, model, profile=None, power=1.0):
        return model.prepared(self.fibre, self.comb).interference_ratio(
            power_w=power * self.power_w, length_m=self.length_m, profile=profile
        )[0]


@pytest.mark.parametrize("model", GENERALISED, ids=lambda model: type(model).__name__)
@few
@given(seed=seeds)
def test_twice_the_power_on_the_same_profile_is_four_times_the_ratio(model, seed):
    case = Case(seed)
    profile = case.profile()
    once = case.ratio(model, profile)
    assert (once > 0.0).all()
    np.testing.assert_allclose(case.ratio(model, profile, power=2.0), 4.0 * once, rtol=1e-12)


@pytest.mark.parametrize("model", GENERALISED, ids=lambda model: type(model).__name__)
@few
@given(seed=seeds)
def test_finer_nodes_change_nothing_that_matters(model, seed):
    case = Case(seed)
    coarse = case.ratio(model, case.profile(count=33))
    fine = case.ratio(model, case.profile(count=200))
    np.testing.assert_allclose(10 * np.log10(coarse / fine), 0.0, atol=1e-3)


@pytest.mark.parametrize("model", GENERALISED, ids=lambda model: type(model).__name__)
@few
@given(seed=seeds, share=st.floats(0.0, 1.0), loss_db=st.floats(0.1, 6.0))
def test_a_lumped_loss_never_adds_interference(model, seed, share, loss_db):
    case = Case(seed)
    lumped = LumpedLosses(
        position_m=share * case.length_m[None], loss=np.array([[10 ** (loss_db / 10)]])
    )
    without, with_loss = (
        attenuated_profile(
            nodes=span_nodes(
                length_m=case.length_m, decay_per_m=case.fibre.decay_per_m, lumped=losses
            ),
            attenuation_per_m=np.full((1, CHANNELS), case.fibre.decay_per_m),
        )
        for losses in (None, lumped)
    )
    difference = case.ratio(model, with_loss) / case.ratio(model, without)
    assert difference.max() < 1.0 + 1e-3


@few
@given(seed=seeds)
def test_a_loss_at_the_input_is_the_same_as_less_power(seed):
    case = Case(seed)
    half = LumpedLosses(position_m=np.zeros((1, 1)), loss=np.full((1, 1), 2.0))
    nodes = span_nodes(length_m=case.length_m, decay_per_m=case.fibre.decay_per_m, lumped=half)
    profile = attenuated_profile(
        nodes=nodes, attenuation_per_m=np.full((1, CHANNELS), case.fibre.decay_per_m)
    )
    halved = PowerProfile(position_m=profile.position_m[:, 1:], ratio=2.0 * profile.ratio[:, 1:])
    for model in GENERALISED:
        np.testing.assert_allclose(
            case.ratio(model, profile), case.ratio(model, halved, power=0.5), rtol=2e-3
        )


@few
@given(seed=seeds)
def test_models_agree_on_long_fibre_without_raman_scattering(seed):
    # The published formulas approximate the same integral; half a dB is what they claim.
    case = Case(seed)
    case.length_m = np.array([150e3])
    exact = case.ratio(SeparatedGeneralisedGn(whole_bands=True))
    for model in (AnalyticGn(), GeneralisedGn(), IsrsGn(raman_slope_per_w_m_hz=0.0)):
        apart_db = 10 * np.log10(case.ratio(model) / exact)
        assert np.abs(apart_db).max() < 1.0, (type(model).__name__, apart_db)


@few
@given(seed=seeds, strength=st.floats(0.5, 5.0))
def test_raman_scattering_moves_interference_to_the_lower_end_of_the_band(seed, strength):
    case = Case(seed)
    equal = Comb(
        frequency_hz=190e12 + 100e9 * np.arange(CHANNELS),
        symbol_rate_hz=np.full(CHANNELS, 80e9),
        launch_power_w=np.full(CHANNELS, strength * 1e-3),
    )
    case.comb, case.power_w = equal, equal.launch_power_w[None]
    for model in (IsrsGn(), *GENERALISED):
        still = IsrsGn(raman_slope_per_w_m_hz=0.0) if isinstance(model, IsrsGn) else model
        change = case.ratio(model, case.profile()) / case.ratio(still)
        assert change[0] > 1.0 > change[-1]
        assert (np.diff(change) < 0.0).all()
