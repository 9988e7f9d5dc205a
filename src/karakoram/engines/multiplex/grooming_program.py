"""Which ways are best for all tributaries together, by an integer program?

Each demand is a whole flow through the containers, either way through each; the room of a container
is one row for each group size (``room``); a container that may be opened lends its room once
opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import scipy  # type: ignore[import-untyped] # submodules load on first use: nobody pays for it idle
from jaxtyping import Float

from karakoram.engines.multiplex.edges import (
    GroomingEdge,
    GroomingWay,
    GroomingWays,
    needs_of,
)
from karakoram.engines.multiplex.grooming import (
    GroomingLimit,
    GroomingProblem,
    GroomingSearch,
)

_ROUNDING = 1e-6
"""The solver's tolerance for whole numbers; all costs are whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """A column: how many tributaries of a demand pass an edge from one of its ends."""

    demand: int
    edge: int
    from_site: int
    to_site: int


def ways_by_program(
    problem: GroomingProblem,
    edges: Sequence[GroomingEdge],
    *,
    limit: GroomingLimit,
    carried_min: int = 0,
) -> GroomingWays | None:
    """The most tributaries; of such plans the one that opens for least, then passes for least.

        max sum u_d    then   min sum c_e y_e    then   min sum p_e f_de
        f_d a whole flow of u_d from a to z;   sum over d of need_del f_de <= room_el (y_e)

    Parameters
    ----------
    problem
        What is to be carried.
    edges
        Its containers, those to be opened included.
    limit
        Size and time; what is found when the time is over counts, with the bound reached.
    carried_min
        What is known to be possible: where fewer are found in time, the other steps are left out.

    Returns
    -------
    The ways, or ``None`` where the program is too large or nothing was found in time.
    """
    program = _Program(problem, edges)
    if not 0 < program.column_count <= limit.columns_max:
        return None
    most = program.minimiser(-program.carried, time_s=limit.time_s)
    if most is None:
        return None
    carried = round(program.carried @ most.columns)
    if carried < carried_min:
        return GroomingWays(
            ways=program.ways(most),
            search=GroomingSearch.PROGRAM,
            carried_bound=floor(_ROUNDING - most.bound),
            opening_cost_bound=0,
            passage_cost_bound=0,
        )
    program.bound(-program.carried, -carried)
    opened, opening_bound = most, 0.0
    if program.opening.any():
        cheapest = program.minimiser(program.opening, time_s=limit.time_s)
        opened, opening_bound = (cheapest, cheapest.bound) if cheapest else (most, 0.0)
        program.bound(program.opening, round(program.opening @ opened.columns))
    shortest = program.minimiser(program.passing, time_s=limit.time_s)
    return GroomingWays(
        ways=program.ways(shortest or opened),
        search=GroomingSearch.PROGRAM,
        carried_bound=floor(_ROUNDING - most.bound),
        opening_cost_bound=ceil(opening_bound - _ROUNDING),
        passage_cost_bound=ceil(shortest.bound - _ROUNDING) if shortest else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Answer:
    """What the solver found within its time, and what it proved."""

    columns: Float[np.ndarray, " column"]
    bound: float


class _Program:
    """Rows as triplets (row, column, value) with bounds; lives while the search runs."""

    def __init__(self, problem: GroomingProblem, edges: Sequence[GroomingEdge]) -> None:
        self.problem, self.edges = problem, edges
        needs = needs_of(problem, edges)
        self.passages = [
            _Passage(demand=demand, edge=number, from_site=ends[0], to_site=ends[1])
            for demand, of_edges in enumerate(needs)
            for number, edge in enumerate(edges)
            if of_edges[number] is not None
            for ends in (
                (edge.container.a_site, edge.container.z_site),
                (edge.container.z_site, edge.container.a_site),
            )
        ]
        self.openings = [n for n, edge in enumerate(edges) if edge.openable is not None]
        demands = len(problem.demands)
        self.column_count = demands + len(self.openings) + len(self.passages)
        self.first_passage = demands + len(self.openings)
        self.carried = np.zeros(self.column_count)
        self.carried[:demands] = 1.0
        self.opening = np.zeros(self.column_count)
        self.opening[demands : self.first_passage] = [edges[n].opening_cost for n in self.openings]
        self.passing = np.zeros(self.column_count)
        self.passing[self.first_passage :] = [edges[p.edge].passage_cost for p in self.passages]
        self.limits: list[tuple[Float[np.ndarray, " column"], float]] = []
        self.entries: list[tuple[int, int, float]] = []
        self.bounds: list[tuple[float, float]] = []
        self._add_flows()
        self._add_rooms(needs)

    def _add_flows(self) -> None:
        """At every site as many tributaries of a demand come as go, but at its ends."""
        rows: dict[tuple[int, int], int] = {}

        def row(demand: int, site: int) -> int:
            if (demand, site) not in rows:
                rows[demand, site] = len(self.bounds)
                self.bounds.append((0.0, 0.0))
            return rows[demand, site]

        for column, passage in enumerate(self.passages, start=self.first_passage):
            self.entries.append((row(passage.demand, passage.from_site), column, 1.0))
            self.entries.append((row(passage.demand, passage.to_site), column, -1.0))
        for number, demand in enumerate(self.problem.demands):
            self.entries.append((row(number, demand.a_site), number, -1.0))
            self.entries.append((row(number, demand.z_site), number, 1.0))

    def _add_rooms(self, needs: Sequence[Sequence[tuple[int, ...] | None]]) -> None:
        """What passes an edge fits in its room; of what may be opened alike, the first is first."""
        opening_column = {
            edge: len(self.problem.demands) + number for number, edge in enumerate(self.openings)
        }
        first_row = np.cumsum([len(self.bounds), *(len(edge.room) for edge in self.edges)])
        for number, edge in enumerate(self.edges):
            for level, room in enumerate(edge.room):
                is_open = number not in opening_column
                self.bounds.append((-np.inf, float(room) if is_open else 0.0))
                if not is_open:
                    row = int(first_row[number]) + level
                    self.entries.append((row, opening_column[number], -float(room)))
        for column, passage in enumerate(self.passages, start=self.first_passage):
            needed = needs[passage.demand][passage.edge]
            assert needed is not None, "an edge that does not carry a demand has no column"
            for level, take in enumerate(needed):
                if take:
                    row = int(first_row[passage.edge]) + level
                    self.entries.append((row, column, float(take)))
        for earlier, later in zip(self.openings, self.openings[1:], strict=False):
            if self.edges[earlier].openable == self.edges[later].openable:
                row = len(self.bounds)
                self.bounds.append((0.0, np.inf))
                self.entries.append((row, opening_column[earlier], 1.0))
                self.entries.append((row, opening_column[later], -1.0))

    def bound(self, weights: Float[np.ndarray, " column"], most: int) -> None:
        """Let a sum of whole numbers be no more than this from now on."""
        self.limits.append((weights, most + 0.5))

    def minimiser(self, weights: Float[np.ndarray, " column"], *, time_s: float) -> _Answer | None:
        """The best columns found in time; ``None`` where there are none."""
        rows, columns, values = zip(*self.entries, strict=True)
        matrix = scipy.sparse.csr_array(
            (values, (rows, columns)), shape=(len(self.bounds), self.column_count)
        )
        lower, upper = np.array(self.bounds).T
        counts = [demand.count for demand in self.problem.demands]
        most = np.concatenate(
            [counts, np.ones(len(self.openings)), [counts[p.demand] for p in self.passages]]
        )
        answer = scipy.optimize.milp(
            weights,
            integrality=np.ones(self.column_count),
            bounds=scipy.optimize.Bounds(0.0, most),
            constraints=[
                scipy.optimize.LinearConstraint(matrix, lower, upper),
                *(
                    scipy.optimize.LinearConstraint(row[None, :], -np.inf, limit)
                    for row, limit in self.limits
                ),
            ],
            options={"mip_rel_gap": 0.0, "time_limit": time_s},
        )
        if answer.x is None:
            return None
        bound = answer.mip_dual_bound  # nothing where the time was over before any was known
        least = float(np.where(weights < 0.0, weights * most, 0.0).sum())
        is_known = bound is not None and np.isfinite(bound)
        return _Answer(
            columns=np.rint(answer.x), bound=max(float(bound), least) if is_known else least
        )

    def ways(self, answer: _Answer) -> tuple[GroomingWay, ...]:
        """The flows as ways; what goes in circles is left out."""
        flow = answer.columns[self.first_passage :]
        ways: list[GroomingWay] = []
        for number, demand in enumerate(self.problem.demands):
            left: dict[int, list[int]] = {}
            units = dict[int, int]()
            for column, passage in enumerate(self.passages):
                if passage.demand == number and flow[column] > 0.0:
                    left.setdefault(passage.from_site, []).append(column)
                    units[column] = int(flow[column])
            for _ in range(int(answer.columns[number])):
                columns = self._along(left, units, ends=(demand.a_site, demand.z_site))
                for column in columns:
                    units[column] -= 1
                edges = tuple(self.passages[column].edge for column in columns)
                ways.append(GroomingWay(demand=number, edges=edges))
        return tuple(sorted(ways))

    def _along(
        self, left: dict[int, list[int]], units: dict[int, int], *, ends: tuple[int, int]
    ) -> list[int]:
        """The columns of one way with the fewest passages, where flow is left."""
        came_by: dict[int, int] = {}
        front = [ends[0]]
        while ends[1] not in came_by:
            assert front, "a flow goes from end to end"
            beyond: list[int] = []
            for site in front:
                for column in left.get(site, ()):
                    to_site = self.passages[column].to_site
                    if units[column] and to_site not in came_by and to_site != ends[0]:
                        came_by[to_site] = column
                        beyond.append(to_site)
            front = beyond
        columns: list[int] = []
        site = ends[1]
        while site != ends[0]:
            columns.append(came_by[site])
            site = self.passages[came_by[site]].from_site
        return columns[::-1]
