"""Is the plant physically possible: lengths, hand-overs, amplification?"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.network.geometry import great_circle_km
from karakoram.network.network import Network
from karakoram.network.records import CableMedium, SiteKind, Span, Status
from karakoram.network.submarine import DesignBasis

_ROUNDING_KM = 1.0
"""Published lengths are rounded to whole kilometres."""


def plant_findings(network: Network) -> Iterator[Finding]:
    """Findings about spans, sites and hand-overs, in table order."""
    yield from _glass_shorter_than_the_earth(network)
    yield from _isolated_sites(network)
    yield from _missing_handovers(network)
    yield from _useless_handovers(network)
    yield from _submarine_designs(network)
    yield from _repeaters_on_land(network)
    yield from _unused_risk_groups(network)


def _glass_shorter_than_the_earth(network: Network) -> Iterator[Finding]:
    for span in network.spans.values():
        ends = [network.sites.get(site_id) for site_id in (span.a_site_id, span.z_site_id)]
        a_site, z_site = ends
        if a_site is None or z_site is None:
            continue
        tolerance_km = _ROUNDING_KM + sum(
            site.coordinate_accuracy_km or 0.0 for site in (a_site, z_site)
        )
        straight_km = great_circle_km(a_site, z_site)
        if span.length_km < straight_km - tolerance_km:
            yield Finding(
                code="span-shorter-than-great-circle",
                place=Place(table="spans", record=span.span_id, field="length_km"),
                message=f"{span.length_km:g} km of glass cannot join sites {straight_km:.1f} km "
                f"apart (tolerance {tolerance_km:g} km); correct the length or the coordinates",
                severity=Severity.WARNING,
            )


def _isolated_sites(network: Network) -> Iterator[Finding]:
    touched = {site for span in network.spans.values() for site in (span.a_site_id, span.z_site_id)}
    for site_id in network.sites:
        if site_id not in touched:
            yield Finding(
                code="site-without-span",
                place=Place(table="sites", record=site_id, field="site_id"),
                message="no span ends here, so no route can; add a span or leave it as a mark",
                severity=Severity.WARNING,
            )


def _unused_risk_groups(network: Network) -> Iterator[Finding]:
    named = {group_id for span in network.spans.values() for group_id in span.risk_group_ids}
    for group_id in network.risk_groups:
        if group_id not in named:
            yield Finding(
                code="risk-group-without-span",
                place=Place(table="risk_groups", record=group_id, field="risk_group_id"),
                message="no span names this group, so it counts nowhere; name it in "
                "risk_group_ids of the spans it takes, or remove it",
                severity=Severity.WARNING,
            )


def _missing_handovers(network: Network) -> Iterator[Finding]:
    """On land, where fibre of two operators meets, light must be able to pass or say so."""
    agreed = {
        (handover.site_id, frozenset((handover.from_operator_id, handover.to_operator_id)))
        for handover in network.handovers.values()
    }
    for site_id, operators in _operators_meeting(network).items():
        site = network.sites.get(site_id)
        if site is None or site.kind is SiteKind.LANDING_STATION:
            continue
        for pair in combinations(sorted(operators), 2):
            if (site_id, frozenset(pair)) not in agreed:
                yield Finding(
                    code="handover-missing",
                    place=Place(table="sites", record=site_id, field="site_id"),
                    message=f"fibre of {pair[0]} and {pair[1]} meets here without a hand-over; "
                    "add a row to handovers if light may pass",
                    severity=Severity.WARNING,
                )


def _operators_meeting(network: Network) -> dict[SiteId, set[OperatorId]]:
    meeting: dict[SiteId, set[OperatorId]] = defaultdict(set)
    for span in network.spans.values():
        if span.status is Status.IN_SERVICE:
            meeting[span.a_site_id].add(span.operator_id)
            meeting[span.z_site_id].add(span.operator_id)
    return meeting


def _useless_handovers(network: Network) -> Iterator[Finding]:
    present: dict[SiteId, set[OperatorId]] = defaultdict(set)
    for span in network.spans.values():
        for site_id in (span.a_site_id, span.z_site_id):
            present[site_id].add(span.operator_id)
    for handover in network.handovers.values():
        for field in ("from_operator_id", "to_operator_id"):
            operator_id = getattr(handover, field)
            if operator_id not in present[handover.site_id]:
                yield Finding(
                    code="handover-without-span",
                    place=Place(table="handovers", record=handover.handover_id, field=field),
                    message=f"{operator_id} has no span at {handover.site_id}; "
                    "hand over where both operators have fibre",
                )


def _submarine_designs(network: Network) -> Iterator[Finding]:
    for span in network.spans.values():
        if _needs_design(network, span):
            yield Finding(
                code="submarine-without-design",
                place=Place(table="spans", record=span.span_id, field="cable_id"),
                message=f"submarine cable {span.cable_id} has no row in submarine_systems; "
                "add its repeater spacing or published design",
            )
    for cable_id, system in network.submarine_systems.items():
        lacks = system.design_capacity_tbps is None or system.fibre_pairs is None
        if system.design_basis is DesignBasis.PUBLISHED and lacks:
            yield Finding(
                code="published-design-incomplete",
                place=Place(
                    table="submarine_systems", record=cable_id, field="design_capacity_tbps"
                ),
                message="a published design needs design_capacity_tbps and fibre_pairs; "
                "fill both or set design_basis to repeaters",
            )


def _repeaters_on_land(network: Network) -> Iterator[Finding]:
    for cable_id in network.submarine_systems:
        cable = network.cables.get(cable_id)
        if cable is not None and cable.medium is not CableMedium.SUBMARINE:
            yield Finding(
                code="system-not-submarine",
                place=Place(table="submarine_systems", record=cable_id, field="cable_id"),
                message=f"cable {cable_id} is {cable.medium.value}, so its repeaters are ignored; "
                "set its medium to submarine, or take the row out",
                severity=Severity.WARNING,
            )


def _needs_design(network: Network, span: Span) -> bool:
    cable = network.cables.get(span.cable_id)
    is_wet = cable is not None and cable.medium is CableMedium.SUBMARINE
    return is_wet and span.cable_id not in network.submarine_systems
