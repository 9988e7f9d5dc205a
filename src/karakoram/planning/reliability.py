"""How much of the year is a service down, and what takes it down?

Components fail independently: spans, risk groups and sites (``planning.risks``), the
amplifiers of each line (one for each direction at each place), and the transceivers of each
lightpath. One that both paths need takes both down at once; the engine counts that exactly.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Confidence, Provenance, weakest
from karakoram.core.units import MINUTES_PER_YEAR, failures_per_year_from_fit
from karakoram.engines.availability import (
    component_unavailability,
    series_unavailability,
    service_unavailability,
    unavailability_contribution,
)
from karakoram.engines.routing import risks_in
from karakoram.network.columns import repeater_span_columns
from karakoram.network.network import Network
from karakoram.network.records import EquipmentKind
from karakoram.network.sections import Oms
from karakoram.network.standing import line_amplifier_types, standing_type_ids
from karakoram.planning.offers import Lightpath, OutageShare
from karakoram.planning.path_plan import PathPlan
from karakoram.planning.prepare import PreparedNetwork
from karakoram.refdata.equipment import AmplifierType

SHARES_SHOWN_MAX = 20
"""An answer names at most this many components; the rest together cost less than the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Availability figures of one service."""

    unavailability: float
    path_unavailability: tuple[float, ...]
    """Of each path alone, in the order given."""
    outage_shares: tuple[OutageShare, ...]
    """Largest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Component:
    """Something that fails, by a key that is equal where two paths share it."""

    key: str
    name: str
    unavailability: float
    confidence: Confidence


def reliability(prepared: PreparedNetwork, paths: Sequence[PathPlan]) -> Reliability:
    """Exact availability of a service whose paths protect each other.

    Parameters
    ----------
    prepared
        The network, with its risks and lines.
    paths
        The paths that carry the service at once; a single one is unprotected.

    Returns
    -------
    Shares of the year that service and paths are down, and what each component costs the service
    in minutes a year, with a confidence that is at best derived.
    """
    per_path = [_components(prepared, path, number=i) for i, path in enumerate(paths)]
    components = list({part.key: part for parts in per_path for part in parts}.values())
    row = {component.key: i for i, component in enumerate(components)}
    unavailability = np.array([component.unavailability for component in components])
    incidence = np.zeros((len(paths), len(components)), dtype=np.bool_)
    for i, parts in enumerate(per_path):
        incidence[i, [row[part.key] for part in parts]] = True
    contribution = unavailability_contribution(unavailability, incidence=incidence)
    largest_first = np.argsort(-contribution, kind="stable")[:SHARES_SHOWN_MAX]
    return Reliability(
        unavailability=service_unavailability(unavailability, incidence=incidence),
        path_unavailability=tuple(
            series_unavailability(unavailability[needed]) for needed in incidence
        ),
        outage_shares=tuple(
            OutageShare(
                component=components[i].key,
                name=components[i].name,
                unavailable_min_per_year=float(contribution[i]) * MINUTES_PER_YEAR,
                confidence=components[i].confidence,
            )
            for i in largest_first
            if contribution[i] > 0.0
        ),
    )


def _components(prepared: PreparedNetwork, path: PathPlan, *, number: int) -> list[_Component]:
    risks = prepared.graph.risks
    events = [
        _Component(
            key=risks[bit].risk_id,
            name=risks[bit].name,
            unavailability=risks[bit].unavailability,
            confidence=risks[bit].confidence,
        )
        for bit in risks_in(path.risk_mask)
        if bit < len(risks) and risks[bit].unavailability > 0.0
    ]
    standing = standing_type_ids(prepared.network, EquipmentKind.LINE_AMPLIFIER)
    lines = [
        _line_component(prepared.network, prepared.plant.lines[key], standing=standing)
        for key in path.lines
    ]
    ends = [
        _transceivers(prepared.network, lightpath, number=number) for lightpath in path.lightpaths
    ]
    return [*events, *lines, *ends]


def _computed_from(sources: Iterable[Provenance]) -> Confidence:
    """Of a figure worked out from others: no better than the weakest, and at best derived."""
    return weakest((Confidence.DERIVED, *(source.confidence for source in sources)))


def _line_component(network: Network, oms: Oms, *, standing: Mapping[SiteId, str]) -> _Component:
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
    return _Component(
        key=f"line:{'+'.join(sorted(oms.span_ids))}",
        name=name,
        unavailability=_unavailability_of(amplifiers),
        confidence=_computed_from(
            (counted_by, *(amplifier.provenance for amplifier in amplifiers)),
        ),
    )


def _unavailability_of(amplifiers: Sequence[AmplifierType]) -> float:
    """Of amplifiers that are all needed, those of one type as one component."""
    of_type = Counter(amplifier.amplifier_type_id for amplifier in amplifiers)
    types = {amplifier.amplifier_type_id: amplifier for amplifier in amplifiers}
    shares = [
        _unavailability(
            failures_per_year_from_fit(types[type_id].failures_fit) * count,
            mttr_h=types[type_id].mttr_h,
        )
        for type_id, count in of_type.items()
    ]
    return series_unavailability(np.array(shares))


def _transceivers(network: Network, lightpath: Lightpath, *, number: int) -> _Component:
    mode = network.library.transceiver_modes[lightpath.transceiver_mode_id]
    count = 2 * lightpath.wavelengths
    rate = failures_per_year_from_fit(mode.failures_fit) * count
    return _Component(
        key=f"transceivers:{number}:{lightpath.a_site_id}-{lightpath.z_site_id}",
        name=f"{count} transceivers {lightpath.a_site_id}-{lightpath.z_site_id}",
        unavailability=_unavailability(rate, mttr_h=mode.mttr_h),
        confidence=_computed_from((mode.provenance,)),
    )


def _unavailability(failures_per_year: float, *, mttr_h: float) -> float:
    shares = component_unavailability(
        failures_per_year=np.array([failures_per_year]), mttr_h=np.array([mttr_h])
    )
    return float(shares[0])
