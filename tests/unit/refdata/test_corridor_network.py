from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from math import log10

import pytest

from karakoram.adapters.formats.network_folder import read_network_with_findings
from karakoram.core.findings import Severity
from karakoram.core.provenance import Confidence, Provenance
from karakoram.core.units import latency_ms_from_length
from karakoram.network.geometry import great_circle_km
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import (
    CableMedium,
    EquipmentKind,
    LengthBasis,
    RiskKind,
    SiteKind,
    Status,
)
from karakoram.network.submarine import DesignBasis
from karakoram.refdata.corridor import corridor_folder
from karakoram.refdata.facts import read_events

SOUTH = [
    "RWP-M12",
    "M12-KKR",
    "KKR-BHR",
    "BHR-PBN",
    "PBN-FSD",
    "FSD-GJR",
    "GJR-TTS",
    "TTS-SRK",
    "SRK-AHK",
    "AHK-KNW",
    "KNW-M45",
    "M45-JPW",
    "JPW-UCH",
    "UCH-ZHP",
    "ZHP-RYK",
    "RYK-GHT",
    "GHT-SKZ",
    "SKZ-RNP",
    "RNP-MRO",
    "MRO-HAL",
    "HAL-HDD",
    "HDD-JMS",
    "JMS-NRB",
    "NRB-M9K",
    "M9K-KHI",
    "KHI-CLS-CYB",
]
PEACE_WEST = ["PEACE-KHI-ZAF", "PEACE-ZAF-ATL", "PEACE-ATL-MRS"]
BIT_RATES_GBPS = (100.0, 200.0, 400.0, 800.0)


@pytest.fixture(scope="module")
def reading():
    return read_network_with_findings(corridor_folder())


@pytest.fixture(scope="module")
def network(reading):
    assert reading[0] is not None
    return reading[0]


@pytest.fixture(scope="module")
def main_way(network):
    """Span ids from Urumqi to the Cybernet landing station."""
    north = [s.span_id for s in network.spans.values() if s.cable_id in {"CT-G314", "SCO-PHASE1"}]
    return [*north, *SOUTH]


def length_km(network, span_ids):
    return sum(network.spans[span_id].length_km for span_id in span_ids)


def spans_at(network):
    at = defaultdict(list)
    for span in network.spans.values():
        at[span.a_site_id].append(span)
        at[span.z_site_id].append(span)
    return at


def test_the_corridor_breaks_no_rule(reading):
    assert [finding for finding in reading[1] if finding.severity is Severity.ERROR] == []


def test_only_the_three_isolated_marks_are_warned_about(reading):
    assert {(finding.code, finding.place.record) for finding in reading[1]} == {
        ("site-without-span", "SKP"),
        ("site-without-span", "PTN"),
        ("site-without-span", "HSA"),
    }


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("sites", 101 + 35),
        ("spans", 108 + 3 + 78),
        ("submarine_systems", 10),
        ("operators", 8 + 9),
        ("cables", 25 + 10 + 10 + 7),
    ],
)
def test_every_site_segment_and_cable_of_the_sources_is_there(network, table, count):
    assert len(getattr(network, table)) == count


def test_every_record_says_its_source_and_confidence(network):
    tables = [
        *(network.operators, network.sites, network.cables, network.submarine_systems),
        *(network.spans, network.risk_groups, network.failure_classes, network.handovers),
        *(network.equipment, network.prices),
    ]
    provenances = [record.provenance for table in tables for record in table.values()]
    assert len(provenances) > 800
    for provenance in provenances:
        assert isinstance(provenance, Provenance)
        assert provenance.source.strip()
        assert provenance.source_date.strip()
    assert {provenance.confidence for provenance in provenances} == set(Confidence)


def test_no_address_or_date_of_a_source_was_lost(network):
    stated = [s for s in network.spans.values() if s.provenance.confidence is Confidence.STATED]
    assert all(span.provenance.source.startswith("http") for span in stated)


def test_the_main_way_of_sco_is_811_2_km_and_its_headline_is_kept(network):
    spans = [s for s in network.spans.values() if s.cable_id == "SCO-PHASE1"]
    assert sum(span.length_km for span in spans) == pytest.approx(811.2, abs=0.05)
    cable = network.cables["SCO-PHASE1"]
    assert cable.published_length_km == 820.0
    assert "811.2" in cable.published_length_note
    assert "822" in cable.published_length_note


def test_urumqi_to_the_landing_station_is_4458_km_of_glass(network, main_way):
    assert length_km(network, main_way) == pytest.approx(4458.0, rel=1e-3)


def test_the_main_way_is_one_chain_without_gaps(network, main_way):
    site = "URC"
    for span_id in main_way:
        span = network.spans[span_id]
        assert span.status is Status.IN_SERVICE, span_id
        assert span.a_site_id == site
        site = span.z_site_id
    assert site == "CLS-CYB"


def test_rawalpindi_to_marseille_over_peace_takes_107_8_ms_there_and_back(network):
    km = length_km(network, [*SOUTH, *PEACE_WEST])
    assert km == pytest.approx(10_997.0, abs=1.0)
    indices = {
        network.library.fibre_types[network.cables[network.spans[s].cable_id].fibre_type_id]
        for s in [*SOUTH, *PEACE_WEST]
    }
    assert {fibre.group_index for fibre in indices} == {1.468}
    assert 2.0 * latency_ms_from_length(km, 1.468) == pytest.approx(107.8, abs=0.15)


def test_no_span_is_shorter_than_the_great_circle_between_its_ends(network):
    for span in network.spans.values():
        ends = network.sites[span.a_site_id], network.sites[span.z_site_id]
        tolerance_km = 1.0 + sum(site.coordinate_accuracy_km or 0.0 for site in ends)
        assert span.length_km >= great_circle_km(*ends) - tolerance_km, span.span_id


def test_the_published_great_circle_agrees_with_the_coordinates_on_land(network):
    for span in network.spans.values():
        if span.length_basis is LengthBasis.SEA_ROUTE:
            continue
        ends = network.sites[span.a_site_id], network.sites[span.z_site_id]
        assert span.great_circle_km == pytest.approx(great_circle_km(*ends), rel=0.01, abs=0.6)


def test_roads_and_glass_are_told_apart(network):
    assert network.spans["KJB-SST"].length_basis is LengthBasis.GLASS
    assert network.spans["M12-KKR"].length_basis is LengthBasis.ROAD
    assert network.spans["PEACE-KHI-ZAF"].length_basis is LengthBasis.SEA_ROUTE
    assert network.spans["RWP-KRM"].length_basis is LengthBasis.GREAT_CIRCLE


def test_options_and_plans_are_not_in_service(network):
    expected = {
        Status.OPTION: {"SCO-DASU", "M15", "N55", "N25", "N10", "M14", "N50", "M8", "METRO-HAKLA"},
        Status.PLANNED: {
            *("M6", "SCO-PHASE2", "SMW6", "SMW6-EGYPT"),
            *("2AFRICA", "AFRICA1", "AFRICA1-EGYPT"),
        },
        Status.RETIRED: {"SMW3"},
    }
    for status, cable_ids in expected.items():
        found = {c.cable_id for c in network.cables.values() if c.status is status}
        assert found == cable_ids
        spans = [s for s in network.spans.values() if s.cable_id in cable_ids]
        assert {span.status for span in spans} == {status}


def test_phase_2_is_planned_with_its_length_and_without_spans(network):
    assert network.cables["SCO-PHASE2"].published_length_km == 7990.0
    assert not any(s.cable_id == "SCO-PHASE2" for s in network.spans.values())


def test_what_is_in_service_by_assumption_says_so(network):
    for span_id in ("M12-KKR", "RWP-KHL", "M9K-KHI", "SKZ-RNP", "RWP-ISB"):
        span = network.spans[span_id]
        assert span.status is Status.IN_SERVICE
        assert span.provenance.confidence is Confidence.ASSUMED, span_id


def test_the_gap_on_n5_is_leased_from_an_owner_of_its_own(network):
    gap = [s for s in network.spans.values() if s.cable_id == "N5-LEASE"]
    assert {(s.operator_id, s.owner_id) for s in gap} == {("ONE", "N5-LESSOR")}
    assert sum(span.length_km for span in gap) == pytest.approx(342.7)


def test_every_risk_group_has_members(network):
    used = {group for span in network.spans.values() for group in span.risk_group_ids}
    assert used == set(network.risk_groups)


def test_every_span_on_land_lies_in_a_corridor_or_a_crossing(network):
    kinds = {RiskKind.CORRIDOR, RiskKind.LAND_CROSSING}
    for span in network.spans.values():
        if network.cables[span.cable_id].medium is not CableMedium.SUBMARINE:
            groups = [network.risk_groups[group_id].kind for group_id in span.risk_group_ids]
            assert kinds & set(groups), span.span_id


def test_one_storm_takes_the_babusar_road_and_the_kkh_in_kohistan(network):
    group = network.risk_groups["PK-WEATHER-KKH-BABUSAR"]
    assert "Babusar" in group.name
    assert "KKH" in group.name
    for span_id in ("CHL-BBS", "BBS-NRN", "CHL-DSU", "DSU-BSM"):
        assert group.risk_group_id in network.spans[span_id].risk_group_ids


def test_the_aerial_twin_shares_the_valley_with_the_underground_cable(network):
    shared = set(network.spans["KRM-KJB"].risk_group_ids)
    for span in network.spans.values():
        if span.cable_id == "SCO-PHASE1" and "PK-KKH-NORTH" in span.risk_group_ids:
            assert "PK-WEATHER-HUNZA" in shared & set(span.risk_group_ids), span.span_id


@pytest.mark.parametrize(
    ("group_id", "event_ids", "years"),
    [
        ("PK-WEATHER-KKH-BABUSAR", ("E05", "E25"), 16),
        ("PK-WEATHER-HUNZA", ("E04", "E08", "E16"), 16),
        ("PK-WEATHER-JAGLOT", ("E12",), 16),
        ("PK-FLOOD-M5", ("E28",), 6),
        ("PK-FLOOD-SUKKUR", ("E18", "E19"), 16),
        ("EARTHQUAKE-AJK", ("E09", "E12"), 16),
        ("SEA-JEDDAH", ("E07", "E27"), 21),
        ("EGYPT-ZAF-ATL", ("E20",), 9),
        ("LANDING-PTCL", ("E26",), 45),
    ],
)
def test_rates_of_common_causes_are_events_over_years(network, group_id, event_ids, years):
    group = network.risk_groups[group_id]
    assert group.failures_per_year == pytest.approx(len(event_ids) / years, abs=5e-5)
    addresses = {event.event_id: event.provenance.source for event in read_events()}
    for event_id in event_ids:
        assert addresses[event_id] in group.provenance.source


def test_a_group_without_a_rate_says_why(network):
    silent = [g for g in network.risk_groups.values() if g.failures_per_year == 0.0]
    assert silent
    for group in silent:
        assert "no common" in group.provenance.note or "no event" in group.provenance.note


def test_whatever_ends_at_a_landing_station_shares_its_risk(network):
    for site_id, group_id in (
        ("CLS-CYB", "LANDING-CYB"),
        ("CLS-HWK", "LANDING-HWK"),
        ("CLS-PTCL", "LANDING-PTCL"),
    ):
        for span in spans_at(network)[site_id]:
            assert group_id in span.risk_group_ids, span.span_id


def test_every_landing_and_every_meeting_of_three_spans_has_a_roadm(network):
    roadm_sites = {e.site_id for e in network.equipment.values() if e.kind is EquipmentKind.ROADM}
    for site_id, spans in spans_at(network).items():
        media = {network.cables[span.cable_id].medium for span in spans}
        glass = [s for s in spans if network.cables[s.cable_id].medium is not CableMedium.MICROWAVE]
        is_shore = CableMedium.SUBMARINE in media
        if is_shore or len(glass) >= 3 or network.sites[site_id].kind is SiteKind.LANDING_STATION:
            assert site_id in roadm_sites, site_id


def test_amplifiers_stand_only_where_the_sources_have_an_amplifier_site(network):
    for item in network.equipment.values():
        if item.kind is EquipmentKind.LINE_AMPLIFIER:
            assert network.sites[item.site_id].kind is SiteKind.AMPLIFIER


def test_light_may_pass_from_urumqi_to_three_landing_parties(network):
    passes = {(h.from_operator_id, h.to_operator_id) for h in network.handovers.values()}
    for way in (
        ("CT", "SCO", "ONE", "CYB", "PEACE-C"),
        ("ONE", "TWA", "SMW5-C"),
        ("ONE", "PTCL", "AAE1-C"),
    ):
        assert set(pairwise(way)) <= passes


def test_submarine_systems_name_every_landing_and_a_coherent_design_where_they_have_one(network):
    systems = network.submarine_systems
    coherent = {k for k, s in systems.items() if s.design_basis is DesignBasis.REPEATERS}
    assert coherent == {"PEACE", "SMW5", "SMW6", "AAE1", "2AFRICA", "AFRICA1"}
    assert "Gwadar, Pakistan" in systems["PEACE"].landings
    assert sum(len(system.landings) for system in systems.values()) == 119


def test_repeaters_can_give_the_power_that_the_systems_ask_for(network):
    for system in network.submarine_systems.values():
        repeater = network.library.amplifier_types[system.repeater_type_id]
        assert system.repeater_output_power_dbm <= repeater.output_power_dbm_max


def test_the_launch_power_of_a_full_band_is_within_the_amplifiers(network):
    rules = network.rules
    slots = (rules.band_upper_thz.value - rules.band_lower_thz.value) * 1e3 / 50.0
    total_dbm = rules.launch_power_dbm.value + 10.0 * log10(slots)
    for type_id in (rules.booster_type_id, rules.line_amplifier_type_id):
        assert total_dbm <= network.library.amplifier_types[type_id].output_power_dbm_max


def test_the_gain_of_a_line_amplifier_covers_the_longest_section(network):
    rules = network.rules
    fibre = network.library.fibre_types["G652D-PLAN"]
    loss_db = rules.ots_length_km_max.value * fibre.attenuation_db_per_km
    gain_db = network.library.amplifier_types[rules.line_amplifier_type_id].gain_db_max
    assert loss_db + 2.0 * rules.connector_loss_db.value <= gain_db


def test_a_published_design_of_two_bit_per_hertz_carries_100_gigabit(network):
    mode = network.library.transceiver_modes["OR-100G-QPSK-31"]
    needed_db = mode.required_gsnr_db + network.rules.margin_db.value
    shannon_db = 0.0
    assert 0.0 <= shannon_db + network.rules.published_design_gap_db.value - needed_db <= 1.0


def test_every_owner_asks_a_price_for_everything_at_every_bit_rate(network):
    asked = {
        (p.operator_id, p.bit_rate_gbps, p.unit, p.period): p.amount
        for p in network.prices.values()
    }
    once, month = ChargePeriod.ONCE, ChargePeriod.MONTH
    owners = {span.owner_id for span in network.spans.values()}
    for owner in owners:
        for unit, period in (
            (PriceUnit.KM, month),
            (PriceUnit.LEG, month),
            (PriceUnit.LEG, once),
            (PriceUnit.END, once),
            (PriceUnit.REGENERATOR, once),
        ):
            amounts = [asked[owner, rate, unit, period] for rate in BIT_RATES_GBPS]
            for less, more in pairwise(amounts):
                assert Decimal(0) < less < more < 2 * less


def test_urumqi_to_marseille_costs_between_the_sea_and_the_bypass(network, main_way):
    """Broker quotes of 2024 a month for 100G: 29,000 by sea, 145,000 by the land bypass."""
    per_km = {
        (p.operator_id, p.bit_rate_gbps): p.amount
        for p in network.prices.values()
        if p.unit is PriceUnit.KM
    }
    for rate, low, high in ((100.0, 29_000, 145_000), (400.0, 4 * 29_000, 4 * 145_000)):
        spans = [network.spans[span_id] for span_id in [*main_way, *PEACE_WEST]]
        usd = sum(float(per_km[s.owner_id, rate]) * s.length_km for s in spans)
        assert low < usd < high


def test_sea_spans_are_named_after_their_cable_and_sites(network):
    for span in network.spans.values():
        cable = network.cables[span.cable_id]
        if cable.medium is CableMedium.SUBMARINE:
            assert span.span_id.startswith(f"{cable.cable_id}-")
            assert span.z_site_id in span.span_id
    assert all(
        set(span_id) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") for span_id in network.spans
    )


def test_names_of_sites_operators_and_cables_do_not_collide(network):
    names = [*network.sites, *network.operators, *network.cables, *network.spans]
    assert len(set(names)) == len(names)
