"""How does simulated growth read as JSON, and how is its drawing written?"""

from pathlib import Path
from typing import Any

from karakoram.adapters.formats.failure_files import json_of_owners
from karakoram.adapters.formats.report.growth_svg import growth_svg
from karakoram.adapters.formats.text_files import write_text
from karakoram.planning.restoration.growth import FirstRefusal, FullSection, GrowthYear
from karakoram.usecases.simulate.failure_words import word_of_scheme
from karakoram.usecases.simulate.simulate_growth import GrowthAnswer


def write_growth_plot(answer: GrowthAnswer, path: Path) -> None:
    """Draw growth and what is lost as an SVG file."""
    write_text(growth_svg(answer), path)


def json_from_growth(answer: GrowthAnswer) -> dict[str, Any]:
    """The answer as an object."""
    growth = answer.growth
    return {
        "network": answer.plant.name,
        "first_tbps": growth.first_tbps,
        "last_tbps": growth.last_tbps,
        "years": growth.years,
        "wave_gbps": growth.wave_gbps,
        "pairs": [list(pair) for pair in answer.plant.pairs],
        "failure_years": answer.question.failure_years,
        "loss_confidence": answer.loss_confidence.value,
        "schemes": [
            {
                "scheme": word_of_scheme(one.scheme),
                "years": [_year(year) for year in one.years],
                "first_refusal": None if one.first_refusal is None else _refusal(one.first_refusal),
            }
            for one in answer.schemes
        ],
        "notes": list(answer.plant.notes),
    }


def _year(year: GrowthYear) -> dict[str, Any]:
    loss = year.loss
    return {
        "year": year.year,
        "asked_tbps": year.asked_tbps,
        "lit_tbps": year.lit_tbps,
        "refused": year.refused,
        "fullest": _section(year.fullest),
        "lost_tbps_h": loss.lost_tbps_h,
        "lost_ci95_tbps_h": [
            loss.lost_tbps_h - loss.lost_half_width_tbps_h,
            loss.lost_tbps_h + loss.lost_half_width_tbps_h,
        ],
        "lost_by_owner": json_of_owners(loss),
    }


def _section(section: FullSection) -> dict[str, Any]:
    return {
        "section": section.resource.name,
        "owners": list(section.resource.owner_ids),
        "taken_share": section.taken_share,
    }


def _refusal(refusal: FirstRefusal) -> dict[str, Any]:
    return {
        "pair": list(refusal.pair),
        "lit_tbps": refusal.lit_tbps,
        **_section(refusal.section),
    }
