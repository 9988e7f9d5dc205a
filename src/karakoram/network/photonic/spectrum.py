"""Which channels are lit? Parts of a spectrum, each a comb of equal channels."""

from dataclasses import dataclass
from math import floor
from typing import Annotated

from karakoram.core.fields import Bounds, Decibels, check_fields
from karakoram.network.photonic.spectral import FrequencyBand, SpacingGhz, SymbolRateGbaud
from karakoram.network.photonic.transceivers import RollOff, TransmitterOsnrDb

_HALF_HERTZ_THZ = 5e-13
"""Centres are whole hertz; a channel half a hertz beyond the edge still counts."""
_GHZ_IN_THZ = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class SpectrumPart:
    """Equal channels in equal steps; its band reaches from the first to the last centre."""

    label: str
    band: FrequencyBand
    slot_ghz: SpacingGhz
    symbol_rate_gbaud: SymbolRateGbaud
    roll_off: RollOff
    tx_osnr_db: TransmitterOsnrDb
    """In 0.1 nm."""
    tx_power_dbm: Decibels
    launch_offset_db: Annotated[float, Bounds(at_least=-20.0, at_most=20.0)]
    """Power of a channel above the reference, into every span."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.symbol_rate_gbaud > self.slot_ghz:
            raise ValueError(
                f"SpectrumPart.symbol_rate_gbaud must be at most slot_ghz {self.slot_ghz:g}, "
                f"got {self.symbol_rate_gbaud:g}"
            )

    @property
    def centres_thz(self) -> tuple[float, ...]:
        """Centre frequency of every channel [THz], rising.

        >>> part = SpectrumPart(label="", band=FrequencyBand(lower_thz=193.2, upper_thz=193.31),
        ...     slot_ghz=50.0, symbol_rate_gbaud=32.0, roll_off=0.15, tx_osnr_db=40.0,
        ...     tx_power_dbm=0.0, launch_offset_db=0.0)
        >>> [round(centre, 6) for centre in part.centres_thz]
        [193.2, 193.25, 193.3]
        """
        step_thz = self.slot_ghz * _GHZ_IN_THZ
        extent_thz = self.band.upper_thz - self.band.lower_thz + _HALF_HERTZ_THZ
        return tuple(
            self.band.lower_thz + index * step_thz
            for index in range(floor(extent_thz / step_thz) + 1)
        )

    @property
    def occupied(self) -> tuple[float, float]:
        """Lowest and highest frequency of all its slots [THz]."""
        centres, half_thz = self.centres_thz, self.slot_ghz * _GHZ_IN_THZ / 2.0
        return centres[0] - half_thz, centres[-1] + half_thz
