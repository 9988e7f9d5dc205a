"""Do cables of constant output power droop as the published formula says?"""

import numpy as np
import pytest

from karakoram.engines.optics import (
    Comb,
    FibreColumns,
    PropagationMethod,
    RamanModel,
    RepeateredColumns,
    repeatered_line_noise,
)
from karakoram.engines.optics.branched_cable import branched_shares, split
from karakoram.engines.optics.cable import prepared_cable
from karakoram.engines.optics.cable_design import best_design, refilled_w
from karakoram.engines.optics.shares import NoiseShares
from tests.support.no_interference import NoInterference

LINEAR = PropagationMethod(nonlinear=NoInterference(), raman=RamanModel.NONE)
COMB = Comb(
    frequency_hz=193e12 + 150e9 * np.arange(9),
    symbol_rate_hz=np.full(9, 140e9),
    launch_power_w=np.full(9, 1e-3),
)


def cable(*counts, noise_factor=2.8, length_m=80e3):
    lines = len(counts)
    ones = np.ones(lines)
    return RepeateredColumns(
        span_count=np.array(counts),
        fibre=FibreColumns(
            length_m=length_m * ones,
            attenuation_per_m=3.6e-5 * ones,
            input_loss=1.02 * ones,
            output_loss=1.03 * ones,
            dispersion_s_per_m2=20.9e-6 * ones,
            dispersion_slope_s_per_m3=np.full(lines, np.nan),
            effective_area_m2=125e-12 * ones,
            pmd_s_per_sqrt_m=1e-15 * ones,
        ),
        noise_factor=noise_factor * ones,
    )


def launch(lines, power_w=1e-3):
    return np.full((lines, 9), power_w)


def test_a_cable_without_branching_is_the_repeatered_line():
    columns = cable(30, 120)
    expected = repeatered_line_noise(columns, COMB).end
    shares = prepared_cable(columns, COMB).shares(launch(2))
    np.testing.assert_allclose(shares.gsnr, expected.gsnr, rtol=1e-12)
    np.testing.assert_allclose(shares.osnr, expected.osnr, rtol=1e-12)


def test_spans_follow_the_generalised_droop_formula():
    one = prepared_cable(cable(1), COMB).shares(launch(1)).gsnr
    many = prepared_cable(cable(200), COMB).shares(launch(1)).gsnr
    np.testing.assert_allclose(1.0 + 1.0 / many, (1.0 + 1.0 / one) ** 200, rtol=1e-10)
    # Droop costs: without it the ratio would be a two-hundredth.
    assert (many < one / 200.0).all()


def with_units(spans, losses, *, method=LINEAR):
    """A line with some loss behind the fibre of some spans."""
    extra = np.ones((1, spans))
    for span, loss in losses.items():
        extra[0, span] = loss
    return prepared_cable(cable(spans), COMB, extra_loss=extra, method=method)


def test_the_loss_of_a_branching_unit_counts_once():
    plain = prepared_cable(cable(10), COMB, method=LINEAR).shares(launch(1))
    same = with_units(10, {}).shares(launch(1))
    np.testing.assert_allclose(same.signal, plain.signal, rtol=1e-14)
    lossy = with_units(10, {9: 2.0}).shares(launch(1))
    one = prepared_cable(cable(1), COMB, method=LINEAR).shares(launch(1))
    twice = with_units(1, {0: 2.0}).shares(launch(1))
    np.testing.assert_allclose(lossy.signal, one.signal**9 * twice.signal, rtol=1e-12)
    np.testing.assert_allclose(1.0 / twice.osnr, 2.0 / one.osnr, rtol=1e-12)


def test_one_gain_for_a_full_band_droops_as_each_channel_alone():
    # Channels of nearly one frequency that fill the band: both pictures of droop are one.
    comb = Comb(
        frequency_hz=193e12 + 1e9 * np.arange(4),
        symbol_rate_hz=np.full(4, 1e9),
        launch_power_w=np.full(4, 2e-6),
    )
    prepared = prepared_cable(cable(150), comb, method=LINEAR)
    power_w = np.full((1, 4), 2e-6)
    alone = prepared.shares(power_w)
    together = prepared.drooped(power_w, band_hz=np.array([4e9]))
    np.testing.assert_allclose(together.end.osnr, alone.osnr, rtol=2e-3)
    np.testing.assert_allclose(together.power_w[0, -1], power_w[0], rtol=2e-3)
    np.testing.assert_allclose(together.signal_kept[0], alone.signal[0], rtol=2e-3)


def test_total_power_is_held_whatever_joins():
    prepared = prepared_cable(cable(60, 110), COMB, method=LINEAR)
    power_w = launch(2, 2e-4)
    lit_hz = COMB.symbol_rate_hz.sum()
    droop = prepared.drooped(power_w, band_hz=np.array([lit_hz, lit_hz]))
    np.testing.assert_allclose(droop.power_w.sum(axis=2), 9 * 2e-4, rtol=1e-12)
    assert (droop.power_w[0, 60:] == droop.power_w[0, 60]).all(), "the shorter line has ended"


def test_noise_in_unlit_spectrum_takes_power_from_channels():
    prepared = prepared_cable(cable(150), COMB, method=LINEAR)
    lit_hz = COMB.symbol_rate_hz.sum()
    full = prepared.drooped(launch(1, 1e-4), band_hz=np.array([lit_hz]))
    wide = prepared.drooped(launch(1, 1e-4), band_hz=np.array([3.0 * lit_hz]))
    assert (wide.signal_kept < full.signal_kept).all()
    # By hand: signal after n spans is chi^n of the launch.
    transmission = np.exp(-3.6e-5 * 80e3) / (1.02 * 1.03)
    photons_w = 6.62607015e-34 * COMB.frequency_hz
    added_w = 2.8 * (photons_w * COMB.symbol_rate_hz).sum() / transmission
    idle_w = 2.8 * photons_w.mean() * 2.0 * lit_hz / transmission
    chi = 9e-4 / (9e-4 + added_w + idle_w)
    np.testing.assert_allclose(wide.signal_kept, chi**150, rtol=1e-9)


def test_the_best_power_leaves_half_as_much_interference_as_ase():
    method = PropagationMethod(raman=RamanModel.NONE)
    flat = Comb(
        frequency_hz=np.array([193e12]),
        symbol_rate_hz=np.array([140e9]),
        launch_power_w=np.array([1e-3]),
    )
    prepared = prepared_cable(cable(100), flat, method=method)
    design = best_design(prepared, np.array([[3e-3]]))
    shares = prepared.shares(design.launch_power_w)
    # A single channel, noise small against signal: the exact law of the GN model.
    np.testing.assert_allclose(shares.ase / shares.nli, 2.0, rtol=2e-2)
    for factor in (0.99, 1.01):
        assert prepared.shares(design.launch_power_w * factor).gsnr < design.gsnr
    np.testing.assert_allclose(
        design.gosnr(flat.symbol_rate_hz), design.gsnr * 140.0 / 12.5, rtol=1e-12
    )


def test_units_within_a_line_follow_the_formula_span_by_span():
    lossy = with_units(7, {2: 2.0, 3: 2.0, 5: 1.25}, method=PropagationMethod())
    alone = {
        loss: with_units(1, {0: loss}, method=PropagationMethod()).shares(launch(1)).gsnr
        for loss in (1.0, 2.0, 1.25)
    }
    expected = (1.0 + 1.0 / alone[1.0]) ** 4 * (1.0 + 1.0 / alone[2.0]) ** 2
    expected *= 1.0 + 1.0 / alone[1.25]
    shares = lossy.shares(launch(1))
    np.testing.assert_allclose(1.0 + 1.0 / shares.gsnr, expected, rtol=1e-10)
    np.testing.assert_allclose(shares.signal + shares.ase + shares.nli, 1.0, rtol=1e-12)
    along = lossy.signal_along(launch(1))
    assert along.shape == (1, 8, 9)
    np.testing.assert_allclose(along[:, -1], shares.signal, rtol=1e-12)
    assert (np.diff(along, axis=1) < 0.0).all()


def test_units_of_one_line_leave_the_others_of_a_batch_alone():
    extra = np.ones((2, 12))
    extra[0, 4] = 3.0
    both = prepared_cable(cable(12, 5), COMB, extra_loss=extra)
    alone = prepared_cable(cable(5), COMB)
    shares, of_alone = both.shares(launch(2)), alone.shares(launch(1))
    for name in ("signal", "ase", "nli"):
        got, expected = getattr(shares, name)[1], getattr(of_alone, name)[0]
        np.testing.assert_allclose(got, expected, rtol=1e-12)
    along = both.signal_along(launch(2))
    np.testing.assert_allclose(along[1, 5:], np.tile(of_alone.signal, (8, 1)), rtol=1e-12)


def test_a_unit_makes_the_signal_droop_more_where_it_stands():
    plain = with_units(20, {}).drooped(launch(1), band_hz=np.array([1.4e12]))
    lossy = with_units(20, {9: 4.0}).drooped(launch(1), band_hz=np.array([1.4e12]))
    np.testing.assert_array_equal(lossy.power_w[:, :10], plain.power_w[:, :10])
    # At constant total power the noise of span 10 is four times what it was.
    added = plain.power_w[0, 0].sum() / (plain.power_w[0, 0] * plain.signal_kept[0] ** 0.05).sum()
    fourfold = 1.0 / (1.0 + 4.0 * (added - 1.0))
    signal = plain.signal_kept[0] * fourfold * added
    np.testing.assert_allclose(lossy.signal_kept[0], signal, rtol=1e-6)


def test_the_best_power_of_many_lines_is_that_of_each_alone():
    both = best_design(prepared_cable(cable(40, 130), COMB), launch(2))
    alone = best_design(prepared_cable(cable(130), COMB), launch(1))
    np.testing.assert_allclose(both.launch_power_w[1], alone.launch_power_w[0], rtol=1e-9)


def test_what_is_left_of_the_spectrum_is_lifted_to_the_same_total():
    power_w = np.array([[1.0, 2.0, 3.0, 4.0]])
    left_w = refilled_w(power_w, lit=np.array([[True, False, True, False]]))
    np.testing.assert_allclose(left_w, [[2.5, 0.0, 7.5, 0.0]])
    with pytest.raises(AssertionError, match="without light"):
        refilled_w(power_w, lit=np.zeros((1, 4), dtype=bool))


def random_shares(rng, segments, channels):
    ase, nli = rng.uniform(0.0, 0.1, (2, segments, channels))
    return NoiseShares(signal=1.0 - ase - nli, ase=ase, nli=nli)


def test_a_split_of_the_spectrum_sends_each_channel_its_own_way():
    shares = random_shares(np.random.default_rng(2), 3, 4)
    to_branch = np.array([True, False, False, True])
    ways = branched_shares(
        shares, passes=split(to_branch=to_branch, before=0, branch=1, after=2, segments=3)
    )
    through, into, out = ways.signal
    for channel in range(4):
        trunk, branch, after = shares.signal[:, channel]
        if to_branch[channel]:
            assert into[channel] == pytest.approx(trunk * branch)
            assert out[channel] == pytest.approx(branch * after)
            assert through[channel] == 1.0
        else:
            assert through[channel] == pytest.approx(trunk * after)
            assert into[channel] == out[channel] == 1.0


def test_shares_over_segments_compose_as_lines_do():
    shares = random_shares(np.random.default_rng(3), 4, 5)
    ways = branched_shares(shares, passes=np.ones((1, 4, 5), dtype=bool))
    np.testing.assert_allclose(
        1.0 + 1.0 / ways.gsnr[0], (1.0 + 1.0 / shares.gsnr).prod(axis=0), rtol=1e-12
    )
    np.testing.assert_allclose(ways.signal + ways.ase + ways.nli, 1.0, rtol=1e-12)
