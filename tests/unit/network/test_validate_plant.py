"""Findings about the plant, straight from its tables."""

from dataclasses import replace

import pytest

from karakoram.core.findings import Severity
from karakoram.network.validate_plant import plant_findings
from tests.support.planning_networks import fibre, network_of, sea, system


def codes(network):
    return [finding.code for finding in plant_findings(network)]


def test_a_span_of_unknown_sites_or_cables_is_not_judged_twice():
    network = network_of(fibre("A", "Z", 10.0))
    lost = replace(network.spans["A-Z"], z_site_id="NOWHERE", cable_id="NONE")
    assert codes(replace(network, spans={"A-Z": lost})) == ["site-without-span"]


@pytest.mark.parametrize(("short_by_km", "count"), [(0.9, 0), (1.1, 1)])
def test_glass_may_be_short_of_the_great_circle_by_what_rounding_takes(short_by_km, count):
    network = network_of(fibre("A", "Z", 111.195 - short_by_km))
    far = replace(network.sites["Z"], latitude_deg=31.0)
    moved = replace(network, sites={**network.sites, "Z": far})
    assert codes(moved) == ["span-shorter-than-great-circle"] * count


def test_three_operators_at_one_site_need_three_hand_overs():
    spans = [fibre("A", "Z", 10.0, name=name, operator=name) for name in ("ONE", "TWO", "SIX")]
    pairs = [("ONE", "TWO"), ("ONE", "SIX"), ("TWO", "SIX")]
    assert codes(network_of(*spans)) == ["handover-missing"] * 6
    agreed = network_of(*spans, meetings=[("A", *pair) for pair in pairs])
    assert codes(agreed) == ["handover-missing"] * 3
    findings = plant_findings(agreed)
    assert {(finding.place.record, finding.severity) for finding in findings} == {
        ("Z", Severity.WARNING)
    }


def test_a_sea_cable_with_its_system_is_sound():
    network = network_of(sea("A", "Z", 10.0, cable="WET"), systems={"WET": system("WET")})
    assert codes(network) == []


def test_a_risk_group_that_no_span_names_is_a_warning():
    groups = {"STORM": (1.0, 10.0), "FLOOD": (1.0, 10.0)}
    network = network_of(fibre("A", "Z", 10.0, groups=("STORM",)), groups=groups)
    (finding,) = plant_findings(network)
    assert (finding.code, finding.place.record) == ("risk-group-without-span", "FLOOD")
    assert finding.severity is Severity.WARNING
