"""Which pair of paths shares least, by an integer program?

Two unit flows, one share variable for each risk. Slower than branching on graphs that look
like networks, faster where risks are scattered at random over the graph.
"""

import numpy as np
import scipy  # type: ignore[import-untyped] # submodules load on first use: nobody pays for it idle

from karakoram.engines.routing.digraph import risks_in
from karakoram.engines.routing.flow import paths_of_flow
from karakoram.engines.routing.reduction import Core
from karakoram.engines.routing.rules import PathRule

COST_SPAN = 1e4
"""The dearest arc after scaling; the solver's absolute gap of 1e-6 is then 1e-10 of it."""


def pair_by_ilp(
    core: Core, *, rules: tuple[PathRule, PathRule], time_limit_s: float = 60.0
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Core arcs of the pair that shares least weight and, among those, costs least.

    Solved in two steps with HiGHS: least weight first, then least cost at that weight. None
    when the solver proves nothing within the time limit or no pair exists.

        min  sum w_r y_r          then   min  sum c_a (x1_a + x2_a)
        x1, x2 unit flows;  x_ia <= z_ir for a in r;  z_1r + z_2r - 1 <= y_r

    Exact to the solver's tolerance, 1e-10 of the dearest arc (``COST_SPAN``).

    Parameters
    ----------
    core
        The reduced graph.
    rules
        Limits become one linear row each; via sets cannot be expressed.
    time_limit_s
        Limit of each step [s]; a person who asks waits no longer than two of them.

    Returns
    -------
    Core arcs of the first and of the second path, in travel order.

    References
    ----------
    .. [1] J.-Q. Hu, "Diverse routing in optical mesh networks", IEEE Trans. Communications 51,
       2003, 489-494.
    """
    assert not any(rule.via for rule in rules)
    program = _Program.of(core, rules)
    arc_count, bundle_count = len(core.costs), len(core.bundles)
    weights = np.array([bundle.weight for bundle in core.bundles], dtype=np.float64)
    shared = np.concatenate([np.zeros(2 * arc_count + 2 * bundle_count), weights])
    least = program.minimiser(shared, time_limit_s=time_limit_s)
    if least is None:
        return None
    dearest = max(core.costs, default=0) or 1
    costs = np.array([cost / dearest * COST_SPAN for cost in core.costs], dtype=np.float64)
    both = np.concatenate([costs, costs, np.zeros(3 * bundle_count)])
    # Weights are integers: half a unit forgives the solver's rounding and lets no more be shared.
    bounded = program.with_row(shared, upper=round(float(shared @ least)) + 0.5)
    cheapest = bounded.minimiser(both, time_limit_s=time_limit_s)
    if cheapest is None:
        return None
    first, second = (
        paths_of_flow(
            core, np.flatnonzero(np.rint(cheapest[start : start + arc_count])).tolist(), units=1
        )[0]
        for start in (0, arc_count)
    )
    return first, second


class _Program:
    """Rows of the integer program as triplets (row, column, value), with their bounds."""

    def __init__(
        self,
        entries: list[tuple[int, int, float]],
        bounds: list[tuple[float, float]],
        *,
        integral: int,
        columns: np.ndarray,
    ) -> None:
        self.entries = entries
        self.bounds = bounds
        self.integral = integral
        self.columns = columns

    @classmethod
    def of(cls, core: Core, rules: tuple[PathRule, PathRule]) -> "_Program":
        arc_count, bundle_count = len(core.costs), len(core.bundles)
        entries: list[tuple[int, int, float]] = []
        bounds: list[tuple[float, float]] = []
        upper = np.ones(2 * arc_count + 3 * bundle_count)
        for way, (rule, bar) in enumerate(zip(rules, core.barred, strict=True)):
            offset = way * arc_count
            used = 2 * arc_count + way * bundle_count
            for vertex in range(core.graph.vertex_count):
                row = len(bounds)
                entries += [(row, offset + arc, 1.0) for _, arc in core.graph.out_arcs[vertex]]
                entries += [(row, offset + arc, -1.0) for _, arc in core.graph.in_arcs[vertex]]
                balance = float((vertex == core.source) - (vertex == core.target))
                bounds.append((balance, balance))
            for arc, mask in enumerate(core.graph.risk_masks):
                if mask & bar:
                    upper[offset + arc] = 0.0
            for number, bundle in enumerate(core.bundles):
                for arc in risks_in(bundle.core_arcs):
                    entries += [
                        (len(bounds), offset + arc, 1.0),
                        (len(bounds), used + number, -1.0),
                    ]
                    bounds.append((-np.inf, 0.0))
            for limit in rule.limits:
                entries += [
                    (len(bounds), offset + arc, float(amount))
                    for arc, amount in enumerate(limit.amounts)
                ]
                bounds.append((-np.inf, limit.most))
        first_used = 2 * arc_count
        for number in range(bundle_count):
            entries += [
                (len(bounds), first_used + number, 1.0),
                (len(bounds), first_used + bundle_count + number, 1.0),
                (len(bounds), first_used + 2 * bundle_count + number, -1.0),
            ]
            bounds.append((-np.inf, 1.0))
        return cls(entries, bounds, integral=2 * arc_count, columns=upper)

    def with_row(self, row: np.ndarray, *, upper: float) -> "_Program":
        entries = [
            (len(self.bounds), int(column), float(row[column])) for column in np.flatnonzero(row)
        ]
        return _Program(
            self.entries + entries,
            [*self.bounds, (-np.inf, upper)],
            integral=self.integral,
            columns=self.columns,
        )

    def minimiser(self, objective: np.ndarray, *, time_limit_s: float) -> np.ndarray | None:
        """The optimal columns; None when optimality is not proven."""
        rows, columns, values = zip(*self.entries, strict=True)
        shape = (len(self.bounds), len(objective))
        matrix = scipy.sparse.csr_array((values, (rows, columns)), shape=shape)
        lower, upper = np.array(self.bounds).T
        answer = scipy.optimize.milp(
            objective,
            integrality=np.arange(len(objective)) < self.integral,
            bounds=scipy.optimize.Bounds(0.0, self.columns),
            constraints=scipy.optimize.LinearConstraint(matrix, lower, upper),
            options={"mip_rel_gap": 0.0, "time_limit": time_limit_s},
        )
        return answer.x if answer.status == 0 else None
