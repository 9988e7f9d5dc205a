"""How does light along a path read as JSON?"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

import numpy as np
from jaxtyping import Float

from karakoram.adapters.formats.json_remarks import json_from_remarks
from karakoram.planning.photonic.propagation_records import (
    ChannelFigures,
    ElementFigures,
)
from karakoram.planning.photonic.receiver_records import ReceivedInMode, ReceiverChoice
from karakoram.usecases.light.propagate_path import PropagationAnswer

_FIGURES: Mapping[str, str] = {
    "gsnr_db": "gsnr_db",
    "gsnr_0_1nm_db": "gsnr_01nm_db",
    "osnr_db": "osnr_db",
    "osnr_0_1nm_db": "osnr_01nm_db",
    "power_dbm": "power_dbm",
}
"""Keys of a channel, and the figures that stand there."""


def json_from_propagation(answer: PropagationAnswer) -> dict[str, Any]:
    """The answer as an object; without a way nothing is lit, and ``infeasible`` says so."""
    found = answer.propagation
    if found is None:
        nothing = dict.fromkeys(("mean", "cd_ps_per_nm", "pmd_ps", "pdl_db", "latency_ms"))
        return {
            "channels": [],
            **nothing,
            "elements": [],
            "infeasible": [
                {
                    "code": "no-way",
                    "message": f"no way leads from {answer.from_id!r} to {answer.to_id!r}",
                }
            ],
            **json_from_remarks(answer.warnings, answer.assumptions),
            "nonlinear_model": answer.nonlinear.value,
            "receiver": None,
        }
    return {
        "channels": [
            {"frequency_thz": round(frequency_thz, 9), **figures}
            for frequency_thz, figures in zip(
                found.frequency_thz.tolist(), _channels(found.received), strict=True
            )
        ],
        "mean": {"frequency_thz": _mean(found.frequency_thz), **_means(found.received)},
        "cd_ps_per_nm": _mean(found.received.cd_ps_per_nm),
        "pmd_ps": _mean(found.received.pmd_ps),
        "pdl_db": _mean(found.received.pdl_db),
        "latency_ms": found.latency_ms,
        "elements": [_element(element) for element in found.elements],
        **json_from_remarks(answer.warnings, answer.assumptions),
        "nonlinear_model": answer.nonlinear.value,
        "receiver": None if answer.receivers is None else _receiver(answer, answer.receivers),
    }


def _channels(figures: ChannelFigures) -> list[dict[str, float | None]]:
    columns = [getattr(figures, name).tolist() for name in _FIGURES.values()]
    return [
        dict(zip(_FIGURES, map(_finite, row), strict=True)) for row in zip(*columns, strict=True)
    ]


def _means(figures: ChannelFigures) -> dict[str, float | None]:
    return {key: _mean(getattr(figures, name)) for key, name in _FIGURES.items()}


def _mean(values: Float[np.ndarray, " channel"]) -> float | None:
    """Mean of the values as they are, dB of dB; null where one is infinite."""
    return _finite(float(values.mean()))


def _finite(value: float) -> float | None:
    """Nothing where there is no noise: JSON has no infinity."""
    return value if isfinite(value) else None


def _receiver(answer: PropagationAnswer, found: ReceiverChoice) -> dict[str, Any]:
    asked = answer.request
    names = [one.mode.name for one in found.modes]
    filters = found.filters
    return {
        "transceiver": found.transceiver_type_id,
        "system_margin_db": found.system_margin_db,
        "wss_otf_ghz": None if filters is None else filters.otf_bandwidth_ghz,
        "wss_count": found.filter_count,
        "request": None if asked is None else asked.request_id,
        "request_bit_rate_gbps": None if asked is None else asked.bit_rate_gbps,
        "best_mode": None if found.best_everywhere is None else names[found.best_everywhere],
        "best_mode_by_channel": [None if best is None else names[best] for best in found.best],
        "channels_in_mode": names[found.shown],
        "modes": [_mode(one, found) for one in found.modes],
    }


def _mode(one: ReceivedInMode, found: ReceiverChoice) -> dict[str, Any]:
    mode = one.mode
    columns = {
        "frequency_thz": found.frequency_thz.round(9),
        "gsnr_0_1nm_db": one.gsnr_01nm_db,
        "cd_penalty_db": one.cd_penalty_db,
        "pmd_penalty_db": one.pmd_penalty_db,
        "pdl_penalty_db": one.pdl_penalty_db,
        "filter_penalty_db": one.filter_penalty_db,
        "margin_db": one.margin_db,
        "power_dbm": one.power_dbm,
    }
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return {
        "mode": mode.name,
        "bit_rate_gbps": mode.bit_rate_gbps,
        "symbol_rate_gbaud": mode.symbol_rate_gbaud,
        "spacing_ghz_min": mode.spacing_ghz_min,
        "required_osnr_db": mode.required_osnr_db,
        "power_dbm_min": mode.rx_power_dbm_min,
        "power_dbm_max": mode.rx_power_dbm_max,
        "channels_that_work": int(one.works.sum()),
        "margin_db_min": _finite(float(one.margin_db.min())),
        "failures": list(one.reasons),
        "channels": [
            {**dict(zip(columns, map(_finite, row), strict=True)), "failures": list(failures)}
            for row, failures in zip(rows, one.failures, strict=True)
        ],
    }


def _element(element: ElementFigures) -> dict[str, Any]:
    """Mean figures at the output, noise of transmitter and ROADM paths left out."""
    total_mw = float((10.0 ** (element.channels.power_dbm / 10.0)).sum())
    return {
        "id": element.element_id,
        "type": element.kind,
        "type_variety": element.type_id,
        "position_km": element.position_km,
        **_means(element.channels),
        "power_dbm_min": float(element.channels.power_dbm.min()),
        "power_dbm_max": float(element.channels.power_dbm.max()),
        "power_total_dbm": 10.0 * float(np.log10(total_mw)),
        "cd_ps_per_nm": _mean(element.channels.cd_ps_per_nm),
        "pmd_ps": _mean(element.channels.pmd_ps),
        "pdl_db": _mean(element.channels.pdl_db),
        "latency_ms": element.latency_ms,
        **element.details,
    }
