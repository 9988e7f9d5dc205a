"""Moves out of a container over an inventory, and why something cannot leave."""

import pytest

from karakoram.core.identifiers import ClaimId
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.groomed import multiplex_of
from karakoram.sales.feasibility.regroomed import RiderWay, is_understood, moves_out_of
from karakoram.sales.inventory.resources import Claim
from karakoram.sales.inventory.stock import stock_of
from tests.support.sales_stock import joining

DIRECT = "A-Z STM-1/TU-12"
AROUND = ("A-B STM-1/TU-12", "B-Z STM-1/TU-12")


def claim(resource_id, units, hop=0, name="P"):
    return Claim(
        claim_id=ClaimId(f"{name} {resource_id}"),
        resource_id=resource_id,
        units=units,
        claimant_id=name,
        hop=hop,
    )


def rider(*claims, signal="E1", a="A", z="Z"):
    return RiderWay(
        rider_id=claims[0].claimant_id,
        side=PathSide.WORKING,
        signal=signal,
        a_site_id=a,
        z_site_id=z,
        claims=claims,
    )


def multiplex(*claims, around=True, taken=0):
    """The three containers, or the first alone; slots of the way around taken by others."""
    held = {each.resource_id: each.units for each in claims}
    direct = joining("STM-1/TU-12", "A", "Z", taken=held.get(DIRECT, 0))
    others = (
        joining("STM-1/TU-12", "A", "B", taken=taken | held.get(AROUND[0], 0)),
        joining("STM-1/TU-12", "B", "Z", taken=held.get(AROUND[1], 0)),
    )
    return multiplex_of(stock_of((direct, *(others if around else ())), claims))


def test_a_rider_goes_around_in_the_order_of_its_own_ends():
    one = claim(DIRECT, 0b100)
    for a, z, way in (("A", "Z", AROUND), ("Z", "A", AROUND[::-1])):
        found = moves_out_of(DIRECT, [rider(one, a=a, z=z)], multiplex=multiplex(one))
        (move,) = found.moves
        assert found.stuck == ()
        assert [(each.resource_id, each.hop) for each in move.after] == [(way[0], 0), (way[1], 1)]
        assert move.taken == move.after
        assert [(each.resource_id, each.units) for each in move.given_back] == [(DIRECT, 0b100)]


def test_a_way_that_turns_back_gives_the_loop_up():
    there, back = claim(DIRECT, 1), claim(AROUND[1], 1, hop=1)
    one = rider(there, back, a="A", z="B")
    (move,) = moves_out_of(DIRECT, [one], multiplex=multiplex(there, back)).moves
    assert [each.resource_id for each in move.after] == [AROUND[0]]
    assert {each.resource_id for each in move.given_back} == {DIRECT, AROUND[1]}


def test_who_cannot_leave_says_which_container_lacks_what():
    one = claim(DIRECT, (1 << 21) - 1)
    full = multiplex(one, taken=(1 << 50) - 1)
    (reason,) = moves_out_of(DIRECT, [rider(one, signal="E3")], multiplex=full).stuck
    assert (reason.code, reason.where) == ("no-free-slot", AROUND[0])
    assert reason.message.endswith("needs 21 slots, and A-B STM-1/TU-12 has 13 of 63 free")
    alone = multiplex(one, around=False)
    (reason,) = moves_out_of(DIRECT, [rider(one, signal="E3")], multiplex=alone).stuck
    assert (reason.code, reason.where) == ("no-connection", "P")


@pytest.mark.parametrize(
    ("claims", "signal", "is_whole"),
    [
        ((claim(DIRECT, 1),), "E1", True),
        ((claim(DIRECT, 0b11),), "E1", False),  # two slots
        ((claim(DIRECT, 1),), "ODU0", False),  # not carried there
        ((claim(AROUND[0], 1),), "E1", False),  # ends at B
        ((claim(AROUND[0], 1), claim(AROUND[1], 1, hop=1)), "E1", True),
        ((claim("A-Z ODU4", 1),), "STM-1", False),  # not among the containers
    ],
)
def test_only_a_whole_way_of_one_signal_is_understood(claims, signal, is_whole):
    assert is_understood(rider(*claims, signal=signal), multiplex(*claims)) is is_whole
