import io

from rich.console import Console

from karakoram.interfaces.cli.topology_routes_screen import PAIRS_SHOWN_MAX, show_topology_routes
from karakoram.network.validate_topology import validate_topology
from karakoram.planning.topology_answers import DisjointKind
from karakoram.usecases.plan.find_topology_routes import (
    TopologyRoutesQuestion,
    find_topology_routes,
)
from tests.support.plain_topologies import plain_topology, section, square


def shown(topology, width=100, **question):
    """What the screen says, all white space as single blanks."""

    class Source:
        def read_topology(self):
            return topology, validate_topology(topology)

    found = find_topology_routes(
        TopologyRoutesQuestion(**question), topologies=Source(), many_pairs=lambda: None
    )
    out = io.StringIO()
    show_topology_routes(Console(file=out, width=width), found)
    return " ".join(out.getvalue().split())


def test_one_pair_is_shown_with_its_ways_and_what_it_rests_on():
    text = shown(square("g"), a_site="A", z_site="C", disjoint=DisjointKind.SRLG)
    assert "t: 4 sites, 5 sections; lengths: published" in text
    assert "1: A - B - C 2: A - D - C 3: A - C" in text
    assert "no risk group or section if possible 450.0 km together" in text
    assert "They share nothing." in text
    assert "group index 1.468" in text


def test_what_must_be_shared_is_named_with_its_sort_and_one_way_is_called_one():
    text = shown(
        plain_topology(section("A", "B")), a_site="A", z_site="B", disjoint=DisjointKind.EDGE
    )
    assert "there is only one way, so both are the same" in text
    assert "They share section A-B." in text


def test_no_way_is_said_with_its_reason():
    text = shown(
        plain_topology(section("A", "B"), section("C", "D")),
        a_site="A",
        z_site="C",
        disjoint=DisjointKind.SITE,
    )
    assert "No section joins the one part of the topology with the other." in text
    assert "They share" not in text
    assert "What to look at" in text


def test_many_pairs_are_shown_as_far_as_a_person_reads():
    chain = [section(f"S{i}", f"S{i + 1}") for i in range(9)]
    text = shown(plain_topology(*chain, section("X", "Y")), disjoint=DisjointKind.EDGE)
    assert f"and {66 - PAIRS_SHOWN_MAX} more pairs; --json shows all" in text
    assert "66 pairs, 46 routes, 20 without a route, 0 with two routes that share no" in text
    text = shown(plain_topology(*chain[:3], name="small"))
    assert "6 pairs, 6 routes, 0 without a route." in text
    assert "more pairs" not in text
