"""Of the power in a channel, how much is signal, and how much is noise of each kind?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NoiseShares:
    """Shares of the total channel power in the signal bandwidth; they add up to 1."""

    signal: Float[np.ndarray, "*shape channel"]
    ase: Float[np.ndarray, "*shape channel"]
    """Amplified spontaneous emission."""
    nli: Float[np.ndarray, "*shape channel"]
    """Nonlinear interference."""

    def __post_init__(self) -> None:
        for name in ("signal", "ase", "nli"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    @property
    def gsnr(self) -> Float[np.ndarray, "*shape channel"]:
        """Signal over all noise [1], in the signal bandwidth; infinite without noise."""
        return _ratio(self.signal, self.ase + self.nli)

    @property
    def osnr(self) -> Float[np.ndarray, "*shape channel"]:
        """Signal over ASE [1], in the signal bandwidth (not in 0.1 nm)."""
        return _ratio(self.signal, self.ase)

    @property
    def snr_nli(self) -> Float[np.ndarray, "*shape channel"]:
        """Signal over nonlinear interference [1], in the signal bandwidth."""
        return _ratio(self.signal, self.nli)

    @property
    def log_noise(self) -> Float[np.ndarray, "*shape channel"]:
        """What adds over lines, x = ln(1 + 1/GSNR) [1]: minus the logarithm of the signal's share.

        Taken from the signal or from the noise, whichever is less, so that no digit is lost.
        """
        noise = self.ase + self.nli
        # What is not chosen may be the logarithm of nothing.
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(
                np.where(noise < self.signal, -np.log1p(-noise), -np.log(self.signal))
            )

    def with_interference(self, ratio: Float[np.ndarray, "*shape channel"]) -> "NoiseShares":
        """After a part ``ratio`` of the power has turned into interference.

        s <- s (1 - r),  a <- a (1 - r),  n <- n (1 - r) + r; total power does not change.

        Parameters
        ----------
        ratio
            Interference over total power r [1], 0 <= r <= 1, axes [*shape, channel].
        """
        kept = 1.0 - ratio
        return NoiseShares(
            signal=self.signal * kept, ase=self.ase * kept, nli=self.nli * kept + ratio
        )

    def with_ase(self, ratio: Float[np.ndarray, "*shape channel"]) -> "NoiseShares":
        """After ASE was added that makes up the part ``ratio`` of the new total power.

        s <- s (1 - r),  a <- a (1 - r) + r,  n <- n (1 - r).

        Parameters
        ----------
        ratio
            Added over new total power r [1], 0 <= r <= 1, axes [*shape, channel].
        """
        kept = 1.0 - ratio
        return NoiseShares(
            signal=self.signal * kept, ase=self.ase * kept + ratio, nli=self.nli * kept
        )

    def followed_by(self, other: "NoiseShares") -> "NoiseShares":
        """After a further line that alone would give ``other``, entered at its launch power.

            s = s1 s2,  a = a1 s2 + a2,  n = n1 s2 + n2

        The GSNR of this is what :func:`composed_gsnr` gives; the OSNR has no shorter rule,
        for the noise of the second line meets a signal that the first has already reduced.
        """
        return NoiseShares(
            signal=self.signal * other.signal,
            ase=self.ase * other.signal + other.ase,
            nli=self.nli * other.signal + other.nli,
        )

    def repeated(self, count: Float[np.ndarray, "*shape #channel"]) -> "NoiseShares":
        """After ``count`` equal spans, when these are the shares after one.

        Each span starts from the same total power, so the signal's share is multiplied by
        s and every span adds its noise, reduced by the spans that follow: geometric series.

            s_N = s^N,  a_N = a (1 - s^N) / (1 - s),  n_N = n (1 - s^N) / (1 - s)

        Parameters
        ----------
        count
            Number of spans N [1], >= 1, axes [*shape, channel] or [*shape, 1].
        """
        lost = -np.expm1(count * np.log(self.signal))
        noise = self.ase + self.nli
        spans = np.divide(lost, noise, out=np.zeros_like(lost), where=noise > 0.0)
        return NoiseShares(signal=1.0 - lost, ase=self.ase * spans, nli=self.nli * spans)


def pure_signal(shape: tuple[int, ...]) -> NoiseShares:
    """Channels that carry no noise yet: s = 1, a = n = 0, with axes of ``shape``."""
    return NoiseShares(signal=np.ones(shape), ase=np.zeros(shape), nli=np.zeros(shape))


def gsnr_from_signal_share(
    signal: Float[np.ndarray, "*shape channel"],
) -> Float[np.ndarray, "*shape channel"]:
    """GSNR [1] where ``signal`` of the total channel power is signal: s / (1 - s).

    >>> gsnr_from_signal_share(np.array([0.5, 0.99, 1.0])).round(9).tolist()
    [1.0, 99.0, inf]
    """
    return _ratio(signal, 1.0 - signal)


def _ratio(
    signal: Float[np.ndarray, "*shape"], noise: Float[np.ndarray, "*shape"]
) -> Float[np.ndarray, "*shape"]:
    # Not-a-number, which pads the ends of lines, stays not-a-number.
    infinite = np.full(signal.shape, np.inf)
    return np.asarray(np.divide(signal, noise, out=infinite, where=noise != 0.0))
