"""What a client takes of the connections on its way."""

from dataclasses import replace

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.carried import (
    Carried,
    carried,
    server_of,
    signal_client,
    units_client,
)
from karakoram.sales.feasibility.connection_ways import WayQuestion
from karakoram.sales.inventory.resources import ResourceStatus
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.plans import Refusal
from karakoram.sales.resource_kinds import ResourceKind
from tests.support.sales_records import claim
from tests.support.sales_stock import joining, linking

A_TO_Z = WayQuestion(a_site_id="A", z_site_id="Z")
TWICE = WayQuestion(a_site_id="A", z_site_id="Z", is_protected=True)


def answer(client, *connections, ways=A_TO_Z):
    return carried(client, ways, stock=stock_of(connections), beneath={})


def units(found):
    return {claim.resource_id: claim.units for claim in found.claims}


def test_a_signal_takes_the_slots_that_the_recommendation_says_in_each_container():
    found = answer(
        signal_client("ODU2"),
        joining("ODU4", "A", "B", taken=0b1111),
        joining("ODU4", "B", "Z"),
    )
    assert isinstance(found, Carried)
    assert units(found) == {"A-B ODU4": 0xFF0, "B-Z ODU4": 0xFF}
    assert [claim.hop for claim in found.claims] == [0, 1]


def test_an_oduc_takes_ten_tributaries_however_small():
    oduc, odu4 = joining("ODUC1", "A", "Z", length_km=1.0), joining("ODU4", "A", "Z")
    claims = [claim(str(slot), on=oduc.resource_id, units=1 << slot) for slot in range(10)]
    filled = replace(oduc, taken=(1 << 10) - 1)

    def room(*connections, claims):
        stock = stock_of(connections, claims)
        return carried(signal_client("ODU0"), A_TO_Z, stock=stock, beneath={})

    nine = replace(filled, taken=filled.taken >> 1)
    assert list(units(room(nine, odu4, claims=claims[:9]))) == ["A-Z ODUC1"]
    assert list(units(room(filled, odu4, claims=claims))) == ["A-Z ODU4"]
    no = room(filled, claims=claims)
    assert (no.code, no.message) == (
        "no-free-slot",
        "no room for ODU0: A-Z ODUC1 (10 of 20 free, 10 tributaries)",
    )
    held = stock_of([nine], claims[:9])
    assert held.without(held_claims := claims[:3]).claim_counts[oduc.resource_id] == 6
    assert held.without(held_claims).resources[oduc.resource_id].free_count == 14


def test_many_of_a_signal_go_together():
    found = answer(signal_client("E1", count=63), joining("STM-1/TU-12", "A", "Z"))
    assert units(found) == {"A-Z STM-1/TU-12": (1 << 63) - 1}


def test_channels_of_64_kbit_s_ride_on_an_e1():
    e1 = joining("E1", "A", "Z", taken=0b1)
    assert units(answer(signal_client("30x64k"), e1)) == {"A-Z E1": (1 << 31) - 2}
    no = answer(signal_client("31x64k"), e1)
    assert isinstance(no, Refusal)
    assert (no.code, no.where) == ("no-free-slot", "A-Z E1")
    assert no.message == "no room for 31x64k: A-Z E1 (30 of 31 free)"


def test_a_full_container_is_gone_around():
    found = answer(
        signal_client("ODU0"),
        joining("ODU4", "A", "Z", taken=(1 << 80) - 1),
        joining("ODU2", "A", "B"),
        joining("ODU2", "B", "Z"),
    )
    assert list(units(found)) == ["A-B ODU2", "B-Z ODU2"]


def test_what_cannot_carry_the_signal_is_no_connection():
    no = answer(signal_client("ODU3"), joining("ODU2", "A", "Z"))
    assert (no.code, no.where) == ("no-connection", "A-Z")
    assert "from A to Z" in no.message
    assert "have the network's desk open a connection for ODU3 from A to Z" in no.alternatives
    near = answer(signal_client("ODU1"), joining("ODU2", "A", "B"), joining("ODU2", "C", "Z"))
    assert near.alternatives[:2] == ("A has it to B", "Z has it to C")
    suspended = replace(joining("ODU4", "A", "Z"), status=ResourceStatus.SUSPENDED)
    assert answer(signal_client("ODU3"), suspended).code == "no-connection"


def test_two_ways_take_both_their_slots():
    found = answer(
        signal_client("ODU1"),
        joining("ODU4", "A", "Z"),
        joining("ODU4", "A", "Z", resource_id="second", length_km=150.0),
        ways=TWICE,
    )
    assert [(c.resource_id, c.side) for c in found.claims] == [
        ("A-Z ODU4", PathSide.WORKING),
        ("second", PathSide.PROTECTION),
    ]


def test_one_way_only_is_told_to_ask_without_protection():
    no = answer(signal_client("ODU1"), joining("ODU4", "A", "Z"), ways=TWICE)
    assert (no.code, no.alternatives) == ("no-second-way", ("ask without protection",))


def test_two_ways_that_meet_in_one_container_need_room_for_both():
    bridge = joining("ODU1", "B", "Z")
    around = (joining("ODU1", "A", "B"), joining("ODU1", "A", "B", resource_id="other"))
    found = answer(signal_client("ODU0"), bridge, *around, ways=TWICE)
    assert units(found)["B-Z ODU1"] == 0b10
    assert [c.units for c in found.claims if c.resource_id == "B-Z ODU1"] == [0b01, 0b10]
    no = answer(signal_client("ODU0"), replace(bridge, taken=1), *around, ways=TWICE)
    assert no.code == "no-second-way"


def test_bandwidth_is_so_many_units():
    line = linking(ResourceKind.ETHERNET, "A", "Z", units=100, taken=0b101)
    client = units_client(ResourceKind.ETHERNET, 3, name="3 Mb/s")
    assert units(answer(client, line)) == {"A-Z ethernet": 0b11010}
    assert answer(units_client(ResourceKind.ETHERNET, 99, name="99 Mb/s"), line).code == (
        "no-free-slot"
    )


def test_names_are_those_of_the_recommendations():
    assert server_of("ODU4").slot_count == 80
    assert server_of("G.652") is None
    with pytest.raises(NotFoundError, match="ODU5"):
        signal_client("ODU5")
