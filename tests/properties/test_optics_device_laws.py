"""Laws of amplifiers, ROADMs, filters and receivers that hold for all of them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.engines.optics.amplified import AmplifierSettings, amplification
from karakoram.engines.optics.amplifier_types import prepared_amplifiers
from karakoram.engines.optics.dual_stage import DualStageNoiseFigure
from karakoram.engines.optics.filter_penalty import FilteredSignal, NoisePlace, filtered_snr
from karakoram.engines.optics.filtering import (
    ApertureFilter,
    SuperGaussianFilter,
    cascade_bandwidth_hz,
)
from karakoram.engines.optics.mode_choice import ReceivedColumns, TransceiverMode, mode_choice
from karakoram.engines.optics.noise_figure import FixedNoiseFigure, OperatingPoint
from karakoram.engines.optics.openroadm_noise_figure import OpenRoadmInline, OpenRoadmPreamplifier
from karakoram.engines.optics.polynomial_noise_figure import PolynomialNoiseFigure
from karakoram.engines.optics.receiver import PenaltyCurve
from karakoram.engines.optics.roadm import equalised
from karakoram.engines.optics.roadm_path import RoadmBand, roadm_impairments, stacked_impairments
from karakoram.engines.optics.shares import pure_signal
from karakoram.engines.optics.two_coil import two_coil_noise_figure
from tests.support.optics_devices import even_channels, ratio, shaped_type, some_shares

CHANNELS = even_channels()
COUNT = CHANNELS.frequency_hz.size
ROUNDING = 1e-9

laws = settings(max_examples=40, deadline=None)

SINGLE = (
    FixedNoiseFigure(factor=4.0, gain_min=20.0),
    two_coil_noise_figure(factor_min=4.0, factor_max=10.0, gain_min=32.0, gain_max=400.0),
    PolynomialNoiseFigure(
        coefficients_db=(0.0008, 0.0272, -0.2249, 6.4902), gain_min=10.0, gain_max=316.0
    ),
    OpenRoadmInline(osnr_coefficients_db=(-0.0006, -0.0625, -1.07, 28.99), gain_min=1.0),
    OpenRoadmPreamplifier(gain_min=1.0),
)
MODELS = (
    *SINGLE,
    DualStageNoiseFigure(preamplifier=SINGLE[1], booster=SINGLE[0], preamplifier_gain=400.0),
)


@st.composite
def rows(draw, count=3):
    """Input powers and settings of a few amplifiers."""

    def column(low, high):
        return np.array(draw(st.lists(st.floats(low, high), min_size=count, max_size=count)))

    uneven_db = column(-3.0, 3.0)[:, None] * np.linspace(-0.5, 0.5, COUNT)
    return (
        1e-3 * ratio(column(-24.0, -12.0)[:, None] + uneven_db),
        {
            "gain": ratio(column(8.0, 30.0)),
            "tilt": ratio(column(-3.0, 3.0)),
            "input_loss": ratio(column(0.0, 3.0)),
            "output_loss": ratio(column(0.0, 3.0)),
        },
    )


def after(model, power_w, columns):
    return amplification(
        power_w,
        pure_signal(power_w.shape),
        amplifiers=prepared_amplifiers([shaped_type(noise=model)], CHANNELS),
        settings=AmplifierSettings(kind=np.zeros(power_w.shape[0], dtype=int), **columns),
    )


@laws
@given(drawn=rows(), model=st.sampled_from(MODELS))
def test_total_gain_is_what_was_set_or_what_the_largest_power_allows(drawn, model):
    power_w, columns = drawn
    found = after(model, power_w, columns)
    entering_w = power_w / columns["input_loss"][:, None]
    leaving_w = (entering_w * found.channel_gain).sum(axis=1)
    np.testing.assert_allclose(leaving_w, found.effective_gain * entering_w.sum(axis=1), rtol=1e-11)
    assert (leaving_w <= 0.1 * (1 + ROUNDING)).all()
    assert (found.effective_gain <= columns["gain"]).all()


@laws
@given(drawn=rows(), model=st.sampled_from(MODELS))
def test_shares_stay_shares_and_an_amplifier_never_helps(drawn, model):
    power_w, columns = drawn
    found = after(model, power_w, columns)
    whole = found.shares.signal + found.shares.ase + found.shares.nli
    np.testing.assert_allclose(whole, 1.0, rtol=ROUNDING)
    assert (found.shares.ase >= 0.0).all()
    assert (found.shares.signal < 1.0).all()


@laws
@given(drawn=rows(), model=st.sampled_from(MODELS))
def test_rows_do_not_depend_on_each_other(drawn, model):
    power_w, columns = drawn
    together = after(model, power_w, columns)
    backwards = after(model, power_w[::-1], {name: c[::-1] for name, c in columns.items()})
    np.testing.assert_allclose(together.power_w, backwards.power_w[::-1], rtol=1e-11)


@laws
@given(drawn=rows(), more=st.floats(1.0, 4.0))
def test_more_loss_before_an_amplifier_never_raises_osnr(drawn, more):
    power_w, columns = drawn
    for model in SINGLE[:3]:
        better = after(model, power_w, columns).shares.osnr
        lossy = {**columns, "input_loss": columns["input_loss"] * more}
        assert (after(model, power_w, lossy).shares.osnr <= better * (1 + ROUNDING)).all()


@laws
@given(gain_db=st.floats(0.0, 24.0), less_db=st.floats(0.0, 10.0))
def test_less_gain_of_a_two_coil_amplifier_is_never_quieter(gain_db, less_db):
    point = OperatingPoint(
        gain=ratio([gain_db, gain_db - less_db]),
        input_power_w=np.full(2, 1e-3),
        slot_width_total_hz=4.8e12,
    )
    factor = SINGLE[1].noise_factor(point)
    assert factor[1] >= factor[0] * (1 - ROUNDING)


@laws
@given(drawn=rows(), target_dbm=st.floats(-30.0, 0.0), loss_db=st.floats(0.0, 20.0))
def test_a_roadm_never_exceeds_its_target_nor_what_came_in(drawn, target_dbm, loss_db):
    power_w, _ = drawn
    band = RoadmBand(insertion_loss=float(ratio(loss_db)))
    path = stacked_impairments([roadm_impairments([band], CHANNELS.frequency_hz)])
    target_w = np.full((1, COUNT), 1e-3 * ratio(target_dbm))

    def through(entering_w):
        return equalised(
            entering_w,
            some_shares(3, COUNT),
            target_w=target_w,
            impairments=path,
            channels=CHANNELS,
        )[0]

    found_w = through(power_w)
    assert (found_w <= target_w).all()
    assert (found_w * ratio(loss_db) <= power_w * (1 + ROUNDING)).all()
    assert (found_w <= through(2.0 * power_w)).all()


@laws
@given(
    count=st.integers(0, 40),
    snr_db=st.floats(0.0, 25.0),
    roll_off=st.floats(0.0, 0.5),
    slot_hz=st.sampled_from([37.5e9, 50e9, 75e9]),
    detuning_hz=st.floats(-3e9, 3e9),
)
def test_filters_never_help_and_one_more_never_helps(count, snr_db, roll_off, slot_hz, detuning_hz):
    signal = FilteredSignal(symbol_rate_hz=32e9, roll_off=roll_off, detuning_hz=detuning_hz)
    snr = np.full(2, ratio(snr_db))
    for shape in (
        ApertureFilter(aperture_hz=slot_hz, beam_width_hz=10e9),
        SuperGaussianFilter(bandwidth_hz=0.9 * slot_hz, order=4.0),
    ):
        late, along = (
            filtered_snr(
                snr,
                np.array([count, count + 1]),
                shape=shape,
                signal=signal,
                noise_place=place,
            )
            for place in NoisePlace
        )
        assert (late <= snr * (1 + ROUNDING)).all()
        # Where only excess bandwidth is filtered, the power put back can help a little more.
        assert (late <= along * ratio(0.01)).all()
        assert late[1] <= late[0] * (1 + ROUNDING)
        assert along[1] <= along[0] * (1 + ROUNDING)


@laws
@given(count=st.integers(1, 60), order=st.floats(1.0, 8.0))
def test_a_longer_cascade_is_narrower(count, order):
    for shape in (
        SuperGaussianFilter(bandwidth_hz=44e9, order=order),
        ApertureFilter(aperture_hz=50e9, beam_width_hz=2e9 * order),
    ):
        width_hz = cascade_bandwidth_hz(shape, np.array([count, count + 1]))
        assert 0.0 < width_hz[1] < width_hz[0]


@st.composite
def transceivers(draw):
    curve = PenaltyCurve(
        impairment=np.array([0.0, 20.0, 50.0]), penalty_db=np.array([0.0, 0.0, 2.0])
    )
    return [
        TransceiverMode(
            bit_rate_bit_per_s=draw(st.sampled_from([200e9, 400e9, 800e9])),
            symbol_rate_hz=draw(st.sampled_from([32e9, 64e9])),
            slot_width_hz=draw(st.sampled_from([75e9, 100e9])),
            osnr_required=draw(st.floats(10.0, 300.0)),
            transmitter_osnr=draw(st.floats(1e3, 1e5)),
            cost=draw(st.sampled_from([1.0, 2.0])),
            dispersion_penalty=draw(st.sampled_from([None, curve])),
            power_min_w=draw(st.sampled_from([0.0, 5e-5])),
        )
        for _ in range(draw(st.integers(1, 6)))
    ]


def arrivals(draw_gsnr, dispersion, slot_hz):
    one = np.ones((len(draw_gsnr), 1))
    return ReceivedColumns(
        gsnr=np.array(draw_gsnr)[:, None],
        inverse_osnr=1e-4 * one,
        dispersion_s_per_m=dispersion * one,
        pmd_s=1e-12 * one,
        pdl_db=one,
        power_w=1e-4 * one,
        slot_width_hz=slot_hz * one,
    )


@laws
@given(
    modes=transceivers(),
    gsnr=st.lists(st.floats(1.0, 100.0), min_size=1, max_size=4),
    dispersion=st.floats(0.0, 60.0),
    slot_hz=st.sampled_from([75e9, 100e9]),
)
def test_the_best_mode_is_the_one_a_search_by_hand_finds(modes, gsnr, dispersion, slot_hz):
    found = mode_choice(modes, arrivals(gsnr, dispersion, slot_hz), margin_db=1.0)
    for path in range(len(gsnr)):
        closing = [
            (-mode.bit_rate_bit_per_s, mode.slot_width_hz, mode.cost, index)
            for index, mode in enumerate(modes)
            if found.failure[path, index] == 0
        ]
        assert found.best[path] == (min(closing)[-1] if closing else -1)
    assert ((found.failure == 0) <= (found.margin_db >= 0.0)).all()


@laws
@given(modes=transceivers(), gsnr=st.floats(1.0, 100.0), better=st.floats(1.0, 3.0))
def test_a_better_line_never_loses_a_mode(modes, gsnr, better):
    found = mode_choice(modes, arrivals([gsnr, gsnr * better], 30.0, 100e9), margin_db=1.0)
    assert ((found.failure[1] == 0) >= (found.failure[0] == 0)).all()
