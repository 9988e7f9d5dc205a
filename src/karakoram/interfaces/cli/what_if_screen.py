"""How is a change of the load shown to a person?"""

from collections.abc import Iterable

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.remarks_screen import show_remarks
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.photonic.load_light import WavelengthLight, touched_lines
from karakoram.usecases.light.what_if import WhatIfAnswer

CHANGES_SHOWN_MAX = 15
_NOTHING = "-"


def show_what_if(console: Console, found: WhatIfAnswer) -> None:
    """Print what is lit and dropped, and who gains or loses most.

    Parameters
    ----------
    console
        Where to.
    found
        Light before and after.
    """
    touched = tuple(touched_lines(found.before, found.after))
    show_lines(
        console,
        f"{texts.counted(len(found.after.wavelengths), 'wavelength')} on "
        f"{texts.counted(len(found.after.lines), 'lit OMS')}; the change touches {len(touched)}",
        indent=0,
    )
    _show_lights(console, "New", [found.after.wavelengths[key] for key in found.lit_ids])
    _show_lights(console, "Dropped", [found.before.wavelengths[key] for key in found.dropped_ids])
    _show_changes(console, found)
    show_remarks(console, warnings=found.warnings, assumptions=found.assumptions)


def _show_lights(console: Console, title: str, lights: Iterable[WavelengthLight]) -> None:
    rows = [
        (
            one.wavelength.wavelength_id + ("" if one.is_exact else " *"),
            str(one.wavelength.slot.n),
            str(one.wavelength.slot.m),
            one.wavelength.mode or _NOTHING,
            f"{one.gsnr_01nm_db:.2f}",
            _decibels(one.margin_db),
        )
        for one in lights
    ]
    if rows:
        show_title(console, title)
        show_table(
            console, ("Wavelength", "#n", "#m", "Mode", "#GSNR 0.1 nm dB", "#margin dB"), rows
        )


def _show_changes(console: Console, found: WhatIfAnswer) -> None:
    lost = [one for one in found.changes if one.is_lost]
    moved = [one for one in found.changes if one.change_db != 0.0]
    show_title(console, "What is already lit, who loses most first")
    if not moved:
        show_lines(console, "No wavelength changes.")
    else:
        show_table(
            console,
            ("Wavelength", "#before dB", "#after dB", "#change dB", "#margin dB"),
            (
                (
                    one.wavelength_id,
                    f"{one.gsnr_01nm_db_before:.3f}",
                    f"{one.gsnr_01nm_db_after:.3f}",
                    f"{one.change_db:+.4f}",
                    _decibels(one.margin_db_after),
                )
                for one in moved[:CHANGES_SHOWN_MAX]
            ),
        )
        show_lines(console, "GSNR in 0.1 nm; margin over what the mode needs, penalties apart.")
    if len(moved) > CHANGES_SHOWN_MAX:
        show_lines(console, f"{CHANGES_SHOWN_MAX} of {len(moved)} that change; --json shows all")
    if lost:
        named = texts.and_more([one.wavelength_id for one in lost], most=8, where="--json")
        show_lines(console, f"Beyond their margin after the change: {named}")


def _decibels(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.2f}"
