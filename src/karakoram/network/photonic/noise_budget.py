"""What does an operator tell a partner of its leg, and is that enough to go on from?

A budget says what light is like where the leg hands it over, and nothing of what lies between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log10
from typing import Annotated

from karakoram.core.fields import Bounds, Decibels, check_fields
from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import Provenance
from karakoram.network.photonic.spectral import (
    FrequencyBand,
    LossDb,
    PmdPs,
    SymbolRateGbaud,
)

TABLE = "noise_budgets"

GSNR_DB_MAX = 60.0
GsnrDb = Annotated[float, Bounds(at_least=0.0, at_most=GSNR_DB_MAX)]
"""Below 0 dB no mode works; above 60 dB there is no line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetBand:
    """What a leg does to every channel whose slot lies in a band; a band may be one channel."""

    band: FrequencyBand
    gsnr_db: GsnrDb
    """Least GSNR of a channel in the band, in the signal bandwidth, terminals left out."""
    cd_ps_per_nm: Annotated[float, Bounds(at_least=-1e6, at_most=1e6)]
    """At the middle of the band."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.band.lower_thz >= self.band.upper_thz:
            raise ValueError("BudgetBand.band must be wider than nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseBudget:
    """One operator's leg between two hand-over sites, in one direction."""

    operator_id: OperatorId
    from_site_id: SiteId
    to_site_id: SiteId
    bands: tuple[BudgetBand, ...]
    """In ascending order of frequency, not overlapping."""
    pmd_ps: PmdPs
    pdl_db: LossDb
    latency_ms: Annotated[float, Bounds(at_least=0.0, at_most=1_000.0)]
    """One way."""
    symbol_rate_gbaud: SymbolRateGbaud
    """Of the channels for which powers are stated; GSNR holds at the same power density."""
    input_power_dbm: Decibels
    """Of such a channel, that the leg needs where it begins."""
    output_power_dbm: Decibels
    """Of such a channel, where the leg hands it over; the least of all channels."""
    is_full_load: bool
    """Whether every slot of the bands was taken as lit; else others may make it worse."""
    valid_until: date
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.bands:
            raise ValueError("NoiseBudget.bands must name at least one band")
        for one, other in pairwise(self.bands):
            if one.band.upper_thz > other.band.lower_thz:
                raise ValueError(
                    "NoiseBudget.bands must rise and not overlap, got one to "
                    f"{one.band.upper_thz:g} THz before one from {other.band.lower_thz:g} THz"
                )
        if self.from_site_id == self.to_site_id:
            raise ValueError(f"NoiseBudget must join two sites, got {self.from_site_id!r} twice")

    @property
    def name(self) -> str:
        """What findings call it."""
        return f"{self.operator_id} {self.from_site_id}-{self.to_site_id}"

    def band_of(self, lower_thz: float, upper_thz: float) -> BudgetBand | None:
        """The band in which a slot lies as a whole; ``None`` where the leg states nothing."""
        return next(
            (
                one
                for one in self.bands
                if one.band.lower_thz - _EDGE_THZ <= lower_thz
                and upper_thz <= one.band.upper_thz + _EDGE_THZ
            ),
            None,
        )


_EDGE_THZ = 1e-9
"""Rounding of frequencies: a kilohertz."""


def chain_findings(
    budgets: Sequence[NoiseBudget],
    *,
    slots_thz: Sequence[tuple[float, float]],
    on_day: date,
) -> tuple[Finding, ...]:
    """Everything that keeps legs from being put together, and what to be careful of.

    Parameters
    ----------
    budgets
        Legs in the order of light.
    slots_thz
        Lower and upper edge of each channel that is to run.
    on_day
        Day on which they are to hold.
    """
    return tuple(
        finding
        for index, budget in enumerate(budgets)
        for finding in (
            *_own_findings(budget, slots_thz, on_day),
            *(_joint_findings(budget, budgets[index + 1]) if index + 1 < len(budgets) else ()),
        )
    )


def _own_findings(
    budget: NoiseBudget, slots_thz: Sequence[tuple[float, float]], on_day: date
) -> Iterator[Finding]:
    if budget.valid_until < on_day:
        yield _finding(
            budget,
            "expired",
            field="valid_until",
            message=f"held until {budget.valid_until}; ask {budget.operator_id} for a new one",
        )
    uncovered = [slot for slot in slots_thz if budget.band_of(*slot) is None]
    if uncovered:
        lower, upper = uncovered[0]
        yield _finding(
            budget,
            "not-covered",
            field="bands",
            message=f"says nothing of {len(uncovered)} of the channels, the first from "
            f"{lower:.5f} to {upper:.5f} THz; light others, or ask for more bands",
        )
    if not budget.is_full_load:
        yield _finding(
            budget,
            "not-full-load",
            field="is_full_load",
            message="holds for the load of a day; further wavelengths may make it worse",
            severity=Severity.WARNING,
        )


def _joint_findings(budget: NoiseBudget, follower: NoiseBudget) -> Iterator[Finding]:
    if budget.to_site_id != follower.from_site_id:
        yield _finding(
            budget,
            "not-joined",
            field="to_site_id",
            message=f"ends at {budget.to_site_id!r}, but the next leg, {follower.name}, begins at "
            f"{follower.from_site_id!r}",
        )
    # Powers compared at one density: a wider channel has more of it.
    needed_dbm = follower.input_power_dbm + _decibels(
        budget.symbol_rate_gbaud / follower.symbol_rate_gbaud
    )
    if budget.output_power_dbm < needed_dbm - _POWER_ROUNDING_DB:
        yield _finding(
            budget,
            "too-weak",
            field="output_power_dbm",
            message=f"hands over {budget.output_power_dbm:.2f} dBm a channel, but {follower.name} "
            f"needs {needed_dbm:.2f} dBm; amplify where they meet",
        )


_POWER_ROUNDING_DB = 1e-6


def _decibels(ratio: float) -> float:
    return 10.0 * log10(ratio)


def _finding(
    budget: NoiseBudget,
    code: str,
    *,
    field: str,
    message: str,
    severity: Severity = Severity.ERROR,
) -> Finding:
    place = Place(table=TABLE, record=budget.name, field=field)
    return Finding(code=code, place=place, message=message, severity=severity)
