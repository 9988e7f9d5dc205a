"""How good are lines whose boosters follow the launch, and how does each power change that?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.amplifier import AmplifierColumns
from karakoram.engines.optics.fibre import LineColumns
from karakoram.engines.optics.flat_course import flat_course
from karakoram.engines.optics.line import LineNoise, PreparedLines, prepared_lines
from karakoram.engines.optics.line_power import walk
from karakoram.engines.optics.many_launches import many_launches
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.single_line import single_line
from karakoram.engines.optics.spectrum import Comb

STEP_NEPER = 1e-6
"""Of a channel's power, for slopes: its square and the rounding of GSNRs over it are alike."""

NOISE_HEADROOM = 10.0**0.02
"""0.2 dB of an amplifier's power are left to the noise that it carries, lest it saturate."""

ROWS_MAX = 4096
"""Launch profiles that are propagated at a time; bounds the memory that slopes take."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AmplifiedBands:
    """Parts of the spectrum with amplifiers of their own at every place."""

    is_in_band: Bool[np.ndarray, "band channel"]
    """Each channel is in one."""
    power_max_w: Float[np.ndarray, " band"]
    """Largest total output power of an amplifier of the band."""
    noise_factor: Float[np.ndarray, " band"]
    """By what the noise factor of the place is multiplied [1]."""

    def __post_init__(self) -> None:
        for name in ("power_max_w", "noise_factor"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        assert (self.is_in_band.sum(axis=0) == 1).all(), "each channel is in one band"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LaunchResponse:
    """What the noise of every channel is, and by how much each launch power changes it."""

    log_noise: Float[np.ndarray, "row channel"]
    """-ln GSNR, at the output of the preamplifier."""
    ase_part: Float[np.ndarray, "row channel"]
    """Of all noise, the part that is spontaneous emission [1]."""
    booster_part: Float[np.ndarray, "row channel"]
    """Of all noise, the part that is the booster's emission [1]; included in ``ase_part``."""
    slope: Float[np.ndarray, "row channel source"]
    """d(-ln GSNR of channel) / d(ln power of source) [1]."""

    def of(self, rows: Bool[np.ndarray, " row"]) -> "LaunchResponse":
        """That of some of the rows."""
        return LaunchResponse(
            log_noise=self.log_noise[rows],
            ase_part=self.ase_part[rows],
            booster_part=self.booster_part[rows],
            slope=self.slope[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LaunchedLines:
    """Lines ready for any launch powers, with what bounds these.

    The ROADM before a line keeps its total output power, and its switch gives it the shape of
    the launch profile; the booster's gain follows, gain = launched / put out by the ROADM. So
    more launch power buys no better noise in the booster.
    """

    prepared: PreparedLines
    roadm_power_w: Float[np.ndarray, " line"]
    """Total output power of the ROADM before each line."""
    power_max_w: Float[np.ndarray, "line band"]
    """Largest launch power, over the channels of each band: amplifiers also carry noise."""
    is_in_band: Bool[np.ndarray, "band channel"]

    def gsnr(
        self,
        launch_power_w: Float[np.ndarray, "row channel"],
        of_line: Int[np.ndarray, " row"] | None = None,
    ) -> Float[np.ndarray, "row channel"]:
        """GSNR at the output of the preamplifier [1], in the signal bandwidth.

        Parameters
        ----------
        launch_power_w
            Channel powers at the output of the booster [W].
        of_line
            Index of the line that each row is launched into; None: one row for each line.
        """
        return np.concatenate(
            [lines.gsnr(power_w) for lines, power_w in self._parts(launch_power_w, of_line)]
        )

    def noise(self, launch_power_w: Float[np.ndarray, "line channel"]) -> LineNoise:
        """Noise and power of every channel at every amplifier, one row for each line."""
        index = np.arange(len(launch_power_w))
        return self._set_for(launch_power_w, index).noise(launch_power_w)

    def response(
        self, launch_power_w: Float[np.ndarray, "row channel"], of_line: Int[np.ndarray, " row"]
    ) -> LaunchResponse:
        """Noise of every channel and its slopes: one propagation per row and channel, in batches.

        Forward differences of the propagation itself, whatever its models: with scattering,
        saturation and the booster that follows.

        Parameters
        ----------
        launch_power_w, of_line
            As of :meth:`gsnr`.
        """
        rows, channels = launch_power_w.shape
        log_noise = -np.log(self.gsnr(launch_power_w, of_line))
        nudge = 1.0 + STEP_NEPER * np.eye(channels)
        nudged_w = (launch_power_w[:, None, :] * nudge).reshape(-1, channels)
        nudged = -np.log(self.gsnr(nudged_w, np.repeat(of_line, channels)))
        change = nudged.reshape(rows, channels, channels) - log_noise[:, None, :]
        parts = [_emission(lines, w) for lines, w in self._parts(launch_power_w, of_line)]
        return LaunchResponse(
            log_noise=log_noise,
            ase_part=np.concatenate([ase_part for ase_part, _ in parts]),
            booster_part=np.concatenate([booster_part for _, booster_part in parts]),
            slope=change.transpose(0, 2, 1) / STEP_NEPER,
        )

    def band_power_w(
        self, launch_power_w: Float[np.ndarray, "row channel"]
    ) -> Float[np.ndarray, "row band"]:
        """Launch power of each band [W]."""
        return np.asarray(launch_power_w @ self.is_in_band.T.astype(np.float64))

    def _parts(
        self,
        launch_power_w: Float[np.ndarray, "row channel"],
        of_line: Int[np.ndarray, " row"] | None,
    ) -> Iterator[tuple[PreparedLines, Float[np.ndarray, "some channel"]]]:
        index = np.arange(len(launch_power_w)) if of_line is None else of_line
        for start in range(0, len(launch_power_w), ROWS_MAX):
            some = slice(start, start + ROWS_MAX)
            yield self._set_for(launch_power_w[some], index[some]), launch_power_w[some]

    def _set_for(
        self, launch_power_w: Float[np.ndarray, "row channel"], of_line: Int[np.ndarray, " row"]
    ) -> PreparedLines:
        """One line for each row, its booster set for the row's launch power."""
        sections = self.prepared.sections.part(of_line)
        amplifiers = self.prepared.amplifiers.part(of_line)
        gain = amplifiers.gain.copy()
        gain[:, 0] = launch_power_w.sum(axis=1) / self.roadm_power_w[of_line]
        amplifiers = replace(amplifiers, gain=gain)
        return PreparedLines(
            sections=sections,
            amplifiers=amplifiers,
            places=walk(sections, amplifiers),
            course=flat_course(sections, amplifiers),
            single=None,
            many=None,
        )


def launched_lines(
    lines: LineColumns,
    comb: Comb,
    amplifiers: AmplifierColumns,
    *,
    bands: AmplifiedBands | None = None,
    method: PropagationMethod = DEFAULT_METHOD,
) -> LaunchedLines:
    """Lines ready for any launch powers.

    Parameters
    ----------
    lines, comb, amplifiers, method
        As of :func:`prepared_lines`. The comb's launch powers over the booster's gain are what
        the ROADM puts out. Gains stay what they are, but the booster's.
    bands
        Amplifiers per band; None: one amplifier for all channels, with the maximum power of
        ``amplifiers``.
    """
    prepared = prepared_lines(lines, comb, amplifiers, method=method)
    maximum_w = prepared.amplifiers.output_power_max_w.min(axis=1)[:, None]
    if bands is None:
        bands = AmplifiedBands(
            is_in_band=np.ones((1, comb.channel_count), dtype=np.bool_),
            power_max_w=np.array([np.inf]),
            noise_factor=np.ones(1),
        )
    standing = prepared.amplifiers
    of_channel = bands.noise_factor @ bands.is_in_band.astype(np.float64)
    standing = replace(
        standing,
        photon_noise_w=standing.photon_noise_w * of_channel,
        ase_w=standing.ase_w * of_channel,
    )
    single = single_line(prepared.sections, standing)
    return LaunchedLines(
        prepared=replace(
            prepared,
            amplifiers=standing,
            places=walk(prepared.sections, standing),
            course=flat_course(prepared.sections, standing),
            single=single,
            many=many_launches(prepared.sections, standing, single),
        ),
        roadm_power_w=comb.launch_power_w.sum() / amplifiers.gain[:, 0],
        power_max_w=np.minimum(maximum_w, bands.power_max_w) / NOISE_HEADROOM,
        is_in_band=bands.is_in_band,
    )


def _emission(
    lines: PreparedLines, launch_power_w: Float[np.ndarray, "row channel"]
) -> tuple[Float[np.ndarray, "row channel"], Float[np.ndarray, "row channel"]]:
    """Of all noise, the part that is spontaneous emission, and that of the booster alone [1]."""
    noise = lines.noise(launch_power_w)
    end = noise.end
    all_noise = end.ase + end.nli
    booster = noise.ase_ratio[:, 0] * end.signal
    return np.asarray(end.ase / all_noise), np.asarray(np.minimum(booster, end.ase) / all_noise)
