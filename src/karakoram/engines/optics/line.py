"""What do the channels of a full comb look like at every amplifier of every line?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.amplifier import (
    AmplifierColumns,
    amplifier_gain,
    ase_input_power_w,
)
from karakoram.engines.optics.fibre import FibreColumns, LineColumns, dispersion_s_per_m2
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.section import PreparedSections, prepared_sections
from karakoram.engines.optics.shares import NoiseShares, pure_signal
from karakoram.engines.optics.spectrum import Comb


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineNoise:
    """Noise, power and accumulated dispersion of a batch of lines.

    Axis ``amplifier`` counts the booster as 0 and the preamplifier as the line's number of
    sections; entries beyond it, and sections beyond the line's last, are NaN.
    """

    end: NoiseShares
    """At the output of the preamplifier, axes [line, channel]."""
    output_power_w: Float[np.ndarray, "line channel"]
    """Total channel power at the output of the preamplifier."""
    at_amplifier: NoiseShares
    """At the output of every amplifier, axes [line, amplifier, channel]."""
    amplifier_output_power_w: Float[np.ndarray, "line amplifier channel"]
    """Total channel power after amplifier k, which is what enters section k."""
    section_output_power_w: Float[np.ndarray, "line section channel"]
    """Total channel power after section k, which is what enters amplifier k + 1."""
    chromatic_dispersion_s_per_m: Float[np.ndarray, "line channel"]
    """Accumulated over the line; 1 s/m is 1000 ps/nm."""
    pmd_s: Float[np.ndarray, " line"]
    """Mean differential group delay of the line's fibre; lines add in quadrature."""

    def __post_init__(self) -> None:
        for name in (
            "output_power_w",
            "amplifier_output_power_w",
            "section_output_power_w",
            "chromatic_dispersion_s_per_m",
            "pmd_s",
        ):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    @property
    def gsnr(self) -> Float[np.ndarray, "line channel"]:
        """GSNR at the output of the preamplifier [1], in the signal bandwidth."""
        return self.end.gsnr

    @property
    def osnr(self) -> Float[np.ndarray, "line channel"]:
        """Signal over ASE at the output of the preamplifier [1], in the signal bandwidth."""
        return self.end.osnr


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Channels:
    """Channels at one place of the lines in hand."""

    power_w: Float[np.ndarray, "row channel"]
    shares: NoiseShares


def line_noise(
    lines: LineColumns,
    comb: Comb,
    amplifiers: AmplifierColumns,
    *,
    method: PropagationMethod = DEFAULT_METHOD,
) -> LineNoise:
    """Noise and power of every channel at every amplifier of a batch of lines.

    Each line is an OMS in one direction: booster, sections with an amplifier after each,
    the last of which is the preamplifier. The ROADM before it sends ``launch power / set
    gain of the booster`` per channel, without noise, so that results of lines compose
    exactly (:func:`composed_gsnr`). All lines advance together, section by section.

    Parameters
    ----------
    lines
        Sections with axes [line, section].
    comb
        Channels, the same in every line.
    amplifiers
        Amplifiers with axes [line, amplifier], one more than sections.
    method
        Models of nonlinear interference and Raman scattering.

    Returns
    -------
    Noise shares [1], channel powers [W], dispersion [s/m] and PMD [s]; NaN beyond a line's end.

    References
    ----------
    .. [1] Losses, connectors and order of effects as in GNPy 3.0.1, an independent tool;
       agreement is shown in tests/against.
    """
    line_count, section_count = lines.fibre.length_m.shape
    assert amplifiers.gain.shape == (line_count, section_count + 1), (
        "a line has one amplifier more than sections"
    )
    used = np.arange(section_count) < lines.section_count[:, None]
    sections = prepared_sections(lines.fibre, comb, method, used=used)
    wide = (line_count, section_count + 1, comb.channel_count)
    after = {name: np.full(wide, np.nan) for name in ("power_w", "signal", "ase", "nli")}
    section_output_w = np.full((line_count, section_count, comb.channel_count), np.nan)

    def record(channels: _Channels, *, rows: Int[np.ndarray, " row"], place: int) -> None:
        after["power_w"][rows, place] = channels.power_w
        after["signal"][rows, place] = channels.shares.signal
        after["ase"][rows, place] = channels.shares.ase
        after["nli"][rows, place] = channels.shares.nli

    rows = np.arange(line_count)
    at_roadm = _Channels(
        power_w=comb.launch_power_w / amplifiers.gain[:, :1],
        shares=pure_signal((line_count, comb.channel_count)),
    )
    channels = _amplified(at_roadm, comb, amplifiers, at=(rows, np.zeros_like(rows)))
    record(channels, rows=rows, place=0)
    for place in range(int(lines.section_count.max())):
        going_on = np.flatnonzero(lines.section_count[rows] > place)
        rows = rows[going_on]
        here = np.full_like(rows, place)
        channels = _through_section(_selected(channels, going_on), sections, at=(rows, here))
        section_output_w[rows, place] = channels.power_w
        channels = _amplified(channels, comb, amplifiers, at=(rows, here + 1))
        record(channels, rows=rows, place=place + 1)

    last = (np.arange(line_count), lines.section_count)
    return LineNoise(
        end=NoiseShares(
            signal=after["signal"][last], ase=after["ase"][last], nli=after["nli"][last]
        ),
        output_power_w=after["power_w"][last],
        at_amplifier=NoiseShares(signal=after["signal"], ase=after["ase"], nli=after["nli"]),
        amplifier_output_power_w=after["power_w"],
        section_output_power_w=section_output_w,
        chromatic_dispersion_s_per_m=(
            section_dispersion_s_per_m(lines.fibre, comb) * used[..., None]
        ).sum(axis=1),
        pmd_s=np.sqrt((lines.fibre.pmd_s_per_sqrt_m**2 * lines.fibre.length_m * used).sum(axis=1)),
    )


def section_dispersion_s_per_m(
    fibre: FibreColumns, comb: Comb
) -> Float[np.ndarray, "*shape channel"]:
    """Chromatic dispersion of each section at each channel [s/m]: D(f) L.

    Parameters
    ----------
    fibre, comb
        Sections of any shape, and the channels.

    Returns
    -------
    Accumulated dispersion [s/m], axes [*shape, channel].
    """
    dispersion = dispersion_s_per_m2(
        reference_s_per_m2=fibre.dispersion_s_per_m2,
        slope_s_per_m3=fibre.dispersion_slope_s_per_m3,
        frequency_hz=comb.frequency_hz,
    )
    return np.asarray(dispersion * fibre.length_m[..., None])


def _selected(channels: _Channels, rows: Int[np.ndarray, " row"]) -> _Channels:
    shares = channels.shares
    return _Channels(
        power_w=channels.power_w[rows],
        shares=NoiseShares(signal=shares.signal[rows], ase=shares.ase[rows], nli=shares.nli[rows]),
    )


def _through_section(
    channels: _Channels,
    sections: PreparedSections,
    *,
    at: tuple[Int[np.ndarray, " row"], ...],
) -> _Channels:
    passage = sections.passage(at=at, power_w=channels.power_w)
    return _Channels(
        power_w=passage.output_power_w,
        shares=channels.shares.with_interference(passage.interference_ratio),
    )


def _amplified(
    channels: _Channels,
    comb: Comb,
    amplifiers: AmplifierColumns,
    *,
    at: tuple[Int[np.ndarray, " row"], ...],
) -> _Channels:
    """After an amplifier: noise is added at its input, then all power is multiplied."""
    ase_w = ase_input_power_w(
        noise_factor=amplifiers.noise_factor[at],
        frequency_hz=comb.frequency_hz,
        symbol_rate_hz=comb.symbol_rate_hz,
    )
    input_w = channels.power_w + ase_w
    maximum_w = amplifiers.output_power_max_w[at]
    gain = amplifier_gain(
        input_power_w=channels.power_w,
        set_gain=amplifiers.gain[at],
        output_power_max_w=maximum_w,
    )
    # Gain-flattening filters follow the launch profile; the pumps set its height.
    restored_w = comb.launch_power_w * np.minimum(
        1.0, maximum_w[:, None] / comb.launch_power_w.sum()
    )
    restores = amplifiers.restores_profile[at][:, None]
    return _Channels(
        power_w=np.where(restores, restored_w, input_w * gain[:, None]),
        shares=channels.shares.with_ase(ase_w / input_w),
    )
