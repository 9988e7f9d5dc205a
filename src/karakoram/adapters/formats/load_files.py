"""How do the wavelengths of a network stand in a file, and how does a change of them read?"""

from pathlib import Path
from typing import Any

from karakoram.adapters.formats.json_remarks import json_from_remarks
from karakoram.adapters.formats.placed_records import placed_records
from karakoram.adapters.formats.report.load_svg import load_change_svg
from karakoram.adapters.formats.text_files import write_text
from karakoram.core.findings import Place
from karakoram.network.photonic.load import WavelengthOrder
from karakoram.planning.photonic.load_light import (
    LoadLight,
    WavelengthChange,
    WavelengthLight,
    touched_lines,
)
from karakoram.usecases.light.what_if import WhatIfAnswer

HOLDS = "its first row names the columns wavelength_id, from_id, to_id, n, m and others"


def read_load(path: Path) -> tuple[tuple[WavelengthOrder, Place], ...]:
    """The wavelengths of a load file and where each stands, in the order of its rows.

    Raises
    ------
    InvalidDataError
        With a finding for everything that is wrong in the file.
    """
    return placed_records(path, WavelengthOrder, holds=HOLDS)


def json_from_what_if(answer: WhatIfAnswer) -> dict[str, Any]:
    """A change of the load as an object; wavelengths that lose most come first."""
    before, after = answer.before, answer.after
    return {
        "lit": [_light(after, key) for key in answer.lit_ids],
        "dropped": [_light(before, key) for key in answer.dropped_ids],
        "changes": [_change(one) for one in answer.changes],
        "lost": [one.wavelength_id for one in answer.changes if one.is_lost],
        "sections_computed": [list(key) for key in touched_lines(before, after)],
        "sections_lit": len(after.lines),
        "wavelengths_lit": len(after.wavelengths),
        **json_from_remarks(answer.warnings, answer.assumptions),
    }


def write_load_change_svg(answer: WhatIfAnswer, path: Path) -> None:
    """Draw what every wavelength gains or loses."""
    write_text(load_change_svg(answer.after, answer.changes), path)


def _light(state: LoadLight, key: Any) -> dict[str, Any]:  # noqa: ANN401  (a key of the mapping)
    light: WavelengthLight = state.wavelengths[key]
    slot = light.wavelength.slot
    return {
        "wavelength_id": light.wavelength.wavelength_id,
        "n": slot.n,
        "m": slot.m,
        "mode": light.wavelength.mode,
        "gsnr_db": round(light.gsnr_db, 6),
        "gsnr_0_1nm_db": round(light.gsnr_01nm_db, 6),
        "margin_db": None if light.margin_db is None else round(light.margin_db, 6),
        "exact": light.is_exact,
    }


def _change(one: WavelengthChange) -> dict[str, Any]:
    margin_db = one.margin_db_after
    return {
        "wavelength_id": one.wavelength_id,
        "gsnr_0_1nm_db_before": round(one.gsnr_01nm_db_before, 6),
        "gsnr_0_1nm_db_after": round(one.gsnr_01nm_db_after, 6),
        "change_db": round(one.change_db, 6),
        "margin_db_after": None if margin_db is None else round(margin_db, 6),
    }
