"""What does light suffer along one cable from landing to landing, land crossings included?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.units import latency_ms_from_length
from karakoram.engines.optics import NoiseShares
from karakoram.network.network import Network
from karakoram.network.sections import Oms
from karakoram.network.wet_line import WetLine
from karakoram.planning.cable_ways import line_latency_ms
from karakoram.planning.optical_plant import OpticalPlant, line_key
from karakoram.planning.wet_light import WET_LINE, Slots, WetLight, wet_comb, wet_light

_SAME_HZ = 1e6
"""Frequencies so close are one channel: rounding of sums near 2e14 Hz is far less."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CableLeg:
    """One line of a way along a cable: under the sea, or across land between two landings."""

    a_place: str
    z_place: str
    length_km: float
    latency_ms: float
    wet: WetLight | None
    """``None`` on land."""
    frequency_hz: Float[np.ndarray, " channel"]
    end: NoiseShares
    """What the leg alone does, axis [channel]."""
    dispersion_s_per_m: Float[np.ndarray, " channel"]
    pmd_s: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CableLight:
    """Light from one end to the other, on the channels that every leg carries."""

    legs: tuple[CableLeg, ...]
    frequency_hz: Float[np.ndarray, " channel"]
    end: NoiseShares
    dispersion_s_per_m: Float[np.ndarray, " channel"]
    pmd_s: float

    @property
    def length_km(self) -> float:
        """Glass kilometres."""
        return sum(leg.length_km for leg in self.legs)

    @property
    def latency_ms(self) -> float:
        """One way."""
        return sum(leg.latency_ms for leg in self.legs)

    @property
    def wet(self) -> tuple[WetLight, ...]:
        """The lines under the sea, in the order of light."""
        return tuple(leg.wet for leg in self.legs if leg.wet is not None)


def joined_legs(legs: Sequence[CableLeg]) -> CableLight:
    """Legs one after another, each entered at its launch profile.

    Shares of signal and noise follow each other exactly, for the equipment between two legs
    brings every channel to the launch of the next.

    Raises
    ------
    InvalidDataError
        If no channel runs through all of them.
    """
    assert legs, "a way has at least one leg"
    common = legs[0].frequency_hz
    for leg in legs[1:]:
        common = common[_places(leg, common) >= 0]
    if not common.size:
        place = Place(table=WET_LINE, field="bandwidth_thz")
        message = (
            "the lines of the way have no channel in common; name a wider band, or fewer lines"
        )
        raise InvalidDataError((Finding(code="no-common-channel", place=place, message=message),))
    where = [_places(leg, common) for leg in legs]
    shares = [_chosen(leg.end, at) for leg, at in zip(legs, where, strict=True)]
    end = shares[0]
    for following in shares[1:]:
        end = end.followed_by(following)
    return CableLight(
        legs=tuple(legs),
        frequency_hz=common,
        end=end,
        dispersion_s_per_m=np.sum(
            [leg.dispersion_s_per_m[at] for leg, at in zip(legs, where, strict=True)], axis=0
        ),
        pmd_s=float(np.sqrt(sum(leg.pmd_s**2 for leg in legs))),
    )


def _places(leg: CableLeg, frequency_hz: Float[np.ndarray, " channel"]) -> np.ndarray:
    """Which channel of the leg each frequency is; -1 where it is none."""
    nearest = np.abs(leg.frequency_hz[None, :] - frequency_hz[:, None]).argmin(axis=1)
    is_same = np.abs(leg.frequency_hz[nearest] - frequency_hz) < _SAME_HZ
    return np.where(is_same, nearest, -1)


def _chosen(shares: NoiseShares, at: np.ndarray) -> NoiseShares:
    return NoiseShares(signal=shares.signal[at], ase=shares.ase[at], nli=shares.nli[at])


def wet_leg(line: WetLine, slots: Slots, *, places: tuple[str, str]) -> CableLeg:
    """A line under the sea as a leg.

    Parameters
    ----------
    line, slots
        The line and how it is lit.
    places
        What its ends are called.
    """
    light = wet_light(line, wet_comb(line, slots))
    return CableLeg(
        a_place=places[0],
        z_place=places[1],
        length_km=line.length_km.value,
        latency_ms=latency_ms_from_length(line.length_km.value, line.fibre_type.group_index),
        wet=light,
        frequency_hz=light.comb.frequency_hz,
        end=light.end,
        dispersion_s_per_m=light.dispersion_s_per_m,
        pmd_s=light.pmd_s,
    )


def land_leg(network: Network, plant: OpticalPlant, line: Oms, *, spacing_ghz: float) -> CableLeg:
    """A line on land as a leg, as all planning takes it.

    Parameters
    ----------
    network, plant
        What the line is part of, and its noise.
    line
        Between two ROADM sites, in the direction of light.
    spacing_ghz
        Slot width, one that a transceiver mode has.
    """
    optics = plant.by_spacing[spacing_ghz]
    of_line = optics.by_line[line_key(line)]
    frequency_hz = optics.comb.frequency_hz
    return CableLeg(
        a_place=line.a_site_id,
        z_place=line.z_site_id,
        length_km=line.length_km,
        latency_ms=line_latency_ms(network, line),
        wet=None,
        frequency_hz=frequency_hz,
        end=of_line.shares,
        dispersion_s_per_m=np.full(frequency_hz.shape, of_line.cd_ps_per_nm * 1e-3),
        pmd_s=of_line.pmd_ps * 1e-12,
    )
