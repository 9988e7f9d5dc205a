"""A record that names what is not there is told, with what it may have meant."""

import pytest

from karakoram.core.references import unknown_references


def found(value, known, of_table):
    reference = ("spans", "A-B", "field", value, known, of_table)
    return [(each.code, str(each.place), each.message) for each in unknown_references([reference])]


def test_a_name_that_is_there_is_not_told():
    assert found("A", {"A": 1}, "sites") == []


def test_a_name_that_is_not_there_is_told_with_those_like_it():
    where = "spans (A-B), field field"
    assert found("KHI1", ["KHI", "GIL"], "sites") == [
        ("unknown-site", where, "'KHI1' is not in sites; name one that is; did you mean KHI?")
    ]
    assert found("?", ["KHI"], "sites") == [
        ("unknown-site", where, "'?' is not in sites; name one that is")
    ]


@pytest.mark.parametrize(
    ("of_table", "code"),
    [
        ("failure_classes", "unknown-failure-class"),
        ("service_level_specifications", "unknown-service-level-specification"),
        ("fibre_types", "unknown-fibre-type"),
    ],
)
def test_the_code_names_one_of_the_table(of_table, code):
    assert [each[0] for each in found("?", [], of_table)] == [code]
