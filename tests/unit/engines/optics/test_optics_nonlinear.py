import dataclasses

import numpy as np
import pytest

from karakoram.engines.optics.analytic_gn import AnalyticGn
from karakoram.engines.optics.generalised_gn import GeneralisedGn, cross_length_m
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.gn import effective_length_m, interference_kernel, interference_ratio
from karakoram.engines.optics.isrs_gn import IsrsGn, fitted_raman_slope_per_w_m_hz
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.power_profile import (
    PowerProfile,
    attenuated_profile,
    raman_power_profile,
    span_nodes,
)
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.optics.srs import raman_gain_per_w_m
from tests.support.no_interference import NoInterference

MODELS = [
    NoInterference(),
    AnalyticGn(),
    GeneralisedGn(),
    SeparatedGeneralisedGn(),
    SeparatedGeneralisedGn(whole_bands=True),
    IsrsGn(),
]
WITH_PROFILE = [model for model in MODELS if model.needs_profile]


def named(model):
    return f"{type(model).__name__} {dataclasses.astuple(model)}"


@pytest.fixture
def comb():
    """Mixed symbol rates, spacings and powers."""
    return Comb(
        frequency_hz=np.concatenate(
            [191.4e12 + 50e9 * np.arange(12), 192.1e12 + 100e9 * np.arange(8)]
        ),
        symbol_rate_hz=np.repeat([32e9, 90e9], [12, 8]),
        launch_power_w=np.repeat([1e-3, 2.5e-3], [12, 8]),
    )


def fibre(attenuation_per_m=(4.6e-5,), slope=60.0):
    return FibreType(
        attenuation_per_m=np.array(attenuation_per_m),
        dispersion_ref_s_per_m2=16.7e-6,
        dispersion_slope_s_per_m3=slope,
        reference_area_m2=83e-12,
    )


def raman_profile(comb, power_w, length_m, given=None):
    given = given or fibre()
    return raman_power_profile(
        power_w=power_w,
        attenuation_per_m=np.broadcast_to(given.attenuation_per_m, power_w.shape),
        gain_per_w_m=raman_gain_per_w_m(
            reference_area_m2=given.reference_area_m2, frequency_hz=comb.frequency_hz
        ),
        nodes=span_nodes(length_m=length_m, decay_per_m=given.decay_per_m),
    )


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_a_batch_of_spans_gives_what_each_gives_alone(model, comb):
    rng = np.random.default_rng(5)
    rows = 20
    power_w = comb.launch_power_w * rng.uniform(0.3, 2.0, (rows, comb.channel_count))
    length_m = rng.uniform(5e3, 120e3, rows)
    profile = raman_profile(comb, power_w, length_m)
    prepared = model.prepared(fibre(), comb)
    together = prepared.interference_ratio(power_w=power_w, length_m=length_m, profile=profile)
    assert together.shape == power_w.shape
    for row in (0, 7, 19):
        alone = prepared.interference_ratio(
            power_w=power_w[row : row + 1],
            length_m=length_m[row : row + 1],
            profile=PowerProfile(
                position_m=profile.position_m[row : row + 1], ratio=profile.ratio[row : row + 1]
            ),
        )
        np.testing.assert_allclose(together[row], alone[0], rtol=1e-11)


@pytest.mark.parametrize("model", WITH_PROFILE, ids=named)
@pytest.mark.parametrize("loss", [(4.6e-5,), tuple(np.linspace(4.5e-5, 5.2e-5, 20))])
def test_no_profile_means_attenuation_alone(model, comb, loss):
    given = fibre(loss)
    prepared = model.prepared(given, comb)
    power_w, length_m = comb.launch_power_w[None], np.array([60e3])
    nodes = span_nodes(length_m=length_m, decay_per_m=given.decay_per_m, count=150)
    profile = attenuated_profile(
        nodes=nodes,
        attenuation_per_m=np.broadcast_to(given.attenuation_per_m, power_w.shape),
    )
    np.testing.assert_allclose(
        prepared.interference_ratio(power_w=power_w, length_m=length_m),
        prepared.interference_ratio(power_w=power_w, length_m=length_m, profile=profile),
        rtol=2e-4,
    )


def test_no_interference_is_none(comb):
    prepared = NoInterference().prepared(fibre(), comb)
    ratio = prepared.interference_ratio(
        power_w=comb.launch_power_w[None], length_m=np.array([80e3])
    )
    assert not ratio.any()


def test_the_analytic_model_is_the_kernel_times_effective_length(comb):
    given = fibre(tuple(np.linspace(4.4e-5, 4.8e-5, 20)))
    kernel = interference_kernel(
        comb=comb,
        attenuation_per_m=given.attenuation_per_m,
        beta2_s2_per_m=given.beta2_s2_per_m(comb.frequency_hz),
        reference_area_m2=83e-12,
    )
    power_w = comb.launch_power_w[None]
    expected = interference_ratio(
        power_w=power_w,
        length_eff_m=effective_length_m(
            attenuation_per_m=given.attenuation_per_m[None], length_m=np.array([[70e3]])
        ),
        kernel=kernel,
    )
    ours = AnalyticGn().prepared(given, comb)
    np.testing.assert_allclose(
        ours.interference_ratio(power_w=power_w, length_m=np.array([70e3])), expected
    )


@pytest.mark.parametrize("model", WITH_PROFILE, ids=named)
def test_each_channel_interferes_by_its_own_shape(model, comb):
    rounded = np.where(np.arange(comb.channel_count) == 5, 0.3, 0.0)
    given = {"power_w": comb.launch_power_w[None], "length_m": np.array([80e3])}
    flat, round_one, all_round = (
        model.prepared(fibre(), dataclasses.replace(comb, roll_off=shape)).interference_ratio(
            **given
        )[0]
        for shape in (np.zeros(1), rounded, np.array([0.3]))
    )
    change = np.abs(round_one / flat - 1.0)
    assert change.argmax() == 5
    if isinstance(model, GeneralisedGn):
        # Between channels it knows no shape.
        assert round_one[5] == all_round[5]
        assert np.flatnonzero(change).tolist() == [5]
    else:
        assert (change > 0.0).all()


def test_length_between_channels_is_that_of_attenuation():
    nodes = span_nodes(length_m=np.array([80e3]), decay_per_m=4.6e-5)
    profile = attenuated_profile(nodes=nodes, attenuation_per_m=np.array([[4.6e-5, 5e-5]]))
    alpha = np.array([4.6e-5, 5e-5])
    expected = alpha * effective_length_m(attenuation_per_m=alpha, length_m=np.array([80e3])) ** 2
    np.testing.assert_allclose(cross_length_m(profile)[0], expected)


def test_power_that_grows_takes_length_between_channels_away():
    fall, rise = np.exp(-2.0), np.exp(-1.5)
    profile = PowerProfile(
        position_m=np.array([[0.0, 40e3, 60e3]]), ratio=np.array([[[1.0], [fall], [rise]]])
    )
    expected = ((fall - 1.0) / np.sqrt(2.0 / 40e3) + (rise - fall) / np.sqrt(0.5 / 20e3)) ** 2
    np.testing.assert_allclose(cross_length_m(profile), expected)


def test_fibre_without_loss_or_gain_has_no_length_between_channels():
    flat = PowerProfile(position_m=np.array([[0.0, 5e3, 9e3]]), ratio=np.ones((1, 3, 2)))
    np.testing.assert_array_equal(cross_length_m(flat), 0.0)


def test_far_pairs_by_their_ends_are_close_to_the_whole_integral(comb):
    power_w, length_m = comb.launch_power_w[None], np.array([80e3])
    ends, whole = (
        SeparatedGeneralisedGn(whole_bands=choice)
        .prepared(fibre(), comb)
        .interference_ratio(power_w=power_w, length_m=length_m)
        for choice in (False, True)
    )
    over_db = 10 * np.log10(ends / whole)[0]
    slow = comb.symbol_rate_hz < 60e9
    assert over_db.min() > 0.0
    assert over_db[slow].max() < 0.06
    assert over_db.max() < 0.25


def test_a_single_channel_has_only_its_own_interference():
    alone = Comb(
        frequency_hz=np.array([193e12]),
        symbol_rate_hz=np.array([64e9]),
        launch_power_w=np.array([2e-3]),
    )
    given = {"power_w": alone.launch_power_w[None], "length_m": np.array([80e3])}
    approximate, separated, closed, analytic = (
        model.prepared(fibre(), alone).interference_ratio(**given)[0, 0]
        for model in (GeneralisedGn(), SeparatedGeneralisedGn(), IsrsGn(), AnalyticGn())
    )
    assert approximate == pytest.approx(separated, rel=1e-12)
    assert closed == pytest.approx(separated, rel=0.05)
    assert analytic == pytest.approx(separated, rel=0.10)


def test_closed_form_without_raman_scattering_takes_powers_as_they_are(comb):
    # Then T = A², and only the slower of the two decays is left.
    still = IsrsGn(raman_slope_per_w_m_hz=0.0).prepared(fibre(), comb)
    given = {"length_m": np.array([80e3])}
    once = still.interference_ratio(power_w=comb.launch_power_w[None], **given)
    twice = still.interference_ratio(power_w=2 * comb.launch_power_w[None], **given)
    np.testing.assert_allclose(twice, 4 * once)


def test_own_interference_adds_coherently_only_when_asked_and_over_spans(comb):
    given = {"power_w": comb.launch_power_w[None], "length_m": np.array([80e3])}
    coherent = IsrsGn().prepared(fibre(), comb)
    apart = IsrsGn(coherent=False).prepared(fibre(), comb)
    one, ten = (
        coherent.interference_ratio(span_count=np.array([count]), **given) for count in (1.0, 10.0)
    )
    np.testing.assert_allclose(one, apart.interference_ratio(span_count=np.array([10.0]), **given))
    assert (ten > one).all()


def test_the_fitted_raman_slope_is_that_of_silica(comb):
    wide_hz = 186.1e12 + 100e9 * np.arange(100)
    slope = fitted_raman_slope_per_w_m_hz(fibre=fibre(), frequency_hz=wide_hz)
    # Semrau gives 0.028 1/(W km THz) for a fibre of like area, arXiv:1808.07940, table I.
    assert 1e15 * slope == pytest.approx(0.028, rel=0.2)
    assert fitted_raman_slope_per_w_m_hz(fibre=fibre(), frequency_hz=wide_hz[:1]) == 0.0
