"""Which paths are the candidates of each pair of sites, and how is their list told to others?

Blocking depends on the order of paths that are equal in what they are ordered by, by a seventh on
NSFNET and many times over on larger topologies. Here nothing is left to chance: what comes first
is a rule down to section numbers, and the SHA-256 of the list goes with every result.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int, Int16, Int32

from karakoram.core.arrays import read_only
from karakoram.core.units import latency_ms_from_length
from karakoram.engines.routing.ranked import ranked_paths
from karakoram.engines.routing.section_graph import section_graph
from karakoram.engines.spectrum.candidates import TOO_LATE, CandidatePaths
from karakoram.engines.traffic import pair_weights
from karakoram.network.topology import Topology
from karakoram.network.topology_columns import topology_columns
from karakoram.planning.traffic.widths import SlotRule

GROUP_INDEX = 1.468
"""Of G.652 fibre at 1550 nm, as the packaged fibre type states it."""


class PathPreference(Enum):
    """By what the candidate paths of a pair are ordered."""

    HOPS = "hops"
    """Fewest sections, then the shortest, then by section numbers."""
    LENGTH = "length"
    """Shortest, then fewest sections, then by section numbers."""
    SLOTS = "slots"
    """Of the first k by hops: least hops / spectral efficiency first, else as they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathChoice:
    """Which paths are candidates, and what they may carry."""

    k: int
    order: PathPreference
    slot_rule: SlotRule
    is_directed: bool = True
    """Whether each direction of a section has a spectrum of its own; else both share one."""
    segment_km_max: float = np.inf
    """A path is regenerated before a transparent segment gets longer than this."""
    latency_ms_max: float = np.inf
    """One way, of the fibre alone; a longer path is no candidate."""

    def __post_init__(self) -> None:
        if self.k < 1:
            raise ValueError(f"a pair has at least one candidate path, got k = {self.k}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrafficPaths:
    """The candidate paths of every pair of a topology."""

    candidates: CandidatePaths
    pairs: Int[np.ndarray, "pair 2"]
    """The sites of each pair, as numbers of the topology; one direction each where directed."""
    length_km: Float[np.ndarray, " path"]
    hop_count: Int[np.ndarray, " path"]
    path_list: str
    """One line a path: both sites, the place among the pair's, and its sections, tab-separated."""

    @property
    def path_list_sha256(self) -> str:
        """By which two lists are told to be the same."""
        return hashlib.sha256(self.path_list.encode()).hexdigest()


def traffic_paths(topology: Topology, choice: PathChoice) -> TrafficPaths:
    """The first k loopless paths of every pair of sites.

    Parameters
    ----------
    topology
        Without errors.
    choice
        How many, in which order, and what they may carry.
    """
    columns = topology_columns(topology)
    graph = section_graph(
        columns.site_count,
        ends=np.stack([columns.a_site, columns.z_site], axis=1),
        cost=columns.length_m,
    )
    pairs = site_pairs(columns.site_count, is_directed=choice.is_directed)
    is_by_length = choice.order is PathPreference.LENGTH
    found = ranked_paths(graph, pairs, k=choice.k, order="length" if is_by_length else "hops")
    return _traffic_paths(
        topology,
        choice,
        arcs=(found.pair_offsets, found.path_offsets, found.arcs),
    )


def listed_paths(
    topology: Topology, choice: PathChoice, *, arcs_of_pairs: Sequence[Sequence[Sequence[int]]]
) -> TrafficPaths:
    """Candidate paths that somebody else has chosen, to repeat a study with its own list.

    Parameters
    ----------
    topology
        Without errors.
    choice
        What the paths may carry; ``k`` is not looked at, and of the order only ``SLOTS``.
    arcs_of_pairs
        Per pair, in the order of ``site_pairs``, its paths; section ``i`` is arc ``2 i`` from a to
        z, arc ``2 i + 1`` back.

    Raises
    ------
    ValueError
        If there are not as many pairs as the topology has.
    """
    wanted = len(site_pairs(len(topology.sites), is_directed=choice.is_directed))
    if len(arcs_of_pairs) != wanted:
        raise ValueError(f"expected the paths of {wanted} pairs, got {len(arcs_of_pairs)}")
    paths = [path for of_pair in arcs_of_pairs for path in of_pair]
    pair_offsets = np.cumsum([0, *map(len, arcs_of_pairs)])
    path_offsets = np.cumsum([0, *map(len, paths)])
    arcs = np.array([arc for path in paths for arc in path], dtype=np.int32)
    return _traffic_paths(topology, choice, arcs=(pair_offsets, path_offsets, arcs))


def site_pairs(site_count: int, *, is_directed: bool) -> Int[np.ndarray, "pair 2"]:
    """All pairs of sites by their numbers: (0, 1), (0, 2) ...; both ways where directed.

    >>> site_pairs(3, is_directed=False).tolist()
    [[0, 1], [0, 2], [1, 2]]
    """
    sites = np.arange(site_count)
    a, z = np.meshgrid(sites, sites, indexing="ij")
    kept = a != z if is_directed else a < z
    return np.stack([a[kept], z[kept]], axis=1)


def pair_number(a: int, z: int, site_count: int, *, is_directed: bool) -> int:
    """The place of two different sites among ``site_pairs``; in any order where not directed.

    Parameters
    ----------
    a, z
        Index of each site.
    site_count
        How many sites there are.
    is_directed
        Whether a pair and its reverse are two.

    >>> pair_number(2, 0, 3, is_directed=False), pair_number(2, 0, 3, is_directed=True)
    (1, 4)
    """
    assert a != z, "a pair has two sites"
    if is_directed:
        return a * (site_count - 1) + z - (z > a)
    low, high = min(a, z), max(a, z)
    return low * site_count - low * (low + 1) // 2 + high - low - 1


_Arcs = tuple[Int[np.ndarray, " pair_end"], Int[np.ndarray, " path_end"], Int32[np.ndarray, " arc"]]


def _traffic_paths(topology: Topology, choice: PathChoice, *, arcs: _Arcs) -> TrafficPaths:
    pair_offsets, path_offsets, arc = arcs
    section_km = np.array([section.length_km for section in topology.sections])
    if choice.order is PathPreference.SLOTS:
        rank = _by_slots(arcs, km=section_km, slot_rule=choice.slot_rule)
        path_offsets, arc = _reordered(path_offsets, arc, rank)
    hop_km = section_km[arc // 2]
    cuts = _cuts(path_offsets, hop_km, segment_km_max=choice.segment_km_max)
    segment_begin = np.searchsorted(cuts, path_offsets)
    length_km = _sums(hop_km, path_offsets)
    width = _timely(
        choice.slot_rule.widths(_sums(hop_km, cuts)),
        path_km=np.repeat(length_km, np.diff(segment_begin)),
        latency_ms_max=choice.latency_ms_max,
    )
    pairs = site_pairs(len(topology.sites), is_directed=choice.is_directed)
    return TrafficPaths(
        candidates=CandidatePaths(
            path_begin=pair_offsets.astype(np.int32),
            segment_begin=segment_begin.astype(np.int32),
            hop_begin=cuts.astype(np.int32),
            section=(arc if choice.is_directed else arc // 2).astype(np.int32),
            width=width,
            section_count=len(topology.sections) * (2 if choice.is_directed else 1),
        ),
        pairs=pairs,
        length_km=read_only(length_km),
        hop_count=np.diff(path_offsets),
        path_list="".join(_lines(topology, pairs, (pair_offsets, path_offsets, arc))),
    )


def _by_slots(
    arcs: _Arcs, *, km: Float[np.ndarray, " section"], slot_rule: SlotRule
) -> Int[np.ndarray, " path"]:
    """The paths, pair by pair, by rising hops / spectral efficiency; equal ones as they were."""
    pair_offsets, path_offsets, arc = arcs
    efficiency = slot_rule.efficiency(_sums(km[arc // 2], path_offsets))
    with np.errstate(divide="ignore"):
        cost = np.diff(path_offsets) / efficiency
    pair = np.repeat(np.arange(pair_offsets.size - 1), np.diff(pair_offsets))
    return np.lexsort((np.arange(pair.size), cost, pair))


def _reordered(
    path_offsets: Int[np.ndarray, " path_end"],
    arc: Int32[np.ndarray, " arc"],
    rank: Int[np.ndarray, " path"],
) -> tuple[Int[np.ndarray, " path_end"], Int32[np.ndarray, " arc"]]:
    pieces = np.split(arc, path_offsets[1:-1])
    lengths = np.diff(path_offsets)[rank]
    moved = [pieces[path] for path in rank] if rank.size else [arc]
    return np.concatenate([[0], np.cumsum(lengths)]), np.concatenate(moved)


def _cuts(
    path_offsets: Int[np.ndarray, " path_end"],
    hop_km: Float[np.ndarray, " hop"],
    *,
    segment_km_max: float,
) -> Int[np.ndarray, " segment_end"]:
    """Where segments begin and the last one ends: at every path, and before one gets too long.

    A section that is longer by itself stays one segment; its modulation decides.
    """
    begins = set(path_offsets.tolist())
    if np.isfinite(segment_km_max):
        for begin, end in pairwise(path_offsets):
            so_far = 0.0
            for hop in range(begin, end):
                if so_far > 0.0 and so_far + hop_km[hop] > segment_km_max:
                    begins.add(hop)
                    so_far = 0.0
                so_far += hop_km[hop]
    return np.array(sorted(begins), dtype=np.int64)


def _timely(
    width: Int16[np.ndarray, "segment bit_rate"],
    *,
    path_km: Float[np.ndarray, " segment"],
    latency_ms_max: float,
) -> Int16[np.ndarray, "segment bit_rate"]:
    """The widths, ``TOO_LATE`` where a segment reaches and its path takes too long."""
    is_late = latency_ms_from_length(1.0, GROUP_INDEX) * path_km > latency_ms_max
    return np.where(is_late[:, None] & (width > 0), TOO_LATE, width).astype(np.int16)


def _sums(
    hop_km: Float[np.ndarray, " hop"], ends: Int[np.ndarray, " end"]
) -> Float[np.ndarray, " piece"]:
    """The sum of each piece, every piece having a hop."""
    return np.add.reduceat(hop_km, ends[:-1]) if hop_km.size else np.zeros(ends.size - 1)


def _lines(topology: Topology, pairs: Int[np.ndarray, "pair 2"], arcs: _Arcs) -> Iterator[str]:
    pair_offsets, path_offsets, arc = arcs
    for (a, z), begin, end in zip(pairs, pair_offsets, pair_offsets[1:], strict=False):
        ends = f"{topology.sites[a].site_id}\t{topology.sites[z].site_id}"
        for place, path in enumerate(range(begin, end)):
            sections = (
                topology.sections[number // 2].section_id
                for number in arc[path_offsets[path] : path_offsets[path + 1]]
            )
            yield "\t".join([ends, str(place), *sections]) + "\n"


def demand_weights(topology: Topology, *, is_directed: bool) -> Float[np.ndarray, " pair"]:
    """How much traffic the demands of a topology ask for between each pair, in their unit.

    Parameters
    ----------
    topology
        Every end of a demand is one of its sites.
    is_directed
        Whether both orders of two sites are pairs, as in ``site_pairs``; else both directions
        are added.
    """
    number = {site.site_id: place for place, site in enumerate(topology.sites)}
    matrix = np.zeros((len(number), len(number)))
    for demand in topology.demands:
        matrix[number[demand.a_site_id], number[demand.z_site_id]] += demand.volume
    return pair_weights(matrix, is_directed=is_directed)
