"""How much is lost in a year with the failures and repairs that are to be expected, and to whom?

Failures come at random and independently, one long history for all ways of protecting. What a
connection loses is borne in equal parts by what takes down its working path, and by its owners.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, UInt64

from karakoram.core.arrays import read_only
from karakoram.core.identifiers import OperatorId
from karakoram.core.units import HOURS_PER_YEAR
from karakoram.engines.availability.batch_means import half_width_95
from karakoram.engines.availability.failure_history import (
    Interval,
    RepairTimes,
    failure_history,
    intervals,
)
from karakoram.engines.restoration.drill import LoadedNetwork, drills, paths_hit
from karakoram.engines.restoration.history import DownTimes, lives, missing_bit_rate
from karakoram.engines.restoration.policy import RestorationOutcome
from karakoram.planning.restoration.plant import FailureComponent, RestorablePlant

GBPS_PER_TBPS = 1e3
BATCHES = 10
"""Histories from which an interval is made."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearsOfFailures:
    """A history of failures on a plant."""

    years: float
    intervals: tuple[Interval, ...]
    """In which something is down, by the number of its component."""
    times: DownTimes

    @property
    def down_h(self) -> float:
        """Hours in which anything is down."""
        return float(self.times.duration_h.sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearlyLoss:
    """What is lost in a year, on average over a history."""

    lost_tbps_h: float
    """Terabit per second times hours, in a year."""
    lost_half_width_tbps_h: float
    """Half of its 95 % interval; infinite from a single history."""
    lost_by_owner_tbps_h: dict[OperatorId, float]
    """The same by whose glass was down, largest first."""
    availability: Float[np.ndarray, " connection"]
    """Share of the time that each connection is carried at its full bit rate."""
    lost_by_outcome_tbps_h: dict[RestorationOutcome, float]
    moves_per_year: float
    """How often light moves to another path, all connections together."""


def years_of_failures(
    plant: RestorablePlant,
    *,
    years: float,
    repair_times: RepairTimes,
    rng: np.random.Generator,
) -> tuple[YearsOfFailures, ...]:
    """Random histories of everything on the plant that fails: ``BATCHES`` of equal length.

    Parameters
    ----------
    plant
        With the rates and repair times of its components.
    years
        How long all histories are together, > 0.
    repair_times
        How repair times spread.
    rng
        Where chance comes from.
    """
    return tuple(
        _history(plant, years=years / BATCHES, repair_times=repair_times, rng=rng)
        for _ in range(BATCHES)
    )


def _history(
    plant: RestorablePlant,
    *,
    years: float,
    repair_times: RepairTimes,
    rng: np.random.Generator,
) -> YearsOfFailures:
    history = failure_history(
        failures_per_year=np.array([one.failures_per_year for one in plant.components]),
        mttr_h=np.array([one.mttr_h for one in plant.components]),
        years=years,
        repair_times=repair_times,
        rng=rng,
    )
    found = intervals(history, years=years)
    return YearsOfFailures(years=years, intervals=found, times=_times(plant, found))


def _times(plant: RestorablePlant, found: Sequence[Interval]) -> DownTimes:
    words = {
        down: plant.failed_words(plant.components[number] for number in down)
        for down in {interval.down for interval in found}
    }
    ends_h = [0.0, *(interval.ends_h for interval in found[:-1])]
    failed = np.array([words[interval.down] for interval in found], dtype=np.uint64)
    return DownTimes(
        failed=failed.reshape(len(found), plant.paths.word_count),
        duration_h=np.array([interval.duration_h for interval in found], dtype=np.float64),
        follows_at_once=np.array(
            [
                interval.begins_h == before_h
                for interval, before_h in zip(found, ends_h, strict=bool(found))
            ],
            dtype=np.bool_,
        ),
    )


def yearly_loss(
    plant: RestorablePlant,
    loaded: LoadedNetwork,
    histories: Sequence[YearsOfFailures],
    *,
    reverts: bool,
) -> YearlyLoss:
    """What the connections of a loaded network lose in a year, on average.

    Parameters
    ----------
    plant, loaded
        What is lit, and how it is protected and restored.
    histories
        What fails when; equally long, independent of each other, at least one.
    reverts
        Whether connections go back to their working paths when these are mended. Where they do
        not, who loses is charged as if they did.
    """
    each = [_loss(plant, loaded, history, reverts=reverts) for history in histories]
    lost = np.mean([one.lost for one in each], axis=0)
    charged = np.mean([one.charged for one in each], axis=0)
    scale = float(lost.sum() / charged.sum()) if charged.sum() > 0.0 else 0.0
    by_owner = _of_owners(plant.components, charged * scale)
    return YearlyLoss(
        lost_tbps_h=float(lost.sum()),
        lost_half_width_tbps_h=half_width_95([float(one.lost.sum()) for one in each]),
        lost_by_owner_tbps_h=dict(sorted(by_owner.items(), key=lambda item: -item[1])),
        availability=read_only(1.0 - np.mean([one.down_share for one in each], axis=0)),
        lost_by_outcome_tbps_h={
            kind: float(lost[int(kind)]) for kind in RestorationOutcome if lost[int(kind)] > 0.0
        },
        moves_per_year=float(np.mean([one.moves for one in each])),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Loss:
    """What one history loses, in a year of it."""

    lost: Float[np.ndarray, " outcome"]
    charged: Float[np.ndarray, " component"]
    down_share: Float[np.ndarray, " connection"]
    moves: float


def _loss(
    plant: RestorablePlant, loaded: LoadedNetwork, history: YearsOfFailures, *, reverts: bool
) -> _Loss:
    rates_tbps = np.array(plant.bit_rates_gbps) / GBPS_PER_TBPS
    found = lives(loaded, history.times, bit_rates=rates_tbps, reverts=reverts)
    down_h = found.hours[int(RestorationOutcome.REDUCED) :].sum(axis=0)
    return _Loss(
        lost=found.missing.sum(axis=1) / history.years,
        charged=_charged(plant, loaded, history) / history.years,
        down_share=down_h / (history.years * HOURS_PER_YEAR),
        moves=float(found.moves.sum()) / history.years,
    )


def _charged(
    plant: RestorablePlant, loaded: LoadedNetwork, history: YearsOfFailures
) -> Float[np.ndarray, " component"]:
    """Tb/s times hours that each component bears, over a whole history."""
    hours: dict[frozenset[int], float] = {}
    for interval in history.intervals:
        hours[interval.down] = hours.get(interval.down, 0.0) + interval.duration_h
    down_sets = list(hours)
    components = plant.components
    failed = _words(plant, [[components[one] for one in down] for down in down_sets])
    rates_tbps = np.array(plant.bit_rates_gbps) / GBPS_PER_TBPS
    found = drills(loaded, failures=failed)
    lost_tbps = missing_bit_rate(
        loaded, found.outcome, carried=rates_tbps[found.grade], bit_rates=rates_tbps
    )
    hits_home = _hits_home(plant, loaded)
    charged = np.zeros(len(components))
    for row, (down, duration_h) in enumerate(hours.items()):
        blamed = sorted(down)
        charged[blamed] += _shares(hits_home[blamed]) @ lost_tbps[row] * duration_h
    return charged


def _words(
    plant: RestorablePlant, groups: Sequence[Sequence[FailureComponent]]
) -> UInt64[np.ndarray, "failure word"]:
    words = [plant.failed_words(group) for group in groups]
    return np.array(words, dtype=np.uint64).reshape(len(groups), plant.paths.word_count)


def _hits_home(
    plant: RestorablePlant, loaded: LoadedNetwork
) -> Bool[np.ndarray, "component connection"]:
    """Whether each component takes down the working path of each connection."""
    hit = paths_hit(plant.paths, failures=_words(plant, [[one] for one in plant.components]))
    home = loaded.placement.blocks.working[:, 0]
    return np.asarray(hit[:, home] & loaded.placement.is_placed)


def _shares(
    hits_home: Bool[np.ndarray, "component connection"],
) -> Float[np.ndarray, "component connection"]:
    """What each component that is down bears of the loss of each connection, in equal parts.

    Those that take down its working path bear it; if none does, all of them.
    """
    bears = hits_home | ~hits_home.any(axis=0)
    return np.asarray(bears / bears.sum(axis=0))


def _of_owners(
    components: Sequence[FailureComponent], charged: Float[np.ndarray, " component"]
) -> dict[OperatorId, float]:
    """What components bear, divided equally among the owners of each."""
    owned: dict[OperatorId, float] = {}
    for component, lost in zip(components, charged, strict=True):
        for owner_id in component.owner_ids:
            part = float(lost) / len(component.owner_ids)
            owned[owner_id] = owned.get(owner_id, 0.0) + part
    return {owner_id: lost for owner_id, lost in owned.items() if lost > 0.0}
