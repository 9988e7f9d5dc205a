"""Passbands of switches in cascade, and what they cost a receiver."""

import numpy as np
import pytest

from karakoram.engines.optics.filter_penalty import FilteredSignal, NoisePlace, filtered_snr
from karakoram.engines.optics.filtering import (
    ApertureFilter,
    SuperGaussianFilter,
    cascade_bandwidth_hz,
)

SWITCH = ApertureFilter(aperture_hz=50e9, beam_width_hz=10e9)
SIGNAL = FilteredSignal(symbol_rate_hz=32e9, roll_off=0.15)
SNR = np.array([20.0])


def lost_db(count, *, shape=SWITCH, signal=SIGNAL, snr=SNR, **options):
    left = filtered_snr(
        np.broadcast_to(snr, np.shape(count)),
        np.asarray(count),
        shape=shape,
        signal=signal,
        **options,
    )
    return 10 * np.log10(snr / left)


class TestShapes:
    def test_a_super_gaussian_is_at_half_power_at_its_bandwidth(self):
        shape = SuperGaussianFilter(bandwidth_hz=44e9, order=4.0)
        edge = shape.transmission(np.array([-22e9, 0.0, 22e9]))
        np.testing.assert_allclose(edge, [0.5, 1.0, 0.5])

    def test_a_cascade_of_super_gaussians_narrows_by_the_known_power(self):
        shape = SuperGaussianFilter(bandwidth_hz=44e9, order=3.5)
        count = np.array([1, 2, 8, 20])
        np.testing.assert_allclose(
            cascade_bandwidth_hz(shape, count), 44e9 * count ** (-1 / 7.0), atol=2.0
        )

    def test_the_edge_of_an_aperture_is_at_a_quarter(self):
        edge = SWITCH.transmission(np.array([-25e9, 0.0, 25e9]))
        np.testing.assert_allclose(edge, [0.25, 1.0, 0.25], rtol=1e-6)
        six_db = cascade_bandwidth_hz(SWITCH, np.array([1]), transmission=0.25)
        np.testing.assert_allclose(six_db, 50e9, atol=1e3)

    def test_an_aperture_is_the_slot_seen_through_the_beam(self):
        # The convolution done by sums, with the beam's width at half maximum.
        place_hz = np.linspace(-100e9, 100e9, 200_001)
        beam = np.exp(-4 * np.log(2) * (place_hz / 10e9) ** 2)
        offsets_hz = np.array([0.0, 15e9, 25e9, 30e9])
        seen = np.array([beam[np.abs(place_hz - at_hz) <= 25e9].sum() for at_hz in offsets_hz])
        expected = (seen / seen[0]) ** 2
        found = SWITCH.transmission(offsets_hz)
        np.testing.assert_allclose(found, expected, rtol=1e-3)

    @pytest.mark.parametrize(
        "wrong",
        [
            lambda: SuperGaussianFilter(bandwidth_hz=0.0, order=1.0),
            lambda: SuperGaussianFilter(bandwidth_hz=1.0, order=0.0),
            lambda: ApertureFilter(aperture_hz=0.0, beam_width_hz=1.0),
            lambda: ApertureFilter(aperture_hz=1.0, beam_width_hz=-1.0),
        ],
    )
    def test_a_filter_without_width_is_refused(self, wrong):
        with pytest.raises(ValueError, match="must be > 0"):
            wrong()


class TestSpectrum:
    @pytest.mark.parametrize("roll_off", [0.0, 0.15, 1.0])
    def test_folded_at_the_symbol_rate_it_is_flat(self, roll_off):
        signal = FilteredSignal(symbol_rate_hz=32e9, roll_off=roll_off)
        offset_hz = np.linspace(0.0, 32e9, 33)
        folded = signal.spectrum(offset_hz) + signal.spectrum(offset_hz - 32e9)
        np.testing.assert_allclose(folded, 1.0)

    @pytest.mark.parametrize(
        "wrong", [{"symbol_rate_hz": 0.0}, {"roll_off": 1.1}, {"roll_off": -0.1}]
    )
    def test_a_signal_that_cannot_be_is_refused(self, wrong):
        with pytest.raises(ValueError, match="must be"):
            FilteredSignal(**{"symbol_rate_hz": 32e9, "roll_off": 0.1, **wrong})


class TestPenalty:
    def test_no_filter_and_a_wide_filter_cost_nothing(self):
        wide = ApertureFilter(aperture_hz=500e9, beam_width_hz=10e9)
        assert lost_db([0]) == pytest.approx(0.0, abs=1e-12)
        assert lost_db([20], shape=wide) == pytest.approx(0.0, abs=1e-9)

    def test_more_filters_cost_more(self):
        found = lost_db([0, 1, 4, 16, 32])
        assert (np.diff(found) > 0.0).all()

    def test_noise_that_the_filters_shape_too_costs_less(self):
        along = lost_db([16], noise_place=NoisePlace.ALONG_THE_WAY)
        assert 0.0 < along < lost_db([16])

    def test_one_filter_is_the_same_wherever_noise_joins(self):
        assert lost_db([1], noise_place=NoisePlace.ALONG_THE_WAY) == pytest.approx(lost_db([1]))

    def test_a_detuned_carrier_loses_more_and_either_way_the_same(self):
        def off(detuning_hz):
            detuned = FilteredSignal(symbol_rate_hz=32e9, roll_off=0.15, detuning_hz=detuning_hz)
            return lost_db([8], signal=detuned)[0]

        assert off(3e9) > off(0.0)
        assert off(3e9) == pytest.approx(off(-3e9), rel=1e-9)

    def test_where_nothing_passes_nothing_is_left(self):
        closed = SuperGaussianFilter(bandwidth_hz=8e9, order=6.0)
        assert lost_db([40], shape=closed) > 8.0

    def test_the_formula_is_what_a_long_equaliser_reaches(self):
        # Wiener-Hopf solved for a finite equaliser at two samples a symbol, no integral.
        snr, count = 10.0, 4
        narrow = ApertureFilter(aperture_hz=37.5e9, beam_width_hz=10e9)
        rate_hz, taps, points = 32e9, 101, 4096
        frequency_hz = np.fft.fftfreq(points, d=1 / (2 * rate_hz))
        passed = narrow.transmission(frequency_hz) ** count
        power = SIGNAL.spectrum(frequency_hz) * passed
        # Two samples a symbol: the pulse in time, at a mean power of 1.
        channel = np.fft.ifft(np.sqrt(power / power.sum() * points / 2)).real * 2
        spread = taps + 60
        pulse = np.array([channel[k % points] for k in range(-spread, spread + 1)])
        matrix = np.zeros((taps, taps + spread))
        symbols = np.arange(-((taps + spread) // 2), (taps + spread) - (taps + spread) // 2)
        for row in range(taps):
            lag = (row - taps // 2) - 2 * symbols
            inside = np.abs(lag) <= spread
            matrix[row, inside] = pulse[lag[inside] + spread]
        symbol = matrix[:, symbols == 0][:, 0]
        # White noise: 1/SNR in the symbol rate is 2/SNR in two samples a symbol.
        reference = FilteredSignal(symbol_rate_hz=rate_hz, roll_off=0.15).spectrum(frequency_hz)
        noise = (reference.sum() / points * 2) * 2 / snr
        energy = matrix @ matrix.T + noise * np.eye(taps)
        explained = symbol @ np.linalg.solve(energy, symbol)
        by_taps = explained / (1 - explained)
        by_formula = filtered_snr(np.array([snr]), np.array([count]), shape=narrow, signal=SIGNAL)[
            0
        ]
        assert 10 * np.log10(by_formula / by_taps) == pytest.approx(0.0, abs=0.02)
        assert 10 * np.log10(snr / by_formula) == pytest.approx(1.28, abs=0.01)
