"""Sections are launched within what their amplifiers give, in one band and in two."""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.adapters.formats.network_folder import read_network
from karakoram.network.sections import multiplex_sections
from karakoram.planning.best_launch_plant import best_launch_plant
from karakoram.planning.lightpaths import LightpathChoice, reach_shares
from karakoram.planning.optical_plant import line_key, optical_plant
from karakoram.planning.section_launch import (
    BandPlan,
    LaunchAim,
    section_batch,
    section_launch,
    uncertain_section_gsnr,
)
from karakoram.refdata.corridor import corridor_folder


@pytest.fixture(scope="module")
def network():
    return read_network(corridor_folder())


@pytest.fixture(scope="module")
def long_line(network):
    """From Aksu to Korla: 596 km in eight sections."""
    return next(
        way
        for one in multiplex_sections(network)
        for way in (one, one.reversed())
        if (way.a_site_id, way.z_site_id) == ("AKS", "KRL")
    )


@pytest.fixture(scope="module")
def wide_network(network):
    """With modes for slots of 150 GHz only."""
    modes = {
        name: mode
        for name, mode in network.library.transceiver_modes.items()
        if mode.spacing_ghz_min == 150.0
    }
    return replace(network, library=replace(network.library, transceiver_modes=modes))


@pytest.fixture(scope="module")
def plant(wide_network):
    return optical_plant(wide_network)


@pytest.mark.parametrize("aim", list(LaunchAim))
@pytest.mark.parametrize("band", list(BandPlan))
def test_the_longest_section_is_launched_as_well_as_can_be(network, long_line, band, aim):
    """Two crowded bands on this line once misled the search, which then stopped early."""
    batch = section_batch(network, [long_line], band=band, spacing_ghz=150.0)
    found = section_launch(batch, aim=aim)
    assert found.plan.residual.max() < 0.01
    assert found.plan.score[0] > found.plan.score_before[0]
    launched = batch.launched
    power_w = launched.band_power_w(found.plan.launch_power_w)
    assert (power_w <= launched.power_max_w * (1.0 + 1e-9)).all()
    assert batch.comb.channel_count == {BandPlan.C: 32, BandPlan.C_AND_L: 64}[band]


def test_two_bands_leave_a_gap_and_have_amplifiers_of_their_own(network, long_line):
    batch = section_batch(network, [long_line], band=BandPlan.C_AND_L, spacing_ghz=75.0)
    frequency_thz = batch.comb.frequency_hz / 1e12
    assert np.diff(frequency_thz).max() == pytest.approx(0.475)
    assert batch.bands.is_in_band.sum(axis=1).tolist() == [64, 64]
    assert batch.amplifiers.restores_profile.all()
    one_band = section_batch(network, [long_line], band=BandPlan.C, spacing_ghz=75.0)
    assert one_band.bands is None
    assert (one_band.comb.launch_power_w[0] == batch.comb.launch_power_w).all()


def test_a_part_of_a_batch_is_launched_as_in_the_whole(network, long_line):
    ways = [long_line, long_line.reversed()]
    batch = section_batch(network, ways, band=BandPlan.C, spacing_ghz=150.0)
    part = batch.of(np.array([1]))
    assert part.oms == (ways[1],)
    whole_gsnr = batch.launched.gsnr(batch.rule_power_w)
    np.testing.assert_allclose(part.launched.gsnr(part.rule_power_w)[0], whole_gsnr[1], rtol=1e-12)


def test_what_is_sure_is_less_than_what_is_planned(network, long_line):
    batch = section_batch(network, [long_line], band=BandPlan.C, spacing_ghz=150.0)
    launch = section_launch(batch, aim=LaunchAim.SHANNON)
    line, whole = (uncertain_section_gsnr(launch, with_receiver=which) for which in (False, True))
    assert len(line.part_db) == 4
    assert len(whole.part_db) == 5
    planned_db = 10.0 * np.log10(launch.plan.gsnr)
    assert (whole.at(0.95) < line.at(0.95)).all()
    assert (line.at(0.95) < planned_db - 0.5).all()


def test_better_launch_powers_leave_more_margin_on_a_path(wide_network, plant, long_line):
    path = (line_key(long_line),)
    better = best_launch_plant(plant, wide_network, path)
    before, after = (
        LightpathChoice(
            one, wide_network, reach_shares=reach_shares(one, wide_network), bit_rate_gbps=400.0
        ).lightpaths(path)[0]
        for one in (plant, better)
    )
    assert after.margin_db > before.margin_db + 1.0
    others = [key for key in plant.lines if set(key[1]).isdisjoint(long_line.span_ids)]
    for spacing_ghz, optics in plant.by_spacing.items():
        launched = better.by_spacing[spacing_ghz]
        assert launched.by_line[others[0]] is optics.by_line[others[0]]
        there, back = (
            launched.by_line[line_key(way)].log_noise for way in (long_line, long_line.reversed())
        )
        both = launched.log_noise_both_ways[path[0]]
        assert both.tolist() == [*there.tolist(), *back.tolist()]


def test_submarine_lines_keep_their_launch(wide_network, plant):
    wet = next(key for key, line in plant.lines.items() if line.submarine_cable_id is not None)
    assert best_launch_plant(plant, wide_network, (wet,)) is plant
