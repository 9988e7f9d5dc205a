"""Which slots of which OMS are lit, and with what?

Frozen values: lighting or dropping a wavelength gives another load, in which every OMS that the
wavelength does not touch is the very same value as before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, NewType

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.fields import Bounds, Decibels, check_fields
from karakoram.core.grid import FrequencySlot
from karakoram.core.identifiers import near_misses
from karakoram.network.photonic.spectral import (
    ElementId,
    SymbolRateGbaud,
    TransceiverTypeId,
)

WavelengthId = NewType("WavelengthId", str)
"""Names one lightpath from transceiver to transceiver, in one direction."""

SlotWidth = Annotated[int, Bounds(at_least=1.0, at_most=400.0)]
"""Multiple m of 12.5 GHz (ITU-T G.694.1)."""
SlotCentre = Annotated[int, Bounds(at_least=-8_000.0, at_most=8_000.0)]
"""Index n of 6.25 GHz from 193.1 THz (ITU-T G.694.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WavelengthOrder:
    """A wavelength as somebody writes it down: a row of a load file."""

    wavelength_id: WavelengthId
    from_id: ElementId
    """Transceiver at its beginning."""
    to_id: ElementId
    """Transceiver at its end."""
    via: tuple[ElementId, ...] = ()
    """Elements to pass, in this order; else the shortest way."""
    n: SlotCentre
    m: SlotWidth
    symbol_rate_gbaud: SymbolRateGbaud | None = None
    """``None`` is that of the mode."""
    power_offset_db: Annotated[float, Bounds(at_least=-20.0, at_most=20.0)] = 0.0
    """Power above that to which ROADMs level their channels."""
    transceiver_type_id: TransceiverTypeId | None = None
    mode: str = ""
    """Name of a mode of the transceiver type."""

    def __post_init__(self) -> None:
        check_fields(self)
        if (self.transceiver_type_id is None) != (not self.mode):
            raise ValueError("WavelengthOrder: transceiver_type_id and mode are given together")
        if self.symbol_rate_gbaud is None and not self.mode:
            raise ValueError("WavelengthOrder: give symbol_rate_gbaud, or a mode that has one")


@dataclass(frozen=True, slots=True, kw_only=True)
class LitWavelength:
    """A wavelength on its way, with all that light needs to know of it."""

    wavelength_id: WavelengthId
    path: tuple[ElementId, ...]
    """From transceiver to transceiver."""
    slot: FrequencySlot
    symbol_rate_gbaud: SymbolRateGbaud
    power_offset_db: Decibels = 0.0
    tx_osnr_db: Decibels
    """In 0.1 nm."""
    required_osnr_db: Decibels | None = None
    """In 0.1 nm, by its mode; ``None`` where no mode is named: then it has no margin."""
    mode: str = ""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.symbol_rate_gbaud > self.slot.width_ghz:
            raise ValueError(
                f"LitWavelength.symbol_rate_gbaud must be at most the slot of "
                f"{self.slot.width_ghz:g} GHz, got {self.symbol_rate_gbaud:g}"
            )
        if len(set(self.path)) < len(self.path):
            raise ValueError("LitWavelength.path passes an element twice, where it meets itself")


@dataclass(frozen=True, slots=True)
class LineLoad:
    """The wavelengths of one OMS, in ascending order of frequency; their slots do not overlap."""

    wavelengths: tuple[LitWavelength, ...] = ()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.wavelengths, key=lambda one: one.slot.n))
        object.__setattr__(self, "wavelengths", ordered)
        for one, other in pairwise(ordered):
            if one.slot.overlaps(other.slot):
                raise RefusedError(
                    f"{other.wavelength_id!r} (n={other.slot.n}, m={other.slot.m}) overlaps "
                    f"{one.wavelength_id!r} (n={one.slot.n}, m={one.slot.m})"
                )

    def lit(self, wavelength: LitWavelength) -> "LineLoad":
        """The load with one more wavelength."""
        return LineLoad((*self.wavelengths, wavelength))

    def dropped(self, wavelength_id: WavelengthId) -> "LineLoad":
        """The load without a wavelength."""
        return LineLoad(tuple(w for w in self.wavelengths if w.wavelength_id != wavelength_id))


DARK = LineLoad()
"""Of an OMS without light."""

LineKey = tuple[ElementId, ElementId]
"""Names an OMS: the element where it begins, and the first element after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkLoad:
    """What is lit on every OMS; its mappings refuse to be written."""

    lines: Mapping[LineKey, LineLoad] = field(default_factory=dict)
    """OMSs without light are not listed."""
    wavelengths: Mapping[WavelengthId, LitWavelength] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", MappingProxyType(dict(self.lines)))
        object.__setattr__(self, "wavelengths", MappingProxyType(dict(self.wavelengths)))

    def lit(self, wavelength: LitWavelength, *, over: tuple[LineKey, ...]) -> "NetworkLoad":
        """The load with one more wavelength.

        Parameters
        ----------
        wavelength
            Its identifier must be new.
        over
            The OMSs of its path.

        Raises
        ------
        RefusedError
            Where its slot is taken on some OMS, or its identifier.
        """
        if wavelength.wavelength_id in self.wavelengths:
            raise RefusedError(f"wavelength {wavelength.wavelength_id!r} is lit already")
        lines = dict(self.lines)
        for key in over:
            try:
                lines[key] = lines.get(key, DARK).lit(wavelength)
            except RefusedError as refusal:
                raise RefusedError(f"{refusal} between {key[0]!r} and {key[1]!r}") from None
        wavelengths = {**self.wavelengths, wavelength.wavelength_id: wavelength}
        return NetworkLoad(lines=lines, wavelengths=wavelengths)

    def dropped(self, wavelength_id: WavelengthId) -> "NetworkLoad":
        """The load without a wavelength.

        Raises
        ------
        NotFoundError
            Where no wavelength has the identifier.
        """
        if wavelength_id not in self.wavelengths:
            raise NotFoundError(
                f"no wavelength {wavelength_id!r} is lit.",
                near_misses=near_misses(wavelength_id, self.wavelengths),
            )
        gone = self.wavelengths[wavelength_id]
        lines = {
            key: line.dropped(wavelength_id) if gone in line.wavelengths else line
            for key, line in self.lines.items()
        }
        return NetworkLoad(
            lines={key: line for key, line in lines.items() if line.wavelengths},
            wavelengths={k: one for k, one in self.wavelengths.items() if k != wavelength_id},
        )
