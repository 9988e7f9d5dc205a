import dataclasses
import math

import numpy as np
import pytest

from karakoram.core.findings import Severity, errors_of
from karakoram.network.photonic.amplifiers import (
    FixedNoise,
    TwoCoilNoise,
)
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierChoice,
    AmplifierSettings,
    DegreeTarget,
    Fused,
    Location,
    LumpedLoss,
    Transceiver,
)
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    DesignBand,
    FrequencyBand,
    SlotDensityTarget,
    SpectralProfile,
    SymbolDensityTarget,
)
from karakoram.network.photonic.spectrum import SpectrumPart
from karakoram.network.photonic.validate import validate
from karakoram.planning.photonic.design import designed_network, designed_on
from karakoram.planning.photonic.design_layout import parts_of
from karakoram.planning.photonic.design_records import DesignBasis
from karakoram.planning.photonic.design_settings import launch_offset_db
from tests.support.line_designs import (
    COMB,
    L_BAND,
    SPAN,
    codes,
    fibre,
    ids,
    kind,
    library,
    line,
    roadm,
)


def test_a_fibre_between_roadms_gets_a_booster_and_a_preamplifier():
    designed = designed_network(line(fibre()), library())
    assert ids(designed.network) == ["A", "Edfa_booster_A_to_f", "f", "Edfa_preamp_Z_from_f", "Z"]
    booster = designed.network.elements["Edfa_booster_A_to_f"]
    # 100 km: 20 dB, connectors 0.25 and 0.5 dB, repairs 1 dB; (21.75 - 20) x 0.3 is 0.5 in steps.
    assert booster.settings.launch_offset_db == 0.5
    assert booster.settings.gain_db == pytest.approx(20.5, abs=1e-12)
    preamplifier = designed.network.elements["Edfa_preamp_Z_from_f"]
    assert preamplifier.settings.launch_offset_db == 0.0
    assert preamplifier.settings.gain_db == pytest.approx(21.25, abs=1e-12)
    assert not errors_of(designed.findings)
    assert not errors_of(validate(designed.network, library()))


def test_what_is_told_of_an_amplifier_is_what_it_is_set_to():
    designed = designed_network(line(fibre()), library())
    (section,) = designed.sections
    assert (section.from_id, section.to_id, section.length_km) == ("A", "Z", 100.0)
    booster, preamplifier = section.amplifiers
    assert booster.is_new
    assert booster.is_chosen
    assert booster.channel_power_dbm == 0.5
    assert booster.total_power_dbm == pytest.approx(0.5 + 10 * math.log10(96), abs=1e-12)
    assert 6.0 < preamplifier.noise_figure_db < booster.noise_figure_db < 10.0


def test_the_given_network_stays_as_it_is():
    given = line(fibre(length_km=400.0))
    before = dict(given.elements), given.connections
    designed_network(given, library())
    assert (dict(given.elements), given.connections) == before


@pytest.mark.parametrize(
    ("length_km", "count"),
    [(149.9, 1), (150.0, 2), (179.0, 2), (180.0, 2), (200.0, 2), (260.0, 3), (500.0, 6)],
)
def test_long_fibre_is_cut_near_the_wanted_length(length_km, count):
    assert parts_of(length_km, SPAN) == count


def test_a_fibre_that_only_short_parts_fit_is_cut_in_short_parts():
    span = dataclasses.replace(SPAN, length_km_max=80.0)
    assert [parts_of(km, span) for km in (79.9, 80.0, 120.0, 170.0)] == [1, 1, 2, 3]


def test_parts_share_length_and_points_of_loss():
    lumped = (LumpedLoss(position_km=50.0, loss_db=0.5), LumpedLoss(position_km=150.0, loss_db=1.0))
    given = line(fibre(length_km=200.0, lumped_losses=lumped, connector_in_db=0.1))
    designed = designed_network(given, library())
    first, second = designed.network.elements["f_(1/2)"], designed.network.elements["f_(2/2)"]
    assert first.length_km == second.length_km == 100.0
    assert first.lumped_losses == lumped[:1]
    assert second.lumped_losses == (LumpedLoss(position_km=50.0, loss_db=1.0),)
    assert first.connector_in_db == second.connector_in_db == 0.1
    assert "Edfa_f_(1/2)" in designed.network.elements


def test_parts_stand_on_the_way_between_known_places():
    places = [
        Location(city=name, latitude_deg=0.0, longitude_deg=at)
        for name, at in (("A", 0.0), ("Z", 8.0))
    ]
    ends = [roadm(place.city, location=place) for place in places]
    given = line(fibre(length_km=200.0), begin=ends[0], end=ends[1])
    elements = designed_network(given, library()).network.elements
    assert [
        elements[key].location.longitude_deg for key in ("f_(1/2)", "Edfa_f_(1/2)", "f_(2/2)")
    ] == [2.0, 4.0, 6.0]


def test_repairs_to_come_stand_on_every_output_but_before_a_splice():
    given = line(fibre("one"), Fused(element_id="splice", loss_db=0.3), fibre("two", 20.0))
    elements = designed_network(given, library()).network.elements
    assert elements["one"].connector_out_db == 0.5
    assert elements["two"].connector_out_db == 1.5


def test_a_short_span_is_padded_to_the_least_loss_once():
    given = line(fibre(length_km=10.0, padding_db=2.0))
    elements = designed_network(given, library()).network.elements
    # 2 + 1.75 + 2 dB are there.
    assert elements["f"].padding_db == pytest.approx(2.0 + 4.25, abs=1e-12)
    preamplifier = elements["Edfa_preamp_Z_from_f"].settings
    booster = elements["Edfa_booster_A_to_f"].settings
    assert booster.launch_offset_db == -2.0
    assert preamplifier.gain_db == pytest.approx(12.0, abs=1e-12)


def test_no_padding_before_a_splice_at_a_roadm():
    given = line(Fused(element_id="splice", loss_db=0.3), fibre(length_km=10.0))
    assert designed_network(given, library()).network.elements["f"].padding_db == 0.0


def test_a_spliced_roadm_gets_no_amplifier():
    given = line(Fused(element_id="s", loss_db=0.3), fibre(), Fused(element_id="t", loss_db=0.3))
    designed = designed_network(given, library())
    assert ids(designed.network) == ["A", "s", "f", "t", "Z"]
    assert codes(designed) == ["target-not-met"]


def test_a_line_between_transceivers_gets_no_booster():
    ends = [Transceiver(element_id=name) for name in "AZ"]
    given = line(fibre("f"), fibre("g"), begin=ends[0], end=ends[1])
    designed = designed_network(given, library())
    assert ids(designed.network) == ["A", "f", "Edfa_f", "g", "Z"]
    # Out of the transceiver come 0 dBm, the reference.
    assert designed.network.elements["Edfa_f"].settings.gain_db == pytest.approx(22.25, abs=1e-9)


def test_two_roadms_joined_directly_share_one_amplifier():
    designed = designed_network(line(), library())
    assert ids(designed.network) == ["A", "Edfa_booster_A_to_Z", "Z"]
    given = line()
    turned = dataclasses.replace(given, elements=dict(reversed(given.elements.items())))
    assert ids(designed_network(turned, library()).network) == ["A", "Edfa_preamp_Z_from_A", "Z"]


def test_stated_settings_are_kept():
    stated = AmplifierSettings(
        gain_db=20.0, launch_offset_db=1.0, tilt_db=-0.5, output_voa_db=0.7, input_voa_db=0.2
    )
    own = Amplifier(element_id="own", amplifier_type_id="plain", settings=stated)
    designed = designed_network(line(own, fibre()), library())
    found = designed.network.elements["own"].settings
    # In power mode the launch power counts, and the gain follows.
    assert found.gain_db == pytest.approx(21.2, abs=1e-12)
    assert dataclasses.replace(found, gain_db=20.0) == stated
    assert not designed.sections[0].amplifiers[0].is_new
    assert not designed.sections[0].amplifiers[0].is_chosen


def test_in_gain_mode_the_stated_gain_counts_and_no_launch_power_is_stated():
    span = dataclasses.replace(SPAN, is_power_mode=False)
    own = Amplifier(
        element_id="own", amplifier_type_id=None, settings=AmplifierSettings(gain_db=19.0)
    )
    designed = designed_network(line(own, fibre()), library(), span=span)
    found = designed.network.elements["own"].settings
    assert found.gain_db == 19.0
    assert found.launch_offset_db is None
    assert designed.sections[0].amplifiers[0].channel_power_dbm == -1.0


def test_without_a_sweep_the_launch_power_is_the_reference():
    span = dataclasses.replace(SPAN, launch_offset=None)
    designed = designed_network(line(fibre(length_km=140.0)), library(), span=span)
    assert designed.sections[0].amplifiers[0].channel_power_dbm == 0.0


def test_the_launch_rule_moves_in_steps_within_its_bounds():
    loss_db = np.array([0.0, 19.0, 20.0, 20.9, 22.5, 24.0, 40.0])
    assert launch_offset_db(loss_db, SPAN).tolist() == [-2.0, -0.5, 0.0, 0.5, 1.0, 1.0, 3.0]


def test_the_quietest_of_those_that_reach_gain_and_power_is_chosen():
    fixed = {"gain_flatmax_db": 26.0, "gain_min_db": 15.0}
    kinds = (
        kind("loud", noise=FixedNoise(noise_figure_db=7.0), **fixed),
        kind("quiet", noise=FixedNoise(noise_figure_db=5.0), **fixed),
        kind("weak", noise=FixedNoise(noise_figure_db=4.0), output_power_dbm_max=15.0),
        kind("low", noise=FixedNoise(noise_figure_db=4.0), gain_flatmax_db=16.0, gain_min_db=8.0),
        kind("other", noise=FixedNoise(noise_figure_db=4.0), is_allowed_for_design=False),
        kind("beside", noise=FixedNoise(noise_figure_db=4.0), band=L_BAND),
    )
    designed = designed_network(line(fibre()), library(*kinds))
    assert [one.amplifier_type_id for one in designed.sections[0].amplifiers] == ["quiet"] * 2


def test_roadms_restrict_their_booster_and_preamplifier():
    kinds = (kind("a"), kind("b", is_allowed_for_design=False), kind("c"))
    begin = roadm("A", amplifier_choice=AmplifierChoice(booster_type_ids=("b",)))
    end = roadm("Z", amplifier_choice=AmplifierChoice(preamplifier_type_ids=("c",)))
    given = line(fibre("f"), fibre("g"), begin=begin, end=end)
    designed = designed_network(given, library(*kinds))
    assert [one.amplifier_type_id for one in designed.sections[0].amplifiers] == ["b", "a", "c"]


def test_raman_amplifiers_need_fibre_of_little_loss():
    raman = kind("raman", noise=FixedNoise(noise_figure_db=1.0), is_raman=True)
    for loss, found in ((0.2, "raman"), (0.26, "plain")):
        given = line(fibre(length_km=90.0, loss_db_per_km=loss))
        designed = designed_network(given, library(kind("plain"), raman))
        chosen = [one.amplifier_type_id for one in designed.sections[0].amplifiers]
        assert chosen == ["plain", found]


def test_power_that_no_amplifier_gives_is_made_up_for_by_the_next():
    weak = kind("weak", output_power_dbm_max=19.0)
    designed = designed_network(line(fibre("f"), fibre("g")), library(weak))
    first, second, last = (
        designed.network.elements[key].settings
        for key in ("Edfa_booster_A_to_f", "Edfa_f", "Edfa_preamp_Z_from_g")
    )
    lost = 19.0 - 10 * math.log10(96)
    assert first.launch_offset_db == pytest.approx(lost, abs=1e-12)
    assert second.launch_offset_db == pytest.approx(lost, abs=1e-12)
    assert last.gain_db == pytest.approx(21.75 + lost - lost, abs=1e-9)
    assert codes(designed) == ["power-reduced"] * 3


def test_a_gain_below_all_is_padded_and_told():
    high = kind("high", gain_min_db=20.0, noise=FixedNoise(noise_figure_db=5.0))
    designed = designed_network(line(fibre(length_km=60.0)), library(high))
    assert "padded-input" in codes(designed)
    assert designed.sections[0].amplifiers[1].amplifier_type_id == "high"


def test_stated_types_out_of_their_range_are_told():
    noise = FixedNoise(noise_figure_db=5.0)
    kinds = (
        kind("low", gain_flatmax_db=12.0, gain_min_db=5.0, noise=noise),
        kind("high", gain_min_db=24.0, noise=noise),
    )
    low = Amplifier(element_id="low", amplifier_type_id="low")
    high = Amplifier(element_id="high", amplifier_type_id="high")
    designed = designed_network(line(low, fibre(), high), library(*kinds))
    assert codes(designed) == ["impossible-gain", "gain-below-minimum"]
    assert [one.code for one in errors_of(designed.findings)] == ["impossible-gain"]


def test_a_span_that_no_amplifier_can_make_up_for_is_an_error_with_its_worst_loss():
    for field, lossy in (
        ("connector_in_db", fibre(connector_in_db=99.0)),
        ("loss_db_per_km", fibre(loss_db_per_km=10.0, length_km=80.0)),
        ("padding_db", fibre(padding_db=40.0, connector_out_db=39.0, connector_in_db=39.0)),
    ):
        designed = designed_network(
            line(
                lossy,
                Amplifier(element_id="own", amplifier_type_id="plain"),
                fibre("g"),
                Amplifier(element_id="last", amplifier_type_id="plain"),
            ),
            library(),
        )
        (found,) = errors_of(designed.findings)
        assert (found.code, found.place.field) == ("span-too-lossy", field)
        assert "'own'" in found.message
        assert designed.sections[0].amplifiers[1].amplifier_type_id is None


def test_losses_that_add_up_over_spans_name_the_worst_of_them():
    spans = [fibre(name, loss_db_per_km=0.8, length_km=70.0) for name in "abcdef"]
    huts = [Amplifier(element_id=f"hut {name}", amplifier_type_id=None) for name in "abcdef"]
    chain = [one for pair in zip(spans, huts, strict=True) for one in pair]
    chain.insert(4, Fused(element_id="joint", loss_db=60.0))
    designed = designed_network(line(*chain), library())
    (found,) = errors_of(designed.findings)
    assert (found.place.record, found.place.field) == ("joint", "loss_db")


def test_a_stated_raman_type_after_too_much_loss_is_told():
    raman = kind("raman", is_raman=True)
    own = Amplifier(element_id="own", amplifier_type_id="raman")
    designed = designed_network(
        line(fibre(loss_db_per_km=0.26, length_km=80.0), own), library(kind("plain"), raman)
    )
    assert codes(designed) == ["raman-after-loss"]


def test_where_no_type_fits_the_amplifier_stays_open_and_the_design_goes_on():
    designed = designed_network(line(fibre()), library(kind("plain", band=L_BAND)))
    assert codes(designed) == ["no-amplifier"] * 2
    assert {finding.severity for finding in designed.findings} == {Severity.ERROR}
    booster = designed.network.elements["Edfa_booster_A_to_f"]
    assert booster.amplifier_type_id is None
    assert designed.sections[0].amplifiers[0].amplifier_type_id is None
    assert math.isnan(designed.sections[0].amplifiers[0].noise_figure_db)


def test_a_type_whose_noise_cannot_be_is_not_chosen():
    wrong = kind("wrong", noise=TwoCoilNoise(noise_figure_db_min=1.0, noise_figure_db_max=1.5))
    designed = designed_network(line(fibre()), library(wrong, kind("plain")))
    assert codes(designed) == ["impossible-noise"]
    assert {one.amplifier_type_id for one in designed.sections[0].amplifiers} == {"plain"}


def test_an_output_attenuator_takes_what_gain_and_power_are_left():
    auto = kind("auto", optimises_output_voa=True)
    designed = designed_network(line(fibre()), library(auto))
    booster = designed.network.elements["Edfa_booster_A_to_f"].settings
    # Power leaves 23 - 20.32 = 2.68 dB, gain 26 - 20.5 dB; 2.5 in steps, less the margin of 1.
    assert booster.output_voa_db == 1.5
    assert booster.gain_db == pytest.approx(22.0, abs=1e-12)
    assert designed.sections[0].amplifiers[0].channel_power_dbm == pytest.approx(0.5, abs=1e-12)
    preamplifier = designed.network.elements["Edfa_preamp_Z_from_f"].settings
    # The light that reaches it is the same; its own attenuator takes 3 - 1 dB.
    assert preamplifier.output_voa_db == 2.0
    assert preamplifier.gain_db == pytest.approx(21.25 + 2.0, abs=1e-12)


@pytest.mark.parametrize(
    ("target", "power_dbm"),
    [
        (ChannelPowerTarget(power_dbm=0.0), 0.0),
        (SymbolDensityTarget(density_mw_per_ghz=3.125e-4), -20.0),
        (SlotDensityTarget(density_mw_per_ghz=2e-4), -20.0),
    ],
)
def test_the_target_of_a_degree_is_where_its_line_begins(target, power_dbm):
    degree = DegreeTarget(degree_id="Edfa_booster_A_to_f", target=target)
    given = line(fibre(), begin=roadm("A", degree_targets=(degree,)))
    designed = designed_network(given, library())
    booster = designed.network.elements["Edfa_booster_A_to_f"].settings
    assert booster.gain_db == pytest.approx(0.5 - power_dbm, abs=1e-9)


def test_a_target_by_the_name_of_the_fibre_is_told_to_have_moved():
    degree = DegreeTarget(degree_id="f", target=ChannelPowerTarget(power_dbm=-18.0))
    given = line(fibre(), begin=roadm("A", degree_targets=(degree,)))
    assert codes(designed_network(given, library())) == ["degree-moved"]


def test_the_channels_in_hand_load_the_amplifiers():
    part = SpectrumPart(
        label="",
        band=FrequencyBand(lower_thz=193.0, upper_thz=193.35),
        slot_ghz=50.0,
        symbol_rate_gbaud=32.0,
        roll_off=0.15,
        tx_osnr_db=40.0,
        tx_power_dbm=0.0,
        launch_offset_db=3.0,
    )
    basis = DesignBasis(library=library(), spectrum=COMB, span=SPAN, lit=(part,))
    (section,) = designed_on(basis, line(fibre())).sections
    assert section.amplifiers[0].total_power_dbm == pytest.approx(
        0.5 + 3.0 + 10 * math.log10(8), abs=1e-9
    )


def test_a_comb_may_count_for_every_band():
    spectrum = dataclasses.replace(COMB, counts_channels_of_band=True)
    bands = (DesignBand(band=FrequencyBand(lower_thz=192.0, upper_thz=193.0)),)
    given = line(fibre(), begin=roadm("A", design_bands=bands))
    for comb, count in ((COMB, 21), (spectrum, 96)):
        (section,) = designed_network(given, library(), spectrum=comb).sections
        assert section.amplifiers[0].total_power_dbm == pytest.approx(
            0.5 + 10 * math.log10(count), abs=1e-9
        )


def test_two_fibres_without_amplifier_count_as_one_span():
    own = Amplifier(element_id="own", amplifier_type_id="plain")
    given = line(own, fibre("f", 50.0), fibre("g", 50.0), begin=Transceiver(element_id="A"))
    designed = designed_network(given, library(), inserts=False)
    # 20 dB of glass, four connectors, repairs twice: 23.5 dB want 1 dB in steps of a half.
    assert designed.network.elements["own"].settings.launch_offset_db == 1.0
    assert "no-amplifier-between" in codes(designed)


def test_loss_by_frequency_counts_at_the_reference():
    profile = SpectralProfile(frequencies_thz=(190.0, 200.0), values=(0.19, 0.21))
    designed = designed_network(line(fibre(loss_db_per_km=profile)), library())
    at_reference = 0.19 + 0.02 * (299792.458 / 1550 - 190.0) / 10.0
    gain_db = designed.network.elements["Edfa_preamp_Z_from_f"].settings.gain_db
    offset_db = designed.network.elements["Edfa_booster_A_to_f"].settings.launch_offset_db
    assert gain_db == pytest.approx(100 * at_reference + 1.75 - offset_db, abs=1e-9)


def test_amplifiers_outside_every_line_are_told():
    given = line(fibre())
    alone = Amplifier(element_id="alone", amplifier_type_id="plain")
    given = dataclasses.replace(given, elements={**given.elements, "alone": alone})
    designed = designed_network(given, library())
    assert codes(designed) == ["outside-sections"]
    assert designed.network.elements["alone"] is alone


def test_the_next_amplifier_makes_up_for_a_stated_output_attenuator():
    stated = AmplifierSettings(launch_offset_db=2.0, output_voa_db=1.5)
    own = Amplifier(element_id="own", amplifier_type_id="plain", settings=stated)
    designed = designed_network(line(own, fibre()), library())
    assert designed.sections[0].amplifiers[0].channel_power_dbm == 0.5
    preamplifier = designed.network.elements["Edfa_preamp_Z_from_f"].settings
    assert preamplifier.gain_db == pytest.approx(21.75 - 2.0 + 1.5, abs=1e-12)


def test_of_a_cut_fibre_only_the_last_part_is_spliced():
    given = line(fibre("one", 200.0), Fused(element_id="splice", loss_db=0.3), fibre("two", 20.0))
    elements = designed_network(given, library()).network.elements
    assert elements["one_(1/2)"].connector_out_db == 1.5
    assert elements["one_(2/2)"].connector_out_db == 0.5
