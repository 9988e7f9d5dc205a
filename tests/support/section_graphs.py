"""Topologies as compiled searches see them: public ones, those of topohub, random ones."""

import csv
import json
from itertools import combinations
from pathlib import Path

import numpy as np
import topohub

from karakoram.engines.routing.section_graph import SectionGraph, section_graph
from tests.support.topologies import FOLDER

CELLS_DEG = (0.75, 0.5)
"""Longitude and latitude of a cell that makes a risk group, as for germany50."""


def packaged(name, **options) -> SectionGraph:
    """One of the edge lists in ``tests/data/topologies``, with its groups."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sites = list(dict.fromkeys(row[end] for row in rows for end in ("a", "z")))
    names = [[group for group in row["srlg"].split(";") if group] for row in rows]
    number = {group: i for i, group in enumerate(dict.fromkeys(g for own in names for g in own))}
    return section_graph(
        len(sites),
        ends=[(sites.index(row["a"]), sites.index(row["z"])) for row in rows],
        cost=[float(row["length_km"]) for row in rows],
        groups=[[number[group] for group in own] for own in names],
        **options,
    )


def of_topohub(name, tenths=range(1, 10)) -> SectionGraph:
    """An instance of topohub; sections whose points lie in one cell of the map are a group.

    The points divide each section into tenths; without the outer ones, sections that only end at
    the same place are no group.
    """
    file = Path(topohub.__file__).parent / "data" / f"{name}.json"
    instance = json.loads(file.read_text(encoding="utf-8"))
    at = [site["pos"] for site in instance["nodes"]]
    ends = [(edge["source"], edge["target"]) for edge in instance["edges"]]
    members: dict[tuple[int, int], set[int]] = {}
    for section, (a, z) in enumerate(ends):
        for tenth in tenths:
            place = np.array(at[a]) + (np.array(at[z]) - np.array(at[a])) * tenth / 10
            cell = tuple((place // CELLS_DEG).astype(int).tolist())
            members.setdefault(cell, set()).add(section)
    shared = dict.fromkeys(frozenset(group) for group in members.values() if len(group) > 1)
    return section_graph(
        len(at),
        ends=ends,
        cost=[edge["dist"] for edge in instance["edges"]],
        groups=[[i for i, group in enumerate(shared) if n in group] for n in range(len(ends))],
    )


def random_sections(rng, *, vertices=(2, 9), sections=(1, 16), groups=0, dearest=None):
    """A small graph, parallel sections, loops and equal costs included."""
    vertex_count = int(rng.integers(*vertices))
    count = int(rng.integers(*sections))
    top = int(rng.choice([0, 1, 3, 100])) if dearest is None else dearest
    return section_graph(
        vertex_count,
        ends=rng.integers(0, vertex_count, size=(count, 2)),
        cost=rng.integers(0, top + 1, size=count),
        groups=[np.flatnonzero(rng.random(groups) < 0.2).tolist() for _ in range(count)],
    )


def all_pairs(graph) -> np.ndarray:
    """Every pair of vertices once."""
    return np.array(list(combinations(range(graph.vertex_count), 2))).reshape(-1, 2)
