"""Which routes are there over a plain topology, between two sites, some pairs or all of them?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import inf

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import FibreTypeId
from karakoram.network.topology import Topology
from karakoram.network.topology_lookup import TopologyNames, topology_names
from karakoram.planning.topology_answers import (
    DisjointKind,
    TopologyPairRoutes,
    TopologyQuestion,
    TopologyRule,
)
from karakoram.planning.topology_graph import TopologyGraph, topology_graph
from karakoram.planning.topology_routes import pair_routes
from karakoram.refdata.library import read_library
from karakoram.usecases.plan.topology_ports import (
    Pair,
    PairSource,
    PairWords,
    RouterMaker,
    TopologySource,
)
from karakoram.usecases.ports import Progress, silent
from karakoram.usecases.words import Reading, question_finding, reading

FIBRE_TYPE = FibreTypeId("G652D")
"""Topologies name no fibre; for the latency it is the most common one."""

PAIRS_MAX = 2_000_000
"""Pairs that one question may ask for; all pairs of 2,000 sites."""

ROUTES_BY_ITSELF_MAX = 20_000
"""Routes up to which each pair is searched by itself, some 5 s; beyond, many in one call."""

_DISJOINT_COUNTS_AS = 20
"""Routes that are found in the time that the two most disjoint of a pair take."""

_PAIRS_A_STEP = 64
_MANY_A_STEP = 2_048
"""Pairs after which the person waiting is told again, one by one and many in one call."""
_BAR_PLACES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyRoutesQuestion:
    """A question as a person asks it: sites and the like by identifier or name."""

    a_site: str | None = None
    """With neither end and no file of pairs all pairs are meant."""
    z_site: str | None = None
    k: int = 3
    disjoint: DisjointKind | None = None
    avoid: tuple[str, ...] = ()
    """Sites, sections and risk groups."""
    via: tuple[str, ...] = ()
    """Sites to pass, in this order."""
    latency_ms_max: float = inf


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyRoutesAnswer:
    """The routes of every pair, what was understood, and the topology they run over."""

    topology: Topology
    question: TopologyQuestion
    pairs: tuple[TopologyPairRoutes, ...]
    group_index: float
    """Of the fibre that latencies count with [1]."""
    warnings: tuple[Finding, ...]
    """What is odd about the topology."""


def find_topology_routes(
    question: TopologyRoutesQuestion,
    *,
    topologies: TopologySource,
    many_pairs: RouterMaker,
    pairs: PairSource | None = None,
    progress: Progress = silent,
) -> TopologyRoutesAnswer:
    """The routes that answer ``question``, pair by pair; none is an answer too.

    Parameters
    ----------
    question
        What is asked.
    topologies
        Where the topology comes from.
    many_pairs
        Who gets a router for very many pairs ready.
    pairs
        Where the pairs come from, where they are not in the question.
    progress
        Is told how far the search has come.

    Raises
    ------
    InvalidDataError
        If the topology breaks a rule or the question names what is not there.
    """
    progress("Reading the topology")
    topology, warnings = topologies.read_topology()
    understood = _topology_question(question, topology=topology, pairs=pairs)
    group_index = read_library().fibre_types[FIBRE_TYPE].group_index
    graph = topology_graph(topology, disjoint=understood.disjoint, group_index=group_index)
    of_a_pair = understood.k + (_DISJOINT_COUNTS_AS if understood.disjoint is not None else 0)
    is_long = of_a_pair * len(understood.pairs) > ROUTES_BY_ITSELF_MAX
    if is_long:
        progress("Getting ready for many pairs")
    router = many_pairs() if is_long else _one_by_one
    step = _MANY_A_STEP if is_long else _PAIRS_A_STEP
    return TopologyRoutesAnswer(
        topology=topology,
        question=understood,
        pairs=tuple(
            one
            for pairs_now in _steps(understood.pairs, step, progress)
            for one in router(graph, understood, pairs_now)
        ),
        group_index=group_index,
        warnings=warnings,
    )


def _topology_question(
    question: TopologyRoutesQuestion, *, topology: Topology, pairs: PairSource | None
) -> TopologyQuestion:
    """What ``question`` means on ``topology``.

    Raises
    ------
    InvalidDataError
        Carrying a finding for every word that means nothing.
    """
    names = topology_names(topology)
    avoided, refusals = names.found(question.avoid)
    via = [reading("via", word, names.site_id) for word in question.via]
    ends, end_findings = _pairs(question, topology=topology, names=names, pairs=pairs)
    findings = [
        *end_findings,
        *(question_finding("avoid", str(refusal)) for refusal in refusals),
        *(finding for one in via for finding in one.findings),
    ]
    rule = reading(
        "latency_ms_max",
        "",
        lambda _: TopologyRule(
            avoid_site_ids=avoided.site_ids,
            avoid_section_ids=avoided.section_ids,
            avoid_risk_group_ids=avoided.risk_group_ids,
            via_site_ids=tuple(one.read for one in via if one.read is not None),
            latency_ms_max=question.latency_ms_max,
        ),
    )
    asked: Reading[TopologyQuestion] = reading(
        "k",
        "",
        lambda _: TopologyQuestion(
            pairs=ends, k=question.k, disjoint=question.disjoint, rule=rule.read or TopologyRule()
        ),
    )
    findings += [*rule.findings, *asked.findings]
    if findings:
        raise InvalidDataError(tuple(findings))
    return asked.value


def _pairs(
    question: TopologyRoutesQuestion,
    *,
    topology: Topology,
    names: TopologyNames,
    pairs: PairSource | None,
) -> tuple[tuple[Pair, ...], tuple[Finding, ...]]:
    """The pairs meant: those of a file, the two ends named, or all."""
    if pairs is not None:
        return _pairs_of_words(pairs.read_pairs(), names)
    if question.a_site is None or question.z_site is None:
        return _all_pairs(topology)
    a = reading("a_site", question.a_site, names.site_id)
    z = reading("z_site", question.z_site, names.site_id)
    if a.read is None or z.read is None:
        return (), (*a.findings, *z.findings)
    if a.read == z.read:
        message = f"a route needs two different ends, got {a.read!r} twice"
        return (), (question_finding("z_site", message),)
    return ((a.read, z.read),), ()


def _all_pairs(topology: Topology) -> tuple[tuple[Pair, ...], tuple[Finding, ...]]:
    """Every two sites, in the order of the topology, one way: sections lead both ways."""
    count = len(topology.sites) * (len(topology.sites) - 1) // 2
    if count > PAIRS_MAX:
        message = f"{count:,} pairs are more than {PAIRS_MAX:,}; name those wanted in a file"
        return (), (question_finding("pairs", message),)
    return tuple(combinations((site.site_id for site in topology.sites), 2)), ()


def _pairs_of_words(
    words: Sequence[PairWords], names: TopologyNames
) -> tuple[tuple[Pair, ...], tuple[Finding, ...]]:
    found: list[Pair] = []
    findings: list[Finding] = []
    for pair in words:
        ends = []
        for word, field in ((pair.a_word, pair.a_field), (pair.z_word, pair.z_field)):
            try:
                ends.append(names.site_id(word))
            except NotFoundError as refusal:
                place = replace(pair.place, field=field)
                findings.append(Finding(code="unknown-site", place=place, message=str(refusal)))
        if len(set(ends)) == 1 < len(ends):
            place = replace(pair.place, field=pair.z_field)
            message = f"a route needs two different ends, got {ends[0]!r} twice"
            findings.append(Finding(code="pair-of-one", place=place, message=message))
        elif len(ends) > 1:
            found.append((ends[0], ends[1]))
    return tuple(found), tuple(findings)


def _one_by_one(
    graph: TopologyGraph, question: TopologyQuestion, pairs: Sequence[Pair]
) -> Iterable[TopologyPairRoutes]:
    return (pair_routes(graph, question, pair) for pair in pairs)


def _steps(pairs: tuple[Pair, ...], step: int, progress: Progress) -> Iterator[tuple[Pair, ...]]:
    """The pairs, some at a time, so that somebody can be told in between."""
    count = len(pairs)
    for begin in range(0, count, step):
        progress(f"Finding routes {_bar(begin / count)} {begin:,} of {count:,} pairs")
        yield pairs[begin : begin + step]


def _bar(share: float) -> str:
    """How far the work has come, drawn.

    >>> _bar(0.25)
    '[#####...............]'
    """
    done = int(share * _BAR_PLACES)
    return f"[{'#' * done}{'.' * (_BAR_PLACES - done)}]"
