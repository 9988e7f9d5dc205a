"""Which two paths share the least risk, and which of those is cheapest?"""

import math
from dataclasses import dataclass, replace
from typing import Literal

from karakoram.engines.routing.branching import Task, best_pair
from karakoram.engines.routing.costs import ArcValues, integer_costs, listed
from karakoram.engines.routing.digraph import Digraph, Ends, risks_in
from karakoram.engines.routing.flow import SharingPrices, sharing_prices
from karakoram.engines.routing.ilp import pair_by_ilp
from karakoram.engines.routing.reduction import Core, Reducible, reduced
from karakoram.engines.routing.risks import barred_arcs, shared_risks
from karakoram.engines.routing.rules import (
    NO_RULE,
    PathRule,
    PathSearch,
    ResourceLimit,
    prepared_search,
)
from karakoram.engines.routing.shortest import ArcPath, path_of_arcs

Proof = Literal["branching", "ilp", "capped"]
"""What proved the answer: the search to its end, the integer program, or nothing ("capped")."""

Rules = tuple[PathRule, PathRule]
"""What the first and what the second path must obey."""

CorePair = tuple[tuple[int, ...], tuple[int, ...]]
"""Arcs of the core along the first and along the second path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskWeights:
    """What it weighs when two paths share a risk: one positive integer for each risk."""

    weights: tuple[int, ...]
    """Per risk of the graph: what sharing it weighs, in any one unit, >= 1."""
    free_mask: int = 0
    """Risks that may be shared for nothing, for example those of the end sites."""

    def __post_init__(self) -> None:
        if min(self.weights, default=1) < 1:
            raise ValueError(f"risk weights must be >= 1, got {min(self.weights)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisjointPair:
    """Two paths that share as little weight as any two paths do, and cost least among those."""

    first: ArcPath
    """The cheaper of the two when both obey the same rule."""
    second: ArcPath
    shared_mask: int
    """Risks both are exposed to, free ones left out; 0 when the paths are fully diverse."""
    shared_weight: int
    """Sum of their weights."""
    cost: float | int
    """Cost of both paths together."""
    proof: Proof
    subproblems: int
    """How many subproblems the branching looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """The arguments of ``least_shared_pair``, checked."""

    graph: Digraph
    values: list[float | int]
    costs: list[int]
    ends: Ends
    risks: RiskWeights
    cap: int


def least_shared_pair(
    graph: Digraph,
    *,
    cost: ArcValues,
    ends: Ends,
    risks: RiskWeights,
    rules: Rules = (NO_RULE, NO_RULE),
    subproblem_cap: int = 2_000,
) -> DisjointPair | None:
    """The pair of paths that shares least weight of risk and, among those, costs least.

        minimise lexicographically  ( sum_r w_r over the risks on both p and q,  c(p) + c(q) )

    When a pair that shares nothing exists, this is the cheapest risk-disjoint pair. The
    answer is exact unless its proof is "capped". None when one of the paths does not exist, or,
    with via sets only, when the search for it was given up; ``constrained_path`` tells which.

    Parameters
    ----------
    graph
        The graph; every arc carries the risks it is exposed to.
    cost
        Cost of each arc, >= 0, in any unit, shape (arc,).
    ends
        Where both paths begin and finish.
    risks
        The weight of each risk of the graph, and which are free.
    rules
        What the first and what the second path must obey.
    subproblem_cap
        Subproblems of the branching before the integer program takes over, >= 1.

    Returns
    -------
    Both paths, what they share, their cost in the unit of ``cost``, and what proved it.

    Raises
    ------
    ValueError
        If costs, weights or amounts do not fit the graph or are negative, or the cap is below 1.

    References
    ----------
    .. [1] J.-Q. Hu, "Diverse routing in optical mesh networks", IEEE Trans. Communications 51,
       2003, 489-494: the problem is NP-complete; an integer program.
    """
    if subproblem_cap < 1:
        raise ValueError(f"subproblem_cap must be >= 1, got {subproblem_cap}")
    if max((mask.bit_length() for mask in graph.risk_masks), default=0) > len(risks.weights):
        raise ValueError(f"an arc has a risk beyond the {len(risks.weights)} that have weights")
    question = _Question(
        graph=graph,
        values=listed(cost, arc_count=graph.arc_count),
        costs=integer_costs(cost, arc_count=graph.arc_count),
        ends=ends,
        risks=risks,
        cap=subproblem_cap,
    )
    bare = (PathRule(avoid=rules[0].avoid), PathRule(avoid=rules[1].avoid))
    pair = _answer(question, bare)
    if pair is None or bare == rules:
        return pair
    # What is best of all pairs is best of those that obey.
    exchangeable = bare[0] == bare[1]
    for candidate in (pair, _exchanged(pair)) if exchangeable else (pair,):
        ways = (candidate.first, candidate.second)
        if all(rule.allows(graph, way) for rule, way in zip(rules, ways, strict=True)):
            return candidate
    return _answer(question, rules)


def _exchanged(pair: DisjointPair) -> DisjointPair:
    return replace(pair, first=pair.second, second=pair.first)


def _answer(question: _Question, rules: Rules) -> DisjointPair | None:
    core = _core(question, rules)
    if core is None:
        return None
    # No loopless pair uses an arc more than twice, so weight always outranks cost.
    weight_price = 1 + 2 * sum(core.costs)
    prices = sharing_prices(core, weight_price=weight_price)
    core_rules = _rules_on_core(core, rules)
    task = _task(
        core, prices, weight_price=weight_price, rules=core_rules, symmetric=rules[0] == rules[1]
    )
    start = _flow_pair(task, core_rules)
    found = best_pair(task, start=start, cap=question.cap)
    if found is None:
        return None
    proof: Proof = "branching" if found.proven else "capped"
    pair = (found.first, found.second)
    if not found.proven and not any(rule.via for rule in rules):
        solved = pair_by_ilp(core, rules=core_rules)
        if solved is not None:
            proof = "ilp"
            pair = min(pair, solved, key=lambda ways: task.value(*ways))
    answer = _expanded(question, core, pair, proof=proof, subproblems=found.subproblems)
    merits = [(way.cost, way.arcs) for way in (answer.first, answer.second)]
    return _exchanged(answer) if task.symmetric and merits[1] < merits[0] else answer


def _core(question: _Question, rules: Rules) -> Core | None:
    """The reduced graph; rules beyond avoidance keep their vertices and all parallel arcs."""
    first = barred_arcs(question.graph, rules[0].avoid)
    same = rules[1].avoid == rules[0].avoid
    return reduced(
        question.graph,
        costs=question.costs,
        request=Reducible(
            ends=question.ends,
            weights=question.risks.weights,
            free_mask=question.risks.free_mask,
            barred=(first, first if same else barred_arcs(question.graph, rules[1].avoid)),
            kept=frozenset(vertex for rule in rules for place in rule.via for vertex in place),
            keeps_dearer=any(rule.limits for rule in rules),
        ),
    )


def _rules_on_core(core: Core, rules: Rules) -> Rules:
    """The rules with amounts summed along chains and vertices renumbered."""
    if rules[0] == rules[1]:
        same = _rule_on_core(core, rules[0])
        return same, same
    return _rule_on_core(core, rules[0]), _rule_on_core(core, rules[1])


def _rule_on_core(core: Core, rule: PathRule) -> PathRule:
    number = {vertex: index for index, vertex in enumerate(core.vertices)}
    return PathRule(
        limits=tuple(
            ResourceLimit(
                amounts=tuple(
                    math.fsum(limit.amounts[arc] for arc in chain) for chain in core.chains
                ),
                most=limit.most,
            )
            for limit in rule.limits
        ),
        via=tuple(frozenset(number[vertex] for vertex in place) for place in rule.via),
    )


def _task(
    core: Core, prices: SharingPrices, *, weight_price: int, rules: Rules, symmetric: bool
) -> Task:
    plain = _search_pair(core, core.costs, rules=rules)
    worthless = not any(prices.bundle_prices)
    return Task(
        core=core,
        weight_price=weight_price,
        prices=prices,
        priced=plain if worthless else _search_pair(core, prices.priced_costs, rules=rules),
        plain=plain,
        symmetric=symmetric,
    )


def _search_pair(
    core: Core, costs: tuple[int, ...], *, rules: Rules
) -> tuple[PathSearch, PathSearch]:
    first = prepared_search(core.graph, cost=costs, ends=core.ends, rule=rules[0])
    if rules[0] == rules[1]:
        return first, first
    return first, prepared_search(core.graph, cost=costs, ends=core.ends, rule=rules[1])


def _flow_pair(task: Task, rules: Rules) -> CorePair | None:
    """The two paths of the flow as a first answer, if they obey the rules."""
    core, graph = task.core, task.core.graph
    pair = (task.prices.first, task.prices.second)
    for first, second in (pair, pair[::-1]):
        ways = zip((first, second), core.barred, rules, strict=True)
        if all(
            not path.risk_mask & bar and rule.allows(graph, path)
            for path, bar, rule in (
                (path_of_arcs(graph, way, values=core.costs), bar, rule) for way, bar, rule in ways
            )
        ):
            return first, second
    return None


def _expanded(
    question: _Question, core: Core, pair: CorePair, *, proof: Proof, subproblems: int
) -> DisjointPair:
    first, second = (
        path_of_arcs(question.graph, core.expanded(way), values=question.values) for way in pair
    )
    shared = shared_risks(first, second, free_mask=question.risks.free_mask)
    return DisjointPair(
        first=first,
        second=second,
        shared_mask=shared,
        shared_weight=sum(question.risks.weights[risk] for risk in risks_in(shared)),
        cost=first.cost + second.cost,
        proof=proof,
        subproblems=subproblems,
    )
