"""What is promised is compared with what is computed, and what breaking it costs is told."""

from dataclasses import replace

import pytest

from karakoram.adapters.formats.catalogue_folder import CatalogueFolder
from karakoram.refdata.catalogue_folder import catalogue_folder
from karakoram.sales.catalogue.words import LevelParameter
from karakoram.sales.plans import PlanMeasures
from karakoram.sales.promises import promises_at_risk


@pytest.fixture(scope="module")
def catalogue():
    return CatalogueFolder(catalogue_folder()).read_catalogue()


def told(catalogue, offering_id, **measures):
    offering = catalogue.product_offerings[offering_id]
    found = promises_at_risk(PlanMeasures(**measures), offering=offering, catalogue=catalogue)
    return [(each.code, each.message) for each in found]


def test_an_availability_below_the_promise_is_told_with_the_credit_that_it_costs(catalogue):
    # 99.95 % is promised; below 99 % a quarter of the charge is given back, the largest step.
    ((code, message),) = told(catalogue, "WAVE-400G-1P1", availability=0.9875)
    assert code == "promise-at-risk"
    assert message == (
        "availability of 99.95 % is promised, 98.7500 % is computed; "
        "a month like that costs a credit of 25 % of its charge"
    )


def test_what_is_kept_or_not_computed_is_not_told(catalogue):
    assert told(catalogue, "WAVE-400G-1P1", availability=0.9999) == []
    assert told(catalogue, "WAVE-400G-1P1") == []
    silent = replace(catalogue.product_offerings["WAVE-400G-1P1"], service_level_id=None)
    bad = PlanMeasures(availability=0.5)
    assert promises_at_risk(bad, offering=silent, catalogue=catalogue) == ()


@pytest.mark.parametrize(
    ("parameter", "threshold", "is_told"),
    [
        (LevelParameter.LATENCY, 10.0, True),
        (LevelParameter.LATENCY, 11.0, False),
        (LevelParameter.ROUND_TRIP, 20.0, True),
        (LevelParameter.ROUND_TRIP, 22.0, False),
        (LevelParameter.JITTER, 0.0, False),
    ],
)
def test_latency_is_judged_one_way_and_round_trip(catalogue, parameter, threshold, is_told):
    level = catalogue.product_offerings["WAVE-400G-1P1"].service_level_id
    latency = next(
        each
        for each in catalogue.service_level_objectives.values()
        if each.parameter in {LevelParameter.LATENCY, LevelParameter.ROUND_TRIP}
    )
    mine = replace(
        latency, objective_id="mine", service_level_id=level, parameter=parameter,
        threshold=threshold,
    )  # fmt: skip
    other = replace(catalogue, service_level_objectives={"mine": mine})
    found = told(other, "WAVE-400G-1P1", latency_ms=11.0)
    assert bool(found) is is_told
    assert all("credit" not in message for _, message in found)
