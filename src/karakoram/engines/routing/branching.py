"""Which pair of paths on a core shares least, and how is that proven by branching?

A subproblem says which risks the first path avoids, which the second avoids, and which are
accepted as shared. Its bound is the cheapest first path plus the cheapest second path, each
on its own, plus the price of what is accepted. If the two share a risk that is not accepted,
the subproblem splits in three: the first avoids it, the second avoids it, both use it.
"""

import math
from dataclasses import dataclass
from heapq import heappop, heappush

from karakoram.engines.routing.digraph import risks_in
from karakoram.engines.routing.flow import SharingPrices
from karakoram.engines.routing.reduction import Core
from karakoram.engines.routing.rules import PathSearch

CANDIDATES = 6
"""Conflicting risks that are tried, at most, before one is chosen to split on; each costs two
searches."""

_Way = tuple[int, int, tuple[int, ...]]
"""(cost, risks, core arcs)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incumbent:
    """The best pair found so far, and whether nothing better exists."""

    value: int
    """Shared weight times its price, plus the cost of both paths; lexicographic in one number."""
    first: tuple[int, ...]
    second: tuple[int, ...]
    subproblems: int
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A core and how paths on it are searched."""

    core: Core
    weight_price: int
    prices: SharingPrices
    priced: tuple[PathSearch, PathSearch]
    """Searches of the first and second path under the priced costs."""
    plain: tuple[PathSearch, PathSearch]
    """The same under the costs themselves."""
    symmetric: bool
    """Whether both paths obey the same rule, so that they can be exchanged."""

    def value(self, first: tuple[int, ...], second: tuple[int, ...]) -> int:
        """The price of what two paths share plus their costs; core arcs in, one integer out."""
        masks = self.core.graph.risk_masks
        shared, exposed = 0, 0
        for arc in first:
            exposed |= masks[arc]
        for arc in second:
            shared |= exposed & masks[arc]
        costs = self.core.costs
        return (
            self.weight_price * self.core.weight_of(shared)
            + sum(costs[arc] for arc in first)
            + sum(costs[arc] for arc in second)
        )


class _Searches:
    """Cheapest paths of one role (first or second) by avoid mask, each searched once."""

    def __init__(self, search: PathSearch) -> None:
        self.search = search
        self.known: dict[int, _Way | None] = {}
        self.complete = True

    def way(self, avoid_mask: int) -> _Way | None:
        if avoid_mask not in self.known:
            answer = self.search.path(avoid_mask)
            self.complete &= answer.proven
            path = answer.path
            self.known[avoid_mask] = (
                None if path is None else (int(path.cost), path.risk_mask, path.arcs)
            )
        return self.known[avoid_mask]


@dataclass(frozen=True, slots=True, order=True)
class _Subproblem:
    """Sorted by bound; among equals the most decided first, which finds pairs early."""

    bound: int
    undecided: int
    serial: int
    avoided: tuple[int, int]
    accepted: int
    accepted_price: int
    """Price of the accepted risks, less what the priced costs already charge for them."""


class _Tree:
    """The search in progress. Lives inside ``best_pair`` only."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.priced = _searches(task.priced)
        self.plain = _searches(task.plain)
        self.best: tuple[int, tuple[int, ...], tuple[int, ...]] | None = None
        self.queue: list[_Subproblem] = []
        self.seen: set[tuple[int, int, int]] = set()
        self.priced_total = sum(task.prices.bundle_prices)
        self.counted = (1 << len(task.core.bundles)) - 1

    @property
    def complete(self) -> bool:
        return all(searches.complete for searches in (*self.priced, *self.plain))

    def offer(self, first: tuple[int, ...], second: tuple[int, ...]) -> None:
        value = self.task.value(first, second)
        if self.best is None or value < self.best[0]:
            self.best = (value, first, second)

    def hopeless(self, bound: int) -> bool:
        return self.best is not None and bound >= self.best[0]

    def push(self, parent: _Subproblem | None, avoided: tuple[int, int], shared: int) -> None:
        """Queue a subproblem unless it is known, impossible or hopeless."""
        if self.task.symmetric and avoided[0] > avoided[1]:
            avoided = (avoided[1], avoided[0])
        accepted = shared | (parent.accepted if parent else 0)
        price = parent.accepted_price if parent else 0
        price += sum(self._price_of_sharing(risk) for risk in risks_in(shared))
        first, second = self.priced[0].way(avoided[0]), self.priced[1].way(avoided[1])
        if first is None or second is None or (*avoided, accepted) in self.seen:
            return
        self.seen.add((*avoided, accepted))
        bound = first[0] + second[0] - self.priced_total + price
        if parent:
            bound = max(bound, parent.bound)
        if not self.hopeless(bound):
            undecided = parent.undecided - 1 if parent else 0
            heappush(
                self.queue,
                _Subproblem(bound, undecided, len(self.seen), avoided, accepted, price),
            )

    def split(self, subproblem: _Subproblem) -> None:
        """Look at the two cheapest paths of a subproblem and queue what remains open."""
        open_risks = self.counted & ~subproblem.accepted
        _, shared = self._cheapest_two(self.priced, subproblem) or (0, 0)
        conflict = shared & open_risks
        plain = self._cheapest_two(self.plain, subproblem)
        if plain is not None:
            # The plain costs give a second bound, which alone is exact where nothing conflicts.
            cost, shared = plain
            accepted = self.task.core.weight_of(subproblem.accepted)
            bound = cost + self.task.weight_price * accepted
            if not shared & open_risks or self.hopeless(bound):
                return
            conflict = conflict or shared & open_risks
        if not conflict:
            return  # only after a search that was given up: the answer is not proven
        forced, risk = self._most_telling(subproblem.avoided, conflict)
        if forced:
            self.push(subproblem, subproblem.avoided, forced)
            return
        first, second = subproblem.avoided
        self.push(subproblem, (first | risk, second), 0)
        if not (self.task.symmetric and first == second):
            self.push(subproblem, (first, second | risk), 0)
        self.push(subproblem, (first, second), risk)

    def _cheapest_two(
        self, searches: tuple[_Searches, _Searches], subproblem: _Subproblem
    ) -> tuple[int, int] | None:
        """Cost of the two cheapest paths and what both meet; the pair is offered as an answer."""
        first = searches[0].way(subproblem.avoided[0])
        second = searches[1].way(subproblem.avoided[1])
        if first is None or second is None:
            return None
        self.offer(first[2], second[2])
        return first[0] + second[0], first[1] & second[1]

    def _most_telling(self, avoided: tuple[int, int], conflict: int) -> tuple[int, int]:
        """Conflicting risks that neither path can avoid, and the risk to split on.

        Of the heaviest few, the risk whose easiest branch is hardest is split on.
        """
        bundles = self.task.core.bundles
        ranked = sorted(
            risks_in(conflict),
            key=lambda risk: (-bundles[risk].weight, -bundles[risk].core_arcs.bit_count(), risk),
        )
        forced, best = 0, list[float | int]()
        chosen = 1 << ranked[0]
        for risk in ranked[:CANDIDATES]:
            gains: list[float | int] = [
                math.inf if (way := searches.way(mask | 1 << risk)) is None else way[0] - now[0]
                for searches, mask in zip(self.priced, avoided, strict=True)
                if (now := searches.way(mask)) is not None
            ]
            if min(gains) == math.inf:
                forced |= 1 << risk
            gains.append(self._price_of_sharing(risk))
            if (score := sorted(gains)) > best:
                best, chosen = score, 1 << risk
        return forced, chosen

    def _price_of_sharing(self, risk: int) -> int:
        weight = self.task.core.bundles[risk].weight
        return self.task.weight_price * weight - self.task.prices.bundle_prices[risk]


def best_pair(
    task: Task, *, start: tuple[tuple[int, ...], tuple[int, ...]] | None, cap: int
) -> Incumbent | None:
    """The pair of paths on the core that shares least weight, and costs least among those.

        minimise  W sum_r w_r + c(p) + c(q)  over pairs p, q, with r the risks on both

    None when one of the paths does not exist, or a search for it was given up. Best first over
    subproblems. Sharing prices enter as a Lagrangian relaxation [1]_: a pair pays the price of
    a bundle on each path and gets it back once; because a price never exceeds what sharing
    costs, the sum is a lower bound on every pair of the subproblem.

    Parameters
    ----------
    task
        The core and its searches.
    start
        A pair that obeys all rules, if one is known.
    cap
        Subproblems looked at, at most; when it is reached the answer is not proven.

    Returns
    -------
    The best pair found, in core arcs, and whether it is proven that none is better.

    References
    ----------
    .. [1] M. L. Fisher, "The Lagrangian relaxation method for solving integer programming
       problems", Management Science 27, 1981, 1-18.
    """
    tree = _Tree(task)
    if start is not None:
        tree.offer(*start)
    tree.push(None, (0, 0) if task.symmetric else task.core.barred, 0)
    count = 0
    while tree.queue and not tree.hopeless(tree.queue[0].bound) and count < cap:
        count += 1
        tree.split(heappop(tree.queue))
    if tree.best is None:
        return None
    finished = not tree.queue or tree.hopeless(tree.queue[0].bound)
    return Incumbent(
        value=tree.best[0],
        first=tree.best[1],
        second=tree.best[2],
        subproblems=count,
        proven=finished and tree.complete,
    )


def _searches(pair: tuple[PathSearch, PathSearch]) -> tuple[_Searches, _Searches]:
    first = _Searches(pair[0])
    return first, first if pair[0] is pair[1] else _Searches(pair[1])
