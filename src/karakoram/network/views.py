"""What may one operator see of the others' networks?

Its own plant whole, and equipment where no other operator has fibre whose it could be. Of a
partner: the points where traffic can be handed over, and for each leg between two of them how
long light takes, how often it is down and what it costs. Never the partner's spans, cables,
equipment, risk groups or price book.
"""

from dataclasses import dataclass, replace

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import OperatorId, SiteId, near_misses
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.network.network import Network
from karakoram.network.records import SiteKind, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLeg:
    """All that a partner tells of a way between two of its hand-over points."""

    operator_id: OperatorId
    a_site_id: SiteId
    z_site_id: SiteId
    latency_ms: float
    """One way, fibre only."""
    latency_confidence: Confidence
    unavailability: float
    outage_confidence: Confidence
    mrc: Money
    nrc: Money
    price_confidence: Confidence
    """How far the partner trusts what it tells; of which plant that is it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegNotOffered:
    """Two hand-over points of a partner between which it offers nothing, and why in one line.

    The reason names no plant of the partner.
    """

    operator_id: OperatorId
    a_site_id: SiteId
    z_site_id: SiteId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorView:
    """The corridor as one operator sees it."""

    viewer_id: OperatorId
    own: Network
    """The viewer's own plant and price book, and the sites where partners hand over."""
    partner_legs: tuple[PartnerLeg, ...]
    legs_not_offered: tuple[LegNotOffered, ...] = ()


def interconnection_sites(network: Network, operator_id: OperatorId) -> tuple[SiteId, ...]:
    """Where others can reach an operator: its hand-overs and the landing stations on its fibre."""
    handed_over = [
        handover.site_id
        for handover in network.handovers.values()
        if operator_id in (handover.from_operator_id, handover.to_operator_id)
        and handover.status is Status.IN_SERVICE
    ]
    touched = [
        site_id
        for span in network.spans.values()
        if span.operator_id == operator_id and span.status is Status.IN_SERVICE
        for site_id in (span.a_site_id, span.z_site_id)
    ]
    landed = [
        site_id for site_id in touched if network.sites[site_id].kind is SiteKind.LANDING_STATION
    ]
    return tuple(sorted({site_id for site_id in handed_over if site_id in touched} | set(landed)))


def own_network(network: Network, viewer_id: OperatorId) -> Network:
    """The part of a network that its operator sees whole.

    Raises
    ------
    NotFoundError
        If the viewer is not an operator of the network.
    """
    if viewer_id not in network.operators:
        raise NotFoundError(
            f"{viewer_id!r} is not an operator of this network.",
            near_misses=near_misses(viewer_id, network.operators),
        )
    spans = {
        span_id: span
        for span_id, span in network.spans.items()
        if viewer_id in (span.operator_id, span.owner_id)
    }
    handovers = {
        handover_id: handover
        for handover_id, handover in network.handovers.items()
        if viewer_id in (handover.from_operator_id, handover.to_operator_id)
    }
    site_ids = {site for span in spans.values() for site in (span.a_site_id, span.z_site_id)}
    site_ids |= {handover.site_id for handover in handovers.values()}
    # A record of equipment does not say whose it is; where others have fibre it may be theirs.
    shared_ids = {
        site
        for span_id, span in network.spans.items()
        if span_id not in spans and span.status is not Status.RETIRED
        for site in (span.a_site_id, span.z_site_id)
    }
    cable_ids = {span.cable_id for span in spans.values()}
    group_ids = {group for span in spans.values() for group in span.risk_group_ids}
    return replace(
        network,
        sites={key: site for key, site in network.sites.items() if key in site_ids},
        cables={key: cable for key, cable in network.cables.items() if key in cable_ids},
        submarine_systems={
            key: system for key, system in network.submarine_systems.items() if key in cable_ids
        },
        spans=spans,
        risk_groups={key: group for key, group in network.risk_groups.items() if key in group_ids},
        handovers=handovers,
        equipment={
            key: item
            for key, item in network.equipment.items()
            if item.site_id in site_ids - shared_ids
        },
        prices={
            key: price for key, price in network.prices.items() if price.operator_id == viewer_id
        },
    )
