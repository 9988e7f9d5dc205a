"""What fails on the lines of a network, whatever is asked of it."""

import pytest

from karakoram.core.provenance import Confidence
from karakoram.planning.line_components import line_components, unavailability_of_one
from karakoram.planning.prepare import prepare
from tests.support.planning_networks import amplifier, fibre, network_of, small_library


@pytest.fixture(scope="module")
def prepared():
    library = small_library(
        amplifier_types={
            "EDFA": amplifier("EDFA", failures_fit=500.0, mttr_h=8.0),
            "REPEATER": amplifier("REPEATER"),
        }
    )
    return prepare(network_of(fibre("A", "M", 100.0), fibre("M", "Z", 300.0), library=library))


def test_every_line_has_its_component_in_each_direction_under_one_key(prepared):
    found = prepared.line_components
    assert found.keys() == prepared.plant.lines.keys()
    there, back = (found[key] for key, line in prepared.plant.lines.items() if "A" in {*ends(line)})
    assert there == back
    assert there.key == "line:A-M"


def ends(line):
    return line.a_site_id, line.z_site_id


def test_a_longer_line_has_more_amplifiers_and_is_down_longer(prepared):
    by_key = {each.key: each for each in prepared.line_components.values()}
    short, long = by_key["line:A-M"], by_key["line:M-Z"]
    assert short.unavailability < long.unavailability
    count = {each.key: int(each.name.split()[0]) for each in (short, long)}
    assert count["line:A-M"] < count["line:M-Z"]
    assert long.name.endswith("amplifiers M-Z")
    assert long.confidence in {Confidence.DERIVED, Confidence.ASSUMED}


def test_they_are_of_the_network_alone(prepared):
    again = line_components(prepared.network, prepared.plant.lines)
    assert again == prepared.line_components


def test_a_component_that_never_fails_is_never_down():
    assert unavailability_of_one(0.0, mttr_h=10.0) == 0.0
    assert unavailability_of_one(1.0, mttr_h=8766.0) == pytest.approx(0.5)
