"""What quality has light between every two transceivers of a network, each way?

x = ln(1 + 1/GSNR) adds over the OMSs of a path wherever ROADMs meet their targets. So every OMS
is computed once, and every path of a tree of shortest paths costs one addition.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.units import OSNR_BANDWIDTH_HZ
from karakoram.engines.optics.compose import gsnr_from_log_noise
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.receiver import receiver_snr
from karakoram.engines.optics.tree_sums import tree_sums
from karakoram.engines.routing import Digraph
from karakoram.engines.routing.trees import PathTrees, path_trees
from karakoram.network.photonic.elements import Roadm, Transceiver
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.walk import MultiplexSection, multiplex_sections
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.path_steps import LitTrees, PathSteps, path_steps
from karakoram.planning.photonic.section_ends import (
    ReadySections,
    SectionEnds,
    lit_sections,
    ready_sections,
)

PASS_M = 1e-2
"""What passing an element without length counts, as in ``walk``: of equal ways the simpler."""

BLOCK_SIZE_MAX = 2**18
"""Figures of one array that is worked on at a time."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedPairs:
    """All OMSs of a network, computed once, and the ways over them."""

    ready: ReadySections
    """OMSs, and what joins ROADMs and transceivers without a fibre."""
    ends: SectionEnds
    source_ids: tuple[ElementId, ...]
    target_ids: tuple[ElementId, ...]
    target_vertices: Int[np.ndarray, " target"]
    graph: Digraph
    """An arc for each section. A transceiver is two vertices, so that none is passed."""
    trees: PathTrees

    def paths(self, some: slice) -> LitTrees:
        """The paths from some of the sources."""
        trees = PathTrees(
            entering_arc=self.trees.entering_arc[some], arc_count=self.trees.arc_count[some]
        )
        return LitTrees(ready=self.ready, ends=self.ends, trees=trees, tails=self.graph.tails)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AllPairs:
    """Light from every transceiver to every other; not-a-number where no way leads.

    Ratios count noise of transmitters and of add and drop paths. A source's own row has
    not-a-number in its own column.
    """

    source_ids: tuple[ElementId, ...]
    target_ids: tuple[ElementId, ...]
    gsnr_db_mean: Float[np.ndarray, "source target"]
    """Mean over channels of GSNR in dB, in the signal bandwidth, at the receiver."""
    gsnr_db_min: Float[np.ndarray, "source target"]
    gsnr_db_max: Float[np.ndarray, "source target"]
    gsnr_01nm_db_mean: Float[np.ndarray, "source target"]
    cd_ps_per_nm: Float[np.ndarray, "source target"]
    """Mean over channels."""
    pmd_ps: Float[np.ndarray, "source target"]
    """Mean over channels."""
    pdl_db: Float[np.ndarray, "source target"]
    """Mean over channels."""
    latency_ms: Float[np.ndarray, "source target"]
    """One way, in the fibres."""
    length_km: Float[np.ndarray, "source target"]
    section_count: Int[np.ndarray, "source target"]
    """OMSs with fibre or amplifiers on the way; -1 where no way leads."""
    is_exact: Bool[np.ndarray, "source target"]
    """Whether every ROADM on the way has power enough for its target."""
    channel_count: int
    unlit_count: int
    """Channels asked for that some amplifier of the network does not pass."""

    @property
    def pair_count(self) -> int:
        """Pairs of two transceivers between which a way leads."""
        return int(np.isfinite(self.gsnr_db_mean).sum())


def prepared_pairs(
    network: PhotonicNetwork,
    library: PhotonicLibrary,
    *,
    spectrum: LitChannels,
    method: PropagationMethod = DEFAULT_METHOD,
) -> PreparedPairs:
    """Every OMS of a network under a full load, and the shortest way from each transceiver.

    The same channels run everywhere: those that every amplifier of the network passes.

    Parameters
    ----------
    network, library
        A network in which ``validate`` finds no error, every setting stated.
    spectrum
        Channels asked for.
    method
        Models of interference and Raman scattering.

    Raises
    ------
    InvalidDataError
        With a finding for every setting that is missing, and for all that keeps light from
        running.
    """
    sections = (*multiplex_sections(network), *_bare_sections(network))
    sources = [section.from_id for section in sections if _is_terminal(network, section.from_id)]
    targets = [section.to_id for section in sections if _is_terminal(network, section.to_id)]
    if not sources or not targets:
        raise InvalidDataError((_no_terminals(),))
    lit = lit_sections(network, library, sections=sections, spectrum=spectrum, method=method)
    ready = ready_sections(lit)
    ends = ready.ends()
    source_ids, target_ids = tuple(dict.fromkeys(sources)), tuple(dict.fromkeys(targets))
    vertices = _vertices(sections, source_ids=source_ids)
    graph = Digraph(
        vertex_count=max(vertices.values()) + 1,
        tails=np.array([vertices[section.from_id, True] for section in sections]),
        heads=np.array([vertices[section.to_id, False] for section in sections]),
        risk_masks=(0,) * len(sections),
    )
    passed = np.array([len(section.element_ids) + 1 for section in sections])
    return PreparedPairs(
        ready=ready,
        ends=ends,
        source_ids=source_ids,
        target_ids=target_ids,
        target_vertices=np.array([vertices[key, False] for key in target_ids]),
        graph=graph,
        trees=path_trees(
            graph,
            cost=ends.length_m + PASS_M * passed,
            sources=[vertices[key, True] for key in source_ids],
        ),
    )


def _bare_sections(network: PhotonicNetwork) -> Iterator[MultiplexSection]:
    """ROADMs and transceivers joined without anything between."""
    for line in network.connections:
        ends = network.elements[line.from_id], network.elements[line.to_id]
        if all(isinstance(end, Roadm | Transceiver) for end in ends):
            yield MultiplexSection(from_id=line.from_id, to_id=line.to_id, element_ids=())


def _is_terminal(network: PhotonicNetwork, element_id: ElementId) -> bool:
    return isinstance(network.elements[element_id], Transceiver)


def _no_terminals() -> Finding:
    return Finding(
        code="no-transceivers",
        place=Place(table="elements"),
        message="no light begins or ends in the network; add transceivers",
    )


def _vertices(
    sections: Sequence[MultiplexSection], *, source_ids: Sequence[ElementId]
) -> Mapping[tuple[ElementId, bool], int]:
    """Number of the vertex for an element that light leaves (True) or enters (False)."""
    sending = set(source_ids)
    numbers: dict[tuple[ElementId, bool], int] = {}
    count = 0
    for section in sections:
        for key, leaves in ((section.from_id, True), (section.to_id, False)):
            if (key, leaves) not in numbers:
                numbers[key, leaves] = count
                if key not in sending:
                    numbers[key, not leaves] = count
                count += 1
    return numbers


def all_pairs(prepared: PreparedPairs, *, follows_power: bool = True) -> AllPairs:
    """Light from every transceiver to every other over its shortest way.

    Costs one addition of N figures for each place that a tree reaches, and one logarithm for
    each channel of each pair; trees and OMSs are ready.

    Parameters
    ----------
    prepared
        OMSs and ways.
    follows_power
        Whether OMSs behind a ROADM that misses its target are computed again at the power that
        is really there, once for every power, so that all pairs are exact; else such pairs are
        marked.
    """
    every = slice(None)
    steps = path_steps(prepared.paths(every), follows_power=follows_power)
    added = _added(prepared, steps)
    parts = [_told(prepared, sums) for sums in _sums(prepared, steps, added=added, some=every)]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    own = np.array([[s == t for t in prepared.target_ids] for s in prepared.source_ids])
    none = own | ~np.isfinite(joined["gsnr_db_mean"])
    count, missed = joined.pop("section_count"), joined.pop("missed")
    unlit = prepared.ready.made.unlit
    return AllPairs(
        source_ids=prepared.source_ids,
        target_ids=prepared.target_ids,
        **{name: read_only(np.where(none, np.nan, values)) for name, values in joined.items()},
        section_count=np.where(none, -1, np.nan_to_num(count)).astype(np.int64),
        is_exact=~none & (follows_power | (np.nan_to_num(missed) == 0.0)),
        channel_count=added.channel_count,
        unlit_count=0 if unlit is None else int(unlit.frequency_hz.size),
    )


def pair_gsnr(
    prepared: PreparedPairs,
    *,
    from_id: ElementId,
    to_id: ElementId,
    follows_power: bool = True,
) -> Float[np.ndarray, " channel"]:
    """GSNR of every channel at one receiver [1], in the signal bandwidth, terminals included.

    Parameters
    ----------
    prepared
        Sections that are computed already.
    from_id, to_id
        Transmitter and receiver.
    follows_power
        Whether a ROADM that lacks power sends less; else each reaches its target.
    """
    source = prepared.source_ids.index(from_id)
    some = slice(source, source + 1)
    steps = path_steps(prepared.paths(some), follows_power=follows_power)
    (sums,) = _sums(prepared, steps, added=_added(prepared, steps), some=some)
    gsnr = _received_gsnr(prepared, sums)
    return np.asarray(gsnr[0, prepared.target_ids.index(to_id)])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Figures:
    """What steps add, or what has added up at targets."""

    noise: Float[np.ndarray, "*path channel"]
    """x = ln(1 + 1/GSNR)."""
    spectral: Float[np.ndarray, "*path figure some"]
    """Squares of PMD [s²] and PDL [dB²], and 1/OSNR in 0.1 nm [1]."""
    flat: Float[np.ndarray, "*path flat"]
    """Mean dispersion [s/m], latency [s], length [m], OMSs, ROADMs that miss their target."""

    @property
    def channel_count(self) -> int:
        return int(self.noise.shape[-1])


def _added(prepared: PreparedPairs, steps: PathSteps) -> _Figures:
    """By each step: a section, and the ROADM before it where a path does not begin there."""
    ends, arc = prepared.ends, steps.arc
    has_elements = np.array([bool(one.element_ids) for one in prepared.ready.made.sections])
    flat = (
        steps.dispersion_s_per_m,
        ends.latency_s[arc],
        ends.length_m[arc],
        has_elements[arc],
        steps.misses_target,
    )
    spectral = (steps.pmd_square_s2, steps.pdl_square_db2, steps.inverse_osnr)
    return _Figures(
        noise=steps.log_noise,
        spectral=_narrowed(np.stack(spectral, axis=1)),
        flat=np.stack(flat, axis=1),
    )


def _narrowed(
    values: Float[np.ndarray, "step figure channel"],
) -> Float[np.ndarray, "step figure some"]:
    """One figure for all channels where it is the same for all."""
    return values[..., :1] if not np.ptp(values, axis=2).any() else values


def _sums(
    prepared: PreparedPairs, steps: PathSteps, *, added: _Figures, some: slice
) -> Iterator[_Figures]:
    """What has added up from some of the sources to every target, some sources at a time."""
    parts = added.noise, added.spectral.reshape(len(added.noise), -1), added.flat
    values = np.concatenate(parts, axis=1)
    ends = np.cumsum([part.shape[1] for part in parts])
    depth = prepared.trees.arc_count[some]
    block = max(1, BLOCK_SIZE_MAX // (depth.shape[1] * added.channel_count))
    for start in range(0, len(depth), block):
        rows = slice(start, start + block)
        reached = tree_sums(
            values, row=steps.row[rows], before=steps.before[rows], depth=depth[rows]
        )[:, prepared.target_vertices]
        noise, spectral, flat = np.split(reached, ends[:-1], axis=-1)
        yield _Figures(
            noise=noise,
            spectral=spectral.reshape(*noise.shape[:2], *added.spectral.shape[1:]),
            flat=flat,
        )


def _received_gsnr(
    prepared: PreparedPairs, sums: _Figures
) -> Float[np.ndarray, "source target channel"]:
    lit = prepared.ready.made.lit
    return receiver_snr(
        gsnr=gsnr_from_log_noise(sums.noise),
        symbol_rate_hz=lit.symbol_rate_hz,
        inverse_osnr=sums.spectral[..., 2, :] + 1.0 / lit.transmitter_osnr,
    )


def _told(prepared: PreparedPairs, sums: _Figures) -> dict[str, Float[np.ndarray, "source target"]]:
    gsnr_db = 10.0 * np.log10(_received_gsnr(prepared, sums))
    in_01nm_db = 10.0 * np.log10(prepared.ready.made.lit.symbol_rate_hz / OSNR_BANDWIDTH_HZ)
    roots = np.sqrt(sums.spectral[..., :2, :]).mean(axis=-1)
    mean_db = gsnr_db.mean(axis=-1)
    return {
        "gsnr_db_mean": mean_db,
        "gsnr_db_min": gsnr_db.min(axis=-1),
        "gsnr_db_max": gsnr_db.max(axis=-1),
        "gsnr_01nm_db_mean": mean_db + in_01nm_db.mean(),
        "cd_ps_per_nm": sums.flat[..., 0] * 1e3,
        "pmd_ps": roots[..., 0] * 1e12,
        "pdl_db": roots[..., 1],
        "latency_ms": sums.flat[..., 1] * 1e3,
        "length_km": sums.flat[..., 2] * 1e-3,
        "section_count": sums.flat[..., 3],
        "missed": sums.flat[..., 4],
    }
