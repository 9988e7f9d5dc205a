"""Small networks on which restoration can be followed by hand, and random ones for its laws."""

from itertools import pairwise

import networkx as nx
import numpy as np

from karakoram.engines.restoration.candidates import ExposedPaths, risk_words
from karakoram.engines.restoration.drill import LoadedNetwork
from karakoram.engines.restoration.placement import Connections, place_connections
from karakoram.engines.restoration.policy import RestorationPolicy


def candidates(
    graph: nx.Graph, pairs: list[tuple[int, int]], *, k: int, widths=(1, 2, 4)
) -> ExposedPaths:
    """The k shortest paths by hops of each pair; risks are sections, then sites."""
    section_of = {frozenset(ends): number for number, ends in enumerate(graph.edges)}
    word_count = (len(section_of) + graph.number_of_nodes()) // 64 + 1
    pair_offsets, hop_offsets, resources, risks = [0], [0], [], []
    for a, z in pairs:
        found = sorted(nx.all_simple_paths(graph, a, z), key=lambda way: (len(way), way))[:k]
        for way in found:
            hops = [section_of[frozenset(step)] for step in pairwise(way)]
            resources += hops
            hop_offsets.append(len(resources))
            exposed = [*hops, *(len(section_of) + site for site in way)]
            risks.append(risk_words(exposed, word_count=word_count))
        pair_offsets.append(len(risks))
    ends = [[len(section_of) + site for site in pair] for pair in pairs]
    return ExposedPaths(
        pair_offsets=np.array(pair_offsets),
        hop_offsets=np.array(hop_offsets),
        resources=np.array(resources),
        risks=np.array(risks),
        end_risks=np.array([risk_words(end, word_count=word_count) for end in ends]),
        widths=np.tile(np.array(widths), (len(risks), 1)),
        resource_count=len(section_of),
    )


def single_failures(paths: ExposedPaths, count: int) -> np.ndarray:
    """Each of the first risks by itself."""
    return np.array([risk_words([risk], word_count=paths.word_count) for risk in range(count)])


def connections(rows: list[tuple[int, int, int, int]]) -> Connections:
    """Rows of pair, grade, priority, scheme."""
    pair, grade, priority, scheme = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Connections(pair=pair, grade=grade, priority=priority, scheme=scheme)


def network(
    paths: ExposedPaths,
    rows: list[tuple[int, int, int, int]],
    *,
    slot_count: int,
    policy: RestorationPolicy | None = None,
) -> LoadedNetwork:
    """The rows placed on the paths."""
    wanted = connections(rows)
    return LoadedNetwork(
        paths=paths,
        connections=wanted,
        placement=place_connections(paths, wanted, slot_count=slot_count),
        policy=policy or RestorationPolicy(),
    )
