from dataclasses import FrozenInstanceError, replace

import pytest

from karakoram.network.network import DesignRules, Network
from tests.support.planning_networks import fibre, network_of


def test_a_network_is_never_changed_in_place():
    network = network_of(fibre("A", "Z", 10.0))
    assert isinstance(network, Network)
    with pytest.raises(FrozenInstanceError):
        network.name = "other"
    other = replace(network, name="other")
    assert (network.name, other.name) == ("on paper", "other")
    assert other.spans is network.spans


def test_rules_that_no_line_can_be_designed_by_are_refused_together():
    rules = network_of(fibre("A", "Z", 10.0)).rules
    assert isinstance(rules, DesignRules)
    none = replace(rules.ots_length_km_max, value=0.0)
    low = replace(rules.band_upper_thz, value=190.0)
    with pytest.raises(ValueError, match=r"ots_length_km_max.*band_upper_thz must be above"):
        replace(rules, ots_length_km_max=none, band_upper_thz=low)
