"""How do legs that were put together read as JSON?"""

from math import isfinite
from typing import Any

import numpy as np
from jaxtyping import Float

from karakoram.adapters.formats.json_remarks import json_from_remarks
from karakoram.adapters.formats.noise_budget_file import json_from_budget
from karakoram.usecases.plan.hand_over_legs import HandOverAnswer, HandOverLeg


def json_from_hand_over(answer: HandOverAnswer) -> dict[str, Any]:
    """The answer as an object; ``told`` is null unless the whole is told to somebody."""
    whole, lit = answer.joint.whole, answer.lit
    return {
        "legs": [_leg(one) for one in answer.legs],
        "channels": [
            {
                "frequency_thz": round(hz / 1e12, 9),
                "symbol_rate_gbaud": rate_hz / 1e9,
                "gsnr_db": gsnr_db,
                "snr_db": snr_db,
                "cd_ps_per_nm": cd,
                "pmd_ps": pmd,
                "pdl_db": pdl,
            }
            for hz, rate_hz, gsnr_db, snr_db, cd, pmd, pdl in zip(
                lit.frequency_hz.tolist(),
                lit.symbol_rate_hz.tolist(),
                _decibels(whole.gsnr),
                _decibels(answer.joint.snr),
                (whole.dispersion_s_per_m * 1e3).tolist(),
                (whole.pmd_s * 1e12).tolist(),
                whole.pdl_db.tolist(),
                strict=True,
            )
        ],
        "missing_thz": [round(thz, 9) for thz in answer.missing_thz],
        "latency_ms": whole.latency_s * 1e3,
        "told": None if answer.told is None else json_from_budget(answer.told),
        **json_from_remarks(answer.warnings, answer.assumptions, computed=answer.confidence),
    }


def _leg(one: HandOverLeg) -> dict[str, Any]:
    budget, gsnr_db = one.budget, [db for db in _decibels(one.gsnr) if db is not None]
    return {
        "leg": one.source_name,
        "operator": budget.operator_id,
        "from": budget.from_site_id,
        "to": budget.to_site_id,
        "computed": one.is_computed,
        "gsnr_db_min": min(gsnr_db, default=None),
        "latency_ms": budget.latency_ms,
        "pmd_ps": budget.pmd_ps,
        "pdl_db": budget.pdl_db,
        "input_power_dbm": budget.input_power_dbm,
        "output_power_dbm": budget.output_power_dbm,
        "symbol_rate_gbaud": budget.symbol_rate_gbaud,
        "source": budget.provenance.source,
        "confidence": budget.provenance.confidence.value,
    }


def _decibels(ratio: Float[np.ndarray, " channel"]) -> list[float | None]:
    """In dB; nothing where there is no noise, for JSON has no infinity."""
    with np.errstate(divide="ignore"):
        found = 10.0 * np.log10(ratio)
    return [value if isfinite(value) else None for value in found.tolist()]
