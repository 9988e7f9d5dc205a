"""Modes over a path: what each has left, which is chosen, and what filters and windows take."""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.engines.optics.filter_penalty import FilteredSignal, filtered_snr
from karakoram.engines.optics.filtering import ApertureFilter
from karakoram.engines.optics.method import DEFAULT_METHOD
from karakoram.network.photonic.transceivers import PenaltyTable
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic import receivers
from karakoram.planning.photonic.lit_channels import channels_of_comb
from karakoram.planning.photonic.mode_columns import channels_in_mode, fits, mode_columns
from karakoram.planning.photonic.propagation import propagated
from karakoram.planning.photonic.receiver_records import SwitchFilters
from karakoram.planning.photonic.receivers import (
    ReceiverQuestion,
    filter_penalty_db,
    receiver_choice,
    switch_count,
)
from tests.support.light_files import equipment, line, write_files

SLOW = {"format": "slow", "baud_rate": 32e9, "OSNR": 10, "bit_rate": 100e9, "min_spacing": 50e9}
FAST = {"format": "fast", "baud_rate": 44e9, "OSNR": 16, "bit_rate": 300e9, "min_spacing": 50e9}
WIDE = {"format": "wide", "baud_rate": 60e9, "OSNR": 12, "bit_rate": 400e9, "min_spacing": 75e9}


@pytest.fixture(scope="module")
def plant(tmp_path_factory):
    library = equipment()
    for mode in (SLOW, FAST, WIDE):
        sent = {"roll_off": 0.1, "tx_osnr": 40, "cost": 1}
        library["Transceiver"][0]["mode"].append({**sent, **mode})
    files = write_files(
        tmp_path_factory.mktemp("modes"), network=line("TFTFT", "F"), library=library
    )
    types = read_gnpy_equipment(files[1]).required()
    network = read_gnpy_network(files[0], types).required()
    return network, types, shortest_path(network, from_id="Site_A", to_id="Site_B")


def modes_of(plant, *names, **changes):
    kind = plant[1].transceiver_types["transponder"]
    return tuple(replace(kind.mode(name), **changes) for name in names)


def chosen(plant, modes, **changes):
    network, library, path = plant
    question = ReceiverQuestion(
        path=path,
        spectrum=channels_of_comb(library.spectra["default"]),
        transceiver=library.transceiver_types["transponder"],
        modes=modes,
        filters=None,
        method=DEFAULT_METHOD,
    )
    return receiver_choice(network, library, replace(question, **changes))


def test_a_mode_is_judged_by_the_light_that_it_sends_itself(plant):
    (fast,) = modes_of(plant, "fast")
    found = chosen(plant, (fast,))
    lit = channels_in_mode(channels_of_comb(plant[1].spectra["default"]), fast)
    assert set(lit.symbol_rate_hz) == {44e9}
    light = propagated(plant[0], plant[1], path=plant[2], spectrum=lit)
    np.testing.assert_allclose(found.modes[0].gsnr_01nm_db, light.received.gsnr_01nm_db)
    margin_db = light.received.gsnr_01nm_db - 16.0 - plant[1].spectra["default"].system_margin_db
    np.testing.assert_allclose(found.modes[0].margin_db, margin_db, atol=1e-9)
    assert found.propagation.received.gsnr_01nm_db.tolist() == light.received.gsnr_01nm_db.tolist()


def test_the_mode_that_carries_most_of_those_that_work_is_chosen(plant):
    modes = modes_of(plant, "slow", "fast", "wide")
    found = chosen(plant, modes)
    # The wide one does not fit the slots of 50 GHz, nor is its first reason another.
    assert [one.reasons for one in found.modes] == [("tuning",), ("tuning",), ("spacing", "tuning")]
    assert found.modes[2].works.sum() == 0
    # The transponder tunes from 191.35 THz, the comb begins at 191.3.
    assert found.best == (None, *(1,) * 96)
    assert found.best_everywhere is None
    assert not found.is_complete
    tuned = replace(plant[1].transceiver_types["transponder"], modes=modes)
    band = replace(tuned.band, lower_thz=191.3)
    found = chosen(plant, modes, transceiver=replace(tuned, band=band))
    assert found.best_everywhere == found.shown == 1
    assert found.is_complete
    assert {one.mode.name for _, one in found.chosen()} == {"fast"}


def test_penalties_come_off_the_margin_and_beyond_their_table_nothing_works(plant):
    light = chosen(plant, modes_of(plant, "slow")).modes[0]
    cd = plant_cd(plant)
    table = PenaltyTable(impairments=(0.0, 2.0 * cd), penalties_db=(0.0, 3.0))
    found = chosen(plant, modes_of(plant, "slow", cd_penalties=table)).modes[0]
    np.testing.assert_allclose(found.cd_penalty_db, 1.5, atol=0.1)
    np.testing.assert_allclose(found.margin_db, light.margin_db - found.cd_penalty_db)
    for name, word in (("cd", "CD"), ("pmd", "PMD"), ("pdl", "PDL")):
        short = PenaltyTable(impairments=(0.0, 1e-9), penalties_db=(0.0, 0.0))
        beyond = {"impairments": (50.0, 60.0)} if name == "pdl" else {}
        short = replace(short, **beyond)
        dark = chosen(plant, modes_of(plant, "slow", **{f"{name}_penalties": short}))
        assert dark.modes[0].failures[5] == (word,)
        assert np.isinf(getattr(dark.modes[0], f"{name}_penalty_db")).all()
        assert dark.best_everywhere is None


def plant_cd(plant):
    light = chosen(plant, modes_of(plant, "slow")).propagation
    return float(light.received.cd_ps_per_nm.mean())


def test_power_outside_the_window_of_the_receiver_is_told(plant):
    (least, most) = (
        chosen(plant, modes_of(plant, "slow", **window)).modes[0]
        for window in ({"rx_power_dbm_min": -19.9}, {"rx_power_dbm_max": -20.1})
    )
    assert least.failures[5] == most.failures[5] == ("power",)
    within = {"rx_power_dbm_min": -20.1, "rx_power_dbm_max": -19.9}
    assert chosen(plant, modes_of(plant, "slow", **within)).modes[0].failures[5] == ()
    np.testing.assert_allclose(least.power_dbm, -20.0)


def test_what_a_mode_leaves_open_and_a_transmitter_that_is_too_weak_are_warnings(plant):
    told = chosen(plant, modes_of(plant, "slow", roll_off=None, tx_power_dbm_min=3.0)).warnings
    assert [one.code for one in told] == ["roll-off-assumed", "tx-power-out-of-window"]
    assert "3 to any dBm" in told[1].message
    assert {one.place.record for one in told} == {"transponder"}
    assert chosen(plant, modes_of(plant, "slow", tx_power_dbm_max=0.0)).warnings == ()


def test_switches_are_counted_by_the_way_through_each_roadm(plant):
    network, _, path = plant
    select = SwitchFilters(otf_bandwidth_ghz=10.0, per_express=1)
    assert switch_count(network, path, None) == 1 + 2 + 1
    assert switch_count(network, path, select) == 3


def test_filtering_costs_what_the_engine_says_and_comes_off_the_margin(plant):
    filters = SwitchFilters(otf_bandwidth_ghz=12.0)
    (fast,) = modes_of(plant, "fast")
    plain, filtered = (chosen(plant, (fast,), filters=one) for one in (None, filters))
    lost_db = filtered.modes[0].filter_penalty_db
    assert (lost_db > 0.05).all()
    np.testing.assert_allclose(plain.modes[0].margin_db - filtered.modes[0].margin_db, lost_db)
    snr = 10.0 ** (filtered.propagation.received.gsnr_db[:1] / 10.0)
    left = filtered_snr(
        snr,
        np.array([4]),
        shape=ApertureFilter(aperture_hz=50e9, beam_width_hz=12e9),
        signal=FilteredSignal(symbol_rate_hz=44e9, roll_off=0.1),
    )
    np.testing.assert_allclose(lost_db[0], 10.0 * np.log10(snr[0] / left[0]))
    lit = channels_in_mode(channels_of_comb(plant[1].spectra["default"]), fast)
    gsnr_db = np.full(lit.frequency_hz.size, 15.0)
    few, many = (filter_penalty_db(lit, gsnr_db, count=n, filters=filters) for n in (2, 12))
    assert (many > few).all()


def test_modes_that_send_the_same_light_are_propagated_once(plant, monkeypatch):
    asked = []

    def counted(*args, **options):
        asked.append(options["spectrum"])
        return propagated(*args, **options)

    monkeypatch.setattr(receivers, "propagated", counted)
    kept = modes_of(plant, "slow")
    found = chosen(plant, (*kept, replace(kept[0], name="like it", required_osnr_db=12.0)))
    assert len(asked) == 1
    np.testing.assert_allclose(found.modes[0].margin_db - found.modes[1].margin_db, 2.0)


def test_a_mode_in_linear_units(plant):
    (mode,) = modes_of(plant, "wide", cost=None, rx_power_dbm_min=-10.0)
    columns = mode_columns(mode)
    assert columns.cost == float("inf")
    assert columns.power_min_w == pytest.approx(1e-4)
    assert columns.power_max_w == float("inf")
    lit = channels_of_comb(plant[1].spectra["default"])
    assert not fits(mode, lit).any()
    assert channels_in_mode(lit, mode).symbol_rate_hz.tolist() == lit.symbol_rate_hz.tolist()
