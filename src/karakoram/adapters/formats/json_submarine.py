"""How does the light of a submarine cable read as JSON?"""

from typing import Any

import numpy as np
from jaxtyping import Float

from karakoram.adapters.formats.json_acceptance import json_from_judged
from karakoram.core.provenance import Figure
from karakoram.core.units import (
    db_from_linear,
    dbm_from_watt,
    hz_from_ghz,
    ps_from_s,
    ps_per_nm_from_s_per_m,
)
from karakoram.engines.optics.open_cable import at_symbol_rate
from karakoram.network.wet_line import WET_LINE_FIGURES
from karakoram.planning.cable_light import CableLeg
from karakoram.planning.wet_light import WetLight
from karakoram.usecases.light.light_submarine import FibrePairBitRate, SubmarineAnswer

_DIGITS = 6


def json_from_submarine(answer: SubmarineAnswer) -> dict[str, Any]:
    """The answer as an object; ``legs[].wet`` is null on land."""
    light = answer.light
    return {
        "name": answer.name,
        "spacing_ghz": answer.spacing_ghz,
        "length_km": light.length_km,
        "latency_ms": light.latency_ms,
        "pmd_ps": ps_from_s(light.pmd_s),
        "wet_length_confidence": answer.length_confidence.value,
        "wet_gsnr_confidence": answer.wet_confidence.value,
        "channels": [
            {
                "frequency_thz": round(hz / 1e12, 9),
                "gsnr_db": round(gsnr_db, _DIGITS),
                "cd_ps_per_nm": round(ps_per_nm_from_s_per_m(cd), 3),
            }
            for hz, gsnr_db, cd in zip(
                light.frequency_hz.tolist(),
                db_from_linear(light.end.gsnr).tolist(),
                light.dispersion_s_per_m.tolist(),
                strict=True,
            )
        ],
        "bit_rate": _bit_rate(answer.bit_rate),
        "legs": [
            _leg(leg, bit_rate, reference_gbaud=answer.reference_gbaud)
            for leg, bit_rate in zip(light.legs, answer.leg_bit_rates, strict=True)
        ],
        "measured": [
            json_from_judged(way, reference_gbaud=answer.reference_gbaud) for way in answer.judged
        ],
    }


def _bit_rate(found: FibrePairBitRate) -> dict[str, Any]:
    return {
        "shannon_tbps": round(found.shannon_tbps, _DIGITS),
        "with_gap_tbps": round(found.with_gap_tbps, _DIGITS),
        "gap_db": found.gap.value,
        "modes_tbps": found.modes_tbps,
        "margin_db": found.margin.value,
        "modes": [
            {
                "mode": one.mode.transceiver_mode_id,
                "channels": one.channels,
                "bit_rate_gbps": one.mode.bit_rate_gbps,
                "confidence": one.mode.provenance.confidence.value,
            }
            for one in found.modes
        ],
        "published_tbps": found.published_tbps,
    }


def _leg(leg: CableLeg, bit_rate: FibrePairBitRate, *, reference_gbaud: float) -> dict[str, Any]:
    return {
        "from": leg.a_place,
        "to": leg.z_place,
        "length_km": leg.length_km,
        "latency_ms": leg.latency_ms,
        "gsnr_db": _over_channels(leg.end.gsnr),
        "bit_rate": _bit_rate(bit_rate),
        "wet": None if leg.wet is None else _wet(leg.wet, reference_gbaud=reference_gbaud),
    }


def _wet(light: WetLight, *, reference_gbaud: float) -> dict[str, Any]:
    line, droop = light.line, light.droop
    return {
        "spans": line.span_count,
        "repeaters": line.span_count - 1,
        "span_km": line.span_km,
        "span_loss_db": line.span_loss_db,
        "output_power_dbm": line.repeater_output_power_dbm.value,
        "gosnr_db": _over_channels(light.gosnr),
        "best": {
            "output_power_dbm": _dbm(light.best_output_power_w),
            "gosnr_db": _over_channels(light.best_gosnr),
        },
        "droop": {
            "signal_lost_db": _over_channels(1.0 / droop.signal_kept[0]),
            "gsnr_db": _over_channels(droop.end.gsnr[0]),
        },
        "acceptance": _acceptance(light, reference_gbaud),
        "channels": [
            dict(zip(_CHANNEL_KEYS, map(_rounded, row), strict=True))
            for row in zip(*_channel_columns(light), strict=True)
        ],
        "power": _power(light),
        "branching_units": [
            {
                "name": unit.name,
                "span": line.span_of(unit) + 1,
                "figures": [_figure("km", unit.km), _figure("loss_db", unit.loss_db)],
            }
            for unit in line.branching_units
        ],
        "figures": [_figure(name, getattr(line, name)) for name in WET_LINE_FIGURES],
        "fibre": {
            "type": line.fibre_type.fibre_type_id,
            "source": line.fibre_type.provenance.source,
            "confidence": line.fibre_type.provenance.confidence.value,
        },
    }


def _figure(name: str, figure: Figure) -> dict[str, Any]:
    return {
        "figure": name,
        "value": figure.value,
        "source": figure.provenance.source,
        "source_date": figure.provenance.source_date,
        "confidence": figure.provenance.confidence.value,
        "note": figure.provenance.note,
    }


_CHANNEL_KEYS = (
    *("frequency_thz", "launch_power_dbm", "repeater_input_power_dbm", "end_power_dbm"),
    *("snr_ase_db", "snr_nli_db", "gsnr_db", "gosnr_db", "signal_lost_db", "cd_ps_per_nm"),
)


def _channel_columns(
    light: WetLight,
) -> list[Float[np.ndarray, " channel"]]:
    figures = light.figures
    return [
        light.comb.frequency_hz / 1e12,
        dbm_from_watt(light.comb.launch_power_w),
        dbm_from_watt(light.repeater_input_power_w),
        dbm_from_watt(light.droop.power_w[0, -1]),
        db_from_linear(figures.snr_ase),
        db_from_linear(figures.snr_nli),
        db_from_linear(figures.gsnr),
        db_from_linear(light.gosnr),
        -db_from_linear(light.droop.signal_kept[0]),
        light.dispersion_s_per_m * 1e3,
    ]


def _acceptance(light: WetLight, reference_gbaud: float) -> dict[str, Any]:
    """SNR of the line for a channel of the reference symbol rate and the same power."""
    stated = at_symbol_rate(
        light.figures,
        from_hz=light.comb.symbol_rate_hz,
        to_hz=np.array([hz_from_ghz(reference_gbaud)]),
    )
    return {
        "symbol_rate_gbaud": reference_gbaud,
        "snr_ase_db": _over_channels(stated.snr_ase),
        "snr_nli_db": _over_channels(stated.snr_nli),
        "gsnr_db": _over_channels(stated.gsnr),
    }


def _power(light: WetLight) -> list[dict[str, Any]]:
    """After the first amplifier and after every repeater."""
    power_dbm, signal_dbm = map(dbm_from_watt, (light.droop.power_w[0], light.signal_along_w))
    return [
        {
            "km": round(place * light.line.span_km, 6),
            "dbm_mean": _rounded(float(at.mean())),
            "dbm_min": _rounded(float(at.min())),
            "dbm_max": _rounded(float(at.max())),
            "signal_dbm_mean": _rounded(float(signal.mean())),
        }
        for place, (at, signal) in enumerate(zip(power_dbm, signal_dbm, strict=True))
    ]


def _over_channels(ratio: Float[np.ndarray, " channel"]) -> dict[str, float]:
    """Least, mean and most over the channels, in dB."""
    ratio_db = db_from_linear(ratio)
    return {
        "least": _rounded(float(ratio_db.min())),
        "mean": _rounded(float(ratio_db.mean())),
        "most": _rounded(float(ratio_db.max())),
    }


def _dbm(power_w: float) -> float:
    return _rounded(float(dbm_from_watt(np.array([power_w]))[0]))


def _rounded(value: float) -> float:
    return round(float(value), _DIGITS)
