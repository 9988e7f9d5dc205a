"""How do measured channels of a cable, beside design and contract, read as JSON?"""

from math import isfinite
from typing import Any

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.open_cable import OpenCableFigures
from karakoram.planning.cable_acceptance import JudgedWay

_DIGITS = 6
_NAMES = ("snr_ase", "snr_nli", "gsnr")


def json_from_judged(way: JudgedWay, *, reference_gbaud: float) -> dict[str, Any]:
    """One direction; null where the measurement does not tell."""
    verdict = way.verdict
    columns = zip(
        way.frequency_hz.tolist(),
        _figures(way.measured),
        _figures(way.designed),
        _decibels(way.contract_gsnr),
        verdict.surplus_db.tolist(),
        verdict.is_met.tolist(),
        strict=True,
    )
    return {
        "direction": way.direction.value,
        "symbol_rate_gbaud": reference_gbaud,
        "accepted": verdict.is_accepted,
        "mean_surplus_db": _rounded(verdict.mean_surplus_db),
        "channels": [
            {
                "frequency_thz": round(hz / 1e12, 9),
                "measured": measured,
                "designed": designed,
                "contract_gsnr_db": contract_db,
                "surplus_db": _rounded(surplus_db),
                "met": is_met,
            }
            for hz, measured, designed, contract_db, surplus_db, is_met in columns
        ],
    }


def _figures(figures: OpenCableFigures) -> list[dict[str, float | None]]:
    columns = [_decibels(getattr(figures, name)) for name in _NAMES]
    keys = [f"{name}_db" for name in _NAMES]
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def _decibels(ratio: Float[np.ndarray, " channel"]) -> list[float | None]:
    return [_rounded(value) for value in (10.0 * np.log10(ratio)).tolist()]


def _rounded(value: float) -> float | None:
    return round(value, _DIGITS) if isfinite(value) else None
