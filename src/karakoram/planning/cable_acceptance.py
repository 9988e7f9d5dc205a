"""How do measured channels of a cable stand against its design and against the contract?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.core.units import OSNR_BANDWIDTH_HZ, hz_from_thz, linear_from_db
from karakoram.engines.optics.open_cable import (
    Acceptance,
    OpenCableFigures,
    acceptance,
    at_symbol_rate,
    designed_figures,
    measured_figures,
)
from karakoram.network.measured_channels import MeasuredChannel, WayAlong
from karakoram.planning.cable_light import CableLight


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceTerms:
    """What a contract says of the figures of a cable."""

    symbol_rate_hz: float
    """Of the reference channel, in whose bandwidth figures are stated."""
    gsnr_db: float | None = None
    """Committed to for every channel whose row states none."""
    uncertainty_db: float = 0.0
    """By which a single channel may fall short; the mean may not."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JudgedWay:
    """Measured channels of one direction, by frequency, beside design and contract."""

    direction: WayAlong
    frequency_hz: Float[np.ndarray, " channel"]
    measured: OpenCableFigures
    """Not-a-number where the rows do not tell, or a difference is nothing or less."""
    designed: OpenCableFigures
    """Of the computed line, between its channels interpolated in dB."""
    contract_gsnr: Float[np.ndarray, " channel"]
    verdict: Acceptance

    def __post_init__(self) -> None:
        object.__setattr__(self, "frequency_hz", read_only(self.frequency_hz))
        object.__setattr__(self, "contract_gsnr", read_only(self.contract_gsnr))


def judged_ways(
    channels: Sequence[MeasuredChannel],
    light: CableLight,
    terms: AcceptanceTerms,
    *,
    symbol_rate_hz: float,
) -> tuple[JudgedWay, ...]:
    """Measured channels judged, direction by direction, in the order of :class:`WayAlong`.

    SNR_ASE, SNR_NLI and GSNR are those of ITU-T G.977.1, in the bandwidth of the reference
    channel. Light is computed alike in both directions.

    Parameters
    ----------
    channels
        Within the band that is lit; each states a contract, or the terms do.
    light
        The design, from end to end.
    terms
        Of the contract.
    symbol_rate_hz
        Of the channels that the design lights [Hz].
    """
    found = []
    for direction in WayAlong:
        here = sorted(
            (one for one in channels if one.direction is direction),
            key=lambda one: one.frequency_thz,
        )
        if here:
            found.append(_judged(here, light, terms=terms, symbol_rate_hz=symbol_rate_hz))
    return tuple(found)


def _judged(
    channels: Sequence[MeasuredChannel],
    light: CableLight,
    *,
    terms: AcceptanceTerms,
    symbol_rate_hz: float,
) -> JudgedWay:
    frequency_hz = np.array([hz_from_thz(one.frequency_thz) for one in channels])
    rate_hz = np.full(frequency_hz.shape, terms.symbol_rate_hz)
    measured = measured_figures(
        osnr_01nm=np.where(
            np.isnan(_column(channels, "osnr_01nm_db")),
            _column(channels, "snr_ase_db") * rate_hz / OSNR_BANDWIDTH_HZ,
            _column(channels, "osnr_01nm_db"),
        ),
        received_snr=np.where(
            np.isnan(_column(channels, "gsnr_db")),
            _column(channels, "received_snr_db"),
            _column(channels, "gsnr_db"),
        ),
        # A GSNR has the noise of no terminal in it.
        terminal_snr=np.where(
            np.isnan(_column(channels, "gsnr_db")), _column(channels, "terminal_snr_db"), np.inf
        ),
        symbol_rate_hz=rate_hz,
    )
    contract = _column(channels, "contract_gsnr_db", default=terms.gsnr_db)
    return JudgedWay(
        direction=channels[0].direction,
        frequency_hz=frequency_hz,
        measured=measured,
        designed=_designed(light, frequency_hz, from_hz=symbol_rate_hz, to_hz=rate_hz),
        contract_gsnr=contract,
        verdict=acceptance(measured.gsnr, contract, uncertainty_db=terms.uncertainty_db),
    )


def _column(
    channels: Sequence[MeasuredChannel], name: str, *, default: float | None = None
) -> Float[np.ndarray, " channel"]:
    """Ratios [1]; not-a-number where a row says nothing, and there is no default."""
    instead = np.nan if default is None else default
    values = [getattr(one, name) for one in channels]
    return np.asarray(
        linear_from_db(np.array([instead if value is None else value for value in values]))
    )


def _designed(
    light: CableLight,
    frequency_hz: Float[np.ndarray, " channel"],
    *,
    from_hz: float,
    to_hz: Float[np.ndarray, " channel"],
) -> OpenCableFigures:
    figures = designed_figures(light.end)

    def between(ratio: Float[np.ndarray, " lit"]) -> Float[np.ndarray, " channel"]:
        return np.asarray(np.exp(np.interp(frequency_hz, light.frequency_hz, np.log(ratio))))

    snr_ase, snr_nli = between(figures.snr_ase), between(figures.snr_nli)
    at_channels = OpenCableFigures(
        snr_ase=snr_ase, snr_nli=snr_nli, gsnr=1.0 / (1.0 / snr_ase + 1.0 / snr_nli)
    )
    return at_symbol_rate(at_channels, from_hz=np.full(frequency_hz.shape, from_hz), to_hz=to_hz)
