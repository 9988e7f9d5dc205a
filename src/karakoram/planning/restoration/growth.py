"""As traffic grows year by year, what is full first, and what do failures take and leave?

Wavelengths are lit one after the other, pair by pair in turn, and none is moved later. A year has
the first so many of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from karakoram.engines.restoration.drill import LoadedNetwork
from karakoram.engines.restoration.policy import Scheme
from karakoram.engines.restoration.slots import FREE
from karakoram.planning.restoration.drills import RestorationChoices, loaded_network
from karakoram.planning.restoration.plant import (
    ConnectionDemand,
    Pair,
    Resource,
    RestorablePlant,
)
from karakoram.planning.restoration.years import YearlyLoss, YearsOfFailures, yearly_loss

_ROUNDING = 1e-9
"""A wavelength that is full needs no other because of the last digit."""
WAVES_LOOKED_AT = 1_000
"""How far growth is followed to find what is full first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthPath:
    """How much is carried in each year: a constant factor from year to year."""

    first_tbps: float
    last_tbps: float
    years: int
    """From the first to the last, >= 1."""
    wave_gbps: float

    def __post_init__(self) -> None:
        for name in ("first_tbps", "last_tbps", "wave_gbps"):
            if not 0.0 < getattr(self, name) < float("inf"):
                raise ValueError(f"{name} must be above 0, got {getattr(self, name)}")
        if self.years < 1:
            raise ValueError(f"years must be >= 1, got {self.years}")

    def asked_tbps(self, year: int) -> float:
        """What is asked for in a year; year 0 is the first.

        >>> growth = GrowthPath(first_tbps=1.0, last_tbps=4.0, years=2, wave_gbps=400.0)
        >>> [growth.asked_tbps(year) for year in range(3)]
        [1.0, 2.0, 4.0]
        """
        return float(self.first_tbps * (self.last_tbps / self.first_tbps) ** (year / self.years))

    def waves(self, year: int) -> int:
        """Wavelengths that carry it, the last perhaps not full."""
        return ceil(self.asked_tbps(year) * 1e3 / self.wave_gbps - _ROUNDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class FullSection:
    """A multiplex section, and how much of its spectrum is taken."""

    resource: Resource
    taken_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRefusal:
    """The first wavelength that finds no room, if growth goes on long enough."""

    pair: Pair
    lit_tbps: float
    """Carried before it."""
    section: FullSection
    """The fullest of the path that comes nearest to having room."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GrowthYear:
    """One year under one scheme."""

    year: int
    asked_tbps: float
    lit_tbps: float
    refused: int
    """Wavelengths without room."""
    fullest: FullSection
    loss: YearlyLoss


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SchemeGrowth:
    """Every year under one scheme, and what is full first."""

    scheme: Scheme
    years: tuple[GrowthYear, ...]
    first_refusal: FirstRefusal | None
    """``None`` where nothing is full at ``WAVES_LOOKED_AT`` wavelengths."""


def scheme_growth(
    plant: RestorablePlant,
    growth: GrowthPath,
    *,
    scheme: Scheme,
    choices: RestorationChoices,
    histories: Sequence[YearsOfFailures],
    told: Callable[[int], None],
) -> SchemeGrowth:
    """The years of a growing load.

    Parameters
    ----------
    plant
        Its pairs share the growth, one wavelength each in turn.
    growth
        How much there is in each year.
    scheme, choices
        How wavelengths are protected and restored.
    histories
        What fails, the same in every year.
    told
        Hears which year comes next.
    """
    years = []
    for year in range(growth.years + 1):
        told(year)
        loaded = loaded_network(
            plant, _waves(plant, growth, growth.waves(year), scheme=scheme), choices
        )
        placed = int(loaded.placement.is_placed.sum())
        years.append(
            GrowthYear(
                year=year,
                asked_tbps=growth.asked_tbps(year),
                lit_tbps=placed * growth.wave_gbps / 1e3,
                refused=loaded.connections.count - placed,
                fullest=_fullest(plant, loaded, range(len(plant.resources))),
                loss=yearly_loss(plant, loaded, histories, reverts=True),
            )
        )
    return SchemeGrowth(
        scheme=scheme,
        years=tuple(years),
        first_refusal=_first_refusal(plant, growth, scheme=scheme, choices=choices),
    )


def _waves(
    plant: RestorablePlant, growth: GrowthPath, count: int, *, scheme: Scheme
) -> list[ConnectionDemand]:
    ends = [plant.pairs[number % len(plant.pairs)] for number in range(count)]
    return [
        ConnectionDemand(a_site_id=a, z_site_id=z, bit_rate_gbps=growth.wave_gbps, scheme=scheme)
        for a, z in ends
    ]


def _first_refusal(
    plant: RestorablePlant, growth: GrowthPath, *, scheme: Scheme, choices: RestorationChoices
) -> FirstRefusal | None:
    waves = _waves(plant, growth, WAVES_LOOKED_AT, scheme=scheme)
    placed = loaded_network(plant, waves, choices).placement.is_placed
    if placed.all():
        return None
    first = int(np.argmin(placed))
    before = loaded_network(plant, waves[:first], choices)
    pair = plant.pair_number[waves[first].pair]
    return FirstRefusal(
        pair=waves[first].pair,
        lit_tbps=first * growth.wave_gbps / 1e3,
        section=_bottleneck(plant, before, pair),
    )


def _bottleneck(plant: RestorablePlant, loaded: LoadedNetwork, pair: int) -> FullSection:
    """Of the fullest section of each candidate path the one with most room."""
    paths = plant.paths
    per_path = [
        _fullest(
            plant, loaded, paths.resources[paths.hop_offsets[path] : paths.hop_offsets[path + 1]]
        )
        for path in range(paths.pair_offsets[pair], paths.pair_offsets[pair + 1])
    ]
    return min(per_path, key=lambda section: section.taken_share)


def _fullest(
    plant: RestorablePlant, loaded: LoadedNetwork, resources: Sequence[int] | np.ndarray | range
) -> FullSection:
    tables = loaded.placement.spectrum
    taken = (tables.owner != FREE) | tables.reserve.any(axis=2)
    shares = {int(number): float(taken[number].mean()) for number in resources}
    fullest = max(shares, key=lambda number: shares[number])
    return FullSection(resource=plant.resources[fullest], taken_share=shares[fullest])
