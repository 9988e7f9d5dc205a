"""How does a file list connections, and how do simulated failures read as JSON?"""

import math
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.demand_table import read_demand_rows
from karakoram.planning.restoration.drills import DrillReport, FailureEffect, SpareCapacity
from karakoram.planning.restoration.plant import FailureComponent
from karakoram.planning.restoration.years import YearlyLoss
from karakoram.usecases.simulate.failure_words import ConnectionWords, word_of_scheme
from karakoram.usecases.simulate.simulate_failures import FailuresAnswer, SchemeAnswer

NEEDED = ("from", "to", "bit_rate")
OPTIONAL = ("count", "priority", "scheme")
ROWS_MAX = 2_000


def read_connections(path: Path) -> tuple[ConnectionWords, ...]:
    """The connections of a CSV file with the columns ``NEEDED`` and perhaps ``OPTIONAL``.

    Raises
    ------
    InvalidDataError
        With a finding for everything that is wrong in the file.
    """
    rows = read_demand_rows(path, needed=NEEDED, optional=OPTIONAL, rows_max=ROWS_MAX)
    return tuple(
        ConnectionWords(
            from_site=row.cells["from"],
            to_site=row.cells["to"],
            bit_rate=row.cells["bit_rate"],
            count=row.cells["count"],
            priority=row.cells["priority"],
            scheme=row.cells["scheme"],
            place=row.place,
        )
        for row in rows
    )


def json_from_failures(answer: FailuresAnswer) -> dict[str, Any]:
    """The answer as an object; infinite times are null."""
    plant, question = answer.plant, answer.question
    return {
        "network": plant.name,
        "offered_gbps": answer.offered_gbps,
        "slots": plant.slot_count,
        "ways_per_pair": question.k,
        "failures_together": question.together,
        "years": question.years,
        "reverts": question.reverts,
        "components": [_component(one) for one in plant.components],
        "schemes": [_scheme(one) for one in answer.schemes],
        "loss_confidence": answer.loss_confidence.value,
        "notes": list(plant.notes),
    }


def _component(one: FailureComponent) -> dict[str, Any]:
    return {
        "id": one.component_id,
        "name": one.name,
        "sort": one.sort.value,
        "owners": list(one.owner_ids),
        "failures_per_year": one.failures_per_year,
        "mttr_h": one.mttr_h,
        "confidence": one.confidence.value,
    }


def _scheme(one: SchemeAnswer) -> dict[str, Any]:
    report = one.report
    return {
        "scheme": word_of_scheme(one.scheme),
        "placed": sum(report.is_placed),
        "not_placed": [
            {"from": demand.a_site_id, "to": demand.z_site_id}
            for demand, placed in zip(report.demands, report.is_placed, strict=True)
            if not placed
        ],
        "placed_gbps": report.placed_gbps,
        "restored_share": report.back_share,
        "spare": _spare(report.spare),
        "a_year": _loss(one.loss, report),
        "failures": [_effect(effect) for effect in report.effects if effect.hit_gbps > 0.0],
    }


def _spare(spare: SpareCapacity) -> dict[str, Any]:
    return {
        "working_slot_km": spare.working,
        "reserved_slot_km": spare.reserved,
        "used_slot_km": spare.used,
    }


def _loss(loss: YearlyLoss, report: DrillReport) -> dict[str, Any]:
    placed = [
        float(share)
        for share, is_placed in zip(loss.availability, report.is_placed, strict=True)
        if is_placed
    ]
    return {
        "lost_tbps_h": loss.lost_tbps_h,
        "lost_ci95_tbps_h": [
            loss.lost_tbps_h - loss.lost_half_width_tbps_h,
            loss.lost_tbps_h + loss.lost_half_width_tbps_h,
        ],
        "lost_by_owner": json_of_owners(loss),
        "lost_by_reason": [
            {"reason": kind.name.lower(), "lost_tbps_h": lost}
            for kind, lost in loss.lost_by_outcome_tbps_h.items()
        ],
        "moves": loss.moves_per_year,
        "availability_least": min(placed, default=None),
        "availability_mean": sum(placed) / len(placed) if placed else None,
    }


def json_of_owners(loss: YearlyLoss) -> list[dict[str, Any]]:
    """What is lost in a year by whose glass is down, most first."""
    return [
        {"owner": owner_id, "lost_tbps_h": lost}
        for owner_id, lost in loss.lost_by_owner_tbps_h.items()
    ]


def _effect(effect: FailureEffect) -> dict[str, Any]:
    return {
        "components": [one.component_id for one in effect.components],
        "hit_gbps": effect.hit_gbps,
        "restored_gbps": effect.back_gbps,
        "end_down_gbps": effect.end_down_gbps,
        "lost": [
            {"reason": kind.name.lower(), "gbps": gbps} for kind, gbps in effect.lost_gbps.items()
        ],
        "median_ms": _finite(effect.median_ms),
        "longest_ms": _finite(effect.longest_ms),
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
