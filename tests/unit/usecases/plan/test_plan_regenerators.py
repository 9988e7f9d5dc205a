"""Demands in words, and what of them means nothing."""

import pytest

from karakoram.adapters.formats.regenerator_files import read_demands
from karakoram.core.errors import InvalidDataError
from tests.support.demand_words import plan, words, written


def findings_of(call, *arguments, **named):
    with pytest.raises(InvalidDataError) as refusal:
        call(*arguments, **named)
    return refusal.value.findings


def test_every_word_that_means_nothing_is_told_with_its_row(tmp_path):
    path = written(tmp_path, "from,to,bit_rate\nQ,Z,400G\nA,W,fast\n")
    found = findings_of(plan, *read_demands(path))
    assert [one.where for one in found] == [
        "wanted.csv row 2, field from",
        "wanted.csv row 3, field to",
        "wanted.csv row 3, field bit_rate",
    ]


def test_a_demand_between_a_site_and_itself_is_told(tmp_path):
    path = written(tmp_path, "from,to,bit_rate\nA,A town,400G\n")
    (finding,) = findings_of(plan, *read_demands(path))
    assert "are one site" in finding.message
    assert finding.where == "wanted.csv row 2, field to"
    assert "are one site" in findings_of(plan, words("A", "A"))[0].message


def test_words_without_a_file_are_told_by_their_field():
    (finding,) = findings_of(plan, words(from_site="Q"))
    assert finding.place.field == "from"


@pytest.mark.parametrize("paths", [0, 101])
def test_a_number_of_paths_that_cannot_be_is_told(paths):
    (finding,) = findings_of(plan, words(), paths=paths)
    assert "must be 1 to 100" in finding.message


def test_a_site_to_regenerate_at_is_a_site():
    (finding,) = findings_of(plan, words(), at=("Nowhere",))
    assert finding.place.field == "at"


def test_all_that_means_nothing_is_told_at_once():
    found = findings_of(plan, words(from_site="Q"), at=("Nowhere",), paths=0)
    assert [one.place.field for one in found] == ["at", "paths", "from"]


def test_regenerators_stand_where_they_are_asked_for():
    assert set(plan(words()).plan.regenerators) == {"C"}
    assert plan(words("A", "D"), at=("B",)).plan.regenerators == {"B": 1}


def test_without_demands_a_network_of_other_sites_is_refused():
    (finding,) = findings_of(plan)
    assert "name yours in a file" in finding.message
