"""What does somebody see of receivers at the end of a path? Engineering units."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.arrays import read_only
from karakoram.core.fields import Bounds, check_fields
from karakoram.core.findings import Finding
from karakoram.network.photonic.transceivers import TransceiverMode
from karakoram.planning.photonic.propagation_records import PathPropagation


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchFilters:
    """The wavelength-selective switches of all ROADMs, each open as wide as the channel's slot."""

    otf_bandwidth_ghz: Annotated[float, Bounds(at_least=1.0, at_most=100.0)]
    """Full width at half maximum of their optical transfer function; 8 to 14 GHz in products."""
    per_express: Annotated[int, Bounds(at_least=1.0, at_most=2.0)] = 2
    """Switches that an express path passes: 2 by route and select, 1 by broadcast and select."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReceivedInMode:
    """Every channel at the receiver, all of them sent in one mode."""

    mode: TransceiverMode
    gsnr_01nm_db: Float[np.ndarray, " channel"]
    """Signal over all noise in 0.1 nm, transmitter and ROADM paths included."""
    cd_penalty_db: Float[np.ndarray, " channel"]
    """Infinite outside what the receiver is specified for, as are the others."""
    pmd_penalty_db: Float[np.ndarray, " channel"]
    pdl_penalty_db: Float[np.ndarray, " channel"]
    filter_penalty_db: Float[np.ndarray, " channel"]
    """0 where no filters are given."""
    margin_db: Float[np.ndarray, " channel"]
    """GSNR less penalties, what the mode requires, and the system margin."""
    power_dbm: Float[np.ndarray, " channel"]
    """Received, noise in the signal bandwidth included."""
    failures: tuple[tuple[str, ...], ...]
    """By channel: why the mode does not work; empty where it does."""

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name not in ("mode", "failures"):
                object.__setattr__(self, field.name, read_only(getattr(self, field.name)))

    @property
    def works(self) -> Bool[np.ndarray, " channel"]:
        """Channels on which nothing is wrong."""
        return np.array([not reasons for reasons in self.failures], dtype=np.bool_)

    @property
    def reasons(self) -> tuple[str, ...]:
        """All that is wrong on some channel, in the order of the first that has it."""
        return tuple(dict.fromkeys(word for reasons in self.failures for word in reasons))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReceiverChoice:
    """Which mode of a transceiver each channel can have."""

    transceiver_type_id: str
    frequency_thz: Float[np.ndarray, " channel"]
    modes: tuple[ReceivedInMode, ...]
    """In the order of the equipment."""
    best: tuple[int | None, ...]
    """By channel: the mode with the largest bit rate, then the least slot and cost; or none."""
    best_everywhere: int | None
    """The same for all channels together."""
    system_margin_db: float
    filters: SwitchFilters | None
    """``None``: nothing is known of them, and no penalty is counted."""
    filter_count: int
    """Switches on the way."""
    propagation: PathPropagation
    """Light in the best mode for all channels; where there is none in the first of ``modes``."""
    shown: int
    """Place in ``modes`` of the mode that ``propagation`` is in."""
    warnings: tuple[Finding, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "frequency_thz", read_only(self.frequency_thz))

    @property
    def is_complete(self) -> bool:
        """Whether every channel has a mode that works."""
        return None not in self.best

    def chosen(self) -> Iterator[tuple[int, ReceivedInMode | None]]:
        """Each channel by its number, and its best mode."""
        for at, best in enumerate(self.best):
            yield at, None if best is None else self.modes[best]
