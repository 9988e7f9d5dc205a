"""A container emptied, make before break, and what stands in the way."""

import pytest

from karakoram.engines.multiplex import (
    MissingRoom,
    RoomLack,
    SlotClaim,
    StuckTributary,
    Tributary,
    regroom,
    with_claims,
    without_claims,
)
from tests.support.groomings import container


def tributary(client, a_site, z_site, *claims):
    return Tributary(
        client=client,
        a_site=a_site,
        z_site=z_site,
        claims=tuple(SlotClaim(container=number, slots=tuple(slots)) for number, slots in claims),
    )


def filled(containers, tributaries):
    return with_claims(containers, [claim for one in tributaries for claim in one.claims])


def played(containers, moves):
    """The containers after the moves, one by one, new slots first; refuses a slot used twice."""
    for move in moves:
        containers = without_claims(with_claims(containers, move.taken), move.given_back)
    return containers


def test_a_tributary_is_led_around_what_it_leaves():
    empty = (container("ODU4", 0, 1), container("ODU4", 1, 2), container("ODU4", 0, 2))
    tributaries = (tributary("ODU2", 0, 1, (0, range(8))), tributary("ODU0", 0, 2, (2, [5])))
    before = filled(empty, tributaries)
    found = regroom(before, tributaries, leaving=0)
    (move,) = found.moves
    assert move.given_back == tributaries[0].claims
    assert [claim.container for claim in move.taken] == [2, 1]
    assert found.stuck == ()
    assert found.containers == played(before, found.moves)
    assert found.containers[0] == empty[0]
    assert found.tributaries == (move.after, tributaries[1])
    assert found.plans[0].proven


def test_a_tributary_that_comes_the_other_way_is_led_around_the_other_way():
    containers = (container("ODU4", 0, 1), container("ODU4", 0, 2), container("ODU4", 2, 1))
    one = tributary("ODU0", 3, 0, (3, [0]), (0, [0]))
    containers = (*containers, container("ODU4", 3, 1))
    (move,) = regroom(filled(containers, [one]), [one], leaving=0).moves
    assert [claim.container for claim in move.after.claims] == [3, 2, 1]
    assert {claim.container for claim in move.taken} == {1, 2}


def test_a_loop_is_cut_off_and_given_back():
    """0-1-2 leaves 1-2; the way around is 1-0-2, so that 0-2 alone is left."""
    containers = (container("ODU4", 0, 1), container("ODU4", 1, 2), container("ODU4", 0, 2))
    one = tributary("ODU0", 0, 2, (0, [0]), (1, [0]))
    found = regroom(filled(containers, [one]), [one], leaving=1)
    assert [claim.container for claim in found.moves[0].after.claims] == [2]
    assert found.moves[0].given_back == one.claims
    assert [one.used_slot_count for one in found.containers] == [0, 0, 1]


def test_what_is_given_back_lets_the_next_go_in_a_second_round():
    """Container 0 is full; only when the loop of the first is cut has the second a way."""
    containers = (
        container("ODU2", 0, 1, used=range(6), tributaries=1),
        container("ODU2", 1, 2),
        container("ODU2", 0, 2),
    )
    first = tributary("ODU0", 0, 2, (0, [6]), (1, [0]))
    second = tributary("ODU0", 1, 2, (1, [1]))
    found = regroom(filled(containers, [first, second]), [first, second], leaving=1)
    assert [move.tributary for move in found.moves] == [0, 1]
    assert found.stuck == ()
    assert len(found.plans) == 2
    crowd = [first, second, *(tributary("ODU0", 1, 2, (1, [slot])) for slot in (2, 3))]
    stuck = regroom(filled(containers, crowd), crowd, leaving=1)
    assert [move.tributary for move in stuck.moves] == [0, 1, 2]
    assert [one.tributary for one in stuck.stuck] == [3]


def test_a_tributary_that_is_stuck_says_what_is_missing():
    containers = (container("ODU4", 0, 1), container("ODU4", 0, 1, used=range(20, 80)))
    one = tributary("ODU3", 0, 1, (0, range(31)))
    found = regroom(filled(containers, [one]), [one], leaving=0)
    missing = MissingRoom(container=1, lack=RoomLack.SLOTS, needed_slots=31, free_slots=20)
    assert found.stuck == (StuckTributary(tributary=0, missing=missing),)
    assert found.moves == ()
    assert found.tributaries == (one,)


def test_of_several_ways_that_on_which_least_is_missing_is_told():
    containers = (
        container("VC-4", 0, 1),
        container("VC-4", 0, 1, used=range(60)),
        container("VC-4", 0, 2),
        container("VC-4", 1, 2, used=(0, 21, 42)),
    )
    one = tributary("VC-3", 0, 1, (0, range(21)))
    (stuck,) = regroom(filled(containers, [one]), [one], leaving=0).stuck
    assert stuck.missing == MissingRoom(
        container=3, lack=RoomLack.SCATTERED, needed_slots=21, free_slots=60
    )


def test_where_no_way_leads_around_nothing_is_missing_but_the_way():
    containers = (container("ODU4", 0, 1), container("VC-4", 0, 1), container("ODU4", 1, 2))
    one = tributary("ODU0", 0, 1, (0, [0]))
    found = regroom(filled(containers, [one]), [one], leaving=0)
    assert found.stuck == (StuckTributary(tributary=0, missing=None),)


def test_an_empty_container_is_empty_already():
    containers = (container("ODU4", 0, 1), container("ODU4", 0, 1))
    found = regroom(containers, [], leaving=0)
    assert (found.moves, found.stuck, found.plans) == ((), (), ())


def test_passages_that_cost_less_are_preferred():
    containers = tuple(container("ODU4", 0, 1) for _ in range(3))
    one = tributary("ODU0", 0, 1, (1, [0]))
    for costs, chosen in (((2, 1, 1), 2), ((1, 1, 2), 0)):
        found = regroom(filled(containers, [one]), [one], leaving=1, passage_costs=costs)
        assert [claim.container for claim in found.moves[0].taken] == [chosen]


def test_claims_that_are_not_in_the_containers_are_refused():
    containers = (container("ODU4", 0, 1), container("ODU4", 0, 1))
    with pytest.raises(ValueError, match="are not used"):
        regroom(containers, [tributary("ODU0", 0, 1, (0, [0]))], leaving=0)
