"""Findings about figures of two records that cannot both hold."""

from dataclasses import replace

import pytest

from karakoram.core.findings import Severity
from karakoram.network.records import CableMedium, Status
from karakoram.network.submarine import DesignBasis
from karakoram.network.validate import validate
from karakoram.network.validate_optics import optics_findings
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


def found(network):
    return list(optics_findings(network))


def codes(network):
    return [finding.code for finding in found(network)]


def land(*, types=None, **given):
    """One span between two ROADMs; EDFA is every amplifier, of 40 dB and 30 dBm."""
    library = small_library(**{"amplifier_types": {"EDFA": amplifier("EDFA")}, **(types or {})})
    return network_of(fibre("A", "Z", 100.0), library=library, **given)


def edfa(**figures):
    return {"amplifier_types": {"EDFA": amplifier("EDFA", **figures)}}


def wet(**figures):
    """Spans of 80 km of 0.2 dB/km, 16 dBm; the type gives 40 dB and 30 dBm."""
    kinds = {
        "EDFA": amplifier("EDFA"),
        "REPEATER": amplifier("REPEATER", gain_db_max=16.0, output_power_dbm_max=16.0),
    }
    return network_of(
        sea("A", "Z", 1_600.0, cable="WET"),
        systems={"WET": system("WET", **figures)},
        library=small_library(amplifier_types=kinds),
    )


def test_a_sound_network_has_no_findings_and_validate_asks_for_them():
    assert codes(land()) == codes(wet()) == []
    narrow = land(rules={"band_upper_thz": 193.05})
    assert "band-narrower-than-slot" in [finding.code for finding in validate(narrow)]


def test_a_band_must_hold_the_widest_slot():
    modes = {name: mode(name, 100.0, spacing_ghz_min=ghz) for name, ghz in [("a", 50.0)]}
    half = {"band_lower_thz": 193.0, "band_upper_thz": 193.5}
    for widest_ghz, expected in ((500.0, []), (512.5, ["band-narrower-than-slot"])):
        modes["b"] = mode("b", 100.0, spacing_ghz_min=widest_ghz)
        assert codes(land(types={"transceiver_modes": modes}, rules=half)) == expected
    (finding,) = found(land(types={"transceiver_modes": modes}, rules=half))
    assert "512.5 GHz" in finding.message
    assert finding.place.field == "band_upper_thz"
    assert codes(land(types={"transceiver_modes": {}})) == []


@pytest.mark.parametrize(("usable_thz", "count"), [(0.1, 0), (0.09, 1)])
@pytest.mark.parametrize("basis", DesignBasis)
def test_a_cable_should_hold_the_widest_slot(usable_thz, count, basis):
    findings = found(wet(usable_bandwidth_thz=usable_thz, design_basis=basis))
    assert [finding.code for finding in findings] == ["usable-bandwidth-narrow"] * count
    assert all(finding.severity is Severity.WARNING for finding in findings)


def test_a_fibre_in_use_needs_dispersion():
    fibres = {name: fibre_type(name, dispersion_ps_per_nm_km=0.0) for name in ("SMF", "NOT IN USE")}
    (finding,) = found(land(types={"fibre_types": fibres}))
    assert (finding.code, finding.place.record) == ("fibre-without-dispersion", "SMF")
    assert finding.severity is Severity.ERROR


def test_radio_needs_no_dispersion():
    library = small_library(
        fibre_types={
            "SMF": fibre_type("SMF"),
            "AIR": fibre_type("AIR", dispersion_ps_per_nm_km=0.0, attenuation_db_per_km=9.0),
        }
    )
    spans = (
        fibre("A", "Z", 1e4, name="radio", medium=CableMedium.MICROWAVE, fibre_type="AIR"),
        fibre("A", "Z", 10.0),
    )
    rules = {"ots_length_km_max": 4.0}
    assert codes(network_of(*spans, library=library, rules=rules)) == []


@pytest.mark.parametrize(("length_km", "count"), [(4_000.0, 0), (4_001.0, 1)])
def test_a_span_takes_no_more_than_two_thousand_huts(length_km, count):
    network = network_of(fibre("A", "Z", length_km), rules={"ots_length_km_max": 2.0})
    findings = found(network)
    assert [finding.code for finding in findings] == ["too-many-huts"] * count
    assert all(f"A-Z of {length_km:g} km" in finding.message for finding in findings)


def test_huts_under_water_are_not_counted():
    network = network_of(
        sea("A", "Z", 9_000.0, cable="WET"),
        systems={"WET": system("WET")},
        rules={"ots_length_km_max": 2.0},
    )
    assert codes(network) == []


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"repeater_output_power_dbm": 16.1}, ["repeater-power"]),
        ({"repeater_spacing_km": 80.1}, ["repeater-gain"]),
        ({"repeater_output_power_dbm": 17.0, "repeater_spacing_km": 90.0}, None),
        (
            {"repeater_output_power_dbm": 17.0, "design_basis": DesignBasis.PUBLISHED},
            [],
        ),
    ],
    ids=str,
)
def test_repeaters_do_no_more_than_their_type(figures, expected):
    expected = ["repeater-power", "repeater-gain"] if expected is None else expected
    assert codes(wet(**figures)) == expected


def test_a_measured_attenuation_counts_between_repeaters():
    network = wet()
    measured = replace(network.spans["A-Z"], attenuation_db_per_km=0.21)
    (finding,) = found(replace(network, spans={"A-Z": measured}))
    assert finding.code == "repeater-gain"
    assert "80 km lose 16.8 dB" in finding.message


def test_a_system_without_spans_or_known_repeaters_is_not_judged():
    network = network_of(
        fibre("A", "Z", 10.0),
        systems={"X": system("X"), "Y": system("Y", repeater_type_id="NONE")},
    )
    assert codes(network) == []


@pytest.mark.parametrize(("launch_dbm", "count"), [(7.0, 0), (7.1, 3)])
def test_amplifiers_put_out_the_full_band(launch_dbm, count):
    # 1 THz is 20 slots of 50 GHz: 13.01 dB more than one.
    network = land(types=edfa(output_power_dbm_max=20.02), rules={"launch_power_dbm": launch_dbm})
    findings = found(network)
    assert [finding.code for finding in findings] == ["launch-power"] * count
    assert all(finding.severity is Severity.ERROR for finding in findings)


def test_an_amplifier_of_a_record_in_service_is_judged_at_its_record():
    kinds = {"EDFA": amplifier("EDFA"), "WEAK": amplifier("WEAK", output_power_dbm_max=10.0)}
    network = land(types={"amplifier_types": kinds}, amplifiers="M", more_sites="M")
    (key,) = [key for key, item in network.equipment.items() if item.type_id == "EDFA"]
    for status, expected in ((Status.IN_SERVICE, [key]), (Status.PLANNED, [])):
        item = replace(network.equipment[key], type_id="WEAK", status=status)
        changed = replace(network, equipment={**network.equipment, key: item})
        assert [finding.place.record for finding in found(changed)] == expected


@pytest.mark.parametrize(("roadm_dbm", "count"), [(-40.0, 0), (-40.1, 3)])
def test_the_booster_lifts_the_roadm_to_the_launch_power(roadm_dbm, count):
    # The launch power of the builder is 0 dBm; the rule and both ROADMs name the type.
    kinds = {"ROADM": roadm_type(output_power_dbm=roadm_dbm)}
    network = land(types={"roadm_types": kinds}, rules={"launch_power_dbm": 0.0})
    assert codes(network) == ["booster-gain"] * count


def test_a_retired_roadm_is_not_judged():
    kinds = {"ROADM": roadm_type(), "DIM": roadm_type(roadm_type_id="DIM", output_power_dbm=-60.0)}
    network = land(types={"roadm_types": kinds}, statuses={"Z": Status.RETIRED})
    dim = {
        key: replace(item, type_id="DIM" if item.status is Status.RETIRED else "ROADM")
        for key, item in network.equipment.items()
    }
    assert codes(replace(network, equipment=dim)) == []


@pytest.mark.parametrize(("gain_db", "count"), [(17.0, 0), (16.9, 2)])
def test_the_longest_section_should_be_made_good(gain_db, count):
    # 80 km at 0.2 dB/km and two connectors of 0.5 dB; the booster makes no section good.
    rules = {"launch_power_dbm": -5.0, "ots_length_km_max": 80.0, "connector_loss_db": 0.5}
    findings = found(land(types=edfa(gain_db_max=gain_db), rules=rules))
    assert [finding.code for finding in findings] == ["section-loss"] * count
    assert {finding.place.field for finding in findings} <= {
        *("line_amplifier_type_id", "preamplifier_type_id"),
    }
    assert all(finding.severity is Severity.WARNING for finding in findings)


def test_the_lossiest_span_counts_for_the_longest_section():
    network = network_of(
        *(fibre("A", "Z", 10.0), fibre("A", "Z", 10.0, name="old", attenuation=0.6)),
    )
    assert set(codes(network)) == {"section-loss"}


def test_two_types_of_one_kind_in_service_at_one_site_are_told():
    kinds = {"ROADM": roadm_type(), "OLD": roadm_type(roadm_type_id="OLD")}
    network = land(types={"roadm_types": kinds})
    at_a = next(item for item in network.equipment.values() if item.site_id == "A")
    for status, expected in ((Status.IN_SERVICE, ["second"]), (Status.OPTION, [])):
        second = replace(at_a, equipment_id="second", type_id="OLD", status=status)
        findings = found(replace(network, equipment={**network.equipment, "second": second}))
        assert [finding.place.record for finding in findings] == expected
        assert all(finding.severity is Severity.WARNING for finding in findings)


def test_what_names_an_unknown_type_or_cable_is_left_to_the_check_of_names():
    network = land(amplifiers="M", more_sites="M")
    lost = {key: replace(item, type_id="NONE") for key, item in network.equipment.items()}
    rules = replace(network.rules, booster_type_id="NONE", roadm_type_id="NONE")
    spans = {"A-Z": replace(network.spans["A-Z"], cable_id="NONE")}
    assert codes(replace(network, equipment=lost, rules=rules, spans=spans)) == []
    cable = replace(network.cables["A-Z cable"], fibre_type_id="NONE")
    assert codes(replace(network, cables={"A-Z cable": cable})) == []
