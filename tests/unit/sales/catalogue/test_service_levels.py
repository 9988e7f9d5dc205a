"""A promise is kept or broken, and a credit is a share."""

from dataclasses import replace

import pytest

from tests.support.catalogues import CREDITS, OBJECTIVES


def test_a_promise_is_kept_on_its_side_of_the_bar():
    up = OBJECTIVES[0]
    kept = {
        sign: [replace(up, comparison=type(up.comparison)(sign)).is_met_by(v) for v in values]
        for sign, values in {
            ">=": (99.4, 99.5),
            "<=": (99.5, 99.6),
            ">": (99.5, 99.6),
            "<": (99.4, 99.5),
        }.items()
    }
    assert kept == {
        ">=": [False, True],
        "<=": [True, False],
        ">": [False, True],
        "<": [True, False],
    }


@pytest.mark.parametrize("credit_percent", [-1.0, 100.5, float("nan")])
def test_no_more_than_the_whole_charge_is_given_back(credit_percent):
    with pytest.raises(ValueError, match="credit_percent"):
        replace(CREDITS[0], credit_percent=credit_percent)
