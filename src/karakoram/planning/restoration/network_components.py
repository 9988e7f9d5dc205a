"""What of a network folder can fail, how often, and whose glass does it take down?"""

from collections.abc import Iterator, Mapping

from karakoram.core.identifiers import OperatorId, SiteId, SpanId
from karakoram.core.provenance import computed_from
from karakoram.core.units import failures_per_year_from_fit
from karakoram.network.columns import repeater_span_columns
from karakoram.network.network import Network
from karakoram.network.records import EquipmentKind
from karakoram.network.sections import IN_SERVICE, Oms, sites_with
from karakoram.network.standing import (
    line_amplifier_types,
    standing_roadm_types,
    standing_type_ids,
)
from karakoram.planning.restoration.plant import FailureComponent, FailureSort
from karakoram.planning.route_graph import RouteGraph
from karakoram.refdata.equipment import AmplifierType

FailureRate = tuple[float, float]
"""Failures a year, and mean hours until each is mended."""


def network_components(
    network: Network, graph: RouteGraph, *, lines: Mapping[int, Oms], first_line_risk: int
) -> tuple[FailureComponent, ...]:
    """Every span, risk group and site of plant in service, and the amplifiers of every line.

    Parameters
    ----------
    network, graph
        The network, and the numbers of its risks.
    lines
        The multiplex sections by the number of their resource; the amplifiers of number i are
        risk ``first_line_risk + i``.
    first_line_risk
        The first number after the risks of the graph.
    """
    lit = {span_id for oms in lines.values() for span_id in oms.span_ids}
    return (
        *_spans(network, graph, lit),
        *_groups(network, graph, lit),
        *_sites(network, graph, lit),
        *_amplifiers(network, lines, first_line_risk),
    )


def _spans(network: Network, graph: RouteGraph, lit: set[SpanId]) -> Iterator[FailureComponent]:
    for span_id, span in network.spans.items():
        if span_id not in lit:
            continue
        kind = network.failure_classes[span.failure_class_id]
        yield FailureComponent(
            component_id=f"span:{span_id}",
            name=f"cut {span.a_site_id}-{span.z_site_id} ({span.cable_id})",
            sort=FailureSort.SECTION,
            risks=(graph.bit_of_risk[f"span:{span_id}"],),
            owner_ids=(span.owner_id,),
            failures_per_year=kind.failures_per_1000_km_year * span.length_km / 1e3,
            mttr_h=kind.mttr_h,
            confidence=computed_from(kind.provenance, span.provenance),
        )


def _groups(network: Network, graph: RouteGraph, lit: set[SpanId]) -> Iterator[FailureComponent]:
    for group_id, group in network.risk_groups.items():
        members = [
            span
            for span_id, span in network.spans.items()
            if span_id in lit and group_id in span.risk_group_ids
        ]
        if not members:
            continue
        yield FailureComponent(
            component_id=f"group:{group_id}",
            name=group.name,
            sort=FailureSort.RISK_GROUP,
            risks=(graph.bit_of_risk[f"group:{group_id}"],),
            owner_ids=tuple(dict.fromkeys(span.owner_id for span in members)),
            failures_per_year=group.failures_per_year,
            mttr_h=group.mttr_h,
            confidence=computed_from(group.provenance),
        )


def _sites(network: Network, graph: RouteGraph, lit: set[SpanId]) -> Iterator[FailureComponent]:
    """Power of a site with equipment, and its ROADM."""
    with_roadm = sites_with(network, EquipmentKind.ROADM, IN_SERVICE)
    equipped = with_roadm | sites_with(network, EquipmentKind.LINE_AMPLIFIER, IN_SERVICE)
    power, repair = network.rules.site_failures_fit, network.rules.site_mttr_h
    roadm_types = standing_roadm_types(network)
    for site_id, site in network.sites.items():
        owners = _owners_at(network, site_id, lit)
        causes: list[FailureRate] = []
        if site_id in equipped:
            causes.append((failures_per_year_from_fit(power.value), repair.value))
        if site_id in with_roadm:
            kind = roadm_types[site_id]
            causes.append((failures_per_year_from_fit(kind.failures_fit), kind.mttr_h))
        if not owners or not causes:
            continue
        failures_per_year, mttr_h = _together(causes)
        yield FailureComponent(
            component_id=f"site:{site_id}",
            name=f"site {site.name}",
            sort=FailureSort.SITE,
            risks=(graph.bit_of_risk[f"site:{site_id}"],),
            owner_ids=owners,
            failures_per_year=failures_per_year,
            mttr_h=mttr_h,
            confidence=computed_from(
                power.provenance, repair.provenance, roadm_types[site_id].provenance
            ),
        )


def _amplifiers(
    network: Network, lines: Mapping[int, Oms], first_line_risk: int
) -> Iterator[FailureComponent]:
    standing = standing_type_ids(network, EquipmentKind.LINE_AMPLIFIER)
    for number, oms in lines.items():
        amplifiers = _amplifiers_of(network, oms, standing)
        failures_per_year, mttr_h = _together(
            [(failures_per_year_from_fit(one.failures_fit), one.mttr_h) for one in amplifiers]
        )
        yield FailureComponent(
            component_id=f"line:{'+'.join(sorted(oms.span_ids))}",
            name=f"{len(amplifiers)} amplifiers {oms.a_site_id}-{oms.z_site_id}",
            sort=FailureSort.EQUIPMENT,
            risks=(first_line_risk + number,),
            owner_ids=owners_of(network, oms.span_ids),
            failures_per_year=failures_per_year,
            mttr_h=mttr_h,
            confidence=computed_from(*(one.provenance for one in amplifiers)),
        )


def _amplifiers_of(
    network: Network, oms: Oms, standing: Mapping[SiteId, str]
) -> list[AmplifierType]:
    """Those of both directions."""
    if oms.submarine_cable_id is None:
        ways = (oms, oms.reversed())
        return [
            one for way in ways for one in line_amplifier_types(network, way, standing=standing)
        ]
    system = network.submarine_systems[oms.submarine_cable_id]
    repeaters = repeater_span_columns(network, oms)[1]
    return [network.library.amplifier_types[system.repeater_type_id]] * (2 * repeaters)


def owners_of(network: Network, span_ids: tuple[SpanId, ...]) -> tuple[OperatorId, ...]:
    """Who owns the glass of some spans, each once, in their order."""
    return tuple(dict.fromkeys(network.spans[span_id].owner_id for span_id in span_ids))


def _owners_at(network: Network, site_id: SiteId, lit: set[SpanId]) -> tuple[OperatorId, ...]:
    meeting = [
        span_id
        for span_id, span in network.spans.items()
        if span_id in lit and site_id in (span.a_site_id, span.z_site_id)
    ]
    return owners_of(network, tuple(meeting))


def _together(causes: list[FailureRate]) -> FailureRate:
    """One that fails with any of several: rates add, repair times weigh by the causes."""
    total = sum(failures for failures, _ in causes)
    if total == 0.0:
        return 0.0, 0.0
    return total, sum(failures * hours for failures, hours in causes) / total
