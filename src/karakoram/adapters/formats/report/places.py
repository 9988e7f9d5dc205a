"""What stands where along a path, in glass kilometres from its A end?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, groupby, pairwise
from math import ceil

from karakoram.core.identifiers import CableId, OperatorId, SiteId
from karakoram.network.network import Network
from karakoram.network.records import CableMedium, EquipmentKind, SiteKind
from karakoram.planning.offers import Leg, ServicePath


class Duty(Enum):
    """What a site does for a path; the first of several decides the mark's shape."""

    END = "end of the service"
    HANDOVER = "hand-over between operators"
    LANDING = "cable landing"
    ROADM = "ROADM"
    PASSAGE = "splice or amplifier"


DUTY_SHAPES: Mapping[Duty, str] = {
    Duty.END: "star",
    Duty.HANDOVER: "diamond",
    Duty.LANDING: "square",
    Duty.ROADM: "triangle",
    Duty.PASSAGE: "circle",
}
"""Shape of the mark of each duty; shapes alone tell them apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSite:
    """A site on a path."""

    site_id: SiteId
    km: float
    duty: Duty
    is_regenerator: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorStretch:
    """Consecutive legs of one operator."""

    operator_id: OperatorId
    owner_ids: tuple[OperatorId, ...]
    begin_km: float
    end_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WetStretch:
    """Consecutive spans of one submarine cable."""

    cable_id: CableId
    begin_km: float
    end_km: float
    repeaters: int | None
    """Counted from the spacing, not placed; ``None`` where the network states no spacing."""

    @property
    def length_km(self) -> float:
        """Glass kilometres."""
        return self.end_km - self.begin_km


def path_sites(network: Network, path: ServicePath) -> tuple[PathSite, ...]:
    """Every site of the path in travel order."""
    ends = {path.site_ids[0], path.site_ids[-1]}
    handovers = _handover_sites(path.legs)
    roadms = {
        item.site_id for item in network.equipment.values() if item.kind is EquipmentKind.ROADM
    }

    def duty(site_id: SiteId) -> Duty:
        site = network.sites[site_id]
        if site_id in ends:
            return Duty.END
        if site_id in handovers:
            return Duty.HANDOVER
        if site.kind is SiteKind.LANDING_STATION:
            return Duty.LANDING
        return Duty.ROADM if site_id in roadms else Duty.PASSAGE

    return tuple(
        PathSite(
            site_id=site_id,
            km=km,
            duty=duty(site_id),
            is_regenerator=site_id in path.regenerator_site_ids,
        )
        for site_id, km in zip(path.site_ids, _running_km(network, path), strict=True)
    )


def _handover_sites(legs: Sequence[Leg]) -> frozenset[SiteId]:
    """The sites at which the operator changes."""
    return frozenset(
        after.a_site_id
        for before, after in pairwise(legs)
        if before.operator_id != after.operator_id
    )


def operator_stretches(path: ServicePath) -> tuple[OperatorStretch, ...]:
    """Who operates the path from where to where."""
    stretches = []
    km = 0.0
    for operator_id, run in groupby(path.legs, key=lambda leg: leg.operator_id):
        legs = list(run)
        begin_km, km = km, km + sum(leg.length_km for leg in legs)
        stretches.append(
            OperatorStretch(
                operator_id=operator_id,
                owner_ids=tuple(dict.fromkeys(leg.owner_id for leg in legs)),
                begin_km=begin_km,
                end_km=km,
            )
        )
    return tuple(stretches)


def wet_stretches(network: Network, path: ServicePath) -> tuple[WetStretch, ...]:
    """Where the path lies in the sea."""
    spans = [network.spans[span_id] for span_id in path.span_ids]
    stretches = []
    km = 0.0
    for cable_id, run in groupby(spans, key=lambda span: span.cable_id):
        lengths_km = [span.length_km for span in run]
        begin_km, km = km, km + sum(lengths_km)
        if network.cables[cable_id].medium is CableMedium.SUBMARINE:
            stretches.append(
                WetStretch(
                    cable_id=cable_id,
                    begin_km=begin_km,
                    end_km=km,
                    repeaters=_repeaters(network, cable_id, lengths_km),
                )
            )
    return tuple(stretches)


def _repeaters(network: Network, cable_id: CableId, lengths_km: Sequence[float]) -> int | None:
    """Repeaters between the shore ends of each span: equal parts no longer than the spacing."""
    system = network.submarine_systems.get(cable_id)
    if system is None:
        return None
    return sum(ceil(length_km / system.repeater_spacing_km) - 1 for length_km in lengths_km)


def _running_km(network: Network, path: ServicePath) -> list[float]:
    """Glass kilometres from the A end to each site."""
    lengths_km = [network.spans[span_id].length_km for span_id in path.span_ids]
    return [0.0, *accumulate(lengths_km)]
