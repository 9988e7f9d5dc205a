"""How does a planner read on the screen which mode of a transceiver works over a path?"""

from math import ceil, isfinite

import numpy as np
from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.network.photonic.requests import PathRequest
from karakoram.planning.photonic.receiver_records import ReceivedInMode, ReceiverChoice

CHANNELS_SHOWN_MAX = 12
"""Evenly over the comb, its ends included."""


def show_receivers(
    console: Console, found: ReceiverChoice, *, request: PathRequest | None = None
) -> None:
    """Print what each mode has left at its worst channel, and the channels in the mode chosen.

    Parameters
    ----------
    console
        Where to.
    found
        The modes over the path.
    request
        What was asked for in a file, if anything.
    """
    show_title(console, f"Modes of {found.transceiver_type_id}, each at its worst channel")
    show_table(
        console,
        ("Mode", "#Gb/s", "#GHz", "#GSNR", "#needs", "#margin", "#dBm", "#channels", "Fails"),
        (_mode_row(one) for one in found.modes),
    )
    show_lines(console, _verdict(found))
    if request is not None and found.best_everywhere is not None:
        mode = found.modes[found.best_everywhere].mode
        needed = ceil(request.bit_rate_gbps / mode.bit_rate_gbps)
        show_lines(
            console,
            f"Request {request.request_id} asks for {request.bit_rate_gbps:g} Gb/s: "
            f"{texts.counted(needed, 'channel')} of {len(found.best)} in mode {mode.name!r}",
        )
    show_lines(console, _counted(found))
    _show_channels(console, found)


def _mode_row(one: ReceivedInMode) -> tuple[str, ...]:
    mode, worst = one.mode, int(np.argmin(one.margin_db))
    return (
        mode.name,
        f"{mode.bit_rate_gbps:g}",
        f"{mode.spacing_ghz_min:g}",
        _figure(one.gsnr_01nm_db[worst]),
        _figure(mode.required_osnr_db),
        _figure(one.margin_db[worst]),
        _figure(one.power_dbm[worst]),
        str(int(one.works.sum())),
        " ".join(one.reasons) or "-",
    )


def _verdict(found: ReceiverChoice) -> str:
    count = len(found.best)
    carried = sum(one.mode.bit_rate_gbps for _, one in found.chosen() if one is not None)
    if found.best_everywhere is not None:
        best = found.modes[found.best_everywhere]
        together = best.mode.bit_rate_gbps * count
        more = f"; with the best of each channel {carried:,.0f} Gb/s" if carried > together else ""
        return (
            f"{best.mode.name!r} carries most where all {texts.counted(count, 'channel')} have one "
            f"mode: {together:,.0f} Gb/s, least margin {best.margin_db.min():.2f} dB{more}"
        )
    lit = count - found.best.count(None)
    if not lit:
        return "No mode works on any channel."
    return (
        f"No mode works on every channel; {lit} of {count} have one, together {carried:,.0f} Gb/s"
    )


def _counted(found: ReceiverChoice) -> str:
    """What the figures of the modes count, and what not."""
    filtering = "filtering left out (--wss-otf counts it)"
    if found.filters is not None:
        switches = texts.counted(found.filter_count, "filter")
        filtering = f"{switches} with an OTF of {found.filters.otf_bandwidth_ghz:g} GHz"
    return (
        f"GSNR and what a mode needs in 0.1 nm; margin after penalties for CD, PMD, PDL, "
        f"{filtering}, and {found.system_margin_db:g} dB of system margin"
    )


def _show_channels(console: Console, found: ReceiverChoice) -> None:
    one, count = found.modes[found.shown], found.frequency_thz.size
    shown = np.unique(np.linspace(0, count - 1, min(count, CHANNELS_SHOWN_MAX)).round().astype(int))
    show_title(console, f"Channels in mode {one.mode.name!r}")
    columns = (
        one.gsnr_01nm_db,
        one.cd_penalty_db,
        one.pmd_penalty_db,
        one.pdl_penalty_db,
        one.filter_penalty_db,
        one.margin_db,
        one.power_dbm,
    )
    show_table(
        console,
        ("#THz", "#GSNR", "#CD", "#PMD", "#PDL", "#filter", "#margin", "#dBm", "Fails", "Best"),
        (
            (
                f"{found.frequency_thz[at]:.4f}",
                *(_figure(column[at]) for column in columns),
                " ".join(one.failures[at]) or "-",
                _best(found, at),
            )
            for at in shown.tolist()
        ),
    )
    if shown.size < count:
        show_lines(console, f"{shown.size} of {count} channels; --json shows all")


def _best(found: ReceiverChoice, at: int) -> str:
    best = found.best[at]
    return "none" if best is None else found.modes[best].mode.name


def _figure(value: float) -> str:
    """A figure; what is beyond a receiver's table is infinite."""
    if not isfinite(value):
        return "inf" if value > 0.0 else "-inf"
    return f"{round(value, 2) + 0.0:,.2f}"
