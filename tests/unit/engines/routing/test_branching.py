"""Does the search stop at its cap, accept what cannot be avoided, and say what it proved?"""

import pytest

from karakoram.engines.routing import (
    Ends,
    PathAnswer,
    PathRule,
    ResourceLimit,
    digraph_of_sections,
)
from karakoram.engines.routing.branching import Task, best_pair
from karakoram.engines.routing.flow import SharingPrices, sharing_prices
from karakoram.engines.routing.reduction import Reducible, reduced
from karakoram.engines.routing.rules import PathSearch, prepared_search

WEIGHT_PRICE = 1_000

# Three ways in parallel; each two of them share a risk: 6 (5), 7 (2) or 8 (3).
WAYS = digraph_of_sections(
    5,
    a=[0, 1, 0, 2, 0, 3],
    z=[1, 4, 2, 4, 3, 4],
    risk_masks=[1 | 64 | 128, 2, 4 | 64 | 256, 8, 16 | 128 | 256, 32],
)
COSTS = [1, 1, 1, 1, 2, 2, 2, 2, 5, 5, 5, 5]
WEIGHTS = (1, 1, 1, 1, 1, 1, 5, 2, 3)


def task(*, priced: bool, rule: PathRule | None = None) -> Task:
    """The three ways, under sharing prices or without any."""
    request = Reducible(ends=Ends.between(0, 4), weights=WEIGHTS)
    core = reduced(WAYS, costs=COSTS, request=request)
    assert core is not None
    prices = sharing_prices(core, weight_price=WEIGHT_PRICE)
    if not priced:
        prices = SharingPrices(
            bundle_prices=(0,) * len(core.bundles),
            priced_costs=core.costs,
            first=prices.first,
            second=prices.second,
        )

    def search(costs) -> PathSearch:
        return prepared_search(core.graph, cost=costs, ends=core.ends, rule=rule or PathRule())

    under_prices, plain = search(prices.priced_costs), search(core.costs)
    return Task(
        core=core,
        weight_price=WEIGHT_PRICE,
        prices=prices,
        priced=(under_prices, under_prices),
        plain=(plain, plain),
        symmetric=True,
    )


@pytest.mark.parametrize("priced", [True, False])
def test_prices_change_the_work_and_not_the_answer(priced):
    found = best_pair(task(priced=priced), start=None, cap=100)
    assert found is not None
    assert found.proven
    assert found.value == 2 * WEIGHT_PRICE + 12


def test_a_start_that_meets_the_bound_needs_no_work():
    the_task = task(priced=True)
    best = best_pair(the_task, start=None, cap=100)
    assert best is not None
    again = best_pair(the_task, start=(best.first, best.second), cap=100)
    assert again is not None
    assert again.value == best.value
    assert again.subproblems <= best.subproblems


def test_at_the_cap_the_best_so_far_is_given_unproven():
    found = best_pair(task(priced=False), start=None, cap=1)
    assert found is not None
    assert not found.proven
    assert found.subproblems == 1
    assert found.value >= 2 * WEIGHT_PRICE + 12


def test_without_paths_there_is_no_pair():
    nowhere = PathRule(limits=(ResourceLimit(amounts=(1.0,) * 3, most=0.0),))
    assert best_pair(task(priced=True, rule=nowhere), start=None, cap=9) is None


def test_the_value_counts_what_is_shared_once_and_what_is_used_twice():
    the_task = task(priced=True)
    masks = the_task.core.graph.risk_masks
    way = (0,)
    weight = the_task.core.weight_of(masks[0])
    assert the_task.value(way, way) == WEIGHT_PRICE * weight + 2 * the_task.core.costs[0]


def test_a_search_that_was_given_up_leaves_the_answer_unproven(monkeypatch):
    # Under the plain costs every search gives up, under prices none that avoids risk 0 does.
    the_task = task(priced=True)
    plain = the_task.plain[0]
    known = PathSearch.path

    def path(self, mask=0):
        gives_up = self is plain or mask & 1
        return PathAnswer(path=None, proven=False) if gives_up else known(self, mask)

    monkeypatch.setattr(PathSearch, "path", path)
    found = best_pair(the_task, start=None, cap=100)
    assert found is not None
    assert not found.proven
