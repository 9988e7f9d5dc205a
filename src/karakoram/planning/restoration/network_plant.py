"""Over which ways of a network folder may connections be lit and restored?

Candidates of a pair are its shortest ways by kilometres and the two ways that share least risk.
A way is lit as ``karakoram design`` lights it, regenerators included; its light keeps the same
slots from end to end, those of its widest lightpath, so that the room it needs is an upper bound.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from karakoram.core.grid import WIDTH_STEP_GHZ
from karakoram.engines.restoration.candidates import ExposedPaths, risk_words
from karakoram.engines.routing import ArcPath, Avoided, Ends, PathRule, risks_in
from karakoram.network.sections import IN_SERVICE, Oms
from karakoram.planning.optical_plant import LineKey
from karakoram.planning.path_plan import PathPlan, path_plan
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.restoration.network_components import network_components, owners_of
from karakoram.planning.restoration.plant import Pair, Resource, RestorablePlant
from karakoram.planning.route_graph import status_mask
from karakoram.planning.search_space import spans_on_no_line
from karakoram.planning.site_loops import (
    PairSearch,
    first_ways_without_loops,
    pair_without_loops,
)

GHZ_PER_THZ = 1e3
ROUNDING = 1e-9
"""Of a slot: edges in THz are decimal numbers."""
NOTES = (
    "Light keeps the same slots from end to end, also through regenerators.",
    "Each multiplex section has one fibre pair.",
)


def network_plant(
    prepared: PreparedNetwork,
    pairs: Sequence[Pair],
    *,
    bit_rates_gbps: Sequence[float],
    ways_max: int,
) -> RestorablePlant:
    """The plant in service of a network, for connections between some pairs of its sites.

    Parameters
    ----------
    prepared
        The network.
    pairs
        Where connections begin and end.
    bit_rates_gbps
        Which grades there are [Gb/s], ascending.
    ways_max
        Shortest ways of each pair that are candidates, besides the two that share least.
    """
    builder = _Builder(prepared, tuple(bit_rates_gbps), ways_max)
    ways = [list(builder.ways(pair)) for pair in pairs]
    return builder.plant(tuple(pairs), ways)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Way:
    """A candidate, lit at each bit rate."""

    plan: PathPlan
    resources: tuple[int, ...]
    risks: tuple[int, ...]
    widths: tuple[int, ...]


class _Builder:
    """Finds and lights the candidates; lives while one plant is made."""

    def __init__(
        self, prepared: PreparedNetwork, bit_rates_gbps: tuple[float, ...], ways_max: int
    ) -> None:
        self.prepared, self.bit_rates_gbps, self.ways_max = prepared, bit_rates_gbps, ways_max
        self.lightpath_choices = tuple(map(prepared.lightpath_choice, bit_rates_gbps))
        graph, network = prepared.graph, prepared.network
        self.barred = status_mask(graph, network, IN_SERVICE) | graph.span_mask(
            spans_on_no_line(prepared, IN_SERVICE)
        )
        self.own_risks = (1 << len(graph.risks)) - 1
        keys = sorted(prepared.plant.keys(IN_SERVICE))
        both_ways = dict.fromkeys(min(key, self._back(key)) for key in keys)
        self.number = {key: number for number, key in enumerate(both_ways)}

    def _back(self, key: LineKey) -> LineKey:
        return self.prepared.plant.lines[key].z_site_id, key[1][::-1]

    @property
    def lines(self) -> Mapping[int, Oms]:
        """The multiplex section of each resource."""
        return {number: self.prepared.plant.lines[key] for key, number in self.number.items()}

    def ways(self, pair: Pair) -> Iterator[_Way]:
        """The candidates of a pair that light crosses at some bit rate."""
        for path in self._paths(pair):
            plans = [
                path_plan(self.prepared, path, start=pair[0], choice=choice)
                for choice in self.lightpath_choices
            ]
            lit = next((plan for plan in plans if plan is not None), None)
            if lit is not None:
                yield self._way(path, lit, plans)

    def _paths(self, pair: Pair) -> Iterator[ArcPath]:
        graph = self.prepared.graph
        ends = Ends.between(graph.origin[pair[0]], graph.destination[pair[1]])
        rule = PathRule(avoid=Avoided(risk_mask=self.barred))
        first = first_ways_without_loops(
            graph, ends=ends, cost=graph.length_mm, rule=rule, k=self.ways_max
        )
        search = PairSearch(
            ends=ends,
            cost=graph.length_mm,
            risks=graph.risk_weights(graph.site_mask(pair)),
            rules=(rule, rule),
        )
        diverse = pair_without_loops(graph, self.prepared.network, start=pair[0], search=search)
        yield from graph.distinct(
            [*first.paths, *(() if diverse is None else (diverse.first, diverse.second))]
        )

    def _way(self, path: ArcPath, lit: PathPlan, plans: Sequence[PathPlan | None]) -> _Way:
        resources = tuple(self.number[min(key, self._back(key))] for key in lit.lines)
        lines = [len(self.prepared.graph.risks) + number for number in resources]
        return _Way(
            plan=lit,
            resources=resources,
            risks=(*risks_in(path.risk_mask & self.own_risks), *lines),
            widths=tuple(0 if plan is None else _slots(plan) for plan in plans),
        )

    def plant(self, pairs: tuple[Pair, ...], ways: Sequence[Sequence[_Way]]) -> RestorablePlant:
        """All of it as one value."""
        network, graph = self.prepared.network, self.prepared.graph
        every = [way for of_pair in ways for way in of_pair]
        word_count = (len(graph.risks) + len(self.number)) // 64 + 1
        weights = [risk.weight for risk in graph.risks] + [1] * len(self.number)
        paths = ExposedPaths(
            pair_offsets=np.cumsum([0, *map(len, ways)]),
            hop_offsets=np.cumsum([0, *(len(way.resources) for way in every)]),
            resources=np.array([hop for way in every for hop in way.resources], dtype=np.int64),
            risks=np.array(
                [risk_words(way.risks, word_count=word_count) for way in every], dtype=np.uint64
            ).reshape(-1, word_count),
            end_risks=np.array(
                [
                    risk_words(risks_in(graph.site_mask(pair)), word_count=word_count)
                    for pair in pairs
                ],
                dtype=np.uint64,
            ).reshape(-1, word_count),
            widths=np.array([way.widths for way in every], dtype=np.int64).reshape(
                -1, len(self.bit_rates_gbps)
            ),
            resource_count=len(self.number),
            risk_weights=np.array(weights, dtype=np.int64),
        )
        lines = self.lines
        return RestorablePlant(
            name=network.name,
            components=network_components(
                network, graph, lines=lines, first_line_risk=len(graph.risks)
            ),
            pairs=pairs,
            bit_rates_gbps=self.bit_rates_gbps,
            paths=paths,
            path_latency_ms=np.array([way.plan.latency_ms for way in every], dtype=np.float64),
            path_owner_ids=tuple(
                tuple(dict.fromkeys(leg.owner_id for leg in way.plan.legs)) for way in every
            ),
            resources=tuple(
                Resource(
                    name=f"{oms.a_site_id}-{oms.z_site_id}",
                    length_km=oms.length_km,
                    owner_ids=owners_of(network, oms.span_ids),
                )
                for oms in lines.values()
            ),
            slot_count=_slot_count(self.prepared),
            notes=NOTES,
        )


def _slots(plan: PathPlan) -> int:
    """Slots of 12.5 GHz that the widest lightpath of a way takes."""
    widths = [light.wavelengths * light.spacing_ghz for light in plan.lightpaths]
    return ceil(max(widths) / WIDTH_STEP_GHZ)


def _slot_count(prepared: PreparedNetwork) -> int:
    """Slots of 12.5 GHz that the band of the design rules holds."""
    rules = prepared.network.rules
    width_ghz = (rules.band_upper_thz.value - rules.band_lower_thz.value) * GHZ_PER_THZ
    return floor(width_ghz / WIDTH_STEP_GHZ + ROUNDING)
