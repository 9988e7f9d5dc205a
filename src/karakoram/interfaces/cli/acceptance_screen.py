"""How does somebody who accepts a cable read what was measured on it?"""

from math import isfinite

import numpy as np
from jaxtyping import Float
from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.cable_acceptance import JudgedWay

CHANNELS_SHOWN_MAX = 24
"""Those with the least above the contract, by frequency."""
_NOTHING = "-"


def show_judged(console: Console, way: JudgedWay, *, reference_gbaud: float) -> None:
    """Print the verdict on one direction, and its channels beside design and contract.

    Parameters
    ----------
    console
        Where to.
    way
        The direction.
    reference_gbaud
        Symbol rate of the channel that all figures are for.
    """
    verdict = way.verdict
    count, met = way.frequency_hz.size, int(verdict.is_met.sum())
    show_title(console, f"Measured, {way.direction.value}: {_verdict(verdict.is_accepted)}")
    show_lines(
        console,
        f"{met} of {texts.counted(count, 'channel')} keep the contract GSNR; the mean is "
        f"{_signed(verdict.mean_surplus_db)} dB above it. ITU-T G.977.1, for a channel of "
        f"{reference_gbaud:g} GBd",
    )
    worst = np.argsort(np.where(np.isnan(verdict.surplus_db), -np.inf, verdict.surplus_db))
    shown = sorted(worst[:CHANNELS_SHOWN_MAX].tolist())
    measured, designed = way.measured, way.designed
    columns = tuple(
        _decibels(ratio)
        for pair in (
            (measured.snr_ase, designed.snr_ase),
            (measured.snr_nli, designed.snr_nli),
            (measured.gsnr, designed.gsnr),
        )
        for ratio in pair
    )
    contract = _decibels(way.contract_gsnr)
    show_table(
        console,
        (
            *("#THz", "#SNR_ASE\nmeasured", "#design", "#SNR_NLI\nmeasured", "#design"),
            *("#GSNR\nmeasured", "#design", "#contract", "#above", "verdict"),
        ),
        (
            (
                f"{way.frequency_hz[at] / 1e12:.4f}",
                *(column[at] for column in columns),
                contract[at],
                _signed(float(verdict.surplus_db[at])),
                _verdict(bool(verdict.is_met[at])),
            )
            for at in shown
        ),
    )
    show_lines(console, "All in dB; a dash where the measurement does not tell.")
    if len(shown) < count:
        show_lines(console, f"{len(shown)} of {count} channels, the worst; --json shows all")


def _verdict(is_met: bool) -> str:  # noqa: FBT001  (a verdict has one argument)
    return "pass" if is_met else "FAIL"


def _decibels(ratio: Float[np.ndarray, " channel"]) -> list[str]:
    return [
        f"{value:.2f}" if isfinite(value) else _NOTHING
        for value in (10.0 * np.log10(ratio)).tolist()
    ]


def _signed(value: float) -> str:
    return f"{value:+.2f}" if isfinite(value) else _NOTHING
