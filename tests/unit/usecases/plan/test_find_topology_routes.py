import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, Severity
from karakoram.planning.topology_answers import DisjointKind
from karakoram.planning.topology_routes import pair_routes
from karakoram.usecases.plan import find_topology_routes as module
from karakoram.usecases.plan.find_topology_routes import (
    TopologyRoutesQuestion,
    find_topology_routes,
)
from karakoram.usecases.plan.topology_ports import PairWords
from tests.support.plain_topologies import square

ODD = Finding(code="odd", place=Place(table="sites"), message="is odd", severity=Severity.WARNING)


class Source:
    """The square, and something odd about it."""

    def read_topology(self):
        return square("g"), (ODD,)


class Pairs:
    def __init__(self, *pairs):
        self.pairs = pairs

    def read_pairs(self):
        return tuple(
            PairWords(
                a_word=a,
                z_word=z,
                place=Place(table="p", file="p.csv", row=row),
                a_field="from",
                z_field="to",
            )
            for row, (a, z) in enumerate(self.pairs, start=2)
        )


def no_router():
    raise AssertionError("few pairs need no router for many")


def find(pairs=None, many_pairs=no_router, progress=lambda step: None, **question):
    return find_topology_routes(
        TopologyRoutesQuestion(**question),
        topologies=Source(),
        many_pairs=many_pairs,
        pairs=pairs,
        progress=progress,
    )


def refused(pairs=None, **question):
    with pytest.raises(InvalidDataError) as refusal:
        find(pairs, **question)
    return [(f.code, f.place.file, f.place.row, f.place.field) for f in refusal.value.findings]


def ends(answer):
    return [(pair.a_site_id, pair.z_site_id) for pair in answer.pairs]


def test_two_ends_are_one_pair():
    answer = find(a_site="a", z_site="C", k=2, disjoint=DisjointKind.EDGE, via=("D",))
    assert ends(answer) == [("A", "C")]
    assert answer.question.rule.via_site_ids == ("D",)
    assert answer.pairs[0].disjoint is not None
    assert answer.warnings == (ODD,)
    assert answer.group_index == 1.468


def test_no_ends_are_all_pairs_one_way():
    assert ends(find(k=1)) == [
        *(("A", "B"), ("A", "C"), ("A", "D"), ("B", "C"), ("B", "D"), ("C", "D")),
    ]


def test_a_file_says_which_pairs_and_in_which_direction():
    assert ends(find(Pairs(("C", "A"), ("a", "b"), ("C", "A")))) == [
        *(("C", "A"), ("A", "B"), ("C", "A")),
    ]


def test_everything_that_means_nothing_is_told_at_once():
    assert refused(a_site="X", z_site="Y", avoid=("no",), via=("Z",), latency_ms_max=0.0) == [
        *(("question-a-site", None, None, "a_site"), ("question-z-site", None, None, "z_site")),
        ("question-avoid", None, None, "avoid"),
        ("question-via", None, None, "via"),
        ("question-latency-ms-max", None, None, "latency_ms_max"),
    ]
    assert refused(k=0) == [("question-k", None, None, "k")]
    assert refused(a_site="A", z_site="a") == [("question-z-site", None, None, "z_site")]


def test_what_is_wrong_in_a_file_of_pairs_is_told_at_its_row():
    assert refused(Pairs(("A", "B"), ("A", "X"), ("C", "c"))) == [
        ("unknown-site", "p.csv", 3, "to"),
        ("pair-of-one", "p.csv", 4, "to"),
    ]


def test_more_pairs_than_a_person_means_are_refused(monkeypatch):
    monkeypatch.setattr(module, "PAIRS_MAX", 5)
    assert refused() == [("question-pairs", None, None, "pairs")]


def test_many_pairs_go_to_the_router_for_many_some_at_a_time(monkeypatch):
    monkeypatch.setattr(module, "ROUTES_BY_ITSELF_MAX", 5)
    monkeypatch.setattr(module, "_MANY_A_STEP", 4)
    sizes, steps = [], []

    def router(graph, question, pairs):
        sizes.append(len(pairs))
        return [pair_routes(graph, question, pair) for pair in pairs]

    answer = find(k=1, many_pairs=lambda: router, progress=steps.append)
    assert sizes == [4, 2]
    assert answer.pairs == find(Pairs(*ends(answer)), k=1, many_pairs=lambda: router).pairs
    assert steps[0] == "Reading the topology"
    assert steps[-1] == "Finding routes [#############.......] 4 of 6 pairs"
