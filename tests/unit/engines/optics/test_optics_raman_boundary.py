import dataclasses

import numpy as np
import pytest

from karakoram.engines.optics.raman_boundary import DB_PER_NEPER, RamanCollocation
from karakoram.engines.optics.raman_waves import RamanWaves
from karakoram.engines.optics.srs import raman_gain_per_w_m
from tests.support.raman_reference import boundary_value_log_power, swept_log_power
from tests.support.raman_spans import NEPER_PER_M_OF_DB_PER_KM, TWO_COUNTER_PUMPS

AGREEMENT_DB = 1e-4
"""Twenty times finer than what the engine promises, 0.002 dB."""

C_L_PUMPS = (
    (211e12, 0.2, True), (208.5e12, 0.2, True), (206e12, 0.2, True), (202e12, 0.2, True),
    (198.5e12, 0.3, True),
)  # fmt: skip
TWO_PUMPS_BOTH_WAYS = (*TWO_COUNTER_PUMPS, (206e12, 0.15, False), (203e12, 0.1, False))
STRONG_PUMPS = ((205e12, 0.5, True), (201e12, 0.5, True))


def waves_of(
    *,
    length_km=80.0,
    pumps=TWO_COUNTER_PUMPS,
    first_thz=191.5,
    spacing_ghz=400.0,
    channels=12,
    power_w=8e-3,
):
    frequency_hz = first_thz * 1e12 + spacing_ghz * 1e9 * np.arange(channels)
    frequency_hz = np.concatenate([frequency_hz, [pump[0] for pump in pumps]])
    power_w = np.concatenate([np.full(channels, power_w), [pump[1] for pump in pumps]])
    # Loss rises on both sides of 1550 nm.
    loss_db_per_km = 0.19 + 0.0006 * (frequency_hz / 1e12 - 193.4) ** 2
    return RamanWaves(
        launch_power_w=power_w[None],
        is_counter=np.array([False] * channels + [bool(pump[2]) for pump in pumps]),
        attenuation_per_m=loss_db_per_km[None] * NEPER_PER_M_OF_DB_PER_KM,
        length_m=np.array([1e3 * length_km]),
        gain_per_w_m=raman_gain_per_w_m(reference_area_m2=83e-12, frequency_hz=frequency_hz)[None],
        type_index=np.array([0]),
        lumped_position_m=np.zeros((1, 0)),
        lumped_loss=np.ones((1, 0)),
    )


def with_losses(waves, *losses):
    """The same with lumped losses, (kilometre, decibel)."""
    return dataclasses.replace(
        waves,
        lumped_position_m=np.array([[1e3 * km for km, _ in losses]]),
        lumped_loss=np.array([[10 ** (loss_db / 10) for _, loss_db in losses]]),
    )


CASES = {
    "C band, two counter-pumps": {},
    "60 km": {"length_km": 60.0},
    "150 km": {"length_km": 150.0},
    "co- and counter-pumps": {"pumps": TWO_PUMPS_BOTH_WAYS},
    "co-pumps alone": {"pumps": ((205e12, 0.3, False), (201e12, 0.3, False))},
    "strong pumps": {"pumps": STRONG_PUMPS, "length_km": 100.0},
    "strong pumps, weak channels": {"pumps": STRONG_PUMPS, "power_w": 1e-4, "length_km": 150.0},
    "C+L band": {"pumps": C_L_PUMPS, "first_thz": 186.0, "spacing_ghz": 900.0, "power_w": 16e-3},
    "C+L band, 150 km": {
        "pumps": C_L_PUMPS,
        "first_thz": 186.0,
        "spacing_ghz": 900.0,
        "length_km": 150.0,
    },
    "48 channels": {"channels": 48, "spacing_ghz": 100.0, "power_w": 2e-3},
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_power_of_every_wave_everywhere_agrees_with_a_converged_boundary_value_solver(case):
    waves = waves_of(**case)
    profile = RamanCollocation().power_profile(waves)
    assert profile.is_solved.all()
    assert profile.failures == ()
    reference = boundary_value_log_power(
        launch_w=waves.launch_power_w[0],
        is_counter=waves.is_counter,
        alpha_per_m=waves.attenuation_per_m[0],
        length_m=float(waves.length_m[0]),
        gain=waves.gain_per_w_m[0],
    )
    difference = np.log(profile.power_w[0]) - reference(profile.position_m[0]).T
    assert np.abs(difference).max() * DB_PER_NEPER < AGREEMENT_DB
    fine_m = np.linspace(0.0, waves.length_m[0], 333)
    power_w = profile.total_gain_at(fine_m[None])[0] * waves.launch_power_w[0]
    difference = np.log(power_w) - reference(fine_m).T
    assert np.abs(difference).max() * DB_PER_NEPER < AGREEMENT_DB


@pytest.mark.parametrize("losses", [(), ((30.0, 1.0),), ((7.0, 0.5), (72.0, 2.0))])
def test_lumped_losses_agree_with_sweeps_from_end_to_end(losses):
    waves = with_losses(waves_of(channels=6, pumps=TWO_PUMPS_BOTH_WAYS), *losses)
    reference = swept_log_power(
        launch_w=waves.launch_power_w[0],
        is_counter=waves.is_counter,
        alpha_per_m=waves.attenuation_per_m[0],
        edges_m=waves.edges_m[0],
        lumped_loss=waves.lumped_loss[0],
        gain=waves.gain_per_w_m[0],
    )
    profile = RamanCollocation().power_profile(waves)
    difference = np.log(profile.output_power_w[0]) - reference
    assert np.abs(difference).max() * DB_PER_NEPER < AGREEMENT_DB


def test_power_steps_down_at_a_lumped_loss_in_the_direction_of_travel():
    profile = RamanCollocation().power_profile(with_losses(waves_of(), (30.0, 3.0)))
    points = profile.collocation.points
    assert (profile.position_m[0, points - 1 : points + 1] == 30e3).all()
    step = profile.power_w[0, points] / profile.power_w[0, points - 1]
    np.testing.assert_allclose(step[~profile.waves.is_counter], 10**-0.3)
    np.testing.assert_allclose(step[profile.waves.is_counter], 10**0.3)


def test_a_position_given_twice_means_before_and_behind_the_loss():
    profile = RamanCollocation().power_profile(with_losses(waves_of(), (30.0, 3.0)))
    points = profile.collocation.points
    gain = profile.total_gain_at(np.array([[0.0, 30e3, 30e3, 80e3]]))
    nodes = profile.total_gain[:, [0, points - 1, points, -1]]
    np.testing.assert_allclose(gain, nodes, rtol=1e-12)
    np.testing.assert_allclose(profile.total_gain_at(np.array([[30e3]])), nodes[:, [2]])


def test_rows_of_a_batch_agree_with_each_alone():
    """Different lengths, powers, losses and fibre types; some need more points than others."""
    singles = [
        with_losses(waves_of(pumps=STRONG_PUMPS, length_km=150.0, power_w=1e-4), (20.0, 1.0)),
        with_losses(waves_of(length_km=60.0), (60.0, 0.0)),
        with_losses(waves_of(power_w=1e-3), (40.0, 0.3)),
    ]
    gain = singles[0].gain_per_w_m
    names = ("launch_power_w", "attenuation_per_m", "length_m", "lumped_position_m", "lumped_loss")
    batch = RamanWaves(
        **{name: np.concatenate([getattr(one, name) for one in singles]) for name in names},
        is_counter=singles[0].is_counter,
        gain_per_w_m=np.concatenate([gain, 0.7 * gain]),
        type_index=np.array([0, 1, 0]),
    )
    together = RamanCollocation().power_profile(batch)
    singles[1] = dataclasses.replace(singles[1], gain_per_w_m=0.7 * gain)
    points = set()
    for row, one in enumerate(singles):
        alone = RamanCollocation().power_profile(one)
        points.add(alone.collocation.points)
        difference = np.log(together.output_power_w[row] / alone.output_power_w[0])
        assert np.abs(difference).max() * DB_PER_NEPER < 1e-5
    assert together.is_solved.all()
    assert len(points) > 1
    assert together.collocation.points == max(points)


def test_many_rows_and_many_channels_are_cut_into_blocks_without_a_trace():
    """More rows than one block holds, and products that one thread must take in pieces."""
    one = waves_of(channels=150, spacing_ghz=30.0, power_w=3e-4)
    names = ("launch_power_w", "attenuation_per_m", "length_m", "type_index")
    many = dataclasses.replace(
        one,
        **{name: np.repeat(getattr(one, name), 31, axis=0) for name in names},
        lumped_position_m=np.zeros((31, 0)),
        lumped_loss=np.ones((31, 0)),
    )
    alone = RamanCollocation().power_profile(one)
    together = RamanCollocation().power_profile(many)
    np.testing.assert_allclose(together.power_w, np.repeat(alone.power_w, 31, axis=0), rtol=1e-9)


def test_a_wave_without_power_has_the_gain_of_a_weak_probe():
    dark = waves_of()
    launch_w = dark.launch_power_w.copy()
    launch_w[0, 4] = 0.0
    probe_w = launch_w.copy()
    probe_w[0, 4] = 1e-12
    gains = [
        RamanCollocation()
        .power_profile(dataclasses.replace(dark, launch_power_w=power_w))
        .total_gain[0, -1, 4]
        for power_w in (launch_w, probe_w)
    ]
    assert gains[0] == pytest.approx(gains[1], rel=1e-6)


def test_a_dark_fibre_only_attenuates():
    waves = waves_of()
    dark = dataclasses.replace(waves, launch_power_w=np.zeros_like(waves.launch_power_w))
    profile = RamanCollocation().power_profile(dark)
    assert profile.is_solved.all()
    assert (profile.power_w == 0.0).all()
    np.testing.assert_allclose(profile.log_raman_gain, 0.0)


def test_an_iteration_that_does_not_end_is_told_and_leaves_no_power():
    waves = waves_of(pumps=STRONG_PUMPS)
    profile = RamanCollocation(iterations_max=3).power_profile(waves)
    assert not profile.is_solved.any()
    assert np.isnan(profile.power_w).all()
    assert np.isnan(profile.output_power_w).all()
    assert profile.residual_db[0] > 1e-3
    assert profile.failures[0].startswith(
        "row 0: the Raman equations of this fibre were not solved"
    )


def test_waves_that_make_power_out_of_nothing_have_no_solution():
    """The iteration may rest on the bound that it puts on power; that is not a solution."""
    waves = waves_of(pumps=((205e12, 0.3, False),))
    creating = dataclasses.replace(waves, gain_per_w_m=np.abs(waves.gain_per_w_m))
    profile = RamanCollocation().power_profile(creating)
    assert not profile.is_solved.any()
    assert np.isnan(profile.power_w).all()


def test_points_that_do_not_resolve_the_powers_are_told():
    waves = waves_of(pumps=STRONG_PUMPS, length_km=150.0, power_w=1e-4)
    profile = RamanCollocation(points_first=8, points_max=12).power_profile(waves)
    assert not profile.is_solved.any()
    assert profile.tail_db[0] > 1e-4
    assert "row 0" in profile.failures[0]


def test_one_failing_row_leaves_the_others_alone():
    weak_pumps = tuple((pump_hz, 1e-3, True) for pump_hz, _, _ in STRONG_PUMPS)
    easy, hard = waves_of(pumps=weak_pumps, power_w=1e-4), waves_of(pumps=STRONG_PUMPS)
    names = ("launch_power_w", "attenuation_per_m", "length_m", "lumped_position_m", "lumped_loss")
    both = dataclasses.replace(
        easy,
        **{name: np.concatenate([getattr(hard, name), getattr(easy, name)]) for name in names},
        type_index=np.array([0, 0]),
    )
    profile = RamanCollocation(iterations_max=4).power_profile(both)
    assert profile.is_solved.tolist() == [False, True]
    assert len(profile.failures) == 1
    assert np.isfinite(profile.power_w[1]).all()


@pytest.mark.parametrize(
    "wrong",
    [{"tolerance_db": 0.0}, {"iterations_max": 0}, {"points_first": 2}, {"points_max": 8}],
)
def test_senseless_options_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        RamanCollocation(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"launch_power_w": np.full((1, 14), -1e-3)},
        {"attenuation_per_m": np.zeros((1, 14))},
        {"lumped_position_m": np.array([[90e3]]), "lumped_loss": np.array([[1.1]])},
        {"lumped_position_m": np.array([[50e3, 10e3]]), "lumped_loss": np.array([[1.1, 1.1]])},
        {"lumped_position_m": np.array([[50e3]]), "lumped_loss": np.array([[0.9]])},
    ],
)
def test_impossible_waves_are_our_mistake(wrong):
    with pytest.raises(AssertionError):
        dataclasses.replace(waves_of(), **wrong)
