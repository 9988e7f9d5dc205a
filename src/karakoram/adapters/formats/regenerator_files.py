"""How does a file list demands, and how does a plan of regenerators read as JSON?"""

from pathlib import Path
from typing import Any

from karakoram.adapters.formats.demand_table import read_demand_rows
from karakoram.planning.regenerator_plan import PlannedDemand, PlanTotals, RegeneratorPlan
from karakoram.usecases.plan.plan_regenerators import DemandWords

COLUMNS = ("from", "to", "bit_rate")
DEMANDS_MAX = 2_000
"""Demands in one file, at most: each has its paths searched."""


def read_demands(path: Path) -> tuple[DemandWords, ...]:
    """The demands of a CSV file with the columns ``COLUMNS``, in the order of its rows.

    Raises
    ------
    InvalidDataError
        With a finding for everything that is wrong in the file.
    """
    return tuple(
        DemandWords(
            from_site=row.cells["from"],
            to_site=row.cells["to"],
            bit_rate=row.cells["bit_rate"],
            place=row.place,
        )
        for row in read_demand_rows(path, needed=COLUMNS, rows_max=DEMANDS_MAX)
    )


def json_from_regenerators(plan: RegeneratorPlan) -> dict[str, Any]:
    """The plan as an object; a demand that cannot be lit has no lightpaths."""
    return {
        "demands": [_demand(one) for one in plan.demands],
        "regenerators": [
            {"site": site_id, "regenerators": count} for site_id, count in plan.regenerators.items()
        ],
        "totals": _totals(plan.totals),
        "one_by_one": _totals(plan.one_by_one),
        "infeasible": [number for number, one in enumerate(plan.demands) if one.path is None],
        "proof": _proof(plan),
    }


def _proof(plan: RegeneratorPlan) -> dict[str, Any]:
    """What is proven; where nothing is lit nothing was compared, and so nothing is."""
    if all(one.path is None for one in plan.demands):
        unknown = ("search", "proven", "regenerator_sites_at_least", "length_km_at_least")
        return {**dict.fromkeys(unknown), "paths_per_demand": plan.paths_max}
    return {
        "search": plan.search.value,
        "proven": plan.proven,
        "regenerator_sites_at_least": plan.site_count_bound,
        "length_km_at_least": round(plan.length_km_bound, 6),
        "paths_per_demand": plan.paths_max,
    }


def _totals(totals: PlanTotals) -> dict[str, Any]:
    return {
        "transponders": totals.transponders,
        "regenerator_sites": totals.site_count,
        "length_km": round(totals.length_km, 6),
        "length_confidence": totals.length_confidence.value,
    }


def _demand(one: PlannedDemand) -> dict[str, Any]:
    path = one.path
    return {
        "from": one.demand.a_site_id,
        "to": one.demand.z_site_id,
        "bit_rate_gbps": one.demand.bit_rate_gbps,
        "transponders": 0 if path is None else path.transponders,
        "regenerator_sites": [] if path is None else list(path.regenerator_site_ids),
        "length_km": None if path is None else round(path.length_km, 6),
        "length_confidence": None if path is None else path.length_confidence.value,
        "sites": [] if path is None else list(path.site_ids),
        "lightpaths": []
        if path is None
        else [
            {
                "from": light.a_site_id,
                "to": light.z_site_id,
                "mode": light.transceiver_mode_id,
                "wavelengths": light.wavelengths,
                "spacing_ghz": light.spacing_ghz,
                "length_km": round(light.length_km, 6),
                "length_confidence": light.length_confidence.value,
                "gsnr_db": round(light.gsnr_db, 6),
                "required_gsnr_db": round(light.required_gsnr_db, 6),
                "margin_db": round(light.margin_db, 6),
                "gsnr_confidence": light.gsnr_confidence.value,
            }
            for light in path.lightpaths
        ],
    }
