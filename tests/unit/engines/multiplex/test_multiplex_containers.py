"""Claims and releases, along paths and in one container."""

from dataclasses import replace

import pytest

from karakoram.engines.multiplex import (
    MissingRoom,
    RoomLack,
    ServerContainer,
    SlotClaim,
    SlotRule,
    claims_along,
    client_signal,
    free_slots,
    has_room,
    server_kind,
    tributary_shape,
    with_claims,
    without_claims,
)


def container(name, *, used=(), tributaries=None, a_site=0, z_site=1):
    """A container of which some slots are used."""
    return ServerContainer(
        server=server_kind(name),
        a_site=a_site,
        z_site=z_site,
        used_slots=sum(1 << slot for slot in used),
        tributary_count=len(tuple(used)) if tributaries is None else tributaries,
    )


def slots_along(containers, client, **options):
    found = claims_along(
        containers, range(len(containers)), client=client_signal(client), **options
    )
    return found if isinstance(found, MissingRoom) else [claim.slots for claim in found]


def test_free_slots_are_those_that_are_not_used():
    free = free_slots([container("E2", used=(1, 3)), container("E2")])
    assert free.tolist() == [[True, False, True, False], [True] * 4]
    assert not free.flags.writeable


@pytest.mark.parametrize("names", [(), ("E2", "E3")])
def test_containers_of_one_kind_are_looked_at_together(names):
    with pytest.raises(ValueError, match="of one kind"):
        free_slots([container(name) for name in names])


def test_each_container_gives_slots_of_its_own():
    along = [container("E2", used=(0,)), container("E2", used=(1, 2)), container("E3", used=(0,))]
    assert slots_along(along, "E1", rule=SlotRule.FIRST_FIT) == [(1,), (0,), (1,)]


@pytest.mark.parametrize(
    ("one", "client", "lack", "needed", "free"),
    [
        (container("ODU4"), "E1", RoomLack.NOT_CARRIED, 0, 80),
        (container("ODUC1", used=range(10)), "ODU0", RoomLack.TRIBUTARIES, 1, 10),
        (container("ODU4", used=range(50)), "ODU3", RoomLack.SLOTS, 31, 30),
        (container("VC-4", used=(0, 21, 42)), "VC-3", RoomLack.SCATTERED, 21, 60),
    ],
)
def test_a_no_says_what_is_lacking(one, client, lack, needed, free):
    assert slots_along([one], client) == MissingRoom(
        container=0, lack=lack, needed_slots=needed, free_slots=free
    )


def test_an_oducn_takes_more_slots_but_not_more_tributaries():
    shape = tributary_shape(server_kind("ODUC1"), client_signal("ODU0"))
    assert has_room(container("ODUC1", used=range(18), tributaries=9), shape=shape)
    assert not has_room(container("ODUC1", used=range(10)), shape=shape)


@pytest.mark.parametrize("path", [(), (0, 0)])
def test_a_path_has_containers_each_once(path):
    with pytest.raises(ValueError, match="each once"):
        claims_along([container("E2")], path, client=client_signal("E1"))


def test_claims_are_given_back_to_the_bit():
    before = (container("VC-4", used=(0,)), container("E3", used=(4, 5)))
    claims = (
        SlotClaim(container=0, slots=tuple(range(21, 42))),
        SlotClaim(container=1, slots=(0,)),
    )
    after = with_claims(before, claims)
    assert [one.free_slot_count for one in after] == [41, 13]
    assert [one.tributary_count for one in after] == [2, 3]
    assert without_claims(after, claims) == before


def test_a_slot_is_claimed_once_and_released_once():
    one = (container("E2", used=(1, 2)),)
    with pytest.raises(ValueError, match=r"slots \[1\] of .* are used"):
        with_claims(one, [SlotClaim(container=0, slots=(0, 1))])
    with pytest.raises(ValueError, match="are used"):
        with_claims(one, [SlotClaim(container=0, slots=(0,))] * 2)
    with pytest.raises(ValueError, match=r"slots \[3\] of .* are not used"):
        without_claims(one, [SlotClaim(container=0, slots=(2, 3))])


@pytest.mark.parametrize("slots", [(4,), (-1,), (0, 0)])
def test_a_claim_names_slots_that_are_there_each_once(slots):
    with pytest.raises(ValueError, match="slots are 0 to 3, each once"):
        with_claims([container("E2")], [SlotClaim(container=0, slots=slots)])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"used_slots": 16}, "has 4 slots"),
        ({"used_slots": -1}, "has 4 slots"),
        ({"z_site": 0}, "joins two sites"),
        ({"tributary_count": 1}, "cannot share 0 slots"),
        ({"tributary_count": -1}, "cannot share"),
    ],
)
def test_a_container_that_cannot_be_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        replace(container("E2"), **change)
