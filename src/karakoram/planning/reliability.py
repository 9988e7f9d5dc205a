"""How much of the year is a service down, and what takes it down?

Components fail independently: spans, risk groups and sites (``planning.risks``), the
amplifiers of each line (one for each direction at each place), and the transceivers of each
lightpath. One that both paths need takes both down at once; the engine counts that exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from karakoram.core.provenance import Confidence, computed_from, derived_confidence
from karakoram.core.units import MINUTES_PER_YEAR, failures_per_year_from_fit
from karakoram.engines.availability import (
    series_unavailability,
    service_unavailability,
    unavailability_contribution,
)
from karakoram.engines.routing import risks_in
from karakoram.network.network import Network
from karakoram.planning.line_components import Component, unavailability_of_one
from karakoram.planning.offers import Lightpath, OutageShare
from karakoram.planning.path_plan import PathPlan
from karakoram.planning.prepare import PreparedNetwork

SHARES_SHOWN_MAX = 20
"""An answer names at most this many components; the rest together cost less than the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Availability figures of one service."""

    confidence: Confidence
    """Of all that costs the service time, also of what ``outage_shares`` leaves out."""
    unavailability: float
    path_unavailability: tuple[float, ...]
    """Of each path alone, in the order given."""
    outage_shares: tuple[OutageShare, ...]
    """Largest first."""


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
    costing = [one for i, one in enumerate(components) if contribution[i] > 0.0]
    return Reliability(
        confidence=derived_confidence(one.confidence for one in costing),
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


def _components(prepared: PreparedNetwork, path: PathPlan, *, number: int) -> list[Component]:
    risks = prepared.graph.risks
    events = [
        Component(
            key=risks[bit].risk_id,
            name=risks[bit].name,
            unavailability=risks[bit].unavailability,
            confidence=risks[bit].confidence,
        )
        for bit in risks_in(path.risk_mask)
        if bit < len(risks) and risks[bit].unavailability > 0.0
    ]
    lines = [prepared.line_components[key] for key in path.lines]
    ends = [
        _transceivers(prepared.network, lightpath, number=number) for lightpath in path.lightpaths
    ]
    return [*events, *lines, *ends]


def _transceivers(network: Network, lightpath: Lightpath, *, number: int) -> Component:
    mode = network.library.transceiver_modes[lightpath.transceiver_mode_id]
    count = 2 * lightpath.wavelengths
    rate = failures_per_year_from_fit(mode.failures_fit) * count
    return Component(
        key=f"transceivers:{number}:{lightpath.a_site_id}-{lightpath.z_site_id}",
        name=f"{count} transceivers {lightpath.a_site_id}-{lightpath.z_site_id}",
        unavailability=unavailability_of_one(rate, mttr_h=mode.mttr_h),
        confidence=computed_from(mode.provenance),
    )
