"""How does a planner read light along a path on the screen?"""

from math import isfinite

import numpy as np
from jaxtyping import Float
from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.receiver_screen import show_receivers
from karakoram.interfaces.cli.remarks_screen import show_remarks
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.photonic.propagation_records import (
    ChannelFigures,
    ElementFigures,
    PathPropagation,
)
from karakoram.usecases.light.propagate_path import PropagationAnswer

CHANNELS_SHOWN_MAX = 12
"""Evenly over the comb, its ends included."""

_NOTHING = "-"

_SUMMARY = (
    ("GSNR in 0.1 nm [dB]", "gsnr_01nm_db", 2),
    ("GSNR in the signal band [dB]", "gsnr_db", 2),
    ("OSNR in 0.1 nm [dB]", "osnr_01nm_db", 2),
    ("OSNR in the signal band [dB]", "osnr_db", 2),
    ("Received power [dBm]", "power_dbm", 2),
    ("Chromatic dispersion [ps/nm]", "cd_ps_per_nm", 0),
    ("PMD [ps]", "pmd_ps", 2),
    ("PDL [dB]", "pdl_db", 2),
)


def show_propagation(console: Console, found: PropagationAnswer) -> None:
    """Print what the receiver sees, what each element does, and some of the channels.

    Parameters
    ----------
    console
        Where to.
    found
        The ends as they were understood, and the answer.
    """
    show_lines(console, f"{found.from_id} to {found.to_id}", indent=0)
    light = found.propagation
    if light is None:
        show_lines(console, "There is no way; connections of the network lead elsewhere.")
        return
    show_lines(
        console,
        f"{texts.counted(light.frequency_thz.size, 'channel')} over "
        f"{texts.km(light.length_km)} km, {light.latency_ms:.2f} ms one way",
    )
    show_lines(console, f"Nonlinear model: {found.nonlinear.value}")
    if light.unlit_thz:
        show_lines(
            console,
            f"Not lit, for an amplifier on the way does not pass them: "
            f"{texts.counted(len(light.unlit_thz), 'channel')} from {light.unlit_thz[0]:.4f} to "
            f"{light.unlit_thz[-1]:.4f} THz",
        )
    _show_summary(console, light.received)
    _show_elements(console, light)
    _show_channels(console, light)
    if found.receivers is not None:
        show_receivers(console, found.receivers, request=found.request)
    show_remarks(console, warnings=found.warnings, assumptions=found.assumptions)


def _show_summary(console: Console, received: ChannelFigures) -> None:
    show_title(console, "At the receiver, terminals included")
    show_table(
        console,
        ("", "#mean", "#least", "#most"),
        (
            (
                words,
                *(_figure(value, digits) for value in (values.mean(), values.min(), values.max())),
            )
            for words, name, digits in _SUMMARY
            for values in [getattr(received, name)]
        ),
    )


def _show_elements(console: Console, light: PathPropagation) -> None:
    show_title(console, "Element by element: mean of the channels at its output")
    show_table(
        console,
        ("#km", "Element", "Type", "#gain dB", "#NF dB", "#dBm", "#OSNR dB", "#GSNR dB"),
        (_element_row(element) for element in light.elements),
    )
    show_lines(console, "OSNR and GSNR in 0.1 nm, noise of transmitter and ROADM paths left out.")


def _element_row(element: ElementFigures) -> tuple[str, ...]:
    details, channels = element.details, element.channels
    return (
        f"{element.position_km:,.1f}",
        element.element_id,
        element.type_id or element.kind,
        _detail(details.get("gain_db")),
        _detail(details.get("noise_figure_db")),
        _mean(channels.power_dbm),
        _mean(channels.osnr_01nm_db),
        _mean(channels.gsnr_01nm_db),
    )


def _show_channels(console: Console, light: PathPropagation) -> None:
    count = light.frequency_thz.size
    shown = np.unique(np.linspace(0, count - 1, min(count, CHANNELS_SHOWN_MAX)).round().astype(int))
    show_title(console, "Channels at the receiver")
    received = light.received
    columns = (
        received.power_dbm,
        received.osnr_01nm_db,
        received.gsnr_01nm_db,
        received.osnr_db,
        received.gsnr_db,
    )
    show_table(
        console,
        ("#THz", "#dBm", "#OSNR 0.1 nm", "#GSNR 0.1 nm", "#OSNR", "#GSNR"),
        (
            (f"{light.frequency_thz[at]:.4f}", *(_figure(column[at], 2) for column in columns))
            for at in shown.tolist()
        ),
    )
    if shown.size < count:
        show_lines(console, f"{shown.size} of {count} channels; --json shows all")


def _mean(values: Float[np.ndarray, " channel"]) -> str:
    return _figure(float(values.mean()), 2)


def _detail(value: float | None) -> str:
    return _NOTHING if value is None else _figure(value, 2)


def _figure(value: float, digits: int) -> str:
    """A figure, and a dash where there is no noise to compare with."""
    # Adding 0 takes the sign from a zero.
    return f"{round(value, digits) + 0.0:,.{digits}f}" if isfinite(value) else _NOTHING
