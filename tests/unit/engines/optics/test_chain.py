import numpy as np
import pytest

from karakoram.engines.optics import PropagationMethod, RamanModel
from karakoram.engines.optics.amplified import BandAmplifiers, amplified
from karakoram.engines.optics.amplifier_types import prepared_amplifiers
from karakoram.engines.optics.chain import (
    AmplifierPassage,
    LossPassage,
    MultibandAmplifierPassage,
    RoadmPassage,
    single_amplifier_settings,
    states_along,
)
from karakoram.engines.optics.channel_state import launched
from karakoram.engines.optics.fibre import FibreColumns, line_columns
from karakoram.engines.optics.fibre_passage import FibrePiece, fibre_passage, prepared_fibre
from karakoram.engines.optics.line import line_noise
from karakoram.engines.optics.noise_figure import FixedNoiseFigure
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.roadm_path import (
    RoadmBand,
    roadm_impairments,
    stacked_impairments,
)
from karakoram.engines.optics.spectrum import Comb
from tests.support.flat_amplifiers import flat_amplifier_type
from tests.support.no_interference import NoInterference
from tests.support.optics_devices import even_channels, settings, shaped_type, some_shares
from tests.support.optics_lines import loss_matched_amplifiers

CHANNELS = even_channels()
COUNT = CHANNELS.frequency_hz.size


def start(rows=1, power_w=1e-3):
    return launched(np.full((rows, COUNT), power_w), transmitter_osnr=np.full(COUNT, 1e4))


def test_a_loss_takes_power_and_leaves_the_shares():
    before = start()
    after = LossPassage(loss=4.0).after(before)
    np.testing.assert_allclose(after.power_w, 2.5e-4)
    assert after.shares is before.shares
    np.testing.assert_allclose(before.power_w, 1e-3)


def test_states_stand_before_the_first_element_and_behind_each():
    before = start()
    states = states_along([LossPassage(loss=2.0), LossPassage(loss=5.0)], before)
    assert states[0] is before
    assert [float(state.power_w[0, 0]) for state in states] == pytest.approx([1e-3, 5e-4, 1e-4])


def test_nothing_in_a_state_can_be_written():
    with pytest.raises(ValueError, match="read-only"):
        start().power_w[0, 0] = 1.0


def passage(**changes):
    linear = {"gain": 100.0, "tilt": 1.2, "input_loss": 1.1, "output_loss": 1.3, **changes}
    prepared = prepared_amplifiers([shaped_type()], CHANNELS)
    return AmplifierPassage(
        amplifiers=prepared,
        settings=single_amplifier_settings(**linear),
        pmd_s=3e-13,
        pdl_db=0.3,
    )


def test_an_amplifier_does_what_a_row_of_amplifiers_does_and_adds_its_pmd_and_pdl():
    through, before = passage(), start()
    after = through.after(through.after(before))
    once_w, shares = amplified(
        before.power_w,
        before.shares,
        amplifiers=through.amplifiers,
        settings=settings(1, tilt=1.2, input_loss=1.1, output_loss=1.3),
    )
    np.testing.assert_array_equal(through.after(before).power_w, once_w)
    np.testing.assert_array_equal(through.after(before).shares.ase, shares.ase)
    np.testing.assert_allclose(after.pmd_s, 3e-13 * np.sqrt(2.0))
    np.testing.assert_allclose(after.pdl_db, 0.3 * np.sqrt(2.0))
    assert through.amplification(before).effective_gain == pytest.approx(
        min(100.0, 0.1 * 1.1 / (COUNT * 1e-3))
    )


def test_rows_are_launches_that_do_not_see_each_other():
    strong_w = np.linspace(1e-4, 2e-3, 3)[:, None] * np.ones((3, COUNT))
    together = passage().after(launched(strong_w, transmitter_osnr=np.full(COUNT, 1e4)))
    for row, power_w in enumerate(strong_w):
        alone = passage().after(launched(power_w[None], transmitter_osnr=np.full(COUNT, 1e4)))
        np.testing.assert_allclose(together.power_w[row], alone.power_w[0], rtol=1e-14)


def test_a_multiband_amplifier_takes_each_band_by_itself():
    half = COUNT // 2
    slices = (slice(0, half), slice(half, COUNT))
    bands = tuple(
        BandAmplifiers(
            channels=part,
            amplifiers=prepared_amplifiers([flat_type()], CHANNELS.part(part)),
            settings=single_amplifier_settings(
                gain=gain, tilt=1.0, input_loss=1.0, output_loss=1.0
            ),
        )
        for part, gain in zip(slices, (10.0, 20.0), strict=True)
    )
    pmd_s = np.repeat([1e-13, 2e-13], [half, COUNT - half])
    through = MultibandAmplifierPassage(bands=bands, pmd_s=pmd_s, pdl_db=np.zeros(COUNT))
    after = through.after(start(rows=2, power_w=1e-5))
    np.testing.assert_allclose(after.power_w[:, 0], 1e-4, rtol=1e-2)
    np.testing.assert_allclose(after.power_w[:, -1], 2e-4, rtol=1e-2)
    np.testing.assert_allclose(after.pmd_s, np.tile(pmd_s, (2, 1)))


def flat_type():
    return flat_amplifier_type(
        noise=FixedNoiseFigure(factor=4.0, gain_min=1.0),
        output_power_max_w=1.0,
        f_min_hz=191.0e12,
        f_max_hz=196.0e12,
    )


def test_a_roadm_levels_and_keeps_its_osnr_for_the_receiver():
    band = RoadmBand(insertion_loss=2.0, osnr=1e3, pmd_s=2e-12, pdl_db=0.4, dispersion_s_per_m=1e-3)
    through = RoadmPassage(
        channels=CHANNELS,
        target_w=np.full(COUNT, 1e-5),
        impairments=stacked_impairments([roadm_impairments([band], CHANNELS.frequency_hz)]),
    )
    after = through.after(through.after(start()))
    np.testing.assert_allclose(after.power_w, 5e-6)  # less than the target: it does not amplify
    np.testing.assert_allclose(after.inverse_osnr, 1e-4 + 2e-3)
    np.testing.assert_allclose(after.pmd_s, 2e-12 * np.sqrt(2.0))
    np.testing.assert_allclose(after.dispersion_s_per_m, 2e-3)
    in_01nm = 12.5e9 / CHANNELS.symbol_rate_hz / 2.1e-3
    np.testing.assert_allclose(after.received_gsnr(CHANNELS.symbol_rate_hz)[0], in_01nm)
    np.testing.assert_allclose(after.received_osnr(CHANNELS.symbol_rate_hz)[0], in_01nm)


def test_the_receiver_adds_line_and_terminals():
    state = launched(np.full((1, COUNT), 1e-3), transmitter_osnr=np.full(COUNT, np.inf))
    noisy = type(state)(
        **{name: getattr(state, name) for name in state.__slots__ if name != "shares"},
        shares=some_shares(1, COUNT, ase=0.01, nli=0.02),
    )
    np.testing.assert_allclose(noisy.received_gsnr(CHANNELS.symbol_rate_hz), 0.97 / 0.03)
    np.testing.assert_allclose(noisy.received_osnr(CHANNELS.symbol_rate_hz), 0.97 / 0.01)


METHODS = (
    PropagationMethod(),
    PropagationMethod(raman=RamanModel.NONE),
    PropagationMethod(nonlinear=NoInterference()),
)


def comb():
    return Comb(
        frequency_hz=191.5e12 + 75e9 * np.arange(20),
        symbol_rate_hz=np.full(20, 64e9),
        launch_power_w=np.linspace(1.0, 2.0, 20) * 1e-3,
    )


@pytest.mark.parametrize("method", METHODS)
def test_a_chain_is_the_line_of_the_line_engine(method):
    lit, loss = comb(), np.array([1.2, 1.1, 1.3])
    columns = FibreColumns(
        length_m=np.array([80e3, 60e3, 100e3]),
        attenuation_per_m=np.full(3, 4.6e-5),
        input_loss=loss,
        output_loss=loss[::-1].copy(),
        dispersion_s_per_m2=np.full(3, 17e-6),
        dispersion_slope_s_per_m3=np.full(3, 60.0),
        effective_area_m2=np.full(3, 80e-12),
        pmd_s_per_sqrt_m=np.zeros(3),
    )
    batch = line_columns([columns])
    amplifiers = loss_matched_amplifiers(
        batch, booster_gain=10.0, noise_factor=4.0, output_power_max_w=0.2
    )
    expected = line_noise(batch, lit, amplifiers, method=method)
    glass = FibreType(
        attenuation_per_m=np.array([4.6e-5]),
        dispersion_ref_s_per_m2=17e-6,
        dispersion_slope_s_per_m3=60.0,
        reference_area_m2=80e-12,
    )
    fibre = prepared_fibre(glass, lit, method)
    channels = even_channels(20, first_thz=191.5, slot_ghz=75.0)
    kind = flat_amplifier_type(
        noise=FixedNoiseFigure(factor=4.0, gain_min=0.1),
        output_power_max_w=0.2,
        f_min_hz=191e12,
        f_max_hz=196e12,
    )
    prepared = prepared_amplifiers([kind], channels)

    def amplifier(gain):
        linear = single_amplifier_settings(gain=gain, tilt=1.0, input_loss=1.0, output_loss=1.0)
        return AmplifierPassage(amplifiers=prepared, settings=linear)

    chain = [amplifier(10.0)]
    for place in range(3):
        piece = FibrePiece(
            length_m=float(columns.length_m[place]),
            input_loss=float(columns.input_loss[place]),
            output_loss=float(columns.output_loss[place]),
            lumped=None,
            dispersion_s_per_m=np.zeros(20),
            pmd_s=0.0,
            latency_s=0.0,
        )
        chain += [fibre_passage(fibre, piece), amplifier(float(columns.loss[place]))]
    begin = launched(lit.launch_power_w[None] / 10.0, transmitter_osnr=np.full(20, np.inf))
    end = states_along(chain, begin)[-1]
    np.testing.assert_allclose(end.shares.gsnr[0], expected.gsnr[0], rtol=1e-10)
    np.testing.assert_allclose(end.power_w[0], expected.output_power_w[0], rtol=1e-10)
