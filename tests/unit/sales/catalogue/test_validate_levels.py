"""Promises that cannot be kept, and credits for promises that are kept, are found."""

from dataclasses import replace

import pytest

from karakoram.sales.catalogue.validate import validate_catalogue
from karakoram.sales.catalogue.words import LevelParameter
from tests.support import catalogues as small
from tests.support.catalogues import objective, small_catalogue


def codes(**changes):
    return [(f.code, f.place.record) for f in validate_catalogue(small_catalogue(**changes))]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (objective("new", "x", 99.0), "unknown-service-level"),
        (
            objective("new", "broadband", 100.5, parameter=LevelParameter.BLOCKING),
            "level-over-100",
        ),
        (
            objective("new", "broadband", -1.0, parameter=LevelParameter.BLOCKING),
            "level-below-0",
        ),
        (objective("new", "broadband", 99.0), "objective-twice"),
    ],
)
def test_what_is_wrong_with_a_promise_is_found(more, code):
    assert codes(service_level_objectives=(*small.OBJECTIVES, more)) == [(code, "new")]


def test_a_level_that_promises_nothing_is_a_warning():
    level = replace(small.LEVELS[0], service_level_id="empty")
    found = codes(service_levels=(*small.LEVELS, level))
    assert found == [("level-without-objective", "empty")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"service_level_id": "x"}, "unknown-service-level"),
        ({"parameter": LevelParameter.JITTER}, "credit-without-objective"),
        ({"beyond": 99.9}, "credit-while-kept"),
    ],
)
def test_what_is_wrong_with_a_credit_is_found(changes, code):
    step = replace(small.CREDITS[0], **changes)
    assert codes(credit_steps=(step,)) == [(code, "line-99")]


def test_a_credit_for_too_much_is_judged_from_the_other_side():
    late = objective(
        *("late", "broadband", 40.0),
        parameter=LevelParameter.ROUND_TRIP,
        comparison=type(small.OBJECTIVES[0].comparison)("<="),
        unit="ms",
    )
    kept = replace(
        *(small.CREDITS[0],),
        service_level_id="broadband",
        parameter=LevelParameter.ROUND_TRIP,
        beyond=39.0,
    )
    tables = {"service_level_objectives": (*small.OBJECTIVES, late)}
    assert codes(**tables, credit_steps=(kept,)) == [("credit-while-kept", "line-99")]
    assert codes(**tables, credit_steps=(replace(kept, beyond=50.0),)) == []
