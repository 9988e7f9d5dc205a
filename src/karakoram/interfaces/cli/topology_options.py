"""Which options of ``routes`` belong together: those of a network, or those of a topology?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from karakoram.core.errors import InvalidDataError
from karakoram.interfaces.cli.options import path_from_word
from karakoram.planning.topology_answers import DisjointKind
from karakoram.usecases.words import question_finding

TopologyWord = Annotated[
    str | None,
    typer.Option(
        "--topology",
        metavar="F",
        help="A plain topology instead of a network: a file, or a name of the library.",
    ),
]
PairsPath = Annotated[
    Path | None,
    typer.Option(
        "--pairs",
        parser=path_from_word,
        metavar="CSV",
        help="Pairs of sites of the topology, in columns from,to; else A and Z, else all pairs.",
    ),
]
Via = Annotated[
    list[str],
    typer.Option(
        "--via", metavar="SITE", help="Site of the topology to pass, in order (repeatable)."
    ),
]
LatencyMax = Annotated[
    float | None,
    typer.Option(
        "--latency-ms-max", metavar="MS", help="Longest latency one way, over the topology."
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesWords:
    """The words of ``routes`` that only one of network and topology understands."""

    a_site: str | None
    z_site: str | None
    topology: str | None
    pairs: Path | None
    via: list[str]
    latency_ms_max: float | None
    disjoint: DisjointKind | None
    by: str
    network: Path | None
    include: list[str]
    transit_limits: list[str]
    on_day: date | None
    is_other_bit_rate: bool


def refuse_mixed_words(words: RoutesWords) -> None:
    """Refuse words that do not go together, all of them at once.

    Raises
    ------
    InvalidDataError
        With a finding for each.
    """
    checks = _without_topology if words.topology is None else _with_topology
    findings = tuple(question_finding(field, message) for field, message in checks(words))
    if findings:
        raise InvalidDataError(findings)


def _without_topology(words: RoutesWords) -> Iterator[tuple[str, str]]:
    for field, site, end in (("a_site", words.a_site, "one"), ("z_site", words.z_site, "other")):
        if site is None:
            yield field, f"is missing; name the site at the {end} end, or a --topology"
    given = {
        "pairs": words.pairs is not None,
        "via": bool(words.via),
        "latency_ms_max": words.latency_ms_max is not None,
    }
    for field in (field for field, is_given in given.items() if is_given):
        yield field, "is for a plain topology; name one with --topology, or leave it out"
    if words.disjoint is not None and words.disjoint is not DisjointKind.SRLG:
        kind = words.disjoint.value
        message = f"{kind} is for a plain topology; over a network write srlg, which counts "
        yield "disjoint", message + "spans, sites and risk groups"


def _with_topology(words: RoutesWords) -> Iterator[tuple[str, str]]:
    if words.pairs is not None and (words.a_site or words.z_site):
        yield "pairs", "and A and Z both say which pairs; give one of them"
    elif (words.a_site is None) != (words.z_site is None):
        yield "z_site", "is missing; name both ends, or neither for all pairs"
    if words.by not in {"length", "latency"}:
        yield "by", f"{words.by} is not known of a topology; write length, which orders by latency"
    given = {
        "network": words.network is not None,
        "include": bool(words.include),
        "transit_limit": bool(words.transit_limits),
        "on": words.on_day is not None,
        "bit_rate": words.is_other_bit_rate,
    }
    for field in (field for field, is_given in given.items() if is_given):
        yield field, "is for a network of operators; leave it out with --topology"
