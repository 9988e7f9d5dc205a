"""Fibre that no light comes through, however the planner looks at it."""

import pytest

from karakoram.planning.offers import Infeasible
from tests.support.planning_networks import designed, fibre, network_of


@pytest.mark.parametrize("attenuation", [3.0, 5.0, 10.0])
@pytest.mark.parametrize("km", [75.0, 400.0])
def test_fibre_that_loses_all_light_is_refused_for_that_reason(attenuation, km):
    network = network_of(fibre("A", "Z", km, attenuation=attenuation))

    answer = designed(network)

    assert isinstance(answer, Infeasible)
    (reason,) = answer.reasons
    assert reason.code == "optics"
    assert "the fibre loses so much that no light is left" in reason.message
    assert "dispersion" not in reason.message


def test_a_dark_line_does_not_darken_the_others():
    lit = fibre("A", "Z", 75.0, name="LIT")
    dark = fibre("A", "Z", 70.0, name="DARK", attenuation=10.0)

    both, alone = designed(network_of(lit, dark)), designed(network_of(lit))

    assert both.offers[0].paths[0].lightpaths == alone.offers[0].paths[0].lightpaths
