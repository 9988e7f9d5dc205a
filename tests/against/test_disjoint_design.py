"""Does an integer program over spans and hand-overs, from the tables alone, share as little?

It knows neither ports nor bit masks nor reductions: light is a flow over (span, direction), and
passes at a site from one span to the next where the operator stays or a hand-over was agreed.
"""

import random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from karakoram.network.records import CableMedium, EquipmentKind, Status
from karakoram.network.sections import IN_SERVICE, sites_with
from karakoram.planning.route_answers import RouteMetric, RouteQuestion
from karakoram.planning.routes import find_routes
from tests.support.planning_laws import shared_weight
from tests.support.planning_networks import DAY

SEED = 20261122
PAIRS = 60
WEIGHT_PRICE = 1e3
"""For one minute of shared risk, against kilometres in thousands."""


class Plant:
    """Spans in service, both ways, and where light may pass from one to the next."""

    def __init__(self, network):
        self.network = network
        self.spans = [
            span
            for span in network.spans.values()
            if span.status is Status.IN_SERVICE
            and network.cables[span.cable_id].status is Status.IN_SERVICE
            and network.cables[span.cable_id].medium is not CableMedium.MICROWAVE
        ]
        self.ways = [
            (span, *ends)
            for span in self.spans
            for ends in (
                (span.a_site_id, span.z_site_id),
                (span.z_site_id, span.a_site_id),
            )
        ]
        agreed = {
            (handover.site_id, operators)
            for handover in network.handovers.values()
            if handover.status is Status.IN_SERVICE
            for operators in (
                (handover.from_operator_id, handover.to_operator_id),
                (handover.to_operator_id, handover.from_operator_id),
            )
        }
        self.turns = [
            (i, j)
            for i, (before, _, here) in enumerate(self.ways)
            for j, (after, there, _) in enumerate(self.ways)
            if here == there
            and before is not after
            and (
                before.operator_id == after.operator_id
                or (here, (before.operator_id, after.operator_id)) in agreed
            )
        ]

    def risks(self, weight_of, ends):
        """Weight and ways of every risk that costs something to share."""
        exposed = {}
        for i, (span, *sites) in enumerate(self.ways):
            for risk in (
                f"span:{span.span_id}",
                *(f"group:{group}" for group in span.risk_group_ids),
                *(f"site:{site}" for site in sites if site not in ends),
            ):
                exposed.setdefault(risk, []).append(i)
        return {risk: ways for risk, ways in exposed.items() if weight_of[risk] > 0}


class Rows:
    """Constraints, row by row."""

    def __init__(self):
        self.entries, self.lower, self.upper = [], [], []

    def add(self, terms, low, high):
        self.entries.extend((len(self.lower), column, value) for column, value in terms)
        self.lower.append(low)
        self.upper.append(high)


def add_path(rows, plant, ends, *, first):
    """One loopless way from end to end; its columns begin at ``first``: ways, then turns."""
    ways = len(plant.ways)
    into, out = [[] for _ in range(ways)], [[] for _ in range(ways)]
    for number, (i, j) in enumerate(plant.turns):
        out[i].append(first + ways + number)
        into[j].append(first + ways + number)
    for i, (_, here, there) in enumerate(plant.ways):
        begins, finishes = int(here == ends[0]), int(there == ends[1])
        rows.add([(first + i, 1), *((turn, -1) for turn in into[i])], 0, begins)
        rows.add([(first + i, 1), *((turn, -1) for turn in out[i])], 0, finishes)
    leaving = [(first + i, 1) for i, (_, here, _) in enumerate(plant.ways) if here == ends[0]]
    rows.add(leaving, 1, 1)
    for site in plant.network.sites:
        visits = [(first + i, 1) for i, (_, _, there) in enumerate(plant.ways) if there == site]
        rows.add(visits, 0, int(site != ends[0]))


def least_shared_weight(plant, ends, weight_of):
    """By integer program; ``None`` when there is no pair."""
    risks = plant.risks(weight_of, ends)
    per_path = len(plant.ways) + len(plant.turns)
    used_at = [2 * per_path, 2 * per_path + len(risks)]
    shared_at = used_at[1] + len(risks)
    rows = Rows()
    for path in (0, 1):
        add_path(rows, plant, ends, first=path * per_path)
        for number, exposed in enumerate(risks.values()):
            for i in exposed:
                rows.add([(path * per_path + i, 1), (used_at[path] + number, -1)], -np.inf, 0)
    for number in range(len(risks)):
        both = [(used + number, 1) for used in used_at]
        rows.add([*both, (shared_at + number, -1)], -np.inf, 1)
    lengths_km = [span.length_km for span, *_ in plant.ways] + [0.0] * len(plant.turns)
    objective = np.zeros(shared_at + len(risks))
    objective[: 2 * per_path] = np.tile(lengths_km, 2) / 1e6
    objective[shared_at:] = [WEIGHT_PRICE * weight_of[risk] for risk in risks]
    at, column, value = zip(*rows.entries, strict=True)
    matrix = coo_array((value, (at, column)), shape=(len(rows.lower), objective.size))
    answer = milp(
        objective,
        integrality=np.arange(objective.size) < 2 * per_path,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, rows.lower, rows.upper),
    )
    if answer.x is None:
        return None
    shared = answer.x[shared_at:] > 0.5
    return sum(weight_of[risk] for risk, is_shared in zip(risks, shared, strict=True) if is_shared)


def minutes(risk):
    """What sharing it weighs; a site where nothing stands weighs nothing."""
    is_bare = risk.risk_id.startswith("site:") and risk.unavailability == 0.0
    return 0 if is_bare else max(1, round(risk.unavailability * 525_960.0))


@pytest.fixture(scope="module")
def plant(corridor):
    return Plant(corridor)


def random_pairs(corridor):
    sites = sorted(sites_with(corridor, EquipmentKind.ROADM, IN_SERVICE))
    chooser = random.Random(SEED)
    return [tuple(chooser.sample(sites, 2)) for _ in range(PAIRS)]


def test_the_most_diverse_pair_of_the_corridor_shares_as_little_as_any(
    prepared_corridor, corridor, plant
):
    weight_of = {risk.risk_id: minutes(risk) for risk in prepared_corridor.graph.risks}
    found = {}
    for ends in random_pairs(corridor):
        question = RouteQuestion(
            a_site_id=ends[0],
            z_site_id=ends[1],
            k=1,
            metric=RouteMetric.LENGTH,
            disjoint=True,
            on_day=DAY,
        )
        pair = find_routes(prepared_corridor, question).disjoint
        found[ends] = (
            None if pair is None else shared_weight(pair),
            least_shared_weight(plant, ends, weight_of),
        )
    assert {ends: both for ends, both in found.items() if both[0] != both[1]} == {}
    assert sum(ours is not None and ours > 0 for ours, _ in found.values()) >= PAIRS // 2


def test_the_peer_counts_what_cannot_but_be_shared(plant, prepared_corridor):
    # East of Kashgar there is one cable.
    weight_of = {risk.risk_id: minutes(risk) for risk in prepared_corridor.graph.risks}
    shared = ("span:URC-TUS", "span:TUS-KRL", "group:CN-G314", "site:TUS")
    least = least_shared_weight(plant, ("URC", "KRL"), weight_of)
    assert least == sum(weight_of[risk] for risk in shared)
