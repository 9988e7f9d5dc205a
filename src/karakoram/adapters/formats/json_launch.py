"""How does an answer about launch powers read as JSON?"""

from typing import Any

import numpy as np

from karakoram.core.units import db_from_linear, dbm_from_watt
from karakoram.planning.traces import lines_confidence
from karakoram.planning.trust import length_trust
from karakoram.refdata.optical_planning import read_optical_bands, read_optical_uncertainties
from karakoram.usecases.light.optimise_launch import LaunchAnswer


def json_from_launch(answer: LaunchAnswer) -> dict[str, Any]:
    """The answer as an object; ``bands`` is empty where the network's own amplifiers are used."""
    is_wide = answer.launch.batch.bands is not None
    return {
        "request": {
            "band": answer.band.value,
            "goal": answer.aim.value,
            "spacing_ghz": answer.spacing_ghz,
            "confidence": answer.confidence,
        },
        "sections": [_section(answer, row) for row in range(len(answer.launch.batch.oms))],
        "bands": [
            {
                "id": band.optical_band_id,
                "lower_thz": band.lower_thz,
                "upper_thz": band.upper_thz,
                "noise_figure_extra_db": band.noise_figure_extra_db,
                "output_power_dbm_max": band.output_power_dbm_max,
                "confidence": band.provenance.confidence.value,
            }
            for band in (read_optical_bands() if is_wide else ())
        ],
        "uncertainties": [
            {
                "id": one.optical_uncertainty_id,
                "figure": one.figure.value,
                "shift": one.shift,
                "own_spread": one.own_spread,
                "common_spread": one.common_spread,
                "source": one.provenance.source,
                "confidence": one.provenance.confidence.value,
            }
            for one in read_optical_uncertainties()
        ],
    }


def _section(answer: LaunchAnswer, row: int) -> dict[str, Any]:
    launch = answer.launch
    oms, plan, comb = launch.batch.oms[row], launch.plan, launch.batch.comb
    rule_db, best_db = db_from_linear(launch.rule_gsnr[row]), db_from_linear(plan.gsnr[row])
    held_db = answer.gsnr_db_at_confidence[row]
    best_dbm = dbm_from_watt(plan.launch_power_w[row])
    rule_dbm = dbm_from_watt(comb.launch_power_w)
    total_dbm = dbm_from_watt(np.array([comb.launch_power_w.sum(), plan.launch_power_w[row].sum()]))
    return {
        "a": oms.a_site_id,
        "z": oms.z_site_id,
        "spans": list(oms.span_ids),
        "length_km": oms.length_km,
        "length_confidence": length_trust(answer.network, oms).value,
        "gsnr_confidence": lines_confidence(answer.network, (oms,)).value,
        "rule": {
            "gsnr_db_min": float(rule_db.min()),
            "gsnr_db_mean": float(rule_db.mean()),
            "total_power_dbm": float(total_dbm[0]),
        },
        "best": {
            "gsnr_db_min": float(best_db.min()),
            "gsnr_db_mean": float(best_db.mean()),
            "gsnr_db_min_at_confidence": float(held_db.min()),
            "total_power_dbm": float(total_dbm[1]),
            "is_power_used_up": bool((plan.power_price[row] > 0.0).any()),
            "residual": float(plan.residual[row]),
        },
        "gain_db": float(answer.gain_db[row]),
        "mean_gain_db": float(answer.mean_gain_db[row]),
        "channels": [
            {
                "frequency_thz": hz / 1e12,
                "rule_power_dbm": rule,
                "power_dbm": power,
                "rule_gsnr_db": before,
                "gsnr_db": after,
                "gsnr_db_at_confidence": held,
            }
            for hz, rule, power, before, after, held in zip(
                comb.frequency_hz.tolist(),
                rule_dbm.tolist(),
                best_dbm.tolist(),
                rule_db.tolist(),
                best_db.tolist(),
                held_db.tolist(),
                strict=True,
            )
        ],
    }
