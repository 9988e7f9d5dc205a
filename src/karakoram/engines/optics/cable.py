"""What do channels look like at the end of a cable whose repeaters hold their output power?

Repeaters of a submarine cable work deep in saturation: the total power they put out is given.
Noise that joins on the way takes its part of that power from the signal, which *droops*. Two
pictures of it are here. In the first, gain-flattening filters bring every channel back to its
launch power, so that each channel droops alone; it is exact where the band is full. In the
second, one gain serves the whole band, so that noise between channels and in unlit spectrum
takes power, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.core.units import PLANCK_J_S
from karakoram.engines.optics.amplifier import photon_noise_w
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.repeatered import RepeateredColumns
from karakoram.engines.optics.section import PreparedSections, prepared_sections
from karakoram.engines.optics.shares import NoiseShares, pure_signal
from karakoram.engines.optics.spectrum import Comb

_INTERFERENCE_MAX = 1.0 - 1e-12
"""Share of the power that a span leaves as interference, at most: some signal stays."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedCable:
    """All of a batch of cables that does not depend on launch powers: computed once."""

    cable: RepeateredColumns
    sections: PreparedSections
    """One span of each line."""
    comb: Comb
    """Channels; its launch powers are not used."""
    ase_w: Float[np.ndarray, "line channel"]
    """Noise at the input of each repeater, in the signal bandwidth."""
    extra_loss: Float[np.ndarray, "line span"]
    """Loss behind the fibre of each span, as of a branching unit: input over output power [1],
    >= 1. Its repeater makes up for it, and adds more noise."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ase_w", read_only(self.ase_w))
        object.__setattr__(self, "extra_loss", read_only(self.extra_loss))
        lines = self.cable.span_count.size
        assert self.extra_loss.shape == (lines, int(self.cable.span_count.max()))
        assert (self.extra_loss >= 1.0).all(), "a branching unit does not amplify"

    def shares(self, launch_power_w: Float[np.ndarray, "line channel"]) -> NoiseShares:
        """What is signal and noise at the end, where every channel is brought back to launch.

        The generalised droop formula: with SNR_k the ratio that span k alone would leave,

            1 + 1/SNR = prod_k (1 + 1/SNR_k)

        Parameters
        ----------
        launch_power_w
            Total channel power after every repeater [W].

        Returns
        -------
        Shares with axes [line, channel].

        References
        ----------
        .. [1] A. Bononi, J.-C. Antona, M. Lonardi, A. Carbo-Méseguer, P. Serena, "The
           generalized droop formula for low signal to noise ratio optical links", J. Lightwave
           Technol. 38, 2201 (2020).
        .. [2] J.-C. Antona, A. Carbo Méseguer, V. Letellier, "Transmission systems with constant
           output power amplifiers at low SNR values: a generalized droop model", OFC 2019, M1J.6.
        """
        kerr = pure_signal(launch_power_w.shape).with_interference(
            self._interference_ratio(launch_power_w)
        )
        arriving_w = self.sections.output_power_w(launch_power_w)
        end = pure_signal(launch_power_w.shape)
        for first, beyond in self._equal_spans():
            here_w = arriving_w / self.extra_loss[:, first, None]
            span = kerr.with_ase(self.ase_w / (here_w + self.ase_w))
            count = np.clip(self.cable.span_count - first, 0, beyond - first)
            end = end.followed_by(span.repeated(count.astype(np.float64)[:, None]))
        return end

    def _equal_spans(self) -> Iterator[tuple[int, int]]:
        """First and beyond the last of spans one after another that lose the same."""
        changes = np.any(self.extra_loss[:, 1:] != self.extra_loss[:, :-1], axis=0)
        edges = [0, *(np.flatnonzero(changes) + 1).tolist(), self.extra_loss.shape[1]]
        return pairwise(edges)

    def signal_along(
        self, launch_power_w: Float[np.ndarray, "line channel"]
    ) -> Float[np.ndarray, "line repeater channel"]:
        """Share of the signal after every repeater [1], the launch first.

        What stands beyond a line's end repeats the figure at its end.

        Parameters
        ----------
        launch_power_w
            Total channel power after every repeater [W].
        """
        kept = 1.0 - self._interference_ratio(launch_power_w)
        arriving_w = self.sections.output_power_w(launch_power_w)
        here_w = arriving_w[:, None, :] / self.extra_loss[:, :, None]
        spans = kept[:, None, :] * here_w / (here_w + self.ase_w[:, None, :])
        within = np.arange(spans.shape[1]) < self.cable.span_count[:, None]
        spans = np.where(within[:, :, None], spans, 1.0)
        start = np.ones((spans.shape[0], 1, spans.shape[2]))
        return np.asarray(np.concatenate([start, spans], axis=1).cumprod(axis=1))

    def _interference_ratio(
        self, power_w: Float[np.ndarray, "line channel"]
    ) -> Float[np.ndarray, "line channel"]:
        # Beyond all reason the model, of first order, would take more than there is.
        found = self.sections.interference_ratio(power_w)
        return np.asarray(np.minimum(found, _INTERFERENCE_MAX))

    def drooped(
        self,
        launch_power_w: Float[np.ndarray, "line channel"],
        *,
        band_hz: Float[np.ndarray, " line"],
    ) -> "Droop":
        """Power and noise at every repeater where one gain holds the total power of the band.

        The noise of a span, brought to the repeater's output, is a_i = F h f R_i / T_i in a
        channel and e in the rest of the band B, T_i the transmission of fibre and branching
        unit; the gain that holds the total makes all of it smaller by the same factor,

            chi = P / (P + sum_i a_i + e),   P_i <- chi (P_i + a_i),   s_i <- chi s_i (1 - r_i)

        with r_i the interference of the span at the powers that channels then have.

        Parameters
        ----------
        launch_power_w
            Total channel power after the first amplifier [W]; their sum is what every repeater
            puts out.
        band_hz
            Width of spectrum that the repeaters amplify [Hz], at least the channels' own.

        References
        ----------
        .. [1] O. V. Sinkin et al., "SDM for power-efficient undersea transmission",
           J. Lightwave Technol. 36, 361 (2018): signal droop at constant repeater power.
        .. [2] J. D. Downie, "Maximum capacities in submarine cables with fixed power constraints
           for C-band, C+L-band, and multicore fiber systems", J. Lightwave Technol. 36, 4025
           (2018).
        """
        idle_hz = band_hz - self.comb.symbol_rate_hz.sum()
        assert (idle_hz >= -1.0).all(), "the repeaters amplify every channel"
        arriving_w = self.sections.output_power_w(launch_power_w)
        transmission = arriving_w / launch_power_w
        added_w = self.ase_w / transmission
        total_w = launch_power_w.sum(axis=1)
        centre_hz = float(self.comb.frequency_hz.mean())
        density = self.cable.noise_factor * (PLANCK_J_S * centre_hz) / transmission.mean(axis=1)
        idle_w = density * np.maximum(idle_hz, 0.0)
        noise_w = self.extra_loss * (added_w.sum(axis=1) + idle_w)[:, None]
        kept = total_w[:, None] / (total_w[:, None] + noise_w)
        return self._walked(launch_power_w, added_w=added_w, kept=kept)

    def _walked(
        self,
        launch_power_w: Float[np.ndarray, "line channel"],
        *,
        added_w: Float[np.ndarray, "line channel"],
        kept: Float[np.ndarray, "line span"],
    ) -> "Droop":
        most = int(self.cable.span_count.max())
        power_w = np.empty((launch_power_w.shape[0], most + 1, launch_power_w.shape[1]))
        power_w[:, 0] = launch_power_w
        shares = pure_signal(launch_power_w.shape)
        for span in range(most):
            now_w = power_w[:, span]
            ratio = self._interference_ratio(now_w)
            noise_w = added_w * self.extra_loss[:, span, None]
            after = shares.with_interference(ratio).with_ase(noise_w / (now_w + noise_w))
            here = (span < self.cable.span_count)[:, None]
            shares = NoiseShares(
                signal=np.where(here, after.signal, shares.signal),
                ase=np.where(here, after.ase, shares.ase),
                nli=np.where(here, after.nli, shares.nli),
            )
            power_w[:, span + 1] = np.where(here, kept[:, span, None] * (now_w + noise_w), now_w)
        return Droop(power_w=power_w, end=shares)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Droop:
    """Channels along cables of constant total power.

    What stands beyond a line's end repeats the figures at its end.
    """

    power_w: Float[np.ndarray, "line repeater channel"]
    """Total channel power after every repeater, the first before the first span."""
    end: NoiseShares
    """After the last repeater, axes [line, channel]."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "power_w", read_only(self.power_w))

    @property
    def signal_kept(self) -> Float[np.ndarray, "line channel"]:
        """Signal power at the end over that at the launch [1]: the droop of the signal."""
        return np.asarray(self.power_w[:, -1] * self.end.signal / self.power_w[:, 0])


def prepared_cable(
    lines: RepeateredColumns,
    comb: Comb,
    *,
    extra_loss: Float[np.ndarray, "line span"] | None = None,
    method: PropagationMethod = DEFAULT_METHOD,
) -> PreparedCable:
    """Kernels and noise of cables, ready for any launch powers.

    Parameters
    ----------
    lines, comb, method
        Spans and repeaters, channels, models; launch powers are not used.
    extra_loss
        Loss behind the fibre of each span, as of a branching unit: input over output power [1],
        >= 1, as many spans as the longest line has. None: no loss.
    """
    used = np.ones(lines.span_count.shape, dtype=np.bool_)
    photons_w = photon_noise_w(frequency_hz=comb.frequency_hz, symbol_rate_hz=comb.symbol_rate_hz)
    return PreparedCable(
        cable=lines,
        sections=prepared_sections(lines.fibre, comb, method, used=used),
        comb=comb,
        ase_w=lines.noise_factor[:, None] * photons_w,
        extra_loss=np.ones((lines.span_count.size, int(lines.span_count.max())))
        if extra_loss is None
        else extra_loss,
    )
