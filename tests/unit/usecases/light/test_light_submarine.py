"""A question about a cable in words is understood and answered, or refused with all findings."""

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.provenance import Confidence
from karakoram.usecases.light.light_submarine import WetLineDescription
from tests.support.submarine import GUESSED, figure, peace_answer, submarine_answer


def refusals(**words):
    with pytest.raises(InvalidDataError) as refused:
        submarine_answer(**words)
    return {one.place.field: one.message for one in refused.value.findings}


def test_a_town_means_the_landing_near_it():
    answer = peace_answer()
    assert answer.name == "PEACE CLS-CYB-MRS"
    assert answer.bit_rate.published_tbps == pytest.approx(16.0)


def test_bit_rates_of_lines_alone_are_not_less_than_from_end_to_end():
    answer = peace_answer()
    assert len(answer.leg_bit_rates) == 3
    for alone in answer.leg_bit_rates:
        assert alone.shannon_tbps > answer.bit_rate.shannon_tbps
        assert alone.modes_tbps >= answer.bit_rate.modes_tbps
    assert answer.bit_rate.with_gap_tbps < answer.bit_rate.shannon_tbps


def test_what_is_not_stated_of_a_line_is_assumed():
    described = WetLineDescription(
        name="mine", figures={"length_km": figure(3_000.0)}, fibre="g652d"
    )
    answer = submarine_answer(described=described, stated={"bandwidth_thz": 3.0})
    (wet,) = answer.light.wet
    assert (answer.name, wet.line.name) == ("mine", "mine")
    assert wet.line.length_km.provenance == GUESSED
    assert wet.line.bandwidth_thz.provenance.source == "as asked"
    assert wet.line.repeater_spacing_km.provenance.confidence is Confidence.ASSUMED
    assert wet.line.fibre_type.fibre_type_id == "G652D"
    assert wet.line.attenuation_db_per_km.value == pytest.approx(0.22)
    assert answer.bit_rate.published_tbps is None
    assert wet.comb.channel_count == 20


def test_an_output_power_that_is_asked_for_counts_on_every_line_under_the_sea():
    answer = submarine_answer(
        cable="smw5",
        from_word="DJI",
        to_word="KHI",
        stated={"repeater_output_power_dbm": 15.0},
        reference_gbaud=70.0,
    )
    assert [wet.line.repeater_output_power_dbm.value for wet in answer.light.wet] == [15.0, 15.0]
    assert answer.reference_gbaud == 70.0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({}, {"length_km": "is missing"}),
        ({"stated": {"length_km": 0.5, "centre_thz": 1.0}}, {"length_km": "at least 1"}),
        ({"stated": {"length_km": 9e3}, "from_word": "KHI"}, {"from": "goes with --cable"}),
        ({"cable": "PEACE"}, {"from": "begins", "to": "ends"}),
        ({"stated": {"length_km": 9e3}, "reference_gbaud": 0.0}, {"reference_gbaud": "at least"}),
        (
            {"reference_gbaud": 151.0, "stated": {"length_km": 9e3}},
            {"reference_gbaud": "must be at most the slot of 150 GHz, got 151"},
        ),
        (
            {"spacing": "33", "branching_units": ("far",)},
            {"length_km": "is missing", "spacing": "choose one of", "branching_unit": "'far'"},
        ),
        ({"stated": {"length_km": 9e3}, "fibre": "G999"}, {"fibre": "is not one of"}),
        (
            {"stated": {"length_km": 9e3, "repeater_spacing_km": 390.0}},
            {"repeater_spacing_km": "must be shorter"},
        ),
        (
            {"stated": {"length_km": 9e3, "repeater_output_power_dbm": 35.0}},
            {"repeater_output_power_dbm": "nothing of the light is left"},
        ),
    ],
)
def test_what_cannot_be_is_told(words, told):
    found = refusals(**words)
    for field, message in told.items():
        assert message in found[field]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"cable": "PEECE"}, {"cable": "is no submarine cable"}),
        ({"cable": "SMW4"}, {"cable": "only the published bit rate"}),
        ({"from_word": "RWP"}, {"from": "does not land at 'RWP'"}),
        ({"from_word": "nowhere"}, {"from": "nowhere"}),
        ({"to_word": "CLS-CYB"}, {"to": "name two landings"}),
        ({"from_word": "ZAF", "to_word": "ATL"}, {"to": "does not lead"}),
        ({"include": ("gone",)}, {"include": "gone"}),
        ({"stated": {"length_km": 9e3, "centre_thz": 193.0}}, {"centre_thz": "--cable"}),
        ({"fibre": "G654D"}, {"fibre": "--cable"}),
        ({"described": WetLineDescription(name="x", figures={})}, {"system": "--cable"}),
    ],
)
def test_words_about_a_cable_that_mean_nothing_are_told(words, told):
    found = refusals(**{"cable": "PEACE", "from_word": "KHI", "to_word": "MRS", **words})
    for field, message in told.items():
        assert message in found[field]


def test_a_cable_is_found_by_words_of_its_name():
    answer = submarine_answer(cable="SEA-ME-WE 5", from_word="KHI", to_word="QAL")
    assert answer.name == "SMW5 CLS-HWK-QAL"
