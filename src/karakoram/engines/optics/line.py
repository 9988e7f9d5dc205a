"""What do the channels of a full comb look like at every amplifier of every line?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from karakoram.engines.optics.amplifier import AmplifierColumns
from karakoram.engines.optics.fibre import FibreColumns, LineColumns, dispersion_s_per_m2
from karakoram.engines.optics.flat_course import FlatCourse, flat_course
from karakoram.engines.optics.line_power import (
    PlacedAmplifiers,
    Walk,
    line_powers,
    placed_amplifiers,
    walk,
)
from karakoram.engines.optics.many_launches import ManyLaunches, many_launches
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.section import PreparedSections, prepared_sections
from karakoram.engines.optics.shares import NoiseShares, gsnr_from_signal_share
from karakoram.engines.optics.single_line import SingleLine, single_line
from karakoram.engines.optics.spectrum import Comb

_FIGURES = (
    "amplifier_output_power_w",
    "section_output_power_w",
    "interference_ratio",
    "ase_ratio",
)

BLOCK_SIZE_MAX = 2**16
"""Figures of one array that is worked on at a time: with a few of them, one core's cache."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineNoise:
    """Noise and power of a batch of lines, of every channel at every amplifier.

    Axis ``amplifier`` counts the booster as 0 and the preamplifier as the line's number of
    sections. What stands beyond a line's end repeats the figures at its end.
    """

    amplifier_output_power_w: Float[np.ndarray, "line amplifier channel"]
    """Total channel power after amplifier k, which is what enters section k."""
    section_output_power_w: Float[np.ndarray, "line section channel"]
    """Total channel power after section k, which is what enters amplifier k + 1."""
    interference_ratio: Float[np.ndarray, "line section channel"]
    """Part of the power that turns into nonlinear interference in section k [1]."""
    ase_ratio: Float[np.ndarray, "line amplifier channel"]
    """Part of the power that amplifier k adds as spontaneous emission [1]."""

    def __post_init__(self) -> None:
        for name in _FIGURES:
            getattr(self, name).flags.writeable = False

    @property
    def kept(self) -> Float[np.ndarray, "line amplifier channel"]:
        """Part of the power entering section k - 1 that is still what it was after amplifier k."""
        kept = 1.0 - self.ase_ratio
        kept[:, 1:] *= 1.0 - self.interference_ratio
        return np.asarray(kept)

    @property
    def gsnr(self) -> Float[np.ndarray, "line channel"]:
        """GSNR at the output of the preamplifier [1], in the signal bandwidth."""
        return gsnr_from_signal_share(np.multiply.reduce(self.kept, axis=1))

    @property
    def osnr(self) -> Float[np.ndarray, "line channel"]:
        """Signal over ASE at the output of the preamplifier [1], in the signal bandwidth."""
        return self.end.osnr

    @property
    def end(self) -> NoiseShares:
        """At the output of the preamplifier, axes [line, channel]."""
        shares = self.at_amplifier
        return NoiseShares(
            signal=shares.signal[:, -1], ase=shares.ase[:, -1], nli=shares.nli[:, -1]
        )

    @property
    def at_amplifier(self) -> NoiseShares:
        """At the output of every amplifier, axes [line, amplifier, channel].

        Noise that arises at place k is reduced by what follows, as the signal is, so with
        the share of signal s the share n of a kind is n_k / s_k = n_(k-1) / s_(k-1) + (what
        arises at k) / s_k.
        """
        signal = np.cumprod(self.kept, axis=1)
        arising = np.zeros_like(signal)
        arising[:, 1:] = self.interference_ratio * (1.0 - self.ase_ratio[:, 1:])
        return NoiseShares(
            signal=signal,
            ase=np.cumsum(self.ase_ratio / signal, axis=1) * signal,
            nli=np.cumsum(arising / signal, axis=1) * signal,
        )

    @property
    def output_power_w(self) -> Float[np.ndarray, "line channel"]:
        """Total channel power at the output of the preamplifier."""
        return self.amplifier_output_power_w[:, -1]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedLines:
    """All of a batch of lines that does not depend on launch powers: computed once."""

    sections: PreparedSections
    amplifiers: PlacedAmplifiers
    places: Walk
    course: FlatCourse | None
    """A shorter way to the GSNR, where there is one."""
    single: SingleLine | None
    """A faster walk for one launch, where there is one."""
    many: ManyLaunches | None
    """A shorter way to the GSNR of many launches, where there is one."""

    def noise(self, launch_power_w: Float[np.ndarray, "row channel"]) -> LineNoise:
        """Noise and power of every channel at every amplifier.

        Cost for S sections of N channels: S N² multiply-adds for interference; with Raman
        scattering at least 4 S N² more. Power never depends on what part of it is noise, so
        powers come first, then all interference at once, one product per type of fibre.

        Parameters
        ----------
        launch_power_w
            Total channel power that each booster is set to put out [W], one row per line; or
            any number of rows, profiles to compare, where there is a single line.

        Returns
        -------
        One line for each row.
        """
        parts = [_block_noise(lines, power_w) for lines, power_w in self._blocks(launch_power_w)]
        if len(parts) == 1:
            return parts[0]
        return LineNoise(
            **{name: np.concatenate([getattr(part, name) for part in parts]) for name in _FIGURES}
        )

    def gsnr(
        self, launch_power_w: Float[np.ndarray, "row channel"]
    ) -> Float[np.ndarray, "row channel"]:
        """GSNR at the output of the preamplifier [1], in the signal bandwidth.

        The same as ``noise(launch_power_w).gsnr`` without keeping what is on the way.

        Parameters
        ----------
        launch_power_w
            As of :meth:`noise`.
        """
        if self.many is not None and len(launch_power_w) > 1:
            assert (launch_power_w > 0.0).all()
            return self.many.gsnr(launch_power_w)
        parts = [_block_gsnr(lines, power_w) for lines, power_w in self._blocks(launch_power_w)]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _blocks(
        self, launch_power_w: Float[np.ndarray, "row channel"]
    ) -> Iterator[tuple["PreparedLines", Float[np.ndarray, "some channel"]]]:
        """Rows few enough at a time to stay in one core's cache, with the lines they run over."""
        lines, places = self.amplifiers.gain.shape
        rows, channels = launch_power_w.shape
        assert lines in {1, rows}, f"{rows} launch profiles for {lines} lines"
        assert (launch_power_w > 0.0).all()
        block = max(1, BLOCK_SIZE_MAX // (places * channels))
        for start in range(0, rows, block):
            some = slice(start, start + block)
            yield self if lines == 1 else self.part(some), launch_power_w[some]

    def part(self, lines: slice) -> "PreparedLines":
        """Some of the lines; views, nothing is copied."""
        sections, amplifiers = self.sections.part((lines,)), self.amplifiers.part((lines,))
        return PreparedLines(
            sections=sections,
            amplifiers=amplifiers,
            places=walk(sections, amplifiers),
            course=None if self.course is None else self.course.part(lines),
            single=None,
            many=None,
        )


def _block_gsnr(
    lines: PreparedLines, launch_power_w: Float[np.ndarray, "row channel"]
) -> Float[np.ndarray, "row channel"]:
    if lines.course is not None and lines.course.holds(launch_power_w):
        return lines.course.gsnr(launch_power_w)
    return _block_noise(lines, launch_power_w).gsnr


def _block_noise(
    lines: PreparedLines, launch_power_w: Float[np.ndarray, "row channel"]
) -> LineNoise:
    if lines.single is not None and len(launch_power_w) == 1:
        powers = lines.single.powers(launch_power_w)
    else:
        powers = line_powers(launch_power_w, lines.places)
    arriving_w = np.empty_like(powers.amplifier_output_w)
    arriving_w[:, 0] = launch_power_w / lines.amplifiers.gain[:, :1]
    arriving_w[:, 1:] = powers.section_output_w
    arriving_w += lines.amplifiers.ase_w
    return LineNoise(
        amplifier_output_power_w=powers.amplifier_output_w,
        section_output_power_w=powers.section_output_w,
        interference_ratio=lines.sections.interference_ratio(powers.amplifier_output_w[:, :-1]),
        ase_ratio=lines.amplifiers.ase_w / arriving_w,
    )


def prepared_lines(
    lines: LineColumns,
    comb: Comb,
    amplifiers: AmplifierColumns,
    *,
    method: PropagationMethod = DEFAULT_METHOD,
) -> PreparedLines:
    """Kernels, losses, gains and noise of a batch of lines, ready for any launch powers.

    Parameters
    ----------
    lines
        Sections with axes [line, section].
    comb
        Channels, the same in every line; their launch powers are not used.
    amplifiers
        Amplifiers with axes [line, amplifier], one more than sections.
    method
        Models of nonlinear interference and Raman scattering.
    """
    line_count, section_count = lines.fibre.length_m.shape
    assert amplifiers.gain.shape == (line_count, section_count + 1), (
        "a line has one amplifier more than sections"
    )
    count = lines.section_count[:, None]
    sections = prepared_sections(lines.fibre, comb, method, used=_used(lines))
    standing = placed_amplifiers(amplifiers, comb, used=np.arange(section_count + 1) <= count)
    single = single_line(sections, standing)
    return PreparedLines(
        sections=sections,
        amplifiers=standing,
        places=walk(sections, standing),
        course=flat_course(sections, standing),
        single=single,
        many=many_launches(sections, standing, single),
    )


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
    exactly (:func:`composed_gsnr`). All lines advance together.

    Parameters
    ----------
    lines
        Sections with axes [line, section].
    comb
        Channels and their launch powers, the same in every line.
    amplifiers
        Amplifiers with axes [line, amplifier], one more than sections.
    method
        Models of nonlinear interference and Raman scattering.

    Returns
    -------
    Noise ratios [1] and channel powers [W] at every amplifier.

    References
    ----------
    .. [1] Losses, connectors and order of effects as in GNPy 3.0.1, an independent tool;
       agreement is shown in tests/against.
    """
    line_count = lines.section_count.size
    prepared = prepared_lines(lines, comb, amplifiers, method=method)
    return prepared.noise(np.tile(comb.launch_power_w, (line_count, 1)))


def line_dispersion_s_per_m(lines: LineColumns, comb: Comb) -> Float[np.ndarray, "line channel"]:
    """Chromatic dispersion accumulated over each line [s/m]; 1 s/m is 1000 ps/nm.

    Parameters
    ----------
    lines, comb
        Lines and the channels that run through them.
    """
    sections = section_dispersion_s_per_m(lines.fibre, comb)
    return np.asarray((sections * _used(lines)[..., None]).sum(axis=1))


def line_pmd_s(lines: LineColumns) -> Float[np.ndarray, " line"]:
    """Mean differential group delay of each line's fibre [s]; sections add in quadrature.

    Parameters
    ----------
    lines
        Lines, of which lengths and PMD coefficients are read.
    """
    fibre = lines.fibre
    square_s2 = fibre.pmd_s_per_sqrt_m**2 * fibre.length_m * _used(lines)
    return np.asarray(np.sqrt(square_s2.sum(axis=1)))


def _used(lines: LineColumns) -> Bool[np.ndarray, "line section"]:
    return np.asarray(np.arange(lines.fibre.length_m.shape[1]) < lines.section_count[:, None])


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
    if fibre.dispersion_offset_s_per_m2 is not None:
        dispersion = dispersion + fibre.dispersion_offset_s_per_m2
    return np.asarray(dispersion * fibre.length_m[..., None])
