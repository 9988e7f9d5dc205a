"""What do power and GSNR look like along the kilometres of a path?"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from karakoram.core.units import db_from_linear
from karakoram.engines.optics import gsnr_from_log_noise
from karakoram.network.sections import Oms
from karakoram.planning.offers import Lightpath, ProfilePoint
from karakoram.planning.optical_plant import CombOptics, LineKey, OpticalPlant, line_key

GSNR_DB_SHOWN_MAX = 40.0
"""A signal without line noise yet is drawn here instead of at infinity."""


def path_profile(
    plant: OpticalPlant, *, path: Sequence[LineKey], over: Sequence[Lightpath]
) -> tuple[ProfilePoint, ...]:
    """Points in travel order, one for each amplifier and both sides of each ROADM.

    The GSNR is that of the line itself (no transmitter or ROADM noise), and starts anew after
    each regeneration.
    """
    points: list[ProfilePoint] = []
    km = 0.0
    index = 0
    for lightpath in over:
        optics = plant.by_spacing[lightpath.spacing_ghz]
        before = np.zeros(optics.comb.channel_count)
        while True:
            oms = plant.lines[path[index]]
            points.extend(_line_points(optics, oms, start_km=km, before=before))
            before = before + optics.by_line[path[index]].log_noise
            km += oms.length_km
            index += 1
            if oms.z_site_id == lightpath.z_site_id:
                break
    return tuple(points)


def _line_points(
    optics: CombOptics, oms: Oms, *, start_km: float, before: Float[np.ndarray, " channel"]
) -> list[ProfilePoint]:
    line = optics.by_line[line_key(oms)]
    has_power = line.power_in_dbm.size > 0
    gsnr_db = _mean_gsnr_db(before + np.vstack([np.zeros_like(before), line.cumulative_log_noise]))
    points = [
        ProfilePoint(
            label=oms.a_site_id,
            distance_km=start_km,
            is_derived=False,
            power_in_dbm=None,
            power_out_dbm=_power(line.power_out_dbm, 0) if has_power else None,
            gsnr_db=float(gsnr_db[0]),
        )
    ]
    km = start_km
    for i, section in enumerate(oms.ots):
        km += section.length_km
        is_last = i == len(oms.ots) - 1
        points.append(
            ProfilePoint(
                label=section.z_place.label,
                distance_km=km,
                is_derived=section.z_place.is_derived,
                power_in_dbm=_power(line.power_in_dbm, i) if has_power else None,
                power_out_dbm=None
                if is_last or not has_power
                else _power(line.power_out_dbm, i + 1),
                gsnr_db=float(gsnr_db[i + 1]),
            )
        )
    return points


def _power(power_dbm: Float[np.ndarray, " section"], section: int) -> float:
    return float(power_dbm[section])


def _mean_gsnr_db(log_noise: Float[np.ndarray, "place channel"]) -> Float[np.ndarray, " place"]:
    gsnr_db = db_from_linear(gsnr_from_log_noise(log_noise))
    return np.asarray(np.minimum(gsnr_db, GSNR_DB_SHOWN_MAX).mean(axis=-1))
