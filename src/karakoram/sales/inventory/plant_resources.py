"""Which resources are the fibres and multiplex sections of a network?

Each span offers its fibres; each OMS in service rides on two of them, one for each direction, and
offers the band in slots of 12.5 GHz (ITU-T G.694.1). A wavelength takes the same slots both ways.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from karakoram.core.grid import WIDTH_STEP_GHZ
from karakoram.core.identifiers import ClaimId, ResourceId, SpanId
from karakoram.core.provenance import Confidence, Provenance, weakest
from karakoram.core.units import ghz_from_thz
from karakoram.network.network import Network
from karakoram.network.records import Span
from karakoram.network.sections import IN_SERVICE, Oms
from karakoram.planning.prepare import PreparedNetwork
from karakoram.sales.inventory.resources import Claim, Resource, ResourceStatus
from karakoram.sales.resource_kinds import ResourceKind

FIBRES_PER_SPAN = 48
FIBRES_ASSUMED = Provenance(
    source="no owner of the corridor publishes how many fibres its cables have",
    confidence=Confidence.ASSUMED,
    note=f"{FIBRES_PER_SPAN} fibres, a common cable of long-haul builds",
)
FIBRES_OF_OMS = 0b11
"""The first pair of each span is lit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantResources:
    """What stands, and what rides on what: fibres and multiplex sections at the least."""

    resources: tuple[Resource, ...]
    claims: tuple[Claim, ...]

    @property
    def unclaimed(self) -> tuple[Resource, ...]:
        """The resources as they are before the claims count; for who writes both."""
        return tuple(replace(each, taken=0) for each in self.resources)

    @property
    def claimed(self) -> tuple[Resource, ...]:
        """The resources with all that the claims take."""
        taken = dict.fromkeys((each.resource_id for each in self.resources), 0)
        for claim in self.claims:
            taken[claim.resource_id] |= claim.units
        return tuple(replace(each, taken=taken[each.resource_id]) for each in self.resources)


def from_the_network(confidence: Confidence) -> Provenance:
    """Of what is computed from the network folder, as far as its figures may be trusted."""
    return Provenance(source="the network folder", confidence=confidence)


def fibre_id(span_id: SpanId) -> ResourceId:
    """The resource that the fibres of a span are."""
    return ResourceId(f"fibre:{span_id}")


def oms_id(line: Oms) -> ResourceId:
    """The resource that a multiplex section is, whichever way it is looked at."""
    first, last = sorted(((line.a_site_id, line.span_ids[0]), (line.z_site_id, line.span_ids[-1])))
    return ResourceId(f"oms:{first[0]}-{last[0]}:{first[1]}")


def plant_resources(prepared: PreparedNetwork) -> PlantResources:
    """The resources that the plant in service is; nothing is sold of it yet."""
    network = prepared.network
    lines = _lines_in_service(prepared)
    slot_count = _band_slots(network)
    claims = tuple(claim for line in lines for claim in _claims(line))
    lit = {claim.resource_id for claim in claims}
    return PlantResources(
        resources=(
            *(
                _fibres(network, span, is_lit=fibre_id(span.span_id) in lit)
                for span in network.spans.values()
                if span.status in IN_SERVICE
            ),
            *(_oms(network, line, slot_count=slot_count) for line in lines),
        ),
        claims=claims,
    )


def _lines_in_service(prepared: PreparedNetwork) -> tuple[Oms, ...]:
    """Each multiplex section in service once, seen from the end that is first in the alphabet."""
    found: dict[ResourceId, Oms] = {}
    for key in sorted(prepared.plant.keys(IN_SERVICE)):
        line = prepared.plant.lines[key]
        found.setdefault(oms_id(line), line)
    return tuple(found.values())


def _band_slots(network: Network) -> int:
    """Slots of 12.5 GHz in the band that the network is designed for."""
    lower, upper = network.rules.band_lower_thz, network.rules.band_upper_thz
    return round(ghz_from_thz(upper.value - lower.value) / WIDTH_STEP_GHZ)


def _fibres(network: Network, span: Span, *, is_lit: bool) -> Resource:
    system = network.submarine_systems.get(span.cable_id)
    published = None if system is None else system.fibre_pairs
    return Resource(
        resource_id=fibre_id(span.span_id),
        kind=ResourceKind.FIBRE,
        model=network.cables[span.cable_id].fibre_type_id,
        name=f"{span.span_id} ({network.cables[span.cable_id].name})",
        operator_id=span.operator_id,
        a_site_id=span.a_site_id,
        z_site_id=span.z_site_id,
        unit_count=FIBRES_PER_SPAN if published is None else 2 * published,
        taken=FIBRES_OF_OMS if is_lit else 0,
        status=ResourceStatus.AVAILABLE,
        length_km=span.length_km,
        provenance=FIBRES_ASSUMED if system is None or published is None else system.provenance,
    )


def _oms(network: Network, line: Oms, *, slot_count: int) -> Resource:
    first = network.spans[line.span_ids[0]]
    return Resource(
        resource_id=oms_id(line),
        kind=ResourceKind.OMS,
        model=f"{slot_count} x 12.5 GHz",
        name=f"{line.a_site_id}-{line.z_site_id}",
        operator_id=first.operator_id,
        a_site_id=line.a_site_id,
        z_site_id=line.z_site_id,
        unit_count=slot_count,
        status=ResourceStatus.AVAILABLE,
        length_km=line.length_km,
        provenance=from_the_network(
            weakest(
                (
                    Confidence.DERIVED,
                    *(network.spans[span_id].provenance.confidence for span_id in line.span_ids),
                )
            )
        ),
    )


def _claims(line: Oms) -> Iterator[Claim]:
    for hop, span_id in enumerate(line.span_ids):
        yield Claim(
            claim_id=ClaimId(f"{oms_id(line)}@{span_id}"),
            resource_id=fibre_id(span_id),
            units=FIBRES_OF_OMS,
            claimant_id=oms_id(line),
            hop=hop,
        )


def spans_by_oms(prepared: PreparedNetwork) -> dict[ResourceId, tuple[SpanId, ...]]:
    """The spans of every multiplex section in service."""
    return {oms_id(line): line.span_ids for line in _lines_in_service(prepared)}
