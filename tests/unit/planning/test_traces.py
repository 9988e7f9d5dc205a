"""Every figure that an offer rests on is traced, once, and the assumed ones are told."""

from dataclasses import replace

import pytest

from karakoram.core.provenance import Confidence, Figure, Provenance
from karakoram.planning.prepare import prepare
from karakoram.planning.traces import gsnr_confidence
from tests.support.planning_networks import (
    amplifier,
    designed,
    fibre,
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


def test_lengths_are_those_of_the_spans_used(figures):
    assert [text.split(" (")[0] for text in of(figures, "glass length")] == [
        "A-M 100 km",
        "M-C 50 km",
        "C-Z 500 km",
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


def test_prices_are_those_that_were_charged(figures):
    charged = [text for text in of(figures, "price") if not text.startswith("no price")]
    assert charged == [
        "OP 800G per km, month: USD 1",
        "LESSOR 800G per km, month: USD 1",
        "SEA 800G per km, month: USD 1",
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


@pytest.mark.parametrize("weak", ["fibre_types", "spans", "connector_loss_db"])
def test_a_gsnr_is_trusted_no_further_than_each_thing_that_made_it(weak):
    firm = Provenance(source="a survey", confidence=Confidence.STATED)

    def stated(records, *, but):
        return {k: r if but else replace(r, provenance=firm) for k, r in records.items()}

    plain = network_of(fibre("A", "Z", 100.0))
    library = plain.library
    network = replace(
        plain,
        spans=stated(plain.spans, but=weak == "spans"),
        library=replace(
            library,
            fibre_types=stated(library.fibre_types, but=weak == "fibre_types"),
            amplifier_types=stated(library.amplifier_types, but=False),
            roadm_types=stated(library.roadm_types, but=False),
            transceiver_modes=stated(library.transceiver_modes, but=False),
        ),
        rules=replace(
            plain.rules,
            **{
                name: Figure(value=getattr(plain.rules, name).value, provenance=firm)
                for name in ("ots_length_km_max", "launch_power_dbm", "connector_loss_db")
                if name != weak
            },
        ),
    )
    (path,) = designed(network).offers[0].paths
    assert gsnr_confidence(network, path, path.lightpaths[0]) is Confidence.ASSUMED
    rules = replace(network.rules, connector_loss_db=Figure(value=0.5, provenance=firm))
    surveyed = replace(
        network,
        spans=stated(network.spans, but=False),
        rules=rules,
        library=replace(network.library, fibre_types=stated(library.fibre_types, but=False)),
    )
    assert gsnr_confidence(surveyed, path, path.lightpaths[0]) is Confidence.DERIVED


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
