"""How is light between all pairs shown to a person?"""

import numpy as np
from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.remarks_screen import show_remarks
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.photonic.all_pairs import AllPairs
from karakoram.usecases.light.light_all_pairs import AllPairsAnswer

PAIRS_SHOWN_MAX = 10
_BINS_MAX = 8


def show_all_pairs(console: Console, found: AllPairsAnswer) -> None:
    """Print how GSNR falls with distance, and the pairs with the least of it.

    Parameters
    ----------
    console
        Where to.
    found
        The answer.
    """
    pairs = found.pairs
    show_lines(
        console,
        f"{texts.counted(pairs.pair_count, 'pair')} of transceivers, "
        f"{texts.counted(pairs.channel_count, 'channel')} under full load",
        indent=0,
    )
    if pairs.unlit_count:
        show_lines(
            console,
            f"{texts.counted(pairs.unlit_count, 'channel')} not lit: some amplifier of the "
            "network does not pass them",
        )
    if not pairs.pair_count:
        show_lines(console, "No way leads between any two; connections of the network lead nowhere")
        return
    _show_by_distance(console, pairs)
    _show_worst(console, pairs)
    if (pairs.gsnr_db_min < 0.0).any():
        show_lines(
            console,
            "GSNR below 0 dB is no usable light: tilt from Raman scattering adds up over lines "
            "without level control.",
        )
    inexact = pairs.pair_count - int(pairs.is_exact.sum())
    if inexact:
        show_lines(
            console,
            f"{texts.counted(inexact, 'pair')} marked *: a ROADM on the way has less power than "
            "its target asks for, so that the figures are not exact; leave out --quick",
        )
    show_remarks(console, warnings=found.warnings, assumptions=found.assumptions)


def _show_by_distance(console: Console, pairs: AllPairs) -> None:
    reached = np.isfinite(pairs.gsnr_db_mean)
    length_km = pairs.length_km[reached]
    gsnr_db, least_db = pairs.gsnr_01nm_db_mean[reached], pairs.gsnr_db_min[reached]
    edges_km = np.unique(np.quantile(length_km, np.linspace(0.0, 1.0, _BINS_MAX + 1)))
    place = np.clip(np.searchsorted(edges_km, length_km, side="right") - 1, 0, edges_km.size - 1)
    place = np.minimum(place, max(edges_km.size - 2, 0))
    show_title(console, "GSNR at the receiver, terminals included, by distance")
    show_table(
        console,
        ("#km from", "#to", "#pairs", "#0.1 nm mean dB", "#0.1 nm least dB", "#least channel dB"),
        (
            (
                f"{length_km[here].min():,.0f}",
                f"{length_km[here].max():,.0f}",
                str(int(here.sum())),
                f"{gsnr_db[here].mean():.2f}",
                f"{gsnr_db[here].min():.2f}",
                f"{least_db[here].min():.2f}",
            )
            for number in range(max(edges_km.size - 1, 1))
            for here in [place == number]
            if here.any()
        ),
    )
    show_lines(console, "Least channel: in the signal bandwidth.")


def _show_worst(console: Console, pairs: AllPairs) -> None:
    rising = np.argsort(np.where(np.isfinite(pairs.gsnr_db_mean), pairs.gsnr_db_mean, np.inf), None)
    shown = rising[: min(PAIRS_SHOWN_MAX, pairs.pair_count)]
    show_title(console, "Pairs with the least GSNR")
    show_table(
        console,
        ("From", "To", "#km", "#ms", "#OMSs", "#0.1 nm dB", "#mean dB", "#least dB"),
        (
            (
                pairs.source_ids[i],
                pairs.target_ids[j] + ("" if pairs.is_exact[i, j] else " *"),
                f"{pairs.length_km[i, j]:,.0f}",
                f"{pairs.latency_ms[i, j]:.2f}",
                str(int(pairs.section_count[i, j])),
                f"{pairs.gsnr_01nm_db_mean[i, j]:.2f}",
                f"{pairs.gsnr_db_mean[i, j]:.2f}",
                f"{pairs.gsnr_db_min[i, j]:.2f}",
            )
            for i, j in (divmod(int(at), len(pairs.target_ids)) for at in shown)
        ),
    )
    if pairs.pair_count > shown.size:
        show_lines(console, f"{shown.size} of {pairs.pair_count}; --json or --csv gives all")
