"""Does an open cable give what its supplier committed to, whatever terminals light it?

An open cable is bought without terminals, so it is accepted by figures of the line alone:
SNR_ASE, SNR_NLI and GSNR of every channel, in the signal bandwidth of a reference channel.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.arrays import read_only
from karakoram.core.units import OSNR_BANDWIDTH_HZ, db_from_linear, linear_from_db
from karakoram.engines.optics.shares import NoiseShares

_FIGURES = ("snr_ase", "snr_nli", "gsnr")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenCableFigures:
    """SNR of a line without terminals, in the signal bandwidth: 1/GSNR = 1/SNR_ASE + 1/SNR_NLI."""

    snr_ase: Float[np.ndarray, "*shape channel"]
    snr_nli: Float[np.ndarray, "*shape channel"]
    gsnr: Float[np.ndarray, "*shape channel"]

    def __post_init__(self) -> None:
        for name in _FIGURES:
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape == self.gsnr.shape


def designed_figures(shares: NoiseShares) -> OpenCableFigures:
    """The figures of a computed line, droop included.

    Parameters
    ----------
    shares
        At the end of the line, axes [*shape, channel].

    References
    ----------
    .. [1] ITU-T G.977.1, *Transverse compatible DWDM applications for repeatered optical fibre
       submarine cable systems* (10/2020).
    .. [2] E. Rivera Hartling et al., *Subsea Open Cables: A Practical Perspective on the
       Guidelines and Gotchas*, SubOptic 2019.
    """
    return OpenCableFigures(snr_ase=shares.osnr, snr_nli=shares.snr_nli, gsnr=shares.gsnr)


def measured_figures(
    *,
    osnr_01nm: Float[np.ndarray, "*shape channel"],
    received_snr: Float[np.ndarray, "*shape channel"],
    terminal_snr: Float[np.ndarray, "*shape channel"],
    symbol_rate_hz: Float[np.ndarray, " channel"],
) -> OpenCableFigures:
    """The figures of a built line, from what is measured with a probe of known terminals.

        SNR_ASE = OSNR 12.5 GHz / R
        1/GSNR = 1/SNR - 1/SNR_terminal
        1/SNR_NLI = 1/GSNR - 1/SNR_ASE

    Differences of measured figures may come out as nothing or less; the ratio is then
    not-a-number: the measurement says no more than that it is large.

    Parameters
    ----------
    osnr_01nm
        Optical SNR in 0.1 nm, from an optical spectrum analyser [1].
    received_snr
        SNR of the probe over the line, from its bit error ratio [1].
    terminal_snr
        SNR of the same terminals back to back, noise loaded to nothing [1].
    symbol_rate_hz
        Symbol rate R of the probe [Hz].

    References
    ----------
    .. [1] E. Rivera Hartling et al., *Subsea Open Cables: A Practical Perspective on the
       Guidelines and Gotchas*, SubOptic 2019.
    """
    snr_ase = osnr_01nm * OSNR_BANDWIDTH_HZ / symbol_rate_hz
    gsnr = _inverse(1.0 / received_snr - 1.0 / terminal_snr)
    return OpenCableFigures(
        snr_ase=snr_ase, snr_nli=_inverse(1.0 / gsnr - 1.0 / snr_ase), gsnr=gsnr
    )


def _inverse(ratio: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    nothing = np.full(ratio.shape, np.nan)
    return np.asarray(np.divide(1.0, ratio, out=nothing, where=ratio > 0.0))


def at_symbol_rate(
    figures: OpenCableFigures,
    *,
    from_hz: Float[np.ndarray, " #channel"],
    to_hz: Float[np.ndarray, " #channel"],
) -> OpenCableFigures:
    """The figures for channels of another symbol rate and the same power per channel.

    ASE in the signal bandwidth grows with the symbol rate R, and interference with the cube of
    the power density: SNR_ASE falls as 1/R and SNR_NLI rises as R², the latter to first order
    and in a band that stays full. At the same power density neither changes.

    Parameters
    ----------
    figures
        At symbol rate ``from_hz``.
    from_hz, to_hz
        Symbol rates [Hz].
    """
    ratio = to_hz / from_hz
    snr_ase, snr_nli = figures.snr_ase / ratio, figures.snr_nli * ratio**2
    return OpenCableFigures(
        snr_ase=snr_ase, snr_nli=snr_nli, gsnr=1.0 / (1.0 / snr_ase + 1.0 / snr_nli)
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Acceptance:
    """How a measured line stands against what was committed to."""

    surplus_db: Float[np.ndarray, " channel"]
    """GSNR above the commitment, channel by channel; negative where it falls short."""
    mean_surplus_db: float
    """Of the mean of the GSNR in dB above the mean commitment in dB."""
    is_met: Bool[np.ndarray, " channel"]
    """Whether the channel keeps its commitment within the uncertainty."""
    is_accepted: bool
    """Whether every channel does, and the mean itself."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "surplus_db", read_only(self.surplus_db))
        met = np.array(self.is_met, dtype=np.bool_)
        met.flags.writeable = False
        object.__setattr__(self, "is_met", met)


def acceptance(
    measured: Float[np.ndarray, " channel"],
    committed: Float[np.ndarray, " channel"],
    *,
    uncertainty_db: float,
) -> Acceptance:
    """Whether a line is accepted.

    A single channel may fall short by the uncertainty of its measurement; the mean, in which
    such errors cancel, may not. A channel without a figure is not met.

    Parameters
    ----------
    measured, committed
        GSNR of every channel [1].
    uncertainty_db
        Of the measurement of one channel, >= 0.
    """
    assert uncertainty_db >= 0.0
    known = np.isfinite(measured) & (measured > 0.0)
    lowest = linear_from_db(-300.0)
    surplus_db = db_from_linear(np.where(known, measured, lowest)) - db_from_linear(committed)
    mean_db = float(surplus_db.mean())
    is_met = known & (surplus_db >= -uncertainty_db)
    return Acceptance(
        surplus_db=np.where(known, surplus_db, np.nan),
        mean_surplus_db=mean_db if known.all() else float("nan"),
        is_met=is_met,
        is_accepted=bool(is_met.all() and mean_db >= 0.0),
    )
