"""Which transceivers can end a path, and what does each mode need and stand?"""

from dataclasses import dataclass
from typing import Annotated

from karakoram.core.fields import Bounds, Decibels, NotNegative, Positive, check_fields
from karakoram.network.photonic.spectral import (
    FrequencyBand,
    SpacingGhz,
    SymbolRateGbaud,
    TransceiverTypeId,
)

RollOff = Annotated[float, Bounds(at_least=0.0, at_most=1.0)]
TransmitterOsnrDb = Annotated[float, Bounds(at_least=10.0, at_most=100.0)]
"""In 0.1 nm; no receiver makes sense of a transmitter below 10 dB, 100 dB means no noise."""


_PENALTY_DB_MAX = 60.0
"""No SNR is left to lose."""
_BITS_PER_SYMBOL = Bounds(at_least=0.1, at_most=24.0)
"""Of both polarisations; 24 are two of 4096 levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyTable:
    """SNR penalty by impairment; linear in between, and no reception outside the table."""

    impairments: tuple[float, ...]
    """Rising; the field that holds the table names the unit."""
    penalties_db: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.impairments) != len(self.penalties_db) or not self.impairments:
            raise ValueError(
                f"PenaltyTable.penalties_db must be as many as impairments and at least one, got "
                f"{len(self.penalties_db)} for {len(self.impairments)}"
            )
        if any(a >= b for a, b in zip(self.impairments, self.impairments[1:], strict=False)):
            raise ValueError("PenaltyTable.impairments must rise from one to the next")
        if not all(0.0 <= penalty <= _PENALTY_DB_MAX for penalty in self.penalties_db):
            raise ValueError(
                f"PenaltyTable.penalties_db must be 0 to {_PENALTY_DB_MAX:g} dB, got "
                f"{min(self.penalties_db):g} to {max(self.penalties_db):g}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverModel:
    """How a receiver's bit errors follow from SNR and received power."""

    k1: float
    k2: float
    reference_power_dbm: Decibels
    ber_threshold: Annotated[float, Bounds(above=0.0, at_most=0.5)]
    """Bit error ratio that forward error correction still mends."""
    transceiver_snr_db: Decibels
    """In 0.1 nm."""
    receiver_snr_db: Decibels
    """In 0.1 nm, at 1 W of received power."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransceiverMode:
    """One way a coherent transceiver can be set, with what it needs at the receiver."""

    name: str
    symbol_rate_gbaud: SymbolRateGbaud
    required_osnr_db: Decibels
    """In 0.1 nm, back to back, penalties apart."""
    bit_rate_gbps: Positive
    roll_off: RollOff | None = None
    tx_osnr_db: TransmitterOsnrDb
    """In 0.1 nm."""
    spacing_ghz_min: SpacingGhz
    cost: NotNegative | None = None
    """In the library's own unit."""
    cd_penalties: PenaltyTable | None = None
    """By |accumulated dispersion| [ps/nm] as signed in the table."""
    pmd_penalties: PenaltyTable | None = None
    """By PMD [ps]."""
    pdl_penalties: PenaltyTable | None = None
    """By PDL [dB]."""
    equalisation_offset_db: Decibels = 0.0
    """What a ROADM adds to its target for this mode."""
    tx_power_dbm_min: Decibels | None = None
    tx_power_dbm_max: Decibels | None = None
    rx_power_dbm_min: Decibels | None = None
    rx_power_dbm_max: Decibels | None = None
    receiver: ReceiverModel | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        if self.symbol_rate_gbaud > self.spacing_ghz_min:
            raise ValueError(
                f"TransceiverMode.symbol_rate_gbaud must be at most spacing_ghz_min "
                f"{self.spacing_ghz_min:g}, got {self.symbol_rate_gbaud:g}"
            )
        breach = _BITS_PER_SYMBOL.breach(self.bit_rate_gbps / self.symbol_rate_gbaud)
        if breach is not None:
            raise ValueError(
                f"TransceiverMode.bit_rate_gbps over symbol_rate_gbaud {breach} bits a symbol; "
                "check the units"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransceiverType:
    """A transceiver that tunes over a band and knows several modes."""

    transceiver_type_id: TransceiverTypeId
    band: FrequencyBand
    modes: tuple[TransceiverMode, ...]

    def mode(self, name: str) -> TransceiverMode | None:
        """The mode of this name, or ``None``."""
        return next((mode for mode in self.modes if mode.name == name), None)
