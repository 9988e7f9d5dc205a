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
from karakoram.network.photonic.equipment import PhotonicLibrary, RoadmPath
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.walk import MultiplexSection, multiplex_sections
from karakoram.planning.photonic.followed_power import FollowedPaths, excess_noise
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.section_ends import (
    LitSections,
    SectionEnds,
    lit_sections,
    section_ends,
)
from karakoram.planning.photonic.transits import Transit, TransitColumns, transit_columns

PASS_M = 1e-2
"""What passing an element without length counts, as in ``walk``: of equal ways the simpler."""

BLOCK_SIZE_MAX = 2**18
"""Figures of one array that is worked on at a time."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedPairs:
    """All OMSs of a network, computed once, and the ways over them."""

    lit: LitSections
    """OMSs, and what joins ROADMs and transceivers without a fibre."""
    ends: SectionEnds
    source_ids: tuple[ElementId, ...]
    target_ids: tuple[ElementId, ...]
    target_vertices: Int[np.ndarray, " target"]
    graph: Digraph
    """An arc for each section. A transceiver is two vertices, so that none is passed."""
    trees: PathTrees


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
    ends = section_ends(lit)
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
        lit=lit,
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
        Whether OMSs behind a ROADM that misses its target are computed again for each path, so
        that all pairs are exact; else such pairs are marked.
    """
    steps = _steps(prepared)
    columns = _rows(prepared, steps)
    trees = prepared.trees
    every = slice(None)
    excess = _excess(prepared, steps, rows=columns, some=every) if follows_power else None
    block = max(1, BLOCK_SIZE_MAX // (trees.arc_count.shape[1] * columns.channel_count))
    parts = []
    for start in range(0, len(prepared.source_ids), block):
        some = slice(start, start + block)
        ways = _Ways.of(prepared, steps, some)
        parts.append(
            _figures(prepared, columns, ways=ways, excess=None if excess is None else excess[some])
        )
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    own = np.array([[s == t for t in prepared.target_ids] for s in prepared.source_ids])
    none = own | ~np.isfinite(joined["gsnr_db_mean"])
    count, missed = joined.pop("section_count"), joined.pop("missed")
    unlit = prepared.lit.unlit
    return AllPairs(
        source_ids=prepared.source_ids,
        target_ids=prepared.target_ids,
        **{name: read_only(np.where(none, np.nan, values)) for name, values in joined.items()},
        section_count=np.where(none, -1, np.nan_to_num(count)).astype(np.int64),
        is_exact=~none & (follows_power | (np.nan_to_num(missed) == 0.0)),
        channel_count=columns.channel_count,
        unlit_count=0 if unlit is None else int(unlit.frequency_hz.size),
    )


def pair_gsnr(
    prepared: PreparedPairs,
    *,
    from_id: ElementId,
    to_id: ElementId,
    follows_power: bool = True,
) -> Float[np.ndarray, " channel"]:
    """GSNR of every channel at one receiver [1], in the signal bandwidth, terminals included."""
    source = prepared.source_ids.index(from_id)
    steps = _steps(prepared)
    some, rows = slice(source, source + 1), _rows(prepared, steps)
    excess = _excess(prepared, steps, rows=rows, some=some) if follows_power else None
    ways = _Ways.of(prepared, steps, some)
    gsnr = _received_gsnr(
        prepared, rows, ways=ways, excess=None if excess is None else excess[some]
    )
    return np.asarray(gsnr[0, prepared.target_ids.index(to_id)])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Steps:
    """Distinct last steps of paths: an arc, and the arc before it."""

    row: Int[np.ndarray, "source vertex"]
    """Which step each path ends with; -1 where none does."""
    before: Int[np.ndarray, "source vertex"]
    """Vertex where each path is before its last arc."""
    arc: Int[np.ndarray, " step"]
    arc_before: Int[np.ndarray, " step"]
    """-1 where the arc is the first of a path."""


def _steps(prepared: PreparedPairs) -> _Steps:
    graph, entering = prepared.graph, prepared.trees.entering_arc
    reached = entering >= 0
    before = np.where(reached, graph.tails[entering], 0)
    arc_before = np.take_along_axis(entering, before, axis=1)
    key = np.where(reached, entering * (graph.arc_count + 1) + arc_before + 1, -1)
    distinct, inverse = np.unique(key[reached], return_inverse=True)
    row = np.full(entering.shape, -1)
    row[reached] = inverse.reshape(-1)
    return _Steps(
        row=row,
        before=before,
        arc=distinct // (graph.arc_count + 1),
        arc_before=distinct % (graph.arc_count + 1) - 1,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rows:
    """What each step adds."""

    log_noise: Float[np.ndarray, "step channel"]
    spectral: Float[np.ndarray, "step figure some"]
    """Squares of PMD [s²] and PDL [dB²], and 1/OSNR in 0.1 nm [1]."""
    flat: Float[np.ndarray, "step flat"]
    """Mean dispersion [s/m], latency [s], length [m], OMSs, ROADMs that miss their target."""

    @property
    def channel_count(self) -> int:
        return int(self.log_noise.shape[1])


def _rows(prepared: PreparedPairs, steps: _Steps) -> _Rows:
    """Sections, with the ROADM before each where a path does not begin with it."""
    ends, lit = prepared.ends, prepared.lit
    log_noise = ends.log_noise[steps.arc]
    spectral = np.zeros((3, *log_noise.shape))
    spectral[0], spectral[1] = ends.pmd_square_s2[steps.arc], ends.pdl_square_db2[steps.arc]
    has_elements = np.array([bool(section.element_ids) for section in lit.sections])
    flat = np.stack(
        [
            ends.dispersion_s_per_m.mean(axis=1)[steps.arc],
            ends.latency_s[steps.arc],
            ends.length_m[steps.arc],
            has_elements[steps.arc],
            np.zeros(steps.arc.shape),
        ],
        axis=1,
    )
    inner = np.flatnonzero(steps.arc_before >= 0)
    if inner.size:
        passed = _transit_columns(prepared, steps, inner)
        log_noise[inner] += passed.log_noise
        spectral[0, inner] += passed.pmd_square_s2
        spectral[1, inner] += passed.pdl_square_db2
        spectral[2, inner] += passed.inverse_osnr
        flat[inner, 0] += passed.dispersion_s_per_m.mean(axis=1)
        is_last = [isinstance(lit.elements[arc][-1], Transceiver) for arc in steps.arc[inner]]
        flat[inner, 4] = ~(passed.meets_target | np.array(is_last))
    return _Rows(log_noise=log_noise, spectral=_narrowed(spectral.transpose(1, 0, 2)), flat=flat)


def _narrowed(
    values: Float[np.ndarray, "step figure channel"],
) -> Float[np.ndarray, "step figure some"]:
    """One figure for all channels where it is the same for all."""
    same = not np.ptp(values, axis=2).any()
    return np.ascontiguousarray(values[..., :1]) if same else np.ascontiguousarray(values)


def _transit_columns(
    prepared: PreparedPairs, steps: _Steps, inner: Int[np.ndarray, " transit"]
) -> TransitColumns:
    lit = prepared.lit
    pairs = zip(steps.arc_before[inner].tolist(), steps.arc[inner].tolist(), strict=True)
    return transit_columns(
        [_transit(lit, before, arc) for before, arc in pairs],
        library=lit.library,
        lit=lit.lit,
        arriving_w=prepared.ends.power_w[steps.arc_before[inner]],
    )


def _transit(lit: LitSections, before: int, arc: int) -> Transit:
    arriving, leaving = lit.elements[before], lit.elements[arc]
    roadm = leaving[0]
    assert isinstance(roadm, Roadm), "light passes no transceiver"
    way = RoadmPath.EXPRESS
    if len(arriving) == 2 and isinstance(arriving[0], Transceiver):  # noqa: PLR2004  (bare)
        way = RoadmPath.ADD
    elif len(leaving) == 2 and isinstance(leaving[-1], Transceiver):  # noqa: PLR2004  (bare)
        way = RoadmPath.DROP
    return Transit(
        roadm=roadm,
        before_id=arriving[-2].element_id,
        after_id=leaving[1].element_id,
        way=way,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Ways:
    """Paths from some of the sources."""

    row: Int[np.ndarray, "some vertex"]
    before: Int[np.ndarray, "some vertex"]
    depth: Int[np.ndarray, "some vertex"]

    @classmethod
    def of(cls, prepared: PreparedPairs, steps: _Steps, some: slice) -> "_Ways":
        return cls(
            row=steps.row[some],
            before=steps.before[some],
            depth=prepared.trees.arc_count[some],
        )

    def sums(
        self, values: Float[np.ndarray, "step *shape"]
    ) -> Float[np.ndarray, "some vertex *shape"]:
        return tree_sums(values, row=self.row, before=self.before, depth=self.depth)


def _excess(
    prepared: PreparedPairs, steps: _Steps, *, rows: _Rows, some: slice
) -> Float[np.ndarray, "source vertex channel"] | None:
    """Noise of some sources' paths behind ROADMs that miss their targets; None without any."""
    missed = _Ways.of(prepared, steps, some).sums(rows.flat[:, 4])
    astray = np.zeros(steps.row.shape, dtype=np.bool_)
    astray[some] = np.nan_to_num(missed) > 0.0
    if not astray.any():
        return None
    paths = FollowedPaths(
        lit=prepared.lit,
        ends=prepared.ends,
        trees=prepared.trees,
        before=steps.before,
        log_noise=rows.log_noise,
        step=steps.row,
        astray=astray,
    )
    pairs = zip(steps.arc_before.tolist(), steps.arc.tolist(), strict=True)
    return excess_noise(
        paths,
        transit_of={pair: _transit(prepared.lit, *pair) for pair in pairs if pair[0] >= 0},
    )


def _received_gsnr(
    prepared: PreparedPairs,
    rows: _Rows,
    *,
    ways: _Ways,
    excess: Float[np.ndarray, "some vertex channel"] | None,
) -> Float[np.ndarray, "some target channel"]:
    lit, targets = prepared.lit.lit, prepared.target_vertices
    noise = ways.sums(rows.log_noise)[:, targets]
    if excess is not None:
        noise += excess[:, targets]
    inverse_osnr = ways.sums(rows.spectral[:, 2])[:, targets] + 1.0 / lit.transmitter_osnr
    return receiver_snr(
        gsnr=gsnr_from_log_noise(noise),
        symbol_rate_hz=lit.symbol_rate_hz,
        inverse_osnr=inverse_osnr,
    )


def _figures(
    prepared: PreparedPairs,
    rows: _Rows,
    *,
    ways: _Ways,
    excess: Float[np.ndarray, "some vertex channel"] | None,
) -> dict[str, Float[np.ndarray, "some target"]]:
    targets = prepared.target_vertices
    gsnr_db = 10.0 * np.log10(_received_gsnr(prepared, rows, ways=ways, excess=excess))
    in_01nm_db = 10.0 * np.log10(prepared.lit.lit.symbol_rate_hz / OSNR_BANDWIDTH_HZ)
    squares = np.sqrt(ways.sums(rows.spectral[:, :2])[:, targets]).mean(axis=-1)
    flat = ways.sums(rows.flat)[:, targets]
    mean_db = gsnr_db.mean(axis=-1)
    return {
        "gsnr_db_mean": mean_db,
        "gsnr_db_min": gsnr_db.min(axis=-1),
        "gsnr_db_max": gsnr_db.max(axis=-1),
        "gsnr_01nm_db_mean": mean_db + in_01nm_db.mean(),
        "cd_ps_per_nm": flat[..., 0] * 1e3,
        "pmd_ps": squares[..., 0] * 1e12,
        "pdl_db": squares[..., 1],
        "latency_ms": flat[..., 1] * 1e3,
        "length_km": flat[..., 2] * 1e-3,
        "section_count": flat[..., 3],
        "missed": flat[..., 4],
    }
