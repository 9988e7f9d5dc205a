"""What do the channels of a submarine line of many equal spans look like at its far end?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.amplifier import photon_noise_w
from karakoram.engines.optics.fibre import FibreColumns
from karakoram.engines.optics.line import section_dispersion_s_per_m
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.section import prepared_sections
from karakoram.engines.optics.shares import NoiseShares, pure_signal
from karakoram.engines.optics.spectrum import Comb


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RepeateredColumns:
    """Submarine lines of equal spans, each followed by a repeater that restores the profile."""

    span_count: Int[np.ndarray, " line"]
    fibre: FibreColumns
    """One span of each line, axis [line]."""
    noise_factor: Float[np.ndarray, " line"]
    """Noise factor of the repeaters [1]."""

    def __post_init__(self) -> None:
        count = np.array(self.span_count, dtype=np.int64)
        count.flags.writeable = False
        object.__setattr__(self, "span_count", count)
        object.__setattr__(self, "noise_factor", read_only(self.noise_factor))
        assert self.fibre.length_m.shape == count.shape == self.noise_factor.shape
        assert (count >= 1).all()
        assert (self.noise_factor >= 0.0).all()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RepeateredNoise:
    """Noise, power and accumulated dispersion of submarine lines."""

    end: NoiseShares
    """After the last repeater, axes [line, channel]."""
    repeater_input_power_w: Float[np.ndarray, "line channel"]
    """Total channel power at the input of every repeater; their output is the launch profile."""
    chromatic_dispersion_s_per_m: Float[np.ndarray, "line channel"]
    """Accumulated over the line; 1 s/m is 1000 ps/nm."""
    pmd_s: Float[np.ndarray, " line"]
    """Mean differential group delay of the line's fibre; lines add in quadrature."""

    def __post_init__(self) -> None:
        for name in ("repeater_input_power_w", "chromatic_dispersion_s_per_m", "pmd_s"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    @property
    def gsnr(self) -> Float[np.ndarray, "line channel"]:
        """GSNR after the last repeater [1], in the signal bandwidth."""
        return self.end.gsnr


def repeatered_line_noise(
    lines: RepeateredColumns, comb: Comb, *, method: PropagationMethod = DEFAULT_METHOD
) -> RepeateredNoise:
    """Noise of every channel of submarine lines, at the cost of one span each.

    Repeaters work in saturation: with their gain-flattening filters they put out the launch
    profile whatever comes in, noise included. Every span therefore does the same to the
    shares, and N spans are a geometric series (:meth:`NoiseShares.repeated`), exactly.

    Parameters
    ----------
    lines
        Spans, their number and their repeaters, axis [line].
    comb
        Channels, the same in every line; the launch power is the repeaters' output.
    method
        Models of nonlinear interference and Raman scattering.

    Returns
    -------
    Noise shares [1], channel power at a repeater [W], dispersion [s/m] and PMD [s] of each line.
    """
    line_count = lines.span_count.size
    used = np.ones(line_count, dtype=np.bool_)
    sections = prepared_sections(lines.fibre, comb, method, used=used)
    launch_w = np.tile(comb.launch_power_w, (line_count, 1))
    arriving_w = sections.output_power_w(launch_w)
    ase_w = lines.noise_factor[:, None] * photon_noise_w(
        frequency_hz=comb.frequency_hz, symbol_rate_hz=comb.symbol_rate_hz
    )
    span = (
        pure_signal((line_count, comb.channel_count))
        .with_interference(sections.interference_ratio(launch_w))
        .with_ase(ase_w / (arriving_w + ase_w))
    )
    count = lines.span_count.astype(np.float64)
    return RepeateredNoise(
        end=span.repeated(count[:, None]),
        repeater_input_power_w=arriving_w,
        chromatic_dispersion_s_per_m=section_dispersion_s_per_m(lines.fibre, comb) * count[:, None],
        pmd_s=lines.fibre.pmd_s_per_sqrt_m * np.sqrt(lines.fibre.length_m * count),
    )
