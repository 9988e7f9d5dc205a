from dataclasses import replace
from math import log10

import numpy as np
import pytest

from karakoram.engines.optics import (
    Comb,
    RepeateredColumns,
    line_columns,
    line_noise,
    log_noise,
    repeatered_line_noise,
)
from karakoram.network.columns import ots_columns, repeater_span_columns
from karakoram.network.records import Status
from karakoram.network.submarine import DesignBasis
from karakoram.planning.optical_plant import (
    UNPROVEN_GSNR,
    fibre_columns,
    line_amplifiers,
    optical_plant,
    terrestrial_comb,
)
from tests.support.planning_networks import (
    amplifier,
    fibre,
    fibre_type,
    mode,
    network_of,
    roadm_type,
    sea,
    small_library,
    system,
)

NARROW = mode("NARROW", 100.0, spacing_ghz_min=50.0)


def optics_of(network, spacing_ghz=100.0):
    return optical_plant(network).by_spacing[spacing_ghz]


def test_both_directions_of_every_line_are_there():
    plant = optical_plant(network_of(fibre("A", "M", 90.0), fibre("M", "Z", 50.0)))
    assert set(plant.lines) == {
        *(("A", ("A-M",)), ("M", ("A-M",))),
        *(("M", ("M-Z",)), ("Z", ("M-Z",))),
    }


def test_there_is_one_comb_for_each_spacing_at_equal_density():
    modes = {
        "narrow": mode("narrow", 100.0, spacing_ghz_min=50.0),
        "slow": mode("slow", 100.0, spacing_ghz_min=150.0),
        "fast": mode("fast", 400.0, spacing_ghz_min=150.0, symbol_rate_gbaud=130.0),
    }
    network = network_of(
        fibre("A", "Z", 50.0),
        library=small_library(transceiver_modes=modes),
        rules={"launch_power_dbm": 2.0},
    )
    by_spacing = optical_plant(network).by_spacing
    assert set(by_spacing) == {50.0, 150.0}
    narrow, wide = by_spacing[50.0].comb, by_spacing[150.0].comb
    # 1 THz of band; the symbol rate is that of the fastest mode of the spacing.
    assert (narrow.channel_count, wide.channel_count) == (20, 6)
    assert (narrow.symbol_rate_hz[0], wide.symbol_rate_hz[0]) == (32e9, 130e9)
    assert narrow.launch_power_w == pytest.approx(1e-3 * 10**0.2)
    assert wide.launch_power_w == pytest.approx(3.0 * 1e-3 * 10**0.2)


def test_a_line_is_as_noisy_as_the_engine_says_of_its_columns():
    network = network_of(
        fibre("A", "P", 70.0, attenuation=0.25), fibre("P", "Z", 130.0), roadms="AZ"
    )
    plant = optical_plant(network)
    batch = line_columns(
        [fibre_columns(ots_columns(network, line)) for line in plant.lines.values()]
    )
    noise = line_noise(
        batch,
        terrestrial_comb(network, spacing_ghz=100.0),
        line_amplifiers(network, tuple(plant.lines.values()), batch),
    )
    for row, key in enumerate(plant.lines):
        found = plant.by_spacing[100.0].by_line[key].log_noise
        np.testing.assert_allclose(found, log_noise(noise.gsnr[row]))


def test_amplifier_noise_of_one_span_is_that_of_the_textbook():
    # ASE of booster and preamplifier: P = h f R F G per amplifier; OSNR by hand, no interference
    # to speak of at this low power.
    network = network_of(fibre("A", "Z", 80.0), rules={"launch_power_dbm": -20.0})
    line = optics_of(network).by_line["A", ("A-Z",)]
    comb = optics_of(network).comb
    signal_w = comb.launch_power_w[0]
    photon_w = 6.626_070_15e-34 * comb.frequency_hz * 32e9
    factor = 10**0.5
    booster_gain = 10 ** ((-20.0 + 18.0) / 10.0)
    # A booster without gain adds no noise; the preamplifier makes good 16 dB and two connectors.
    assert booster_gain < 1.0
    noise = factor * photon_w * 10 ** ((80.0 * 0.2 + 1.0) / 10.0) / signal_w
    osnr_db = -10.0 * np.log10(line.shares.ase / line.shares.signal)
    assert osnr_db == pytest.approx(-10.0 * np.log10(noise), abs=0.2)


def test_powers_along_a_line_are_launch_power_and_what_the_fibre_leaves():
    network = network_of(fibre("A", "Z", 150.0))
    line = optics_of(network).by_line["A", ("A-Z",)]
    slot_dbm = 10.0 * log10(2.0)  # a slot of 100 GHz gets twice that of 50 GHz
    assert line.power_out_dbm == pytest.approx([slot_dbm] * 2, abs=0.1)
    assert line.power_in_dbm == pytest.approx([slot_dbm - 15.0 - 1.0] * 2, abs=0.1)
    np.testing.assert_allclose(line.cumulative_log_noise[-1], line.log_noise)
    assert (line.cumulative_log_noise[0] < line.log_noise).all()


def test_the_two_directions_of_an_uneven_line_differ_a_little():
    network = network_of(fibre("A", "P", 80.0), fibre("P", "Z", 30.0), roadms="AZ", amplifiers="P")
    plant = optics_of(network).by_line
    there, back = plant["A", ("A-P", "P-Z")], plant["Z", ("P-Z", "A-P")]
    assert there.power_in_dbm == pytest.approx(back.power_in_dbm[::-1], abs=0.05)
    assert not np.array_equal(there.log_noise, back.log_noise)
    np.testing.assert_allclose(there.log_noise, back.log_noise, rtol=0.2)


def test_an_amplifier_gives_no_more_gain_than_it_has():
    types = {
        "EDFA": amplifier("EDFA", gain_db_max=10.0),
        "REPEATER": amplifier("REPEATER", restores_profile=True),
    }
    network = network_of(fibre("A", "Z", 160.0), library=small_library(amplifier_types=types))
    line = optics_of(network).by_line["A", ("A-Z",)]
    # The line begins at the launch power of the rule: 3 dBm in 100 GHz.
    assert line.power_out_dbm == pytest.approx([3.01, 3.01 - 17.0 + 10.0], abs=0.05)


def test_each_kind_of_amplifier_has_its_own_noise():
    def noise(**figures):
        types = {
            name: amplifier(name, noise_figure_db=figures.get(name, 5.0))
            for name in ("EDFA", "REPEATER")
        }
        network = network_of(
            fibre("A", "Z", 160.0),
            library=small_library(
                amplifier_types=types, roadm_types={"ROADM": roadm_type(output_power_dbm=-18.0)}
            ),
        )
        return optics_of(network).by_line["A", ("A-Z",)].log_noise

    assert (noise(EDFA=7.0) > noise()).all()
    np.testing.assert_array_equal(noise(REPEATER=9.0), noise())


def wet(basis, km=1_600.0, *, more=(), **changes):
    figures = {"design_capacity_tbps": 10.0, "fibre_pairs": 2, "usable_bandwidth_thz": 4.0}
    return network_of(
        *(sea("A", "Z", km, cable="WET"), *more),
        systems={"WET": system("WET", design_basis=basis, **(figures | changes))},
        rules={"published_design_gap_db": 10.0},
        library=small_library(transceiver_modes={"NARROW": NARROW})
        if basis is DesignBasis.PUBLISHED
        else None,
    )


def test_a_published_design_has_the_noise_that_its_capacity_stands():
    # 5 Tb/s on a pair of 4 THz, two polarisations: 0.625 bit each, SNR = (2^0.625 - 1) x 10.
    line = optics_of(wet(DesignBasis.PUBLISHED), 50.0).by_line["A", ("A-Z",)]
    gsnr = (2.0**0.625 - 1.0) * 10.0
    assert line.log_noise == pytest.approx(np.log1p(1.0 / gsnr))
    assert line.power_in_dbm.size == line.power_out_dbm.size == 0
    assert line.cd_ps_per_nm == pytest.approx(17.0 * 1_600.0)
    assert line.pmd_ps == pytest.approx(0.1 * 1_600.0**0.5)


def test_of_a_published_design_a_line_has_the_share_of_its_kilometres():
    # The spans are all that is known of the length: 1,600 km in four parts of 400 and 1,200 km.
    network = wet(DesignBasis.PUBLISHED, km=400.0, more=(sea("Z", "Y", 1_200.0, cable="WET"),))
    by_line = optics_of(network, 50.0).by_line
    short, long = by_line["A", ("A-Z",)].log_noise, by_line["Z", ("Z-Y",)].log_noise
    gsnr = (2.0**0.625 - 1.0) * 10.0
    assert long == pytest.approx(3.0 * short)
    assert short + long == pytest.approx(np.log1p(1.0 / gsnr))


def test_the_length_that_an_owner_publishes_counts_before_that_of_the_spans():
    network = wet(DesignBasis.PUBLISHED)
    cable = replace(network.cables["WET"], published_length_km=6_400.0)
    line = optics_of(replace(network, cables={"WET": cable}), 50.0).by_line["A", ("A-Z",)]
    gsnr = (2.0**0.625 - 1.0) * 10.0
    assert line.log_noise == pytest.approx(np.log1p(1.0 / gsnr) / 4.0)


def test_nothing_is_lit_in_slots_that_a_published_design_says_nothing_about():
    wide = {"WIDE": mode("WIDE", 100.0, spacing_ghz_min=100.0)}
    network = replace(wet(DesignBasis.PUBLISHED), library=small_library(transceiver_modes=wide))
    line = optics_of(network).by_line["A", ("A-Z",)]
    assert np.expm1(line.log_noise) == pytest.approx(1.0 / UNPROVEN_GSNR)


def test_a_cable_lights_only_the_channels_of_its_own_band():
    # 10 slots of 100 GHz on land; 0.45 THz amid them are the four in the middle.
    narrow = optics_of(wet(DesignBasis.REPEATERS, usable_bandwidth_thz=0.45))
    line = narrow.by_line["A", ("A-Z",)]
    # 16 dBm in 0.45 THz; what is launched is no more than the record states.
    per_channel_dbm = 16.0 - 10.0 * log10(4.5)
    assert line.power_out_dbm == pytest.approx([per_channel_dbm], abs=1e-9)
    assert 4 * 10.0 ** (per_channel_dbm / 10.0) <= 10.0**1.6
    columns, count = repeater_span_columns(
        narrow_network := wet(DesignBasis.REPEATERS, usable_bandwidth_thz=0.45),
        optical_plant(narrow_network).lines["A", ("A-Z",)],
    )
    lit = narrow.comb.frequency_hz[3:7]
    alone = repeatered_line_noise(
        RepeateredColumns(
            span_count=np.array([count]),
            fibre=fibre_columns(columns),
            noise_factor=np.array([10.0**0.5]),
        ),
        Comb(
            frequency_hz=lit,
            symbol_rate_hz=np.full(4, 32e9),
            launch_power_w=np.full(4, 1e-3 * 10.0 ** (per_channel_dbm / 10.0)),
        ),
    )
    np.testing.assert_allclose(line.log_noise[3:7], log_noise(alone.gsnr)[0])
    outside = [*line.log_noise[:3], *line.log_noise[7:]]
    assert outside == pytest.approx([line.log_noise[3:7].max()] * 6)
    # The shares outside are those of the worst channel too.
    assert np.log1p(1.0 / line.shares.gsnr) == pytest.approx(line.log_noise)


def test_a_cable_narrower_than_a_slot_carries_one_channel_of_all_its_power():
    line = optics_of(wet(DesignBasis.REPEATERS, usable_bandwidth_thz=0.05)).by_line["A", ("A-Z",)]
    assert line.power_out_dbm == pytest.approx([16.0], abs=1e-9)
    assert line.log_noise == pytest.approx([line.log_noise[0]] * 10)


def equipped(**types):
    """A line over P, Q (an amplifier each) between ROADMs at A and Z."""
    network = network_of(
        *(fibre("A", "P", 60.0), fibre("P", "Q", 60.0), fibre("Q", "Z", 60.0)),
        roadms="AZ",
        amplifiers="PQ",
        library=small_library(
            amplifier_types={
                "EDFA": amplifier("EDFA"),
                "LOUD": amplifier("LOUD", noise_figure_db=9.0),
                "WEAK": amplifier("WEAK", gain_db_max=8.0, output_power_dbm_max=2.0),
                "FLAT": amplifier("FLAT", restores_profile=True),
                "REPEATER": amplifier("REPEATER", restores_profile=True),
            },
            roadm_types={
                "ROADM": roadm_type(),
                "DIM": roadm_type(roadm_type_id="DIM", output_power_dbm=-23.0),
            },
        ),
    )
    return with_types(network, types)


def with_types(network, types):
    equipment = {
        key: replace(item, type_id=types.get(item.site_id, item.type_id))
        for key, item in network.equipment.items()
    }
    return replace(network, equipment=equipment)


def amplifiers_of(network):
    line = optical_plant(network).lines["A", ("A-P", "P-Q", "Q-Z")]
    batch = line_columns([fibre_columns(ots_columns(network, line))])
    return line_amplifiers(network, [line], batch)


def test_the_amplifier_that_stands_at_a_site_is_the_one_of_its_record():
    plain, mixed = amplifiers_of(equipped()), amplifiers_of(equipped(P="LOUD", Q="WEAK"))
    figures_db = 10.0 * np.log10(mixed.noise_factor[0])
    assert figures_db == pytest.approx([5.0, 9.0, 5.0, 5.0])
    gains_db = 10.0 * np.log10(mixed.gain[0])
    assert gains_db == pytest.approx([18.0, 13.0, 8.0, 13.0])
    assert 10.0 * np.log10(mixed.output_power_max_w[0] * 1e3) == pytest.approx([30, 30, 2, 30])
    assert 10.0 * np.log10(plain.gain[0]) == pytest.approx([18.0, 13.0, 13.0, 13.0])


def test_one_amplifier_of_a_line_may_restore_the_profile():
    assert amplifiers_of(equipped(Q="FLAT")).restores_profile.tolist() == [
        [False, False, True, False]
    ]


def test_a_booster_lifts_what_the_roadm_before_it_puts_out():
    gain_db = 10.0 * np.log10(amplifiers_of(equipped(A="DIM", Z="ROADM")).gain[0])
    assert gain_db[0] == pytest.approx(23.0)


def test_what_is_read_from_a_plant_cannot_be_written_to():
    line = optics_of(equipped()).by_line["A", ("A-P", "P-Q", "Q-Z")]
    for name in ("log_noise", "power_in_dbm", "power_out_dbm", "cumulative_log_noise"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(line, name)[...] = 0.0


def test_repeaters_add_their_noise_span_by_span():
    # Twice the spans, twice the noise to first order: 20 and 40 spans of 80 km.
    short = optics_of(wet(DesignBasis.REPEATERS)).by_line["A", ("A-Z",)]
    long = optics_of(wet(DesignBasis.REPEATERS, km=3_200.0)).by_line["A", ("A-Z",)]
    assert long.shares.ase / long.shares.signal == pytest.approx(
        2.0 * short.shares.ase / short.shares.signal, rel=0.02
    )
    # 16 dBm in 4 THz are 0 dBm in 100 GHz; 80 km of 0.2 dB/km take 16 dB.
    assert short.power_out_dbm == pytest.approx([16.0 - 10.0 * log10(40.0)], abs=1e-9)
    assert short.power_in_dbm == pytest.approx([16.0 - 10.0 * log10(40.0) - 16.0], abs=0.3)


def test_a_network_of_sea_alone_needs_no_land():
    plant = optical_plant(wet(DesignBasis.REPEATERS))
    assert all(line.submarine_cable_id == "WET" for line in plant.lines.values())


def test_retired_roadms_and_fibre_types_of_other_cables_do_not_matter():
    plain = network_of(fibre("A", "Z", 50.0))
    more = network_of(
        fibre("A", "Z", 50.0),
        fibre("A", "Y", 50.0, fibre_type="OTHER"),
        statuses={"Y": Status.RETIRED},
        library=small_library(fibre_types={"SMF": fibre_type("SMF"), "OTHER": fibre_type("OTHER")}),
    )
    key = ("A", ("A-Z",))
    np.testing.assert_array_equal(
        optics_of(plain).by_line[key].log_noise, optics_of(more).by_line[key].log_noise
    )
