"""How does a designed photonic network read as JSON?"""

from math import isfinite
from typing import Any

from karakoram.adapters.formats.json_remarks import json_from_remarks
from karakoram.planning.photonic.design_records import DesignedAmplifier, DesignedSection
from karakoram.usecases.light.design_line import LineDesign


def json_from_line_design(found: LineDesign) -> dict[str, Any]:
    """The amplifiers OMS by OMS, how many there are of each type, and the findings."""
    return {
        "sections": [_section(section) for section in found.design.sections],
        "totals": [
            {
                "type": total.amplifier_type_id,
                "amplifiers": total.amplifiers,
                "chosen": total.chosen,
            }
            for total in found.totals
        ],
        **json_from_remarks((*found.errors, *found.warnings), found.assumptions),
    }


def _section(section: DesignedSection) -> dict[str, Any]:
    return {
        "from": section.from_id,
        "to": section.to_id,
        "length_km": section.length_km,
        "amplifiers": [_amplifier(amplifier) for amplifier in section.amplifiers],
    }


def _amplifier(amplifier: DesignedAmplifier) -> dict[str, Any]:
    noise_db = amplifier.noise_figure_db
    return {
        "id": amplifier.element_id,
        "type": amplifier.amplifier_type_id,
        "band_thz": [amplifier.band.lower_thz, amplifier.band.upper_thz],
        "is_new": amplifier.is_new,
        "is_chosen": amplifier.is_chosen,
        "gain_db": amplifier.gain_db,
        "tilt_db": amplifier.tilt_db,
        "output_voa_db": amplifier.output_voa_db,
        "channel_power_dbm": amplifier.channel_power_dbm,
        "total_power_dbm": amplifier.total_power_dbm,
        "noise_figure_db": noise_db if isfinite(noise_db) else None,
    }
