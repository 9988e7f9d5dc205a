"""Every figure that an offer rests on is traced, once, and the assumed ones are told."""

from dataclasses import fields, replace

import pytest

from karakoram.core.provenance import Confidence, Figure, Provenance
from karakoram.network.submarine import DesignBasis
from karakoram.planning.prepare import prepare
from karakoram.planning.traces import gsnr_confidence
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


@pytest.fixture(scope="module")
def network():
    return network_of(
        fibre("A", "M", 100.0, groups=("STORM",)),
        fibre("M", "C", 50.0, owner="LESSOR"),
        sea("C", "Z", 500.0, operator="SEA", cable="WET"),
        meetings=[("C", "OP", "SEA")],
        groups={"STORM": (1.0, 12.0), "ELSEWHERE": (9.0, 9.0)},
        systems={"WET": system("WET")},
        rules={"margin_db": 1.5},
    )


@pytest.fixture(scope="module")
def figures(network):
    return designed(network).offers[0].traced_figures


def of(figures, subject):
    return [traced.figure for traced in figures if traced.subject == subject]


def test_every_kind_of_figure_is_there(figures):
    assert {
        "glass length",
        "fibre",
        "derived amplifier hut",
        "booster",
        "line amplifier",
        "preamplifier",
        "ROADM",
        "transceiver mode",
        "submarine design",
        "design rule",
        "failure rate",
        "common cause",
        "price",
    } <= {traced.subject for traced in figures}


def test_each_figure_stands_once(figures):
    assert len(set(figures)) == len(figures)


def test_lengths_are_those_of_the_spans_used_longest_first(figures):
    assert [text.split(" (")[0] for text in of(figures, "glass length")] == [
        "C-Z 500 km",
        "A-M 100 km",
        "M-C 50 km",
    ]


def test_a_derived_hut_is_named_with_the_rule(figures):
    (traced,) = [one for one in figures if one.subject == "derived amplifier hut"]
    assert traced.figure == "A-M@50.0"
    assert "80 km" in traced.provenance.source


def test_rules_and_causes_carry_their_values(figures):
    assert any("system margin 1.5 dB" in text for text in of(figures, "design rule"))
    (cause,) = of(figures, "common cause")
    assert cause.startswith("STORM event: ")


def test_what_the_program_assumes_names_itself_and_its_page(figures):
    sources = {
        (one.provenance.source, one.provenance.note) for one in figures if one.subject == "method"
    }
    assert sources == {("method of this program", "docs/theory/design.md")}


def test_prices_are_those_that_were_charged_dearest_first(figures):
    charged = [text for text in of(figures, "price") if not text.startswith("no price")]
    assert charged == [
        "SEA 800G per km, month: USD 1",
        "OP 800G per km, month: USD 1",
        "LESSOR 800G per km, month: USD 1",
    ]


def test_an_assumption_is_a_figure_that_nobody_published(network):
    key, first = next(iter(network.spans.items()))
    stated = replace(first.provenance, confidence=Confidence.STATED, source="a survey")
    surveyed = replace(network, spans={**network.spans, key: replace(first, provenance=stated)})
    offer = designed(prepare(surveyed)).offers[0]
    lengths = [one.figure for one in offer.assumptions if one.subject == "glass length"]
    assert not any(text.startswith("A-M") for text in lengths)
    assert len(lengths) == 2


def test_a_note_on_the_status_of_a_span_is_told():
    network = network_of(fibre("A", "Z", 10.0))
    noted = replace(network.spans["A-Z"], status_note="since 2019")
    offer = designed(replace(network, spans={"A-Z": noted})).offers[0]
    assert any("since 2019" in text for text in of(offer.traced_figures, "glass length"))


FIRM = Provenance(source="a survey", confidence=Confidence.STATED)


def firm(network, *, but=frozenset()):
    """The network with everything stated but the records and rules of these names."""

    def stated(records):
        return {
            key: record if key in but else replace(record, provenance=FIRM)
            for key, record in records.items()
        }

    rules = network.rules
    library = network.library
    figures = [field.name for field in fields(rules) if not field.name.endswith("_id")]
    return replace(
        network,
        cables=stated(network.cables),
        spans=stated(network.spans),
        submarine_systems=stated(network.submarine_systems),
        failure_classes=stated(network.failure_classes),
        library=replace(
            library,
            fibre_types=stated(library.fibre_types),
            amplifier_types=stated(library.amplifier_types),
            roadm_types=stated(library.roadm_types),
            transceiver_modes=stated(library.transceiver_modes),
        ),
        rules=replace(
            rules,
            **{
                name: Figure(value=getattr(rules, name).value, provenance=FIRM)
                for name in figures
                if name not in but
            },
        ),
    )


def gsnr_trust(network):
    path = designed(network).offers[0].paths[0]
    return [gsnr_confidence(network, path, lightpath) for lightpath in path.lightpaths]


LAND_LIBRARY = {
    "amplifier_types": {name: amplifier(name) for name in ("EDFA", "OLD", "REPEATER")},
    "roadm_types": {"ROADM": roadm_type(), "NEW": roadm_type(roadm_type_id="NEW", name="New")},
}


def line_on_land(*, equipped):
    """A-P-Z with ROADMs at the ends and an amplifier at P, of the types that stand there."""
    network = network_of(
        *(fibre("A", "P", 60.0), fibre("P", "Z", 60.0)),
        roadms="AZ",
        amplifiers="P",
        library=small_library(**LAND_LIBRARY),
    )
    equipment = {
        key: replace(item, type_id=equipped.get(item.site_id, item.type_id))
        for key, item in network.equipment.items()
    }
    return replace(network, equipment=equipment)


def test_a_gsnr_made_of_stated_figures_is_derived():
    assert gsnr_trust(firm(line_on_land(equipped={}))) == [Confidence.DERIVED]


@pytest.mark.parametrize(
    "weak",
    [
        *("A-P", "EDFA", "ROADM", "connector_loss_db", "launch_power_dbm", "ots_length_km_max"),
        *("band_lower_thz", "band_upper_thz"),
    ],
)
def test_a_gsnr_is_trusted_no_further_than_each_thing_that_made_it(weak):
    network = firm(line_on_land(equipped={}), but={weak})
    assert gsnr_trust(network) == [Confidence.ASSUMED]


@pytest.mark.parametrize("weak", ["fibre_types", "transceiver_modes"])
def test_an_assumed_fibre_or_mode_makes_the_gsnr_assumed(weak):
    network = line_on_land(equipped={})
    assert gsnr_trust(firm(network, but=set(getattr(network.library, weak)))) == [
        Confidence.ASSUMED
    ]


@pytest.mark.parametrize(("site", "type_id"), [("P", "OLD"), ("Z", "NEW")])
def test_a_gsnr_is_judged_by_what_stands_on_the_way(site, type_id):
    network = line_on_land(equipped={site: type_id})
    assert gsnr_trust(firm(network, but={type_id})) == [Confidence.ASSUMED]
    # What stands nowhere on the way has made nothing.
    assert gsnr_trust(firm(line_on_land(equipped={}), but={type_id})) == [Confidence.DERIVED]


def test_rules_that_made_nothing_of_a_line_do_not_weaken_its_gsnr():
    network = line_on_land(equipped={"P": "OLD", "A": "NEW", "Z": "NEW"})
    unused = {"published_design_gap_db", "margin_db", "site_mttr_h", "REPEATER", "ROADM"}
    assert gsnr_trust(firm(network, but=unused)) == [Confidence.DERIVED]


def sea_line(basis):
    wet = system("WET", design_basis=basis, design_capacity_tbps=40.0, fibre_pairs=4)
    return network_of(
        sea("A", "Z", 400.0, cable="WET"),
        systems={"WET": wet},
        rules={"published_design_gap_db": 10.0},
        library=small_library(
            transceiver_modes={"NARROW": mode("NARROW", 100.0, spacing_ghz_min=50.0)}
        ),
    )


@pytest.mark.parametrize("weak", ["WET", "REPEATER", "A-Z"])
def test_the_gsnr_of_a_sea_line_rests_on_its_system_its_repeaters_and_its_length(weak):
    network = firm(sea_line(DesignBasis.REPEATERS), but={weak})
    assert set(gsnr_trust(network)) == {Confidence.ASSUMED}


def test_the_gsnr_of_repeaters_rests_on_no_rule_of_lines_on_land():
    on_land = {"launch_power_dbm", "connector_loss_db", "ots_length_km_max", "EDFA"}
    network = firm(sea_line(DesignBasis.REPEATERS), but=on_land | {"published_design_gap_db"})
    assert set(gsnr_trust(network)) == {Confidence.DERIVED}


def test_the_gsnr_of_a_published_design_rests_on_its_gap_and_not_on_its_repeaters():
    network = sea_line(DesignBasis.PUBLISHED)
    weak_gap = firm(network, but={"published_design_gap_db"})
    assert set(gsnr_trust(weak_gap)) == {Confidence.ASSUMED}
    weak_fibre = firm(network, but={"REPEATER", *network.library.fibre_types})
    assert set(gsnr_trust(weak_fibre)) == {Confidence.DERIVED}


def test_a_measured_span_short_beside_its_neighbour_leaves_its_fibre_type_unused():
    smf = small_library().fibre_types["SMF"]
    library = small_library(fibre_types={"SMF": smf, "OWN": replace(smf, fibre_type_id="OWN")})

    def line(**short):
        spans = (fibre("A", "P", 20.0, fibre_type="OWN", **short), fibre("P", "Z", 40.0))
        return firm(network_of(*spans, roadms="AZ", library=library), but={"OWN"})

    assert gsnr_trust(line()) == [Confidence.ASSUMED]
    assert gsnr_trust(line(attenuation=0.21)) == [Confidence.DERIVED]


def test_the_amplifier_and_roadm_traced_are_those_that_stand_on_the_way():
    network = network_of(
        *(fibre("A", "P", 60.0), fibre("P", "Z", 60.0)),
        roadms="AZ",
        amplifiers="P",
        library=small_library(
            amplifier_types={"EDFA": amplifier("EDFA"), "OLD": amplifier("OLD")},
            roadm_types={"ROADM": roadm_type(), "NEW": roadm_type(roadm_type_id="NEW", name="New")},
        ),
    )
    own = {"P": "OLD", "Z": "NEW"}
    equipment = {
        key: replace(item, type_id=own.get(item.site_id, item.type_id))
        for key, item in network.equipment.items()
    }
    figures = designed(replace(network, equipment=equipment)).offers[0].traced_figures
    told = {(one.subject, one.figure.partition(":")[0]) for one in figures}
    assert {entry for entry in told if entry[0] in {"line amplifier", "ROADM", "booster"}} == {
        *(("booster", "EDFA"), ("line amplifier", "OLD"), ("ROADM", "ROADM"), ("ROADM", "New")),
    }
