"""Grooming on problems whose best plan one sees, and what is refused."""

from dataclasses import replace

import pytest

from karakoram.engines.multiplex import (
    GroomingDemand,
    GroomingLimit,
    GroomingProblem,
    GroomingSearch,
    OpenableContainer,
    groom,
    server_kind,
)
from karakoram.engines.multiplex.edges import GroomingWay, costs_of, edges_of
from karakoram.engines.multiplex.grooming_program import ways_by_program
from karakoram.engines.multiplex.grooming_search import ways_by_search
from tests.support.groomings import container

NO_PROGRAM = GroomingLimit(columns_max=0)
TRIANGLE = tuple(container("ODU4", *ends) for ends in ((0, 1), (1, 2), (0, 2)))


def demand(client, a_site, z_site, count=1):
    return GroomingDemand(client=client, a_site=a_site, z_site=z_site, count=count)


def openable(a_site, z_site, cost, **options):
    return OpenableContainer(
        server=server_kind("ODU4"), a_site=a_site, z_site=z_site, opening_cost=cost, **options
    )


def ways_of(plan):
    return [tuple(claim.container for claim in one.claims) for one in plan.tributaries]


def test_the_fewest_containers_are_passed_until_they_are_full():
    problem = GroomingProblem(containers=TRIANGLE, demands=(demand("ODU3", 0, 2, 3),))
    plan = groom(problem)
    assert sorted(ways_of(plan)) == [(0, 1), (2,), (2,)]
    assert (plan.carried, plan.opening_cost, plan.passage_cost) == ((3,), 0, 4)
    assert plan.proven
    assert [one.free_slot_count for one in plan.containers] == [49, 49, 18]


def test_a_shorter_way_is_one_that_passes_for_less():
    problem = GroomingProblem(
        containers=TRIANGLE, passage_costs=(1, 1, 5), demands=(demand("ODU0", 0, 2),)
    )
    assert ways_of(groom(problem)) == [(0, 1)]


def test_a_new_container_is_opened_only_where_there_is_no_room():
    full = container("ODU4", 0, 1, used=range(79))
    problem = GroomingProblem(
        containers=(full,),
        openable=(openable(0, 1, 9), openable(0, 2, 3), openable(2, 1, 5)),
        demands=(demand("ODU0", 0, 1), demand("ODU1", 0, 1)),
    )
    plan = groom(problem)
    assert (plan.opening_cost, plan.opened, plan.carried) == (8, (1, 2), (1, 1))
    assert ways_of(plan)[0] == (0,)
    assert ways_of(plan)[1] == (1, 2)
    assert plan.proven


def test_as_many_are_opened_as_are_needed_and_no_more():
    problem = GroomingProblem(
        containers=(),
        openable=(openable(0, 1, 7, count_max=4),),
        demands=(demand("ODU3", 0, 1, 5),),
    )
    plan = groom(problem)
    assert (plan.opened, plan.opening_cost, plan.proven) == ((0, 0, 0), 21, True)
    fewer = replace(problem, openable=(openable(0, 1, 7, count_max=1),))
    assert groom(fewer).carried == (2,)
    assert groom(fewer).proven


def test_what_has_no_way_is_not_carried():
    problem = GroomingProblem(
        containers=TRIANGLE, demands=(demand("ODU4", 0, 1), demand("ODU0", 0, 7))
    )
    plan = groom(problem)
    assert (plan.carried, plan.tributaries, plan.proven) == ((0, 0), (), True)


def test_kinds_of_servers_mix_along_a_way_and_each_gives_what_it_needs():
    problem = GroomingProblem(
        containers=(container("ODU3", 0, 1), container("ODU4", 1, 2), container("ODUC2", 2, 3)),
        demands=(demand("10GbE", 0, 3),),
    )
    (one,) = groom(problem).tributaries
    assert [len(claim.slots) for claim in one.claims] == [9, 8, 2]


def test_no_more_odus_enter_an_oducn_than_may():
    problem = GroomingProblem(
        containers=(container("ODUC1", 0, 1),), demands=(demand("ODU0", 0, 1, 12),)
    )
    plan = groom(problem)
    assert plan.carried == (10,)
    assert plan.containers[0].free_slot_count == 10


def test_the_program_finds_what_the_search_does_not_see():
    """One of two must yield the short way for both to be carried."""
    problem = GroomingProblem(
        containers=(
            container("ODU2", 0, 1),
            container("ODU2", 0, 2, used=range(4)),
            container("ODU2", 2, 1, used=range(4)),
            container("ODU2", 1, 3, used=range(2)),
        ),
        demands=(demand("ODUflex(GFP 5)", 0, 1), demand("ODUflex(GFP 4)", 0, 3)),
    )
    plan = groom(problem)
    assert plan.carried == (1, 1)
    assert sorted(ways_of(plan)) == [(0,), (1, 2, 3)]
    assert plan.proven


def test_without_the_program_the_bounds_say_what_is_not_proven():
    problem = GroomingProblem(
        containers=(), openable=(openable(0, 1, 7),), demands=(demand("ODU0", 0, 1),)
    )
    plan = groom(problem, limit=NO_PROGRAM)
    assert (plan.search, plan.opening_cost_bound, plan.proven) == (GroomingSearch.GREEDY, 0, False)
    assert plan.carried == (1,)
    assert groom(problem).search is GroomingSearch.PROGRAM


def test_nothing_asked_for_is_carried_at_once():
    plan = groom(GroomingProblem(containers=TRIANGLE, demands=()))
    assert (plan.tributaries, plan.proven) == ((), True)
    edges = edges_of(GroomingProblem(containers=TRIANGLE, demands=()))
    nothing = GroomingProblem(containers=(), demands=())
    assert ways_by_program(nothing, (), limit=GroomingLimit()) is None
    assert len(edges) == 3


def test_the_program_is_not_tried_where_it_is_too_large():
    problem = GroomingProblem(containers=TRIANGLE, demands=(demand("ODU0", 0, 1),))
    edges = edges_of(problem)
    assert ways_by_program(problem, edges, limit=GroomingLimit(columns_max=6)) is None
    assert ways_by_program(problem, edges, limit=GroomingLimit(columns_max=7)) is not None


def test_a_program_that_carries_fewer_than_is_known_looks_no_further():
    problem = GroomingProblem(containers=TRIANGLE, demands=(demand("ODU3", 0, 2, 9),))
    edges = edges_of(problem)
    found = ways_by_program(problem, edges, limit=GroomingLimit(), carried_min=5)
    assert (len(found.ways), found.carried_bound) == (4, 4)
    assert (found.opening_cost_bound, found.passage_cost_bound) == (0, 0)
    whole = ways_by_program(problem, edges, limit=GroomingLimit(), carried_min=4)
    assert (len(whole.ways), whole.passage_cost_bound) == (4, 6)


def test_search_and_program_agree_on_what_is_cheap():
    problem = GroomingProblem(
        containers=TRIANGLE, demands=(demand("ODU3", 0, 2, 2), demand("ODU2", 0, 2, 3))
    )
    edges = edges_of(problem)
    by_search = ways_by_search(problem, edges)
    by_program = ways_by_program(problem, edges, limit=GroomingLimit())
    assert costs_of(edges, by_search.ways) == costs_of(edges, by_program.ways)
    assert by_search.passage_cost_bound <= by_program.passage_cost_bound


def test_an_edge_opened_for_several_is_paid_once():
    problem = GroomingProblem(containers=(), openable=(openable(0, 1, 7),), demands=())
    ways = [GroomingWay(demand=0, edges=(0,))] * 3
    assert costs_of(edges_of(problem), ways) == (7, 3)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: demand("ODU0", 1, 1), "joins two sites"),
        (lambda: demand("ODU0", 0, 1, 0), "count of 1 or more"),
        (lambda: openable(0, 1, -1), "not negative"),
        (lambda: openable(0, 1, 1, passage_cost=0), "a passage costs"),
        (lambda: GroomingLimit(time_s=0.0), "time_s > 0"),
        (
            lambda: GroomingProblem(containers=TRIANGLE, demands=(), passage_costs=(1,)),
            "3 containers have 1 passage costs",
        ),
        (
            lambda: GroomingProblem(containers=TRIANGLE, demands=(), passage_costs=(1, 0, 1)),
            "1 or more, got 0",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_a_run_of_time_slots_is_not_groomed():
    problem = GroomingProblem(
        containers=(container("E1", 0, 1),), demands=(demand("6x64k-c", 0, 1),)
    )
    with pytest.raises(ValueError, match="not groomed"):
        groom(problem)
