"""How does light between all pairs read as JSON, as a table and as a drawing?"""

from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from karakoram.adapters.formats.csv_table import csv_from_rows
from karakoram.adapters.formats.json_remarks import json_from_remarks
from karakoram.adapters.formats.report.all_pairs_svg import all_pairs_svg
from karakoram.adapters.formats.text_files import write_text
from karakoram.core.provenance import computed_trust
from karakoram.planning.photonic.all_pairs import AllPairs
from karakoram.usecases.light.light_all_pairs import AllPairsAnswer

_DIGITS: Mapping[str, int] = {
    "gsnr_db_mean": 6,
    "gsnr_db_min": 6,
    "gsnr_db_max": 6,
    "gsnr_01nm_db_mean": 6,
    "cd_ps_per_nm": 3,
    "pmd_ps": 6,
    "pdl_db": 6,
    "latency_ms": 6,
    "length_km": 6,
}
"""Figures of a pair, and how many places after the point are told."""

_NAMES: Mapping[str, str] = {"gsnr_01nm_db_mean": "gsnr_0_1nm_db_mean"}
_TRUST = "computed_confidence"


def json_from_all_pairs(answer: AllPairsAnswer) -> dict[str, Any]:
    """All pairs between which a way leads, and what to look at, as an object."""
    pairs = answer.pairs
    return {
        "channel_count": pairs.channel_count,
        "unlit_channel_count": pairs.unlit_count,
        "pair_count": pairs.pair_count,
        "pairs": list(_rows(pairs)),
        **json_from_remarks(answer.warnings, answer.assumptions),
    }


def write_all_pairs_csv(answer: AllPairsAnswer, path: Path) -> None:
    """Write a row for each pair between which a way leads; all may be trusted alike."""
    trust = {_TRUST: computed_trust(answer.assumptions).value}
    told = ({**row, **trust} for row in _rows(answer.pairs))
    rows = [{key: str(value) for key, value in row.items()} for row in told]
    header = (
        "from",
        "to",
        *(_NAMES.get(name, name) for name in _DIGITS),
        "sections",
        "exact",
        _TRUST,
    )
    write_text(csv_from_rows(rows, header=header), path)


def write_all_pairs_svg(pairs: AllPairs, path: Path) -> None:
    """Draw GSNR over distance."""
    write_text(all_pairs_svg(pairs), path)


def _rows(pairs: AllPairs) -> Iterator[dict[str, Any]]:
    """Pairs in the order of sources and targets; what is infinite is null."""
    figures = {name: np.round(getattr(pairs, name), digits) for name, digits in _DIGITS.items()}
    for i, j in np.argwhere(pairs.section_count >= 0).tolist():
        row: dict[str, Any] = {"from": pairs.source_ids[i], "to": pairs.target_ids[j]}
        for name, values in figures.items():
            value = float(values[i, j])
            row[_NAMES.get(name, name)] = value if isfinite(value) else None
        row["sections"] = int(pairs.section_count[i, j])
        row["exact"] = bool(pairs.is_exact[i, j])
        yield row
