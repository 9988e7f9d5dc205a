import pickle
from copy import deepcopy
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from karakoram.network.changes import TABLES
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


def test_no_mapping_of_a_network_can_be_changed_neither_through_it_nor_behind_it():
    spans = dict(network_of(fibre("A", "Z", 10.0)).spans)
    network = replace(network_of(fibre("A", "Z", 10.0)), spans=spans)
    spans.clear()
    assert list(network.spans) == ["A-Z"]
    for table in (
        *(getattr(network, name) for name in TABLES),
        *(getattr(network.library, entry.name) for entry in fields(network.library)),
    ):
        with pytest.raises(TypeError, match="does not support item assignment"):
            table["new"] = None
    assert replace(network, name="other").library is network.library


def test_a_network_survives_the_way_between_processes():
    network = network_of(fibre("A", "Z", 10.0))
    for again in (pickle.loads(pickle.dumps(network)), deepcopy(network)):
        assert again == network
        with pytest.raises(TypeError, match="does not support"):
            again.spans["A-Z"] = None


def test_rules_that_no_line_can_be_designed_by_are_refused_together():
    rules = network_of(fibre("A", "Z", 10.0)).rules
    assert isinstance(rules, DesignRules)
    none = replace(rules.ots_length_km_max, value=0.0)
    low = replace(rules.band_upper_thz, value=190.0)
    with pytest.raises(ValueError, match=r"ots_length_km_max.*band_upper_thz must be above"):
        replace(rules, ots_length_km_max=none, band_upper_thz=low)
