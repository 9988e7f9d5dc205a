"""What does somebody see of light that ran along a path? Engineering units."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.core.findings import Finding
from karakoram.network.photonic.spectral import ElementId


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChannelFigures:
    """Every channel at one point; ratios are infinite where there is no noise yet."""

    power_dbm: Float[np.ndarray, " channel"]
    """Total, noise in the signal bandwidth included."""
    gsnr_db: Float[np.ndarray, " channel"]
    """Signal over all noise in the signal bandwidth."""
    gsnr_01nm_db: Float[np.ndarray, " channel"]
    """The same in 0.1 nm."""
    osnr_db: Float[np.ndarray, " channel"]
    """Signal over amplified spontaneous emission in the signal bandwidth."""
    osnr_01nm_db: Float[np.ndarray, " channel"]
    """The same in 0.1 nm."""
    cd_ps_per_nm: Float[np.ndarray, " channel"]
    pmd_ps: Float[np.ndarray, " channel"]
    pdl_db: Float[np.ndarray, " channel"]

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, read_only(getattr(self, field.name)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ElementFigures:
    """What came out of one element of the path, transmitter and ROADM noise left out."""

    element_id: ElementId
    kind: str
    """Type of the element by the word of its file, e.g. ``Fiber``."""
    type_id: str | None
    position_km: float
    """Glass kilometres from the beginning of the path to its output."""
    latency_ms: float
    channels: ChannelFigures
    details: Mapping[str, float]
    """What else is worth knowing, by a name that says its unit, e.g. ``gain_db``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "details", MappingProxyType(dict(self.details)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathPropagation:
    """Light from a transmitter to a receiver."""

    path: tuple[ElementId, ...]
    frequency_thz: Float[np.ndarray, " channel"]
    labels: tuple[str, ...]
    """Of the part of the spectrum that each channel belongs to."""
    received: ChannelFigures
    """What the receiver sees, noise of transmitter and add and drop paths included."""
    latency_ms: float
    """One way, in the fibres."""
    length_km: float
    elements: tuple[ElementFigures, ...]
    """One for each element of the path."""
    unlit_thz: tuple[float, ...]
    """Channels asked for that no light was put in, for some amplifier does not pass them."""
    warnings: tuple[Finding, ...]
    """What was taken for lack of a statement."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "frequency_thz", read_only(self.frequency_thz))
