import math

import pytest

from karakoram.core.findings import errors_of
from karakoram.network.photonic.amplifiers import (
    FixedNoise,
    MultibandAmplifierType,
)
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierSettings,
    BandAmplifier,
    DegreeDesignBands,
    MultibandAmplifier,
)
from karakoram.network.photonic.simulation import ScatteringMethod, ScatteringSettings
from karakoram.network.photonic.spectral import (
    DesignBand,
    FrequencyBand,
)
from karakoram.planning.photonic.design import designed_network
from tests.support.line_designs import L_BAND, LIT_L, codes, fibre, kind, library, line, roadm

BOTH = MultibandAmplifierType(
    amplifier_type_id="both", member_type_ids=("c", "l"), is_allowed_for_design=True
)
TWO_BANDS = (
    DesignBand(band=FrequencyBand(lower_thz=191.35, upper_thz=196.1), spacing_ghz=50.0),
    DesignBand(band=LIT_L, spacing_ghz=100.0),
)
TWO_KINDS = (kind("c"), kind("l", band=L_BAND))
CALM = ScatteringSettings(
    is_on=True,
    method=ScatteringMethod.PERTURBATIVE,
    order=2,
    result_step_km=10.0,
    solver_step_km=10.0,
)


def test_a_line_of_two_bands_gets_multiband_amplifiers():
    given = line(fibre("f"), fibre("g"), begin=roadm("A", design_bands=TWO_BANDS))
    designed = designed_network(given, library(*TWO_KINDS, housings=(BOTH,)))
    booster = designed.network.elements["Edfa_booster_A_to_f"]
    assert isinstance(booster, MultibandAmplifier)
    assert booster.amplifier_type_id == "both"
    assert [band.amplifier_type_id for band in booster.bands] == ["l", "c"]
    assert [one.band for one in designed.sections[0].amplifiers[:2]] == [LIT_L, TWO_BANDS[0].band]
    totals = [one.total_power_dbm for one in designed.sections[0].amplifiers[:2]]
    assert totals == pytest.approx([0.5 + 10 * math.log10(n) for n in (36, 96)], abs=1e-9)


def test_the_bands_of_a_degree_go_before_those_of_the_node():
    degree = DegreeDesignBands(degree_id="f", bands=TWO_BANDS)
    given = line(fibre(), begin=roadm("A", degree_design_bands=(degree,)))
    designed = designed_network(given, library(*TWO_KINDS, housings=(BOTH,)))
    assert isinstance(designed.network.elements["Edfa_booster_A_to_f"], MultibandAmplifier)


def test_raman_scattering_tilts_multiband_amplifiers():
    given = line(fibre("f", 90.0), begin=roadm("A", design_bands=TWO_BANDS))
    photonics = library(*TWO_KINDS, housings=(BOTH,))
    level = designed_network(given, photonics).sections[0].amplifiers
    tilted = designed_network(given, photonics, scattering=CALM).sections[0].amplifiers
    assert [one.tilt_db for one in level] == [0.0] * 4
    assert all(one.tilt_db < -0.3 for one in tilted[2:])
    # The L band gains what the C band loses.
    assert tilted[3].gain_db - tilted[2].gain_db > 1.0


def test_members_that_no_housing_holds_together_are_not_chosen():
    kinds = (
        kind("c1", noise=FixedNoise(noise_figure_db=5.0)),
        kind("c2", noise=FixedNoise(noise_figure_db=6.0)),
        kind("l1", band=L_BAND, noise=FixedNoise(noise_figure_db=6.0)),
        kind("l2", band=L_BAND, noise=FixedNoise(noise_figure_db=5.0)),
    )
    housings = tuple(
        MultibandAmplifierType(
            amplifier_type_id=f"both {n}",
            member_type_ids=(f"c{n}", f"l{n}"),
            is_allowed_for_design=True,
        )
        for n in (1, 2)
    )
    given = line(fibre(), begin=roadm("A", design_bands=TWO_BANDS))
    designed = designed_network(given, library(*kinds, housings=housings))
    booster = designed.network.elements["Edfa_booster_A_to_f"]
    assert booster.amplifier_type_id == "both 1"
    assert [band.amplifier_type_id for band in booster.bands] == ["l1", "c1"]


def test_stated_members_of_a_multiband_amplifier_are_kept():
    bands = (
        BandAmplifier(amplifier_type_id="c", settings=AmplifierSettings(tilt_db=1.0)),
        BandAmplifier(amplifier_type_id="l", settings=AmplifierSettings(output_voa_db=0.5)),
    )
    own = MultibandAmplifier(element_id="own", amplifier_type_id=None, bands=bands)
    given = line(own, fibre(), begin=roadm("A", design_bands=TWO_BANDS))
    designed = designed_network(given, library(*TWO_KINDS, housings=(BOTH,)))
    found = {band.amplifier_type_id: band for band in designed.network.elements["own"].bands}
    assert designed.network.elements["own"].amplifier_type_id == "both"
    assert found["c"].settings.tilt_db == 1.0
    assert found["l"].settings.output_voa_db == 0.5
    assert not any(one.is_chosen for one in designed.sections[0].amplifiers[:2])


def test_lines_of_both_kinds_of_amplifiers_are_not_designed():
    own = MultibandAmplifier(element_id="own", amplifier_type_id="both")
    other = Amplifier(element_id="other", amplifier_type_id="c")
    given = line(own, fibre(), other, begin=roadm("A", design_bands=TWO_BANDS))
    designed = designed_network(given, library(*TWO_KINDS, housings=(BOTH,)))
    assert codes(designed) == ["mixed-amplifiers"]
    assert errors_of(designed.findings)


def test_single_amplifiers_on_a_line_of_two_bands_need_bands_of_their_own():
    own = Amplifier(element_id="own", amplifier_type_id=None)
    given = line(own, fibre(), begin=roadm("A", design_bands=TWO_BANDS))
    designed = designed_network(given, library(*TWO_KINDS, housings=(BOTH,)))
    assert codes(designed) == ["no-design-band"]
    degree = DegreeDesignBands(degree_id="own", bands=TWO_BANDS[:1])
    begin = roadm("A", design_bands=TWO_BANDS, degree_design_bands=(degree,))
    given = line(own, fibre(), begin=begin)
    assert not codes(designed_network(given, library(*TWO_KINDS, housings=(BOTH,))))


def test_without_a_multiband_type_nothing_fits():
    given = line(fibre(), begin=roadm("A", design_bands=TWO_BANDS))
    designed = designed_network(given, library(*TWO_KINDS))
    assert set(codes(designed)) == {"no-amplifier"}
