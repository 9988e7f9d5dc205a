from math import erfc, log2, sqrt

import pytest

from karakoram.core.provenance import Confidence
from karakoram.refdata.library import read_library

PRE_FEC_BER = 2e-2
"""Of the soft-decision code that OpenROADM and OpenZR+ share (oFEC)."""


@pytest.fixture(scope="module")
def library():
    return read_library()


def tables(library):
    return (
        *(library.fibre_types, library.amplifier_types),
        *(library.roadm_types, library.transceiver_modes),
    )


def bisected(function, low, high):
    """Where a falling function crosses zero."""
    for _ in range(80):
        middle = (low + high) / 2.0
        low, high = (middle, high) if function(middle) > 0.0 else (low, middle)
    return low


def test_every_type_says_its_source_and_confidence(library):
    records = [record for table in tables(library) for record in table.values()]
    assert len(records) == 5 + 4 + 1 + 14
    for record in records:
        assert record.provenance.source.strip()
        assert record.provenance.source_date.strip()


def test_the_library_is_read_once():
    assert read_library() is read_library()


def test_light_takes_4_9_microseconds_a_kilometre_in_every_fibre(library):
    assert {fibre.group_index for fibre in library.fibre_types.values()} == {1.468}


def test_fibre_is_planned_with_22_db_over_80_km(library):
    assert library.fibre_types["G652D-PLAN"].attenuation_db_per_km * 80.0 == pytest.approx(22.0)


def test_planning_adds_to_what_the_cable_has(library):
    fibres = library.fibre_types
    assert fibres["G652D-PLAN"].attenuation_db_per_km > fibres["G652D"].attenuation_db_per_km
    assert fibres["G654E"].attenuation_db_per_km > fibres["G654D"].attenuation_db_per_km


def test_only_submarine_repeaters_restore_the_profile(library):
    restoring = [
        a.amplifier_type_id for a in library.amplifier_types.values() if a.restores_profile
    ]
    assert restoring == ["REPEATER"]


def test_modes_reach_from_100_to_800_gigabit_in_four_slot_widths(library):
    modes = library.transceiver_modes.values()
    assert {mode.bit_rate_gbps for mode in modes} == {100, 200, 300, 400, 600, 800}
    assert {mode.spacing_ghz_min for mode in modes} == {50, 75, 100, 150}


def test_a_signal_fits_its_slot(library):
    for mode in library.transceiver_modes.values():
        assert mode.spacing_ghz_min % 12.5 == 0.0
        assert mode.symbol_rate_gbaud < mode.spacing_ghz_min


def test_no_mode_asks_less_than_shannon(library):
    for mode in library.transceiver_modes.values():
        snr = 10.0 ** (mode.required_gsnr_db / 10.0)
        assert 2.0 * mode.symbol_rate_gbaud * log2(1.0 + snr) > mode.bit_rate_gbps


@pytest.mark.parametrize(
    ("mode_id", "snr_db_max_penalty"),
    [
        ("OR-100G-QPSK-31", 2.0),
        ("LH-100G-QPSK-31", 2.0),
        ("LH-200G-QPSK-63", 2.1),
        ("LH-400G-QPSK-130", 2.6),
        ("ZRP-400G-QPSK-118", 4.0),
    ],
)
def test_qpsk_modes_ask_for_theory_and_a_stated_penalty(library, mode_id, snr_db_max_penalty):
    theory = bisected(lambda snr: 0.5 * erfc(sqrt(snr / 2.0)) - PRE_FEC_BER, 0.1, 100.0)
    needed = 10.0 ** (library.transceiver_modes[mode_id].required_gsnr_db / 10.0)
    assert theory < needed < theory * 10.0 ** (snr_db_max_penalty / 10.0)


@pytest.mark.parametrize("mode_id", ["LH-800G-16QAM-131", "OIF-800ZR", "OR-400G-16QAM-63"])
def test_16qam_modes_ask_for_theory_and_less_than_five_decibel(library, mode_id):
    theory = bisected(lambda snr: 0.375 * erfc(sqrt(snr / 10.0)) - PRE_FEC_BER, 0.1, 1000.0)
    needed = 10.0 ** (library.transceiver_modes[mode_id].required_gsnr_db / 10.0)
    assert theory < needed < theory * 10.0**0.5


def test_published_figures_are_those_of_the_specifications(library):
    modes = library.transceiver_modes
    published = {
        "OR-100G-QPSK-31": (31.57, 12.0, 48_000.0),
        "OR-400G-16QAM-63": (63.1, 24.0, 12_000.0),
        "OIF-400ZR": (59.84, 26.0, 2_400.0),
        "ZRP-400G-16QAM-60": (60.14, 24.0, 20_000.0),
    }
    for mode_id, figures in published.items():
        mode = modes[mode_id]
        assert mode.provenance.confidence is Confidence.STATED
        assert (mode.symbol_rate_gbaud, mode.required_osnr_db, mode.cd_ps_per_nm_max) == figures


def test_modes_without_a_specification_are_not_called_stated(library):
    for mode in library.transceiver_modes.values():
        if mode.transceiver_mode_id.startswith(("LH-", "ZRP-400G-QPSK", "ZRP-600G")):
            assert mode.provenance.confidence is not Confidence.STATED


def test_a_long_haul_mode_survives_the_dispersion_of_the_longest_sea_span(library):
    fibre = library.fibre_types["G654D"]
    ps_per_nm = 6_500.0 * fibre.dispersion_ps_per_nm_km
    for mode_id in ("LH-100G-QPSK-31", "LH-200G-QPSK-63", "LH-400G-QPSK-130"):
        assert library.transceiver_modes[mode_id].cd_ps_per_nm_max > ps_per_nm
