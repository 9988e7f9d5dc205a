"""How much power does each channel have at every amplifier of every line?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.optics.amplifier import (
    AmplifierColumns,
    amplifier_gain,
    photon_noise_w,
)
from karakoram.engines.optics.section import PreparedSections
from karakoram.engines.optics.spectrum import Comb


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinePowers:
    """Total channel power along a batch of lines; power does not depend on what is noise."""

    amplifier_output_w: Float[np.ndarray, "line amplifier channel"]
    section_output_w: Float[np.ndarray, "line section channel"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacedAmplifiers:
    """Amplifiers with their noise for one comb; those beyond a line's end are transparent."""

    gain: Float[np.ndarray, "*shape"]
    output_power_max_w: Float[np.ndarray, "*shape"]
    restores_profile: Bool[np.ndarray, "*shape"]
    noise_factor: Float[np.ndarray, "*shape"]
    photon_noise_w: Float[np.ndarray, " channel"]
    """What a noise factor of 1 adds at an amplifier's input: h f R."""

    ase_w: Float[np.ndarray, "*shape channel"]
    """Amplified spontaneous emission at the amplifiers' inputs: noise factor times h f R."""
    restores_any: bool
    """Whether one of them restores the profile."""

    def part(self, at: tuple[slice | int, ...] | Int[np.ndarray, " some"]) -> "PlacedAmplifiers":
        """The amplifiers at an index of [line, amplifier]; views where the index is of slices."""
        return PlacedAmplifiers(
            gain=self.gain[at],
            output_power_max_w=self.output_power_max_w[at],
            restores_profile=self.restores_profile[at],
            noise_factor=self.noise_factor[at],
            photon_noise_w=self.photon_noise_w,
            ase_w=self.ase_w[at],
            restores_any=bool(self.restores_profile[at].any()),
        )


def placed_amplifiers(
    amplifiers: AmplifierColumns, comb: Comb, *, used: Bool[np.ndarray, "line amplifier"]
) -> PlacedAmplifiers:
    """Amplifiers with the noise power of each, for one comb.

    Parameters
    ----------
    amplifiers, comb
        Amplifiers with axes [line, amplifier]; channels, whose launch powers are not used.
    used
        Which of them stand in a line; the others are made transparent.
    """
    noise_factor = np.where(used, amplifiers.noise_factor, 0.0)
    noise_w = photon_noise_w(frequency_hz=comb.frequency_hz, symbol_rate_hz=comb.symbol_rate_hz)
    restores = amplifiers.restores_profile & used
    return PlacedAmplifiers(
        gain=np.where(used, amplifiers.gain, 1.0),
        output_power_max_w=np.where(used, amplifiers.output_power_max_w, np.inf),
        restores_profile=restores,
        noise_factor=noise_factor,
        photon_noise_w=noise_w,
        ase_w=noise_factor[..., None] * noise_w,
        restores_any=bool(restores.any()),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Walk:
    """The places of a batch of lines in travel order."""

    amplifiers: tuple[PlacedAmplifiers, ...]
    """One more than sections: the booster is the first."""
    sections: tuple[PreparedSections, ...]


def walk(sections: PreparedSections, amplifiers: PlacedAmplifiers) -> Walk:
    """Sections and amplifiers, place by place.

    Parameters
    ----------
    sections, amplifiers
        Axes [line, section] and [line, amplifier]; views of them are returned.
    """
    places = range(amplifiers.gain.shape[1])
    return Walk(
        amplifiers=tuple(amplifiers.part((slice(None), place)) for place in places),
        sections=tuple(sections.part((slice(None), place)) for place in places[:-1]),
    )


def line_powers(launch_power_w: Float[np.ndarray, "row channel"], places: Walk) -> LinePowers:
    """Total channel power after every amplifier and every section [W].

    Lines are walked section by section, all at once; what a section does may depend on the
    power that enters it, and what an amplifier gives on the power that reaches it.

    Parameters
    ----------
    launch_power_w
        Power that each line's booster is set to put out, one row per line; or any number of
        rows for a single line.
    places
        Amplifiers and sections, place by place.

    Returns
    -------
    Powers [W] with one line for each row.
    """
    rows, channels = launch_power_w.shape
    section_count = len(places.sections)
    output_w = np.empty((rows, section_count + 1, channels))
    section_output_w = np.empty((rows, section_count, channels))
    booster, *others = places.amplifiers
    arriving_w = launch_power_w / booster.gain[:, None]
    output_w[:, 0] = _amplified_w(arriving_w, launch_power_w, booster)
    for place, (section, amplifier) in enumerate(zip(places.sections, others, strict=True)):
        arriving_w = section.output_power_w(output_w[:, place])
        section_output_w[:, place] = arriving_w
        output_w[:, place + 1] = _amplified_w(arriving_w, launch_power_w, amplifier)
    return LinePowers(amplifier_output_w=output_w, section_output_w=section_output_w)


def _amplified_w(
    arriving_w: Float[np.ndarray, "row channel"],
    launch_power_w: Float[np.ndarray, "row channel"],
    amplifiers: PlacedAmplifiers,
) -> Float[np.ndarray, "row channel"]:
    """After an amplifier: noise is added at its input, then all power is multiplied."""
    gain = amplifier_gain(
        input_power_w=arriving_w,
        set_gain=amplifiers.gain,
        output_power_max_w=amplifiers.output_power_max_w,
    )
    output_w = arriving_w + amplifiers.ase_w
    output_w *= gain[:, None]
    if not amplifiers.restores_any:
        return np.asarray(output_w)
    # Gain-flattening filters follow the launch profile; the pumps set its height.
    height = np.minimum(1.0, amplifiers.output_power_max_w / launch_power_w.sum(axis=-1))
    restored_w = launch_power_w * height[:, None]
    return np.asarray(np.where(amplifiers.restores_profile[:, None], restored_w, output_w))
