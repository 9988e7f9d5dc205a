"""What does each failure take, how much comes back and how soon, and what room does that need?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.restoration.drill import Drills, LoadedNetwork, drills
from karakoram.engines.restoration.placement import Connections, place_connections
from karakoram.engines.restoration.policy import (
    LOST_FROM,
    RestorationOutcome,
    RestorationPolicy,
    Scheme,
)
from karakoram.engines.restoration.slots import FREE, NOWHERE
from karakoram.engines.restoration.switching import NewWays, SwitchingModel, switching_time_ms
from karakoram.planning.restoration.plant import (
    ConnectionDemand,
    FailureComponent,
    RestorablePlant,
)
from karakoram.refdata.switching_times import read_switching_times


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorationChoices:
    """How connections are protected and restored."""

    policy: RestorationPolicy = field(default_factory=RestorationPolicy)
    sharing_max: int = 0
    """What a protection path may share with its working path, by the weights of the risks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureEffect:
    """What one failure does to all connections together."""

    components: tuple[FailureComponent, ...]
    hit_gbps: float
    """Bit rate of the connections whose working path fails, or that are put out for others."""
    back_gbps: float
    """Of these, what protection and restoration carry."""
    end_down_gbps: float
    """Of these, what nothing can carry because an end is down."""
    lost_gbps: Mapping[RestorationOutcome, float]
    """What nothing carries, by reason; what is missing at a lower bit rate counts as REDUCED."""
    median_ms: float
    """Time without light of what is back; 0 where nothing is."""
    longest_ms: float

    @property
    def back_share(self) -> float:
        """Of what could come back, the share that does; 1 where nothing is hit."""
        could = self.hit_gbps - self.end_down_gbps
        return self.back_gbps / could if could > 0.0 else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareCapacity:
    """Slots times kilometres, over all multiplex sections."""

    working: float
    """Lit on working paths."""
    reserved: float
    """Lit or kept for protection before anything fails."""
    used: float
    """Lit besides the working paths in the failure that needs most, section by section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillReport:
    """Connections placed on a plant, and every failure played through."""

    loaded: LoadedNetwork
    demands: tuple[ConnectionDemand, ...]
    effects: tuple[FailureEffect, ...]
    spare: SpareCapacity

    @property
    def is_placed(self) -> tuple[bool, ...]:
        """Whether each demand found room."""
        return tuple(bool(placed) for placed in self.loaded.placement.is_placed)

    @property
    def placed_gbps(self) -> float:
        """Bit rate that is carried before anything fails."""
        placed = zip(self.demands, self.is_placed, strict=True)
        return sum((demand.bit_rate_gbps for demand, is_placed in placed if is_placed), start=0.0)

    @property
    def back_share(self) -> float:
        """Over all failures: of what could come back, the share that does; 1 if nothing is hit."""
        could = sum(effect.hit_gbps - effect.end_down_gbps for effect in self.effects)
        back = sum(effect.back_gbps for effect in self.effects)
        return back / could if could > 0.0 else 1.0


def loaded_network(
    plant: RestorablePlant, demands: Sequence[ConnectionDemand], choices: RestorationChoices
) -> LoadedNetwork:
    """The demands placed on the plant, in their order.

    Parameters
    ----------
    plant
        Has the pair and the bit rate of every demand.
    demands
        What is to be carried.
    choices
        How.
    """
    pair_number, grades = plant.pair_number, list(plant.bit_rates_gbps)
    connections = Connections(
        pair=np.array([pair_number[demand.pair] for demand in demands], dtype=np.int64),
        grade=np.array([grades.index(demand.bit_rate_gbps) for demand in demands], dtype=np.int64),
        priority=np.array([demand.priority for demand in demands], dtype=np.int64),
        scheme=np.array([int(demand.scheme) for demand in demands], dtype=np.int64),
    )
    placement = place_connections(
        plant.paths, connections, slot_count=plant.slot_count, sharing_max=choices.sharing_max
    )
    return LoadedNetwork(
        paths=plant.paths, connections=connections, placement=placement, policy=choices.policy
    )


def drill_report(
    plant: RestorablePlant,
    demands: Sequence[ConnectionDemand],
    *,
    failures: Sequence[tuple[FailureComponent, ...]],
    choices: RestorationChoices,
) -> DrillReport:
    """Every failure by itself, from the same state before it.

    Parameters
    ----------
    plant, demands
        What is lit.
    failures
        The components that are down together, failure by failure.
    choices
        How connections are protected and restored.
    """
    loaded = loaded_network(plant, demands, choices)
    failed = np.array(
        [plant.failed_words(components) for components in failures], dtype=np.uint64
    ).reshape(len(failures), plant.paths.word_count)
    found = drills(loaded, failures=failed)
    tally = _Tally(plant, loaded, switching_model())
    return DrillReport(
        loaded=loaded,
        demands=tuple(demands),
        effects=tuple(
            tally.effect(found, number, components) for number, components in enumerate(failures)
        ),
        spare=_spare_capacity(plant, loaded, found),
    )


def every_failure(
    components: Iterable[FailureComponent], *, together: int
) -> tuple[tuple[FailureComponent, ...], ...]:
    """Every component by itself; with ``together`` = 2 every two of them as well."""
    every = tuple(components)
    return tuple(group for count in range(1, together + 1) for group in combinations(every, count))


def switching_model() -> SwitchingModel:
    """The packaged times of switching."""
    time_ms = {time.step.value: time.time_ms for time in read_switching_times()}
    return SwitchingModel(
        detection_ms=time_ms["detection"],
        selector_ms=time_ms["selector"],
        path_computation_ms=time_ms["path_computation"],
        cross_connect_ms=time_ms["cross_connect"],
        settling_ms_per_hop=time_ms["settling_per_hop"],
    )


def _spare_capacity(plant: RestorablePlant, loaded: LoadedNetwork, found: Drills) -> SpareCapacity:
    """Room for protection and restoration, beside the room of the working paths."""
    km = np.array([resource.length_km for resource in plant.resources])
    tables = loaded.placement.spectrum
    working = _working_slots(loaded)
    taken = ((tables.owner != FREE) | tables.reserve.any(axis=2)).sum(axis=1)
    most_lit = found.slots_lit.max(axis=0, initial=0)
    return SpareCapacity(
        working=float(working @ km),
        reserved=float((taken - working) @ km),
        used=float(np.maximum(most_lit - working, 0) @ km),
    )


def _working_slots(loaded: LoadedNetwork) -> Int[np.ndarray, " resource"]:
    """Slots of each resource lit by working paths."""
    paths = loaded.paths
    slots = np.zeros(paths.resource_count, dtype=np.int64)
    for path, _, width in loaded.placement.blocks.working:
        if path != NOWHERE:
            hops = paths.resources[paths.hop_offsets[path] : paths.hop_offsets[path + 1]]
            slots[hops] += width
    return slots


class _Tally:
    """Adds up bit rates and times; lives while one report is made."""

    def __init__(
        self, plant: RestorablePlant, loaded: LoadedNetwork, model: SwitchingModel
    ) -> None:
        self.plant, self.model = plant, model
        self.placed = loaded.placement.is_placed
        self.bit_rates_gbps = np.array(plant.bit_rates_gbps)
        self.asked_gbps = self.bit_rates_gbps[loaded.connections.grade]
        self.is_lit_before = loaded.connections.scheme == int(Scheme.ONE_PLUS_ONE)
        self.hop_count = np.diff(plant.paths.hop_offsets)

    def effect(
        self, found: Drills, number: int, components: tuple[FailureComponent, ...]
    ) -> FailureEffect:
        """What one failure of the drills does."""
        outcome = found.outcome[number]
        is_hit = self.placed & (outcome != RestorationOutcome.UNAFFECTED)
        is_back = is_hit & (outcome < LOST_FROM)
        carried_gbps = np.where(is_back, self.bit_rates_gbps[found.grade[number]], 0.0)
        missing_gbps = np.where(is_hit, self.asked_gbps - carried_gbps, 0.0)
        lost = {
            kind: float(missing_gbps[outcome == kind].sum())
            for kind in RestorationOutcome
            if kind >= RestorationOutcome.REDUCED
        }
        times_ms = self._times_ms(found, number)[is_back]
        return FailureEffect(
            components=components,
            hit_gbps=float(self.asked_gbps[is_hit].sum()),
            back_gbps=float(carried_gbps.sum()),
            end_down_gbps=lost[RestorationOutcome.END_DOWN],
            lost_gbps={kind: gbps for kind, gbps in lost.items() if gbps > 0.0},
            median_ms=float(np.median(times_ms)) if times_ms.size else 0.0,
            longest_ms=float(times_ms.max(initial=0.0)),
        )

    def _times_ms(self, found: Drills, number: int) -> Float[np.ndarray, " connection"]:
        path = np.where(found.path[number] == NOWHERE, 0, found.path[number])
        switched: Bool[np.ndarray, " connection"] = (
            found.outcome[number] == RestorationOutcome.SWITCHED
        )
        if not self.plant.path_latency_ms.size:
            return np.full(path.size, np.inf)
        return switching_time_ms(
            self.model,
            NewWays(
                outcome=found.outcome[number],
                turn=found.turn[number],
                latency_ms=self.plant.path_latency_ms[path],
                hop_count=self.hop_count[path],
                is_lit_before=self.is_lit_before & switched,
            ),
        )
