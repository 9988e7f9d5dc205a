import itertools
from dataclasses import replace

import numpy as np
import pytest

from karakoram.core.identifiers import SiteId
from karakoram.network.topology import Topology
from karakoram.planning import topology_routes
from karakoram.planning.topology_answers import (
    DisjointKind,
    TopologyQuestion,
    TopologyRiskSort,
    TopologyRule,
)
from karakoram.planning.topology_batches import batch_routes
from karakoram.planning.topology_graph import topology_graph
from karakoram.planning.topology_routes import pair_routes
from tests.support.plain_topologies import plain_topology, section, square

GROUP_INDEX = 1.468


def asked(topology: Topology, *pairs, k=3, disjoint=None, router=None, **rule):
    """The answers for pairs of sites."""
    graph = topology_graph(topology, disjoint=disjoint, group_index=GROUP_INDEX)
    question = TopologyQuestion(pairs=pairs, k=k, disjoint=disjoint, rule=TopologyRule(**rule))
    if router is not None:
        return list(router(graph, question, pairs))
    return [pair_routes(graph, question, pair) for pair in pairs]


def ways(answer):
    return ["".join(route.site_ids) for route in answer.routes]


def test_routes_come_by_length_then_by_sections():
    (answer,) = asked(square(), ("A", "C"))
    assert ways(answer) == ["ABC", "ADC", "AC"]
    assert [route.length_km for route in answer.routes] == [200.0, 200.0, 250.0]
    assert answer.routes[0].section_ids == ("A-B", "B-C")
    assert answer.routes[1].section_ids == ("D-A", "C-D")
    assert answer.routes[0].latency_ms == pytest.approx(200.0 * 1.468 / 299.792458)
    assert answer.disjoint is None
    assert answer.reasons == ()


def test_a_length_is_added_without_rounding_noise():
    topology = plain_topology(*(section(a, z, 0.1) for a, z in itertools.pairwise("ABCDEFGHIJK")))
    (answer,) = asked(topology, ("A", "K"))
    assert answer.routes[0].length_km == 1.0


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"avoid_site_ids": {"B"}}, ["ADC", "AC"]),
        ({"avoid_section_ids": {"A-C"}}, ["ABC", "ADC"]),
        ({"avoid_risk_group_ids": {"g"}}, ["AC"]),
        ({"via_site_ids": ("D",)}, ["ADC"]),
        ({"latency_ms_max": 1.0}, ["ABC", "ADC"]),
        ({"latency_ms_max": 1.0, "avoid_site_ids": {"B"}}, ["ADC"]),
        ({"latency_ms_max": 0.9}, []),
        ({"avoid_site_ids": {"A"}}, []),
        ({"avoid_site_ids": {"B", "D"}, "avoid_section_ids": {"A-C"}}, []),
        ({"via_site_ids": ("B",), "avoid_section_ids": {"A-B"}}, []),
    ],
)
@pytest.mark.parametrize("router", [None, batch_routes])
def test_every_route_obeys_the_rule(rule, expected, router):
    sets = {key: frozenset(v) if isinstance(v, set) else v for key, v in rule.items()}
    (answer,) = asked(square("g"), ("A", "C"), router=router, **sets)
    assert ways(answer) == expected
    assert [reason.code for reason in answer.reasons] == ([] if expected else ["no-route"])


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"latency_ms_max": 0.9}, "the shortest of all takes 0.979 ms"),
        ({"avoid_site_ids": frozenset({"A"})}, "touches what is to be avoided"),
    ],
)
def test_why_there_is_no_route_is_said(rule, told):
    (answer,) = asked(square("g"), ("A", "C"), **rule)
    assert told in answer.reasons[0].message


def test_sites_that_nothing_joins_have_no_route():
    topology = plain_topology(section("A", "B"), section("C", "D"))
    (answer,) = asked(topology, ("A", "C"), disjoint=DisjointKind.EDGE)
    assert (answer.routes, answer.disjoint) == ((), None)
    assert "no section joins" in answer.reasons[0].message


def test_routes_past_given_sites_are_searched_no_further_than_said(monkeypatch):
    monkeypatch.setattr(topology_routes, "LOOKED_AT_MAX", 2)
    (answer,) = asked(square(), ("A", "C"), k=2, via_site_ids=("D",))
    assert ways(answer) == ["ADC"]
    assert [reason.code for reason in answer.reasons] == ["search-given-up"]
    (answer,) = asked(square(), ("A", "C"), k=1, via_site_ids=("D",))
    assert (ways(answer), answer.reasons) == (["ADC"], ())


@pytest.mark.parametrize("kind", DisjointKind)
def test_two_routes_that_share_nothing_are_the_shortest_two(kind):
    (answer,) = asked(square("g"), ("A", "C"), disjoint=kind)
    pair = answer.disjoint
    both = ["".join(route.site_ids) for route in pair.routes]
    if kind is DisjointKind.SRLG:  # A-B and C-D are of one group, which leaves the diagonal
        assert both == ["ABC", "AC"]
        assert pair.length_km == 450.0
    else:
        assert both == ["ABC", "ADC"]
        assert pair.length_km == 400.0
    assert pair.shared_risks == ()


@pytest.mark.parametrize(
    ("kind", "shared"),
    [
        (DisjointKind.EDGE, [("X-C", "section")]),
        (DisjointKind.SITE, [("X-C", "section"), ("X", "site")]),
        (DisjointKind.SRLG, [("X-C", "section"), ("g", "risk_group")]),
    ],
)
def test_what_must_be_shared_is_named(kind, shared):
    topology = plain_topology(
        section("A", "X", 1.0),
        section("A", "X", 2.0, name="A-X#2"),
        section("X", "C", 3.0, "g"),
    )
    (answer,) = asked(topology, ("A", "C"), disjoint=kind)
    risks = [(risk.risk_id, risk.sort.value) for risk in answer.disjoint.shared_risks]
    assert risks == shared
    assert [route.section_ids[0] for route in answer.disjoint.routes] == ["A-X", "A-X#2"]


def test_of_two_disjoint_routes_the_first_passes_the_given_site_and_both_keep_the_latency():
    (answer,) = asked(square(), ("A", "C"), disjoint=DisjointKind.SITE, via_site_ids=("D",))
    assert [route.site_ids for route in answer.disjoint.routes] == [
        *(("A", "D", "C"), ("A", "B", "C")),
    ]
    (answer,) = asked(square("g"), ("A", "C"), disjoint=DisjointKind.SRLG, latency_ms_max=1.0)
    assert {risk.sort for risk in answer.disjoint.shared_risks} == {TopologyRiskSort.RISK_GROUP}


def test_in_one_call_too_disjoint_routes_keep_the_latency_and_the_sections_allowed():
    asked_for = {"disjoint": DisjointKind.SRLG, "router": batch_routes}
    (answer,) = asked(square("g"), ("A", "C"), latency_ms_max=1.0, **asked_for)
    assert [route.length_km for route in answer.disjoint.routes] == [200.0, 200.0]
    assert [risk.risk_id for risk in answer.disjoint.shared_risks] == ["g"]
    (answer,) = asked(square("g"), ("A", "C"), avoid_site_ids=frozenset("D"), **asked_for)
    assert [route.length_km for route in answer.disjoint.routes] == [200.0, 250.0]
    apart = plain_topology(section("A", "B"), section("C", "D"))
    (answer,) = asked(apart, ("A", "C"), **asked_for)
    assert answer.disjoint is None


def test_risks_beyond_the_first_word_are_named_in_one_call_too():
    chain = [section(f"S{i}", f"S{i + 1}", 1.0, f"g{i}") for i in range(70)]
    topology = plain_topology(*chain)
    for kind, count in (
        (DisjointKind.EDGE, 70),
        (DisjointKind.SITE, 139),
        (DisjointKind.SRLG, 140),
    ):
        (answer,) = asked(topology, ("S0", "S70"), k=1, disjoint=kind, router=batch_routes)
        (same,) = asked(topology, ("S0", "S70"), k=1, disjoint=kind)
        assert answer.disjoint.shared_risks == same.disjoint.shared_risks
        assert len(answer.disjoint.shared_risks) == count


@pytest.mark.parametrize("kind", [None, *DisjointKind])
def test_many_pairs_in_one_call_have_the_same_answers(kind):
    rng = np.random.default_rng(7)
    names = [SiteId(f"S{i}") for i in range(9)]
    ends = {tuple(sorted(rng.choice(9, 2, replace=False).tolist())) for _ in range(18)}
    topology = plain_topology(
        *(
            section(names[a], names[z], float(rng.integers(1, 9)), *(["g"] if a % 3 == 0 else []))
            for a, z in sorted(ends)
        )
    )
    sites = [one.site_id for one in topology.sites]
    pairs = list(itertools.combinations(sites, 2))
    one_by_one = asked(topology, *pairs, k=4, disjoint=kind)
    together = asked(topology, *pairs, k=4, disjoint=kind, router=batch_routes)
    assert [replace(one, disjoint=None) for one in together] == [
        replace(one, disjoint=None) for one in one_by_one
    ]
    for one, other in zip(one_by_one, together, strict=True):
        if other.disjoint is not None:
            assert other.disjoint.proof in {"branching", "ilp"}
        assert (one.disjoint is None) == (other.disjoint is None)
        if one.disjoint is not None:
            assert len(one.disjoint.shared_risks) == len(other.disjoint.shared_risks)
            assert one.disjoint.length_km == other.disjoint.length_km


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"k": 0}, "k must be from 1 to 10,000, got 0"),
        ({"k": 10_001}, "k must be from 1"),
        ({"pairs": (("A", "A"),)}, "two different ends, got 'A' twice"),
    ],
)
def test_questions_that_mean_nothing_are_refused(changes, told):
    with pytest.raises(ValueError, match=told):
        TopologyQuestion(**{"pairs": (("A", "B"),), "k": 1, **changes})


@pytest.mark.parametrize("latency_ms", [0.0, -1.0, float("nan")])
def test_a_latency_that_light_cannot_keep_is_refused(latency_ms):
    with pytest.raises(ValueError, match="latency_ms_max must be greater than 0"):
        TopologyRule(latency_ms_max=latency_ms)
