"""What may somebody write down about traffic: requests, a matrix, modulations, bit rates, bands?

Each record is a row of one table and checks only itself.
"""

from dataclasses import dataclass
from typing import Annotated

from karakoram.core.fields import BitRateGbps, Bounds, Finite, NotNegative, Positive, check_fields
from karakoram.core.grid import FrequencySlot
from karakoram.core.identifiers import SectionId, SiteId

SpectralEfficiency = Annotated[float, Bounds(above=0.0, at_most=20.0)]
"""Bit/s in a hertz; no receiver reads 2^20 points of a constellation."""
BandCentre = Annotated[int, Bounds(at_least=-10_000.0, at_most=10_000.0)]
"""Index n of 6.25 GHz from 193.1 THz (ITU-T G.694.1)."""
BandWidth = Annotated[int, Bounds(at_least=1.0, at_most=4_096.0)]
"""Multiple m of 12.5 GHz (ITU-T G.694.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedRequest:
    """A request that somebody recorded."""

    arrives_at: Finite
    """In any unit of time, counted from anywhere."""
    holds_for: NotNegative | None = None
    """In the same unit; ``None`` is without an end."""
    from_site_id: SiteId
    to_site_id: SiteId
    bit_rate_gbps: BitRateGbps

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTraffic:
    """One place of a traffic matrix."""

    from_site_id: SiteId
    to_site_id: SiteId
    volume: NotNegative
    """In any unit: pairs are asked for in proportion to it."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachRow:
    """A modulation as somebody writes it down."""

    reach_km: Positive | None = None
    """Longest transparent length; ``None`` for a modulation that bridges any."""
    bit_per_s_per_hz: SpectralEfficiency

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class BitRateShare:
    """A bit rate and how often it is asked for, in proportion to the others."""

    bit_rate_gbps: BitRateGbps
    weight: Positive = 1.0

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedBand:
    """A frequency slot that is never given away."""

    n: BandCentre
    m: BandWidth
    section_id: SectionId | None = None
    """``None`` is every section."""

    def __post_init__(self) -> None:
        check_fields(self)

    @property
    def slot(self) -> FrequencySlot:
        """The same on the grid."""
        return FrequencySlot(n=self.n, m=self.m)
