"""How does a planner read legs that were put together on the screen?"""

from math import isfinite

import numpy as np
from jaxtyping import Float
from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.remarks_screen import show_remarks
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.usecases.plan.hand_over_legs import HandOverAnswer, HandOverLeg

_CHANNELS_SHOWN = 9
"""The ends and some between."""


def show_hand_over(console: Console, answer: HandOverAnswer) -> None:
    """Print the legs, the whole by channel, what is told, and what to look at."""
    first, last = answer.legs[0].budget, answer.legs[-1].budget
    whole = answer.joint.whole
    console.print(
        f"{first.from_site_id} to {last.to_site_id} · {texts.counted(len(answer.legs), 'leg')} · "
        f"{texts.counted(answer.lit.frequency_hz.size, 'channel')} · "
        f"{texts.trusted(f'{whole.latency_s * 1e3:.2f} ms', answer.confidence)} one way"
    )
    show_table(
        console,
        (
            *("from", "to", "operator", "known", "#GSNR dB\nworst", "#ms"),
            *("#needs\ndBm", "#gives\ndBm"),
        ),
        (_leg_cells(one) for one in answer.legs),
    )
    show_lines(
        console,
        "Powers of a channel of the symbol rate that each leg states; GSNR in the signal "
        "bandwidth, terminals left out.",
    )
    _show_channels(console, answer)
    if answer.told is not None:
        told = answer.told
        show_title(console, "Told")
        show_lines(
            console,
            f"{told.name}: {texts.counted(len(told.bands), 'band')}, needs "
            f"{told.input_power_dbm:.2f} dBm, gives {told.output_power_dbm:.2f} dBm, holds until "
            f"{told.valid_until}; nothing of spans, fibres and amplifiers",
        )
    show_remarks(
        console,
        warnings=answer.warnings,
        assumptions=answer.assumptions,
        computed=answer.confidence,
    )


def _leg_cells(one: HandOverLeg) -> tuple[str, ...]:
    budget = one.budget
    confidence = budget.provenance.confidence.value
    return (
        budget.from_site_id,
        budget.to_site_id,
        budget.operator_id,
        f"{'computed' if one.is_computed else 'told'} ({confidence})",
        _decibels(one.gsnr.min()),
        f"{budget.latency_ms:.2f}",
        f"{budget.input_power_dbm:.2f}",
        f"{budget.output_power_dbm:.2f}",
    )


def _show_channels(console: Console, answer: HandOverAnswer) -> None:
    lit, whole, count = answer.lit, answer.joint.whole, answer.lit.frequency_hz.size
    chosen = np.unique(
        np.linspace(0, count - 1, min(count, _CHANNELS_SHOWN)).round().astype(int)
    ).tolist()
    show_title(console, "From end to end")
    show_table(
        console,
        ("#THz", "#GSNR dB", "#SNR dB at\nthe receiver", "#ps/nm", "#PMD ps", "#PDL dB"),
        (
            (
                f"{lit.frequency_hz[at] / 1e12:.4f}",
                _decibels(whole.gsnr[at]),
                _decibels(answer.joint.snr[at]),
                f"{whole.dispersion_s_per_m[at] * 1e3:,.0f}",
                f"{whole.pmd_s[at] * 1e12:.2f}",
                f"{whole.pdl_db[at]:.2f}",
            )
            for at in chosen
        ),
    )
    if len(chosen) < count:
        show_lines(console, f"{len(chosen)} of {count} channels; --json shows all")


def _decibels(ratio: float | Float[np.ndarray, ""]) -> str:
    """A dash where there is no noise to compare with."""
    return f"{10.0 * np.log10(float(ratio)):.2f}" if isfinite(float(ratio)) else "-"
