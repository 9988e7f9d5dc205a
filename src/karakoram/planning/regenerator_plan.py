"""Over which paths and with which regenerators are many wavelengths lit, so that all is least?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from karakoram.core.fields import Positive, check_fields
from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Confidence, weakest
from karakoram.core.units import db_from_linear, m_from_km
from karakoram.engines.optimise import (
    CandidatePath,
    Placement,
    SearchLimit,
    SiteSearch,
    fewest_transponders,
    place_regenerators,
    transparent_segments,
)
from karakoram.engines.routing import Avoided, Ends, PathRule
from karakoram.network.sections import IN_SERVICE
from karakoram.planning.optical_plant import LineKey
from karakoram.planning.path_plan import lines_of
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.regenerator_columns import (
    line_noise_table,
    mode_columns,
    path_columns,
    roadm_sites,
    wavelengths_needed,
)
from karakoram.planning.route_graph import status_mask
from karakoram.planning.search_space import spans_on_no_line, too_noisy_lines
from karakoram.planning.site_loops import first_ways_without_loops
from karakoram.planning.traces import crossed_confidence
from karakoram.planning.trust import length_trust

_M_PER_KM = float(m_from_km(np.ones(1))[0])

PATHS_MAX = 8
"""Paths that each demand chooses among: the shortest of those that light can cross."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WavelengthDemand:
    """A bit rate between two sites, both ways, without protection."""

    a_site_id: SiteId
    z_site_id: SiteId
    bit_rate_gbps: Positive

    def __post_init__(self) -> None:
        check_fields(self)
        if self.a_site_id == self.z_site_id:
            raise ValueError(f"a demand needs two different ends, got {self.a_site_id!r} twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransparentLightpath:
    """Light from transponder to transponder, without regeneration."""

    a_site_id: SiteId
    z_site_id: SiteId
    transceiver_mode_id: str
    wavelengths: int
    spacing_ghz: float
    length_km: float
    gsnr_db: float
    """Of the worst channel of both directions, transceivers and ROADMs included."""
    required_gsnr_db: float
    length_confidence: Confidence
    """As the worst of its spans."""
    gsnr_confidence: Confidence
    """Of the GSNR, and so of the margin: as the worst of all that made it."""

    @property
    def margin_db(self) -> float:
        """GSNR above what the mode needs."""
        return self.gsnr_db - self.required_gsnr_db


@dataclass(frozen=True, slots=True, kw_only=True)
class RegeneratedPath:
    """The path of a demand, with its lightpaths in travel order."""

    site_ids: tuple[SiteId, ...]
    """ROADM sites along it."""
    lightpaths: tuple[TransparentLightpath, ...]
    length_km: float

    @property
    def length_confidence(self) -> Confidence:
        """How far the length may be trusted: as the worst lightpath's."""
        return weakest(tuple(one.length_confidence for one in self.lightpaths))

    @property
    def gsnr_confidence(self) -> Confidence:
        """How far GSNR and margins may be trusted: as the worst lightpath's."""
        return weakest(tuple(one.gsnr_confidence for one in self.lightpaths))

    @property
    def transponders(self) -> int:
        """Two for each wavelength of each lightpath."""
        return sum(2 * one.wavelengths for one in self.lightpaths)

    @property
    def regenerator_site_ids(self) -> tuple[SiteId, ...]:
        """Where lightpaths meet."""
        return tuple(one.a_site_id for one in self.lightpaths[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDemand:
    """A demand and how it is lit."""

    demand: WavelengthDemand
    path: RegeneratedPath | None
    """``None`` where no way of the network can be lit at the bit rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTotals:
    """What a set of demands takes."""

    transponders: int
    site_count: int
    """Sites with regenerators."""
    length_km: float
    length_confidence: Confidence
    """As the worst span of any demand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegeneratorPlan:
    """Every demand lit, and where the regenerators stand."""

    demands: tuple[PlannedDemand, ...]
    """In the order asked."""
    regenerators: Mapping[SiteId, int]
    """Regenerators at each site, in both directions, one for each wavelength; most first."""
    totals: PlanTotals
    one_by_one: PlanTotals
    """If every demand took its shortest path, cut best for itself alone."""
    search: SiteSearch
    site_count_bound: int
    """Proven: with so few transponders there are no fewer sites, over the paths looked at."""
    length_km_bound: float
    proven: bool
    """Whether nothing is better over the paths looked at."""
    paths_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChoices:
    """How regenerators are to be planned."""

    regenerator_site_ids: frozenset[SiteId] | None = None
    """The only sites where they may stand; ``None`` is every ROADM site."""
    paths_max: int = PATHS_MAX
    limit: SearchLimit | None = None

    def __post_init__(self) -> None:
        if self.paths_max < 1:
            raise ValueError(f"paths_max must be at least 1, got {self.paths_max}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Way:
    """A path that a demand may take."""

    lines: tuple[LineKey, ...]
    candidate: CandidatePath


def regenerator_plan(
    prepared: PreparedNetwork, demands: Sequence[WavelengthDemand], *, choices: PlanChoices
) -> RegeneratorPlan:
    """The plan with the fewest transponders, then the fewest regenerator sites, then the least km.

    Over the ``paths_max`` shortest paths of each demand through plant in service, under full load.
    Slots are not assigned: fibre is taken to have room.

    Parameters
    ----------
    prepared
        The network.
    demands
        What is to be lit; their sites must be of the network.
    choices
        Sites, number of paths, limit of the search.
    """
    finder = _Ways(prepared, choices)
    found = {demand: finder.ways(demand) for demand in dict.fromkeys(demands)}
    placement = place_regenerators(
        [[way.candidate for way in found[demand]] for demand in demands], limit=choices.limit
    )
    chosen = [
        None if placed is None else (found[demand][placed.candidate], placed.cuts.places)
        for demand, placed in zip(demands, placement.demands, strict=True)
    ]
    trusts = finder.trusts({key for one in chosen if one is not None for key in one[0].lines})
    planned = tuple(
        PlannedDemand(
            demand=demand,
            path=None if one is None else finder.path(one[0], places=one[1], trusts=trusts),
        )
        for demand, one in zip(demands, chosen, strict=True)
    )
    return _plan(
        planned,
        placement,
        one_by_one=_one_by_one(demands, found, finder),
        paths_max=choices.paths_max,
    )


def _plan(
    planned: tuple[PlannedDemand, ...],
    placement: Placement,
    *,
    one_by_one: PlanTotals,
    paths_max: int,
) -> RegeneratorPlan:
    lit = [one.path for one in planned if one.path is not None]
    regenerators = Counter[SiteId]()
    for path in lit:
        for before, after in pairwise(path.lightpaths):
            # A wavelength fewer on one side ends on the client side of the other's transponders.
            regenerators[after.a_site_id] += max(before.wavelengths, after.wavelengths)
    return RegeneratorPlan(
        demands=planned,
        regenerators=dict(sorted(regenerators.items(), key=lambda item: (-item[1], item[0]))),
        totals=PlanTotals(
            transponders=placement.transponders,
            site_count=len(placement.sites),
            length_km=sum((path.length_km for path in lit), start=0.0),
            length_confidence=weakest(tuple(path.length_confidence for path in lit)),
        ),
        one_by_one=one_by_one,
        search=placement.search,
        site_count_bound=placement.site_count_bound,
        length_km_bound=placement.length_m_bound / _M_PER_KM,
        proven=placement.proven,
        paths_max=paths_max,
    )


def _one_by_one(
    demands: Sequence[WavelengthDemand],
    found: Mapping[WavelengthDemand, tuple[_Way, ...]],
    finder: "_Ways",
) -> PlanTotals:
    """What it takes where no demand looks at another, nor beyond its shortest path."""
    sites: set[int] = set()
    trusts: list[Confidence] = []
    transponders, length_m = 0, 0.0
    for demand in demands:
        for way in found[demand]:
            path = way.candidate
            cuts = fewest_transponders(path.segments, may_cut=path.may_cut)
            if cuts is not None:
                transponders += cuts.transponders
                length_m += path.length_m
                sites.update(path.site[list(cuts.cuts)].tolist())
                trusts.append(finder.length_confidence(way.lines))
                break
    return PlanTotals(
        transponders=transponders,
        site_count=len(sites),
        length_km=length_m / _M_PER_KM,
        length_confidence=weakest(tuple(trusts)),
    )


class _Ways:
    """Finds and judges the paths of demands; lives while one plan is made."""

    def __init__(self, prepared: PreparedNetwork, choices: PlanChoices) -> None:
        self.prepared, self.choices = prepared, choices
        network, graph = prepared.network, prepared.graph
        self.table = line_noise_table(prepared.plant)
        self.modes = mode_columns(network, prepared.plant)
        self.site_number = {site_id: number for number, site_id in enumerate(network.sites)}
        self.barred = status_mask(graph, network, IN_SERVICE) | graph.span_mask(
            spans_on_no_line(prepared, IN_SERVICE)
        )

    def ways(self, demand: WavelengthDemand) -> tuple[_Way, ...]:
        """The shortest paths whose every line some mode crosses."""
        prepared, graph = self.prepared, self.prepared.graph
        noisy = too_noisy_lines(prepared, demand.bit_rate_gbps, accepted=IN_SERVICE)
        dark = graph.span_mask({span_id for _, span_ids in noisy for span_id in span_ids})
        first = first_ways_without_loops(
            graph,
            ends=Ends.between(graph.origin[demand.a_site_id], graph.destination[demand.z_site_id]),
            cost=graph.length_mm,
            rule=PathRule(avoid=Avoided(risk_mask=self.barred | dark)),
            k=self.choices.paths_max,
        )
        chains = (
            lines_of(prepared, graph.spans_of(path), start=demand.a_site_id) for path in first.paths
        )
        return tuple(self._way(demand, lines) for lines in chains if lines)

    def _way(self, demand: WavelengthDemand, lines: tuple[LineKey, ...]) -> _Way:
        plant, allowed = self.prepared.plant, self.choices.regenerator_site_ids
        sites = roadm_sites(plant, lines)
        segments = transparent_segments(
            path_columns(plant, self.table, path=lines),
            self.modes,
            wavelengths=wavelengths_needed(self.prepared.network, demand.bit_rate_gbps),
        )
        length_km = sum(plant.lines[key].length_km for key in lines)
        return _Way(
            lines=lines,
            candidate=CandidatePath(
                segments=segments,
                site=np.array([self.site_number[site_id] for site_id in sites]),
                may_cut=np.array([allowed is None or site_id in allowed for site_id in sites]),
                length_m=length_km * _M_PER_KM,
            ),
        )

    def trusts(self, keys: Iterable[LineKey]) -> Mapping[LineKey, Confidence]:
        """How far the GSNR over each line may be trusted, its ROADMs included."""
        network, plant = self.prepared.network, self.prepared.plant
        return {key: crossed_confidence(network, [plant.lines[key]]) for key in keys}

    def path(
        self, way: _Way, *, places: tuple[int, ...], trusts: Mapping[LineKey, Confidence]
    ) -> RegeneratedPath:
        """The path as it is lit when it is cut at these places."""
        lightpaths = tuple(self._lightpaths(way, places, trusts))
        return RegeneratedPath(
            site_ids=roadm_sites(self.prepared.plant, way.lines),
            lightpaths=lightpaths,
            length_km=sum(one.length_km for one in lightpaths),
        )

    def length_confidence(self, lines: Sequence[LineKey]) -> Confidence:
        """How far the length of lines may be trusted: as their worst span."""
        plant, network = self.prepared.plant, self.prepared.network
        return weakest(tuple(length_trust(network, plant.lines[key]) for key in lines))

    def _lightpaths(
        self, way: _Way, places: tuple[int, ...], trusts: Mapping[LineKey, Confidence]
    ) -> Iterator[TransparentLightpath]:
        network, plant = self.prepared.network, self.prepared.plant
        segments = way.candidate.segments
        modes = tuple(network.library.transceiver_modes.values())
        for first, last in pairwise(places):
            mode = modes[int(segments.mode[first, last])]
            lines = way.lines[first:last]
            snr = segments.spare[first, last] * self.modes.snr_needed[segments.mode[first, last]]
            yield TransparentLightpath(
                a_site_id=lines[0][0],
                z_site_id=plant.lines[lines[-1]].z_site_id,
                transceiver_mode_id=mode.transceiver_mode_id,
                wavelengths=int(segments.transponders[first, last]) // 2,
                spacing_ghz=mode.spacing_ghz_min,
                length_km=sum(plant.lines[key].length_km for key in lines),
                gsnr_db=float(db_from_linear(np.array([snr]))[0]),
                required_gsnr_db=mode.required_gsnr_db,
                length_confidence=self.length_confidence(lines),
                gsnr_confidence=weakest(
                    (mode.provenance.confidence, *(trusts[key] for key in lines))
                ),
            )
