from dataclasses import replace

import pytest

from karakoram.core.provenance import Confidence, Provenance
from karakoram.core.units import HOURS_PER_YEAR, MINUTES_PER_YEAR
from karakoram.network.records import Status
from karakoram.planning.offers import RiskSort
from tests.support.planning_networks import (
    amplifier,
    designed,
    fibre,
    mode,
    network_of,
    roadm_type,
    sea,
    small_library,
    system,
)


def down(failures_per_year, mttr_h):
    """Share of the time that something is down, by hand."""
    ratio = failures_per_year * mttr_h / HOURS_PER_YEAR
    return ratio / (1.0 + ratio)


def cut(km):
    """Of a buried span of the builder: a thousandth of uptime for each 100 km."""
    return km * 1e-5 / (1.0 + km * 1e-5)


def offer_of(network, **asked):
    return designed(network, **asked).offers[-1]


def series(*shares):
    up = 1.0
    for share in shares:
        up *= 1.0 - share
    return 1.0 - up


def test_a_single_path_is_down_when_any_of_its_spans_is():
    offer = offer_of(network_of(fibre("A", "M", 100.0), fibre("M", "Z", 50.0)))
    assert offer.unavailability == pytest.approx(series(cut(100.0), cut(50.0)), rel=1e-12)
    assert offer.availability == pytest.approx(1.0 - offer.unavailability)
    assert offer.paths[0].unavailability == pytest.approx(offer.unavailability, rel=1e-12)


def test_two_disjoint_paths_are_down_together_only_by_chance():
    network = network_of(fibre("A", "Z", 100.0), fibre("A", "Z", 200.0, name="other"))
    offer = offer_of(network, protected=True)
    assert offer.unavailability == pytest.approx(cut(100.0) * cut(200.0), rel=1e-9)
    assert [path.unavailability for path in offer.paths] == pytest.approx([cut(100.0), cut(200.0)])


def test_a_span_that_both_paths_share_is_counted_once():
    network = network_of(
        fibre("A", "M", 50.0),
        fibre("M", "Z", 100.0),
        fibre("M", "Z", 200.0, name="other"),
    )
    offer = offer_of(network, protected=True)
    shared = cut(50.0)
    expected = shared + (1.0 - shared) * cut(100.0) * cut(200.0)
    assert offer.unavailability == pytest.approx(expected, rel=1e-9)
    assert [(risk.sort, risk.risk_id) for risk in offer.shared_risks] == [(RiskSort.SPAN, "A-M")]
    (risk,) = offer.shared_risks
    assert risk.unavailable_min_per_year == pytest.approx(shared * MINUTES_PER_YEAR)


def test_a_storm_over_both_paths_takes_both_at_once():
    network = network_of(
        fibre("A", "Z", 100.0, groups=("STORM",)),
        fibre("A", "Z", 200.0, name="other", groups=("STORM",)),
        groups={"STORM": (0.5, 24.0)},
    )
    offer = offer_of(network, protected=True)
    storm = down(0.5, 24.0)
    expected = storm + (1.0 - storm) * cut(100.0) * cut(200.0)
    assert offer.unavailability == pytest.approx(expected, rel=1e-9)
    (risk,) = offer.shared_risks
    assert (risk.sort, risk.risk_id, risk.span_ids) == (
        RiskSort.RISK_GROUP,
        "STORM",
        ("A-Z", "other"),
    )


def test_a_storm_over_one_path_is_only_its_own():
    network = network_of(
        fibre("A", "Z", 100.0, groups=("STORM",)),
        fibre("A", "Z", 200.0, name="other"),
        groups={"STORM": (0.5, 24.0)},
    )
    offer = offer_of(network, protected=True)
    expected = series(cut(100.0), down(0.5, 24.0)) * cut(200.0)
    assert offer.unavailability == pytest.approx(expected, rel=1e-9)
    assert offer.shared_risks == ()


def never_cut(**library):
    """Two ways over M and N, whose fibre is never cut."""
    return {"classes": {"buried": (0.0, 0.0)}, "library": small_library(**library)}


def test_sites_fail_by_their_power_and_their_roadm_and_both_ends_are_shared():
    network = network_of(
        fibre("A", "M", 10.0),
        fibre("M", "Z", 10.0),
        fibre("A", "N", 10.0),
        fibre("N", "Z", 10.0),
        rules={"site_failures_fit": 1_000.0, "site_mttr_h": 5.0},
        **never_cut(roadm_types={"ROADM": roadm_type(failures_fit=2_000.0, mttr_h=3.0)}),
    )
    site = down(1e-6 * HOURS_PER_YEAR, 5.0) + down(2e-6 * HOURS_PER_YEAR, 3.0)
    offer = offer_of(network, protected=True)
    ends = series(site, site)
    assert offer.unavailability == pytest.approx(ends + (1.0 - ends) * site * site, rel=1e-6)
    # The ends are part of the question and no shared risk; M and N are not shared.
    assert offer.shared_risks == ()


def test_a_site_without_equipment_never_fails():
    network = network_of(
        fibre("A", "M", 10.0),
        fibre("M", "Z", 10.0),
        roadms="AZ",
        rules={"site_failures_fit": 1_000.0, "site_mttr_h": 5.0},
        **never_cut(),
    )
    site = down(1e-6 * HOURS_PER_YEAR, 5.0)
    assert offer_of(network).unavailability == pytest.approx(series(site, site), rel=1e-9)


def test_amplifiers_of_a_line_are_booster_preamplifier_and_one_for_each_hut():
    network = network_of(
        fibre("A", "Z", 200.0),
        **never_cut(
            amplifier_types={
                "EDFA": amplifier("EDFA", failures_fit=500.0, mttr_h=8.0),
                "REPEATER": amplifier("REPEATER"),
            }
        ),
    )
    # Three sections: two huts and both ends, an amplifier for each direction.
    offer = offer_of(network)
    assert offer.unavailability == pytest.approx(down(8 * 5e-7 * HOURS_PER_YEAR, 8.0), rel=1e-9)
    assert [share.name for share in offer.outage_shares] == ["8 amplifiers A-Z"]


def test_each_amplifier_fails_as_often_as_its_own_type_and_the_weakest_source_is_told():
    stated = Provenance(source="the test", confidence=Confidence.STATED)
    kinds = {"BOOST": (100.0, 2.0), "EDFA": (500.0, 8.0), "OLD": (900.0, 5.0), "PRE": (50.0, 1.0)}
    types = {
        name: amplifier(
            name,
            failures_fit=fit,
            mttr_h=mttr_h,
            **({} if name == "OLD" else {"provenance": stated}),
        )
        for name, (fit, mttr_h) in kinds.items()
    }
    network = network_of(
        *(fibre("A", "P", 60.0), fibre("P", "Z", 100.0)),
        roadms="AZ",
        amplifiers="P",
        **never_cut(amplifier_types={**types, "REPEATER": amplifier("REPEATER")}),
    )
    rules = replace(network.rules, booster_type_id="BOOST", preamplifier_type_id="PRE")
    equipment = {
        key: replace(item, type_id="OLD" if item.site_id == "P" else item.type_id)
        for key, item in network.equipment.items()
    }
    offer = offer_of(replace(network, rules=rules, equipment=equipment))
    # One derived hut in 100 km; each stands once for each direction.
    shares = [down(2 * fit * 1e-9 * HOURS_PER_YEAR, mttr_h) for fit, mttr_h in kinds.values()]
    assert offer.unavailability == pytest.approx(series(*shares), rel=1e-9)
    (share,) = offer.outage_shares
    assert (share.name, share.confidence) == ("8 amplifiers A-Z", Confidence.ASSUMED)


def test_a_site_fails_as_often_as_the_roadm_that_stands_there_and_only_in_service():
    network = network_of(
        *(fibre("A", "M", 10.0), fibre("M", "Z", 10.0)),
        rules={"site_failures_fit": 1_000.0, "site_mttr_h": 5.0},
        statuses={"M": Status.PLANNED},
        **never_cut(
            roadm_types={
                "ROADM": roadm_type(failures_fit=2_000.0, mttr_h=3.0),
                "OLD": roadm_type(roadm_type_id="OLD", failures_fit=9_000.0, mttr_h=4.0),
            }
        ),
    )
    equipment = {
        key: replace(item, type_id="OLD" if item.site_id == "Z" else item.type_id)
        for key, item in network.equipment.items()
    }
    power = down(1e-6 * HOURS_PER_YEAR, 5.0)
    sites = [
        power + down(2e-6 * HOURS_PER_YEAR, 3.0),
        power + down(9e-6 * HOURS_PER_YEAR, 4.0),
    ]
    offer = offer_of(replace(network, equipment=equipment))
    assert offer.unavailability == pytest.approx(series(*sites), rel=1e-9)


def test_a_sea_line_has_a_repeater_of_two_amplifiers_for_each_span():
    network = network_of(
        sea("A", "Z", 800.0, cable="WET"),
        systems={"WET": system("WET")},
        **never_cut(
            amplifier_types={
                "EDFA": amplifier("EDFA"),
                "REPEATER": amplifier("REPEATER", failures_fit=10.0, mttr_h=480.0),
            }
        ),
    )
    offer = offer_of(network)
    assert offer.unavailability == pytest.approx(down(20 * 1e-8 * HOURS_PER_YEAR, 480.0), rel=1e-9)
    assert [share.name for share in offer.outage_shares] == ["10 repeaters A-Z"]


def test_each_lightpath_brings_two_transceivers_for_each_wavelength():
    network = network_of(
        fibre("A", "M", 60.0),
        fibre("M", "Z", 60.0),
        **never_cut(
            transceiver_modes={
                "SR": mode(
                    "SR", 100.0, cd_ps_per_nm_max=17.5 * 60.0, failures_fit=1_000.0, mttr_h=4.0
                )
            }
        ),
    )
    offer = offer_of(network, bit_rate=200.0)
    one = down(4e-6 * HOURS_PER_YEAR, 4.0)
    assert offer.unavailability == pytest.approx(series(one, one), rel=1e-9)
    assert sorted(share.name for share in offer.outage_shares) == [
        "4 transceivers A-M",
        "4 transceivers M-Z",
    ]


def test_amplifiers_of_a_line_that_both_paths_cross_are_shared_whichever_way_they_cross_it():
    network = network_of(
        fibre("A", "M", 50.0),
        fibre("M", "Z", 10.0),
        fibre("M", "Z", 20.0, name="other"),
        **never_cut(
            amplifier_types={
                "EDFA": amplifier("EDFA", failures_fit=500.0, mttr_h=8.0),
                "REPEATER": amplifier("REPEATER"),
            }
        ),
    )
    line = down(4 * 5e-7 * HOURS_PER_YEAR, 8.0)
    for ends in ({"a": "A", "z": "Z"}, {"a": "Z", "z": "A"}):
        offer = offer_of(network, protected=True, **ends)
        assert offer.unavailability == pytest.approx(line + (1.0 - line) * line**2, rel=1e-9)


def test_outage_shares_are_what_the_service_would_gain_and_fall():
    network = network_of(fibre("A", "M", 100.0), fibre("M", "Z", 50.0))
    offer = offer_of(network)
    shares = [share.unavailable_min_per_year for share in offer.outage_shares]
    # Without the cut of A-M only M-Z would be down, and the other way round.
    gains = [(1.0 - cut(50.0)) * cut(100.0), (1.0 - cut(100.0)) * cut(50.0)]
    assert shares == pytest.approx([gain * MINUTES_PER_YEAR for gain in gains], rel=1e-9)
    assert [share.component for share in offer.outage_shares] == ["span:A-M", "span:M-Z"]


STATED = Provenance(source="a survey", confidence=Confidence.STATED)


def surveyed(network, *, but):
    """The network whose lengths, rates, repair times, causes and types are stated but for one."""

    def stated(records, name):
        if name == but:
            return records
        return {key: replace(record, provenance=STATED) for key, record in records.items()}

    rules, library = network.rules, network.library
    figures = ("site_failures_fit", "site_mttr_h", "ots_length_km_max")
    return replace(
        network,
        spans=stated(network.spans, "spans"),
        failure_classes=stated(network.failure_classes, "failure_classes"),
        risk_groups=stated(network.risk_groups, "risk_groups"),
        submarine_systems=stated(network.submarine_systems, "submarine_systems"),
        rules=replace(
            rules,
            **{
                name: replace(getattr(rules, name), provenance=STATED)
                for name in figures
                if name != but
            },
        ),
        library=replace(
            library,
            roadm_types=stated(library.roadm_types, "roadm_types"),
            amplifier_types=stated(library.amplifier_types, "amplifier_types"),
            transceiver_modes=stated(library.transceiver_modes, "transceiver_modes"),
        ),
    )


def confidences(network):
    return {share.component: share.confidence for share in offer_of(network).outage_shares}


@pytest.mark.parametrize(
    ("but", "confidence"),
    [
        ("", Confidence.DERIVED),
        ("spans", Confidence.ASSUMED),
        ("failure_classes", Confidence.ASSUMED),
        ("roadm_types", Confidence.DERIVED),
    ],
)
def test_a_fibre_cut_is_trusted_as_its_weakest_of_length_rate_and_repair(but, confidence):
    network = surveyed(network_of(fibre("A", "Z", 100.0)), but=but)
    assert confidences(network) == {"span:A-Z": confidence}


@pytest.mark.parametrize(
    ("but", "confidence"), [("", Confidence.DERIVED), ("risk_groups", Confidence.ASSUMED)]
)
def test_a_common_cause_is_trusted_as_its_record_and_no_further_than_derived(but, confidence):
    network = network_of(
        fibre("A", "Z", 100.0, groups=("STORM",)), groups={"STORM": (0.5, 24.0)}, **never_cut()
    )
    assert confidences(surveyed(network, but=but)) == {"group:STORM": confidence}


@pytest.mark.parametrize(
    ("but", "confidence"),
    [
        ("", Confidence.DERIVED),
        ("site_failures_fit", Confidence.ASSUMED),
        ("site_mttr_h", Confidence.ASSUMED),
        ("roadm_types", Confidence.ASSUMED),
        ("spans", Confidence.DERIVED),
    ],
)
def test_a_site_is_trusted_as_its_power_and_its_roadm(but, confidence):
    network = network_of(
        fibre("A", "Z", 100.0),
        rules={"site_failures_fit": 1_000.0, "site_mttr_h": 5.0},
        **never_cut(),
    )
    assert set(confidences(surveyed(network, but=but)).values()) == {confidence}


@pytest.mark.parametrize(
    ("but", "confidence"),
    [
        ("", Confidence.DERIVED),
        ("amplifier_types", Confidence.ASSUMED),
        ("ots_length_km_max", Confidence.ASSUMED),
        ("transceiver_modes", Confidence.DERIVED),
    ],
)
def test_amplifiers_are_trusted_as_their_types_and_the_rule_that_counts_them(but, confidence):
    network = network_of(
        fibre("A", "Z", 200.0),
        **never_cut(
            amplifier_types={
                "EDFA": amplifier("EDFA", failures_fit=500.0, mttr_h=8.0),
                "REPEATER": amplifier("REPEATER"),
            }
        ),
    )
    assert list(confidences(surveyed(network, but=but)).values()) == [confidence]


@pytest.mark.parametrize("but", ["submarine_systems", "amplifier_types"])
def test_repeaters_are_trusted_as_their_type_and_the_spacing_of_the_system(but):
    network = network_of(
        sea("A", "Z", 800.0, cable="WET"),
        systems={"WET": system("WET")},
        **never_cut(
            amplifier_types={
                "EDFA": amplifier("EDFA"),
                "REPEATER": amplifier("REPEATER", failures_fit=10.0, mttr_h=480.0),
            }
        ),
    )
    assert list(confidences(surveyed(network, but="")).values()) == [Confidence.DERIVED]
    assert list(confidences(surveyed(network, but=but)).values()) == [Confidence.ASSUMED]


@pytest.mark.parametrize(
    ("but", "confidence"), [("", Confidence.DERIVED), ("transceiver_modes", Confidence.ASSUMED)]
)
def test_transceivers_are_trusted_as_their_mode(but, confidence):
    failing = mode("100G", 100.0, failures_fit=1_000.0, mttr_h=4.0)
    network = network_of(fibre("A", "Z", 60.0), **never_cut(transceiver_modes={"100G": failing}))
    assert list(confidences(surveyed(network, but=but)).values()) == [confidence]


@pytest.mark.parametrize(
    ("but", "confidence"), [("", Confidence.DERIVED), ("spans", Confidence.ASSUMED)]
)
def test_a_shared_fibre_cut_is_trusted_as_the_same_cut_among_the_outages(but, confidence):
    network = network_of(
        *(fibre("A", "M", 50.0), fibre("M", "Z", 100.0)),
        fibre("M", "Z", 200.0, name="other"),
    )
    offer = offer_of(surveyed(network, but=but), protected=True)
    assert [risk.confidence for risk in offer.shared_risks] == [confidence]
    assert offer.outage_shares[0].component == "span:A-M"
    assert offer.outage_shares[0].confidence is confidence
