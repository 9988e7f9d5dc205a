"""What fails on each line, and how often: its amplifiers, or its repeaters?

Of the network alone, whatever is asked, so that it is worked out once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Confidence, computed_from
from karakoram.core.units import failures_per_year_from_fit
from karakoram.engines.availability import component_unavailability, series_unavailability
from karakoram.network.columns import repeater_span_columns
from karakoram.network.network import Network
from karakoram.network.records import EquipmentKind
from karakoram.network.sections import Oms
from karakoram.network.standing import line_amplifier_types, standing_type_ids
from karakoram.planning.optical_plant import LineKey
from karakoram.refdata.equipment import AmplifierType


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Something that fails, by a key that is equal where two paths share it."""

    key: str
    name: str
    unavailability: float
    confidence: Confidence


def line_components(network: Network, lines: Mapping[LineKey, Oms]) -> dict[LineKey, Component]:
    """What fails on each line, the amplifiers of both its directions as one.

    Parameters
    ----------
    network
        For the amplifiers that stand, the rules and the library.
    lines
        Each line in each direction.
    """
    standing = standing_type_ids(network, EquipmentKind.LINE_AMPLIFIER)
    return {key: _line_component(network, oms, standing=standing) for key, oms in lines.items()}


def unavailability_of_one(failures_per_year: float, *, mttr_h: float) -> float:
    """Share of time that a component which fails so often is down [1].

    Parameters
    ----------
    failures_per_year
        Failures in a year of working time [1/year], >= 0.
    mttr_h
        Mean time to restoration [h], >= 0.

    Raises
    ------
    ValueError
        As of :func:`karakoram.engines.availability.component_unavailability`.
    """
    shares = component_unavailability(
        failures_per_year=np.array([failures_per_year]), mttr_h=np.array([mttr_h])
    )
    return float(shares[0])


def _line_component(network: Network, oms: Oms, *, standing: Mapping[SiteId, str]) -> Component:
    """The amplifiers of a line in both directions, which stand and fall together."""
    low, high = sorted((oms.a_site_id, oms.z_site_id))
    if oms.submarine_cable_id is None:
        amplifiers = [
            amplifier
            for way in (oms, oms.reversed())
            for amplifier in line_amplifier_types(network, way, standing=standing)
        ]
        name = f"{len(amplifiers)} amplifiers {low}-{high}"
        counted_by = network.rules.ots_length_km_max.provenance
    else:
        system = network.submarine_systems[oms.submarine_cable_id]
        repeaters = repeater_span_columns(network, oms)[1]
        amplifiers = [network.library.amplifier_types[system.repeater_type_id]] * (2 * repeaters)
        name = f"{repeaters} repeaters {low}-{high}"
        counted_by = system.provenance
    return Component(
        key=f"line:{'+'.join(sorted(oms.span_ids))}",
        name=name,
        unavailability=_unavailability_of(amplifiers),
        confidence=computed_from(counted_by, *(amplifier.provenance for amplifier in amplifiers)),
    )


def _unavailability_of(amplifiers: Sequence[AmplifierType]) -> float:
    """Of amplifiers that are all needed, those of one type as one component."""
    of_type = Counter(amplifier.amplifier_type_id for amplifier in amplifiers)
    types = {amplifier.amplifier_type_id: amplifier for amplifier in amplifiers}
    shares = [
        unavailability_of_one(
            failures_per_year_from_fit(types[type_id].failures_fit) * count,
            mttr_h=types[type_id].mttr_h,
        )
        for type_id, count in of_type.items()
    ]
    return series_unavailability(np.array(shares))
