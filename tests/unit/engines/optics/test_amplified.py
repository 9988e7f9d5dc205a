"""What a row of amplifiers does to power and shares."""

import numpy as np
import pytest

from karakoram.core.units import PLANCK_J_S
from karakoram.engines.optics.amplified import (
    BLOCK_SIZE,
    BandAmplifiers,
    amplification,
    amplified,
    amplified_in_bands,
    band_channels,
)
from karakoram.engines.optics.amplifier_types import prepared_amplifiers
from karakoram.engines.optics.noise_figure import FixedNoiseFigure, NoiselessAmplifier
from karakoram.engines.optics.shares import NoiseShares, pure_signal
from tests.support.flat_amplifiers import flat_amplifier_type
from tests.support.optics_devices import even_channels, ratio, settings, shaped_type, some_shares

CHANNELS = even_channels()
QUIET = flat_amplifier_type(
    noise=NoiselessAmplifier(), output_power_max_w=0.1, f_min_hz=191e12, f_max_hz=196e12
)
NOISY = flat_amplifier_type(
    noise=FixedNoiseFigure(factor=4.0, gain_min=1.0),
    output_power_max_w=0.1,
    f_min_hz=191e12,
    f_max_hz=196e12,
)
POWER_W = np.full((1, 12), 1e-5)


def after(kinds, power_w=POWER_W, shares=None, **changes):
    rows = power_w.shape[0]
    return amplification(
        power_w,
        pure_signal(power_w.shape) if shares is None else shares,
        amplifiers=prepared_amplifiers(kinds, CHANNELS),
        settings=settings(rows, **changes),
    )


def test_a_quiet_amplifier_multiplies_and_leaves_the_shares():
    found = after([QUIET], shares=some_shares(1, 12))
    assert found.power_w == pytest.approx(1e-3)
    np.testing.assert_allclose(found.shares.ase, 0.01)
    np.testing.assert_allclose(found.shares.nli, 0.02)


def test_attenuators_take_their_part_before_and_after():
    found = after([NOISY], input_loss=2.0, output_loss=4.0)
    quantum_w = PLANCK_J_S * CHANNELS.frequency_hz * 64e9
    np.testing.assert_allclose(found.power_w[0], (0.5e-5 + 4.0 * quantum_w) * 100.0 / 4.0)
    np.testing.assert_allclose(found.shares.osnr[0], 0.5e-5 / (4.0 * quantum_w))


def test_saturation_limits_the_total_before_the_output_attenuator():
    found = after([QUIET], np.full((2, 12), 1e-3), gain=[1.0, 50.0], output_loss=2.0)
    assert found.effective_gain == pytest.approx([1.0, 0.1 / 12e-3])
    assert found.power_w[1].sum() == pytest.approx(0.05)


def test_the_noise_factor_is_taken_at_the_gain_that_saturation_leaves():
    padded = flat_amplifier_type(
        noise=FixedNoiseFigure(factor=4.0, gain_min=50.0),
        output_power_max_w=0.1,
        f_min_hz=191e12,
        f_max_hz=196e12,
    )
    found = after([padded], np.full((1, 12), 1e-3))
    assert found.noise_factor == pytest.approx(4.0 * 50.0 / (0.1 / 12e-3))


def test_noise_ripple_multiplies_the_noise_factor():
    found = after([shaped_type()])
    grid_hz = np.array([191e12, 196e12])
    ripple_db = np.interp(CHANNELS.frequency_hz, grid_hz, [0.3, -0.3])
    np.testing.assert_allclose(found.noise_factor[0], 4.0 * ratio(ripple_db))


def test_curves_are_interpolated_in_decibels_over_the_band_of_the_type():
    prepared = prepared_amplifiers([shaped_type()], CHANNELS)
    grid_hz = np.linspace(191e12, 196e12, 4)
    ripple_db = np.interp(CHANNELS.frequency_hz, grid_hz, [0.0, 0.2, -0.1, 0.1])
    np.testing.assert_allclose(prepared.shape.log_ripple[0], np.log(ratio(ripple_db)))
    response = np.interp(CHANNELS.frequency_hz, [191e12, 193.5e12, 196e12], [1.0, 1.4, 2.1])
    np.testing.assert_allclose(prepared.shape.tilt_response[0], response)


def test_types_may_be_mixed_in_one_row_of_amplifiers():
    kinds = [QUIET, shaped_type(), NOISY]
    power_w = POWER_W * np.linspace(0.5, 2.0, 4)[:, None]
    found = after(kinds, power_w, kind=[2, 0, 1, 1], tilt=[1.0, 1.0, 1.2, 0.9])
    for row, (kind, tilt) in enumerate([(2, 1.0), (0, 1.0), (1, 1.2), (1, 0.9)]):
        alone = after([kinds[kind]], power_w[row : row + 1], tilt=tilt)
        np.testing.assert_allclose(found.power_w[row], alone.power_w[0], rtol=1e-11)
        np.testing.assert_allclose(found.shares.ase[row], alone.shares.ase[0], rtol=1e-12)


def test_the_short_form_gives_power_and_shares():
    prepared = prepared_amplifiers([NOISY], CHANNELS)
    power_w, shares = amplified(
        POWER_W, pure_signal((1, 12)), amplifiers=prepared, settings=settings(1)
    )
    full = after([NOISY])
    assert power_w.tolist() == full.power_w.tolist()
    assert shares.ase.tolist() == full.shares.ase.tolist()


def test_a_slot_outside_the_band_of_a_type_is_refused():
    narrow = shaped_type(f_min_hz=192.0e12)
    with pytest.raises(ValueError, match=r"type 1 passes .* 192\.0000 THz is not inside"):
        prepared_amplifiers([shaped_type(), narrow], CHANNELS)


def test_many_rows_are_the_same_as_few_at_a_time():
    rows = 2 * BLOCK_SIZE // 12 + 3
    power_w = POWER_W * np.linspace(0.5, 2.0, rows)[:, None]
    found = after([shaped_type(), QUIET], power_w, kind=np.arange(rows) % 2, tilt=1.2)
    for row in (0, 1, BLOCK_SIZE // 12, rows - 1):
        kinds = [[shaped_type(), QUIET][row % 2]]
        alone = after(kinds, power_w[row : row + 1], tilt=1.2)
        np.testing.assert_allclose(found.power_w[row], alone.power_w[0], rtol=1e-11)
        np.testing.assert_allclose(found.noise_factor[row], alone.noise_factor[0], rtol=1e-12)
        np.testing.assert_allclose(found.effective_gain[row], alone.effective_gain[0])


class TestBands:
    LOWER = even_channels(5, first_thz=187.0)

    def combined(self):
        upper = even_channels(7, first_thz=192.0)
        from_lower = self.LOWER
        return type(upper)(
            **{
                name: np.concatenate([getattr(from_lower, name), getattr(upper, name)])
                for name in ("frequency_hz", "symbol_rate_hz", "slot_width_hz")
            }
        )

    def band(self, channels, f_min_hz, f_max_hz, **changes):
        part = band_channels(channels, f_min_hz=f_min_hz, f_max_hz=f_max_hz)
        kind = shaped_type(f_min_hz=f_min_hz, f_max_hz=f_max_hz)
        return BandAmplifiers(
            channels=part,
            amplifiers=prepared_amplifiers([kind], channels.part(part)),
            settings=settings(2, **changes),
        )

    def test_each_band_has_its_own_amplifier(self):
        channels = self.combined()
        bands = [
            self.band(channels, 186e12, 190e12, gain=50.0),
            self.band(channels, 191e12, 196e12, gain=[100.0, 1e5], tilt=1.1),
        ]
        power_w = np.full((2, 12), 1e-5)
        shares = some_shares(2, 12)
        found_w, found = amplified_in_bands(power_w, shares, bands=bands)
        for band in bands:
            part = (slice(None), band.channels)
            entering = NoiseShares(
                signal=shares.signal[part], ase=shares.ase[part], nli=shares.nli[part]
            )
            alone_w, alone = amplified(
                power_w[part], entering, amplifiers=band.amplifiers, settings=band.settings
            )
            np.testing.assert_array_equal(found_w[part], alone_w)
            np.testing.assert_array_equal(found.nli[part], alone.nli)
        assert found_w[1, 5:].sum() == pytest.approx(0.1, rel=1e-2)

    def test_a_channel_outside_every_band_is_refused(self):
        channels = self.combined()
        with pytest.raises(ValueError, match="channel 0 is in 0 bands"):
            amplified_in_bands(
                np.ones((2, 12)),
                pure_signal((2, 12)),
                bands=[self.band(channels, 191e12, 196e12)],
            )

    def test_a_channel_in_two_bands_is_refused(self):
        channels = self.combined()
        twice = [self.band(channels, 191e12, 196e12), self.band(channels, 186e12, 196e12)]
        with pytest.raises(ValueError, match="channel 5 is in 2 bands"):
            amplified_in_bands(np.ones((2, 12)), pure_signal((2, 12)), bands=twice)

    def test_a_slot_that_crosses_an_edge_is_not_in_the_band(self):
        channels = self.combined()
        assert band_channels(channels, f_min_hz=192.0e12, f_max_hz=196e12) == slice(6, 12)
        assert band_channels(channels, f_min_hz=191.0e12, f_max_hz=192.6e12) == slice(5, 11)
        assert band_channels(channels, f_min_hz=200e12, f_max_hz=201e12) == slice(0, 0)
