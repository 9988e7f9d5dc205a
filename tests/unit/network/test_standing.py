"""The type of a place is that of its record, else that of the design rules."""

from dataclasses import replace

import pytest

from karakoram.network.records import EquipmentKind, Status
from karakoram.network.sections import multiplex_sections
from karakoram.network.standing import (
    line_amplifier_types,
    standing_roadm_types,
    standing_type_ids,
)
from tests.support.planning_networks import (
    amplifier,
    fibre,
    network_of,
    roadm_type,
    small_library,
)

NAMES = ("BOOST", "EDFA", "PRE", "OLD", "REPEATER")


def corridor(**given):
    """A, an amplifier at P, 200 km with two derived huts, Z."""
    network = network_of(
        *(fibre("A", "P", 60.0), fibre("P", "Z", 200.0)),
        roadms="AZ",
        amplifiers="P",
        library=small_library(
            amplifier_types={name: amplifier(name) for name in NAMES},
            roadm_types={
                "ROADM": roadm_type(),
                "NEW": roadm_type(roadm_type_id="NEW", failures_fit=7.0),
            },
        ),
        **given,
    )
    rules = replace(network.rules, booster_type_id="BOOST", preamplifier_type_id="PRE")
    return replace(network, rules=rules)


def with_item(network, site_id, **changes):
    """The record at the site changed; given another identifier, it stands beside."""
    at_site = next(item for item in network.equipment.values() if item.site_id == site_id)
    item = replace(at_site, **changes)
    return replace(network, equipment={**network.equipment, item.equipment_id: item})


def names_along(network, *, backwards=False):
    (oms,) = multiplex_sections(network)
    standing = standing_type_ids(network, EquipmentKind.LINE_AMPLIFIER)
    way = oms.reversed() if backwards else oms
    types = line_amplifier_types(network, way, standing=standing)
    return [kind.amplifier_type_id for kind in types]


def test_huts_and_both_ends_are_of_the_rules_and_a_record_is_of_its_own_type():
    network = with_item(corridor(), "P", type_id="OLD")
    assert names_along(network) == ["BOOST", "OLD", "EDFA", "EDFA", "PRE"]
    assert names_along(network, backwards=True) == ["BOOST", "EDFA", "EDFA", "OLD", "PRE"]


def test_a_site_without_a_record_of_the_kind_is_of_the_rules():
    assert names_along(corridor()) == ["BOOST", "EDFA", "EDFA", "EDFA", "PRE"]
    types = standing_roadm_types(with_item(corridor(), "Z", type_id="NEW"))
    assert {site: kind.roadm_type_id for site, kind in types.items()} == {
        "A": "ROADM",
        "P": "ROADM",
        "Z": "NEW",
    }


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        (Status.IN_SERVICE, Status.IN_SERVICE, "ROADM"),
        (Status.PLANNED, Status.IN_SERVICE, "NEW"),
        (Status.PLANNED, Status.OPTION, "ROADM"),
        (Status.RETIRED, Status.OPTION, "NEW"),
        (Status.RETIRED, Status.RETIRED, None),
    ],
)
def test_what_is_in_service_counts_first_then_the_order_of_the_table(first, second, named):
    network = with_item(corridor(), "Z", status=first)
    both = with_item(network, "Z", equipment_id="zz", type_id="NEW", status=second)
    assert standing_type_ids(both, EquipmentKind.ROADM).get("Z") == named
