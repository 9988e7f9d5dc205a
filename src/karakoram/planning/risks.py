"""Which single events can take spans, and for how much of the year?

Every span, every risk group and every site is one risk. Its place in the tuple is its bit in
the masks that the routing engine compares, and its row in the availability engine's columns.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from karakoram.core.identifiers import SpanId
from karakoram.core.provenance import Confidence, Provenance, computed_from
from karakoram.core.units import MINUTES_PER_YEAR, failures_per_year_from_fit
from karakoram.engines.availability import component_unavailability
from karakoram.network.network import Network
from karakoram.network.records import EquipmentKind, RiskKind, Span
from karakoram.network.sections import IN_SERVICE, sites_with
from karakoram.network.standing import standing_roadm_types
from karakoram.planning.offers import RiskSort, SharedRisk


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One event that can take one or more spans."""

    risk_id: str
    name: str
    sort: RiskSort
    kind: RiskKind | None
    """Of a risk group; ``None`` for a span or a site."""
    span_ids: tuple[SpanId, ...]
    unavailability: float
    provenance: Provenance
    """Of the failure figures."""
    confidence: Confidence
    """Of the unavailability: the weakest of all figures multiplied in it, and at best derived."""

    @property
    def unavailable_min_per_year(self) -> float:
        """Expected minutes a year that this event alone takes."""
        return self.unavailability * MINUTES_PER_YEAR

    @property
    def weight(self) -> int:
        """How much sharing it costs a protected service: minutes a year, at least one."""
        return max(1, round(self.unavailable_min_per_year))


def network_risks(network: Network) -> tuple[Risk, ...]:
    """Every risk of the network: spans, then risk groups, then sites, each in table order."""
    return (*_span_risks(network), *_group_risks(network), *_site_risks(network))


def risk_bits(risks: Iterable[Risk]) -> dict[str, int]:
    """The bit number of each risk by its identifier, e.g. ``span:CHL-BBS``."""
    return {risk.risk_id: bit for bit, risk in enumerate(risks)}


def span_risk_ids(span: Span) -> tuple[str, ...]:
    """The risks that a span is exposed to: itself, its groups and both its sites."""
    return (
        f"span:{span.span_id}",
        *(f"group:{group_id}" for group_id in span.risk_group_ids),
        f"site:{span.a_site_id}",
        f"site:{span.z_site_id}",
    )


def shared_risk(risk: Risk, span_ids: Iterable[SpanId]) -> SharedRisk:
    """The risk as an answer shows it, with those of ``span_ids`` that are exposed."""
    exposed = set(risk.span_ids)
    return SharedRisk(
        risk_id=risk.risk_id.partition(":")[2],
        name=risk.name,
        sort=risk.sort,
        span_ids=tuple(dict.fromkeys(span for span in span_ids if span in exposed)),
        unavailable_min_per_year=risk.unavailable_min_per_year,
        confidence=risk.confidence,
    )


def _span_risks(network: Network) -> list[Risk]:
    spans = tuple(network.spans.values())
    classes = [network.failure_classes[span.failure_class_id] for span in spans]
    unavailability = _unavailability(
        (cls.failures_per_1000_km_year * span.length_km / 1e3, cls.mttr_h)
        for cls, span in zip(classes, spans, strict=True)
    )
    return [
        Risk(
            risk_id=f"span:{span.span_id}",
            name=f"fibre cut {span.a_site_id}-{span.z_site_id} ({span.cable_id})",
            sort=RiskSort.SPAN,
            kind=None,
            span_ids=(span.span_id,),
            unavailability=share,
            provenance=cls.provenance,
            confidence=computed_from(cls.provenance, span.provenance),
        )
        for span, cls, share in zip(spans, classes, unavailability, strict=True)
    ]


def _group_risks(network: Network) -> list[Risk]:
    members: dict[str, list[SpanId]] = defaultdict(list)
    for span in network.spans.values():
        for group_id in span.risk_group_ids:
            members[group_id].append(span.span_id)
    groups = tuple(network.risk_groups.values())
    unavailability = _unavailability((group.failures_per_year, group.mttr_h) for group in groups)
    return [
        Risk(
            risk_id=f"group:{group.risk_group_id}",
            name=group.name,
            sort=RiskSort.RISK_GROUP,
            kind=group.kind,
            span_ids=tuple(members[group.risk_group_id]),
            unavailability=share,
            provenance=group.provenance,
            confidence=computed_from(group.provenance),
        )
        for group, share in zip(groups, unavailability, strict=True)
    ]


def _site_risks(network: Network) -> list[Risk]:
    """Power of a site and its ROADM fail; a site without equipment has nothing that can.

    Equipment counts where it is in service, whatever else a question accepts.
    """
    meeting: dict[str, list[SpanId]] = defaultdict(list)
    for span in network.spans.values():
        meeting[span.a_site_id].append(span.span_id)
        meeting[span.z_site_id].append(span.span_id)
    power = network.rules.site_failures_fit
    power_year = failures_per_year_from_fit(power.value)
    with_roadm = sites_with(network, EquipmentKind.ROADM, IN_SERVICE)
    equipped = with_roadm | sites_with(network, EquipmentKind.LINE_AMPLIFIER, IN_SERVICE)
    (power_share,) = _unavailability(((power_year, network.rules.site_mttr_h.value),))
    roadm_types = standing_roadm_types(network)
    roadm_share = dict(
        zip(
            roadm_types,
            _unavailability(
                (failures_per_year_from_fit(kind.failures_fit), kind.mttr_h)
                for kind in roadm_types.values()
            ),
            strict=True,
        )
    )
    return [
        Risk(
            risk_id=f"site:{site.site_id}",
            name=f"site {site.name}",
            sort=RiskSort.SITE,
            kind=None,
            span_ids=tuple(meeting[site.site_id]),
            unavailability=(power_share if site.site_id in equipped else 0.0)
            + (roadm_share[site.site_id] if site.site_id in with_roadm else 0.0),
            provenance=power.provenance,
            confidence=computed_from(
                power.provenance,
                network.rules.site_mttr_h.provenance,
                roadm_types[site.site_id].provenance,
            ),
        )
        for site in network.sites.values()
    ]


def _unavailability(rates_and_repairs: Iterable[tuple[float, float]]) -> list[float]:
    pairs = np.array(list(rates_and_repairs), dtype=np.float64).reshape(-1, 2)
    shares = component_unavailability(failures_per_year=pairs[:, 0], mttr_h=pairs[:, 1])
    return [float(share) for share in shares]
