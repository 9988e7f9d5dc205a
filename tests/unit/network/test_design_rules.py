from dataclasses import replace

import pytest

from karakoram.core.provenance import Confidence, Figure, Provenance
from tests.support.networks import small_folder_network

GUESS = Provenance(source="test", confidence=Confidence.ASSUMED)


def figure(value):
    return Figure(value=value, provenance=GUESS)


@pytest.fixture(scope="module")
def rules():
    return small_folder_network().rules


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("ots_length_km_max", -80.0, "at least 1"),
        ("margin_db", -1.0, "at least 0"),
        ("band_lower_thz", 19.13, "at least 150"),
        ("launch_power_dbm", float("nan"), "finite"),
    ],
)
def test_a_rule_out_of_bounds_is_refused_with_what_would_be_right(rules, field, value, right):
    with pytest.raises(ValueError, match=rf"DesignRules\.{field} must be .*{right}"):
        replace(rules, **{field: figure(value)})


def test_a_band_that_ends_before_it_begins_is_refused(rules):
    with pytest.raises(ValueError, match=r"band_upper_thz must be above band_lower_thz 196\.1"):
        replace(rules, band_lower_thz=figure(196.1), band_upper_thz=figure(191.3))


def test_every_breach_is_named_at_once(rules):
    with pytest.raises(ValueError, match=r"margin_db.*; .*site_mttr_h"):
        replace(rules, margin_db=figure(-1.0), site_mttr_h=figure(-1.0))
