"""How does a planner read a designed network on the screen?"""

from collections.abc import Iterator
from math import isfinite

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.remarks_screen import show_found, show_remarks
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.photonic.design_records import DesignedAmplifier, DesignedNetwork
from karakoram.usecases.light.design_line import LineDesign

AMPLIFIERS_SHOWN_MAX = 80
"""Whole lines, as many as have room; a planner looks at more in the file."""
ERRORS_SHOWN_MAX = 10

_NOTHING = "-"


def show_line_design(console: Console, found: LineDesign) -> None:
    """Print the types that are needed, the amplifiers line by line, and what to look at."""
    design = found.design
    amplifiers = [one for section in design.sections for one in section.amplifiers]
    new = sum(one.is_new for one in amplifiers)
    show_lines(
        console,
        f"{texts.counted(len(amplifiers), 'amplifier')} in "
        f"{texts.counted(len(design.sections), 'line')}, {new:,} of them new",
        indent=0,
    )
    show_title(console, "Amplifiers by type")
    show_table(
        console,
        ("Type", "#amplifiers", "#chosen here"),
        (
            (
                total.amplifier_type_id or "none fits",
                f"{total.amplifiers:,}",
                f"{total.chosen:,}",
            )
            for total in found.totals
        ),
    )
    _show_sections(console, design)
    show_found(console, "What is wrong", found.errors, most=ERRORS_SHOWN_MAX)
    show_remarks(console, warnings=found.warnings, assumptions=found.assumptions)


def _show_sections(console: Console, design: DesignedNetwork) -> None:
    show_title(console, "Line by line; power of a channel after the output attenuator")
    rows = list(_rows(design))
    show_table(
        console,
        ("Line", "Amplifier", "Type", "#gain dB", "#VOA dB", "#dBm", "#NF dB"),
        rows,
    )
    left = sum(len(section.amplifiers) for section in design.sections) - len(rows)
    if left > 0:
        show_lines(console, f"and {texts.counted(left, 'amplifier')} more; --json shows all")


def _rows(design: DesignedNetwork) -> Iterator[tuple[str, ...]]:
    shown = 0
    for section in design.sections:
        if shown and shown + len(section.amplifiers) > AMPLIFIERS_SHOWN_MAX:
            return
        line = f"{section.from_id} to {section.to_id}"
        for amplifier in section.amplifiers[:AMPLIFIERS_SHOWN_MAX]:
            yield _row(amplifier, line)
            line = ""
            shown += 1


def _row(amplifier: DesignedAmplifier, line: str) -> tuple[str, ...]:
    noise_db = amplifier.noise_figure_db
    return (
        line,
        amplifier.element_id,
        amplifier.amplifier_type_id or "none fits",
        f"{amplifier.gain_db:.2f}",
        f"{amplifier.output_voa_db:.2f}",
        f"{amplifier.channel_power_dbm:.2f}",
        f"{noise_db:.2f}" if isfinite(noise_db) else _NOTHING,
    )
