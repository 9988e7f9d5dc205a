"""What is in a network: who has how much glass, which cables land, how much is assumed?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any, Protocol

from karakoram.core.identifiers import CableId, OperatorId
from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.network import Network
from karakoram.network.records import CableMedium, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSummary:
    """What one operator operates."""

    operator_id: OperatorId
    name: str
    country: str
    spans: int
    km_by_status: Mapping[Status, float]
    """Glass kilometres of the spans it operates, its own and leased."""
    leased_km: float
    """Those of them whose glass is another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CableSummary:
    """One cable and the spans that are pieces of it."""

    cable_id: CableId
    name: str
    medium: CableMedium
    owner_id: OperatorId
    status: Status
    spans: int
    length_km: float
    """Glass kilometres of its spans in the network."""
    published_length_km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandingParty:
    """Who lands submarine cables in the corridor's country, and which."""

    operator_id: OperatorId
    name: str
    cables: Mapping[CableId, Status]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceCount:
    """How many records of one table rest on what."""

    table: str
    records: int
    by_confidence: Mapping[Confidence, int]

    @property
    def assumed_share(self) -> float:
        """Assumed records as a share of all [1]; 0 of an empty table."""
        return self.by_confidence[Confidence.ASSUMED] / self.records if self.records else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSummary:
    """A network at a glance."""

    name: str
    description: str
    currency: str
    operators: tuple[OperatorSummary, ...]
    """Most glass first."""
    cables: tuple[CableSummary, ...]
    landing_parties: tuple[LandingParty, ...]
    confidence: tuple[ConfidenceCount, ...]
    """One entry a table."""


def network_summary(network: Network) -> NetworkSummary:
    """The network at a glance."""
    operators = sorted(
        _operators(network), key=lambda row: (-sum(row.km_by_status.values()), row.operator_id)
    )
    return NetworkSummary(
        name=network.name,
        description=network.description,
        currency=network.currency,
        operators=tuple(operators),
        cables=tuple(_cables(network)),
        landing_parties=tuple(_landing_parties(network)),
        confidence=tuple(_confidence(network)),
    )


def _operators(network: Network) -> Iterator[OperatorSummary]:
    for operator_id, operator in network.operators.items():
        spans = [span for span in network.spans.values() if span.operator_id == operator_id]
        yield OperatorSummary(
            operator_id=operator_id,
            name=operator.name,
            country=operator.country,
            spans=len(spans),
            km_by_status={
                status: fsum(span.length_km for span in spans if span.status is status)
                for status in Status
            },
            leased_km=fsum(span.length_km for span in spans if span.owner_id != operator_id),
        )


def _cables(network: Network) -> Iterator[CableSummary]:
    for cable_id, cable in network.cables.items():
        lengths = [span.length_km for span in network.spans.values() if span.cable_id == cable_id]
        yield CableSummary(
            cable_id=cable_id,
            name=cable.name,
            medium=cable.medium,
            owner_id=cable.owner_id,
            status=cable.status,
            spans=len(lengths),
            length_km=fsum(lengths),
            published_length_km=cable.published_length_km,
        )


def _landing_parties(network: Network) -> Iterator[LandingParty]:
    systems = network.submarine_systems.values()
    for party_id in dict.fromkeys(system.landing_party_id for system in systems):
        yield LandingParty(
            operator_id=party_id,
            name=network.operators[party_id].name,
            cables={
                system.cable_id: network.cables[system.cable_id].status
                for system in systems
                if system.landing_party_id == party_id
            },
        )


def _confidence(network: Network) -> Iterator[ConfidenceCount]:
    for table, provenances in _provenances(network).items():
        counted = Counter(provenance.confidence for provenance in provenances)
        yield ConfidenceCount(
            table=table,
            records=counted.total(),
            by_confidence={confidence: counted[confidence] for confidence in Confidence},
        )


class _Sourced(Protocol):
    """A record that says where its figures come from."""

    @property
    def provenance(self) -> Provenance: ...


def _provenances(network: Network) -> dict[str, Iterable[Provenance]]:
    tables: dict[str, Mapping[Any, _Sourced]] = {
        "operators": network.operators,
        "sites": network.sites,
        "cables": network.cables,
        "submarine systems": network.submarine_systems,
        "spans": network.spans,
        "risk groups": network.risk_groups,
        "failure classes": network.failure_classes,
        "hand-overs": network.handovers,
        "equipment": network.equipment,
        "prices": network.prices,
    }
    return {
        table: tuple(record.provenance for record in records.values())
        for table, records in tables.items()
    }
