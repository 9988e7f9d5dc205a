"""Over which arcs can light go, what is each exposed to, and what does each cost?

A vertex is a *port*: a site as one operator and owner has it. Fibre joins ports of one owner;
at a site light passes from port to port where operator stays the same (a leased leg begins)
or where the two operators hand over. It passes once: where it could go on to a third port, each
port has two vertices, one for light that comes in and one for light that goes out. Every site
also has an origin vertex, whose arcs carry the price of beginning a leg, and a destination vertex.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from karakoram.core.identifiers import HandoverId, OperatorId, SiteId, SpanId
from karakoram.core.units import latency_ms_from_length
from karakoram.engines.routing import ArcPath, Digraph, RiskWeights
from karakoram.network.network import Network
from karakoram.network.prices import PriceUnit
from karakoram.network.records import CableMedium, Span, Status
from karakoram.planning.demand import Exclusions
from karakoram.planning.offers import RiskSort
from karakoram.planning.price_book import PriceBook
from karakoram.planning.risks import Risk, network_risks, risk_bits, span_risk_ids

PS_PER_MS = 1_000_000_000
"""Latency is added in picoseconds, as integers, so that equal sums are equal."""

MM_PER_KM = 1_000_000
"""Lengths are added in millimetres, as integers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A site as one operator has it over glass of one owner."""

    site_id: SiteId
    operator_id: OperatorId
    owner_id: OperatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcUse:
    """What going along an arc means."""

    span_id: SpanId | None
    """The span crossed; ``None`` inside a site."""
    begins_leg_of: OperatorId | None
    """The owner whose leg begins with this arc."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RouteGraph:
    """The network as the routing engine sees it, whatever the demand."""

    digraph: Digraph
    uses: tuple[ArcUse, ...]
    """Per arc."""
    origin: Mapping[SiteId, int]
    destination: Mapping[SiteId, int]
    risks: tuple[Risk, ...]
    """Risk i is bit i of the masks; hand-overs have the bits after."""
    weights: tuple[int, ...]
    """Per bit of the masks: what sharing it weighs."""
    free_mask: int
    """What costs nothing to share: hand-overs, and sites where nothing stands that can fail."""
    bit_of_risk: Mapping[str, int]
    bit_of_handover: Mapping[HandoverId, int]
    latency_ps: tuple[int, ...]
    """Per arc, in picoseconds."""
    length_mm: tuple[int, ...]
    """Per arc, in millimetres."""
    site_number: tuple[int, ...]
    """Per vertex: the number of its site."""

    def span_mask(self, span_ids: Iterable[SpanId]) -> int:
        """The risks that are these spans themselves."""
        return sum(1 << self.bit_of_risk[f"span:{span_id}"] for span_id in set(span_ids))

    def site_mask(self, site_ids: Iterable[SiteId]) -> int:
        """The risks that are these sites themselves."""
        return sum(1 << self.bit_of_risk[f"site:{site_id}"] for site_id in set(site_ids))

    def risk_weights(self, free_mask: int) -> RiskWeights:
        """What sharing each risk weighs; those of ``free_mask`` and those free anyhow, nothing."""
        return RiskWeights(weights=self.weights, free_mask=free_mask | self.free_mask)

    def spans_of(self, path: ArcPath) -> tuple[SpanId, ...]:
        """The spans of a path in travel order."""
        return tuple(span for arc in path.arcs if (span := self.uses[arc].span_id) is not None)

    def vertices_at(self, site_id: SiteId) -> frozenset[int]:
        """The vertices of every port of a site."""
        arcs = list(zip(self.digraph.tail_of, self.digraph.head_of, strict=True))
        out = {head for tail, head in arcs if tail == self.origin[site_id]}
        into = {tail for tail, head in arcs if head == self.destination[site_id]}
        return frozenset(out | into)

    def distinct(self, paths: Iterable[ArcPath]) -> Iterator[ArcPath]:
        """The paths, each chain of spans once: inside a site light may pass ports in many ways."""
        seen: set[tuple[SpanId, ...]] = set()
        for path in paths:
            spans = self.spans_of(path)
            if spans not in seen:
                seen.add(spans)
                yield path


def route_graph(network: Network) -> RouteGraph:
    """The graph over every fibre span, whatever its status; masks choose among them."""
    risks = network_risks(network)
    bit_of_risk = risk_bits(risks)
    bit_of_handover = {
        handover_id: len(risks) + i for i, handover_id in enumerate(network.handovers)
    }
    builder = _Builder(network, bit_of_handover)
    builder.add_spans(bit_of_risk)
    origin, destination = builder.add_ends()
    return RouteGraph(
        digraph=Digraph(
            vertex_count=builder.vertex_count,
            tails=np.array(builder.tails, dtype=np.int64),
            heads=np.array(builder.heads, dtype=np.int64),
            risk_masks=tuple(builder.masks),
        ),
        uses=tuple(builder.uses),
        origin=origin,
        destination=destination,
        risks=risks,
        weights=(*(risk.weight for risk in risks), *(1,) * len(bit_of_handover)),
        free_mask=_free_mask(risks, bit_of_handover),
        bit_of_risk=bit_of_risk,
        bit_of_handover=bit_of_handover,
        latency_ps=tuple(builder.latency_ps),
        length_mm=tuple(builder.length_mm),
        site_number=builder.site_number(origin, destination),
    )


def _free_mask(risks: Sequence[Risk], bit_of_handover: Mapping[HandoverId, int]) -> int:
    """Every hand-over, and the sites where nothing stands that can fail."""
    bare_sites = sum(
        1 << bit
        for bit, risk in enumerate(risks)
        if risk.sort is RiskSort.SITE and risk.unavailability == 0.0
    )
    return bare_sites | sum(1 << bit for bit in bit_of_handover.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ways:
    """The vertices of a port: where light comes in, and where it goes out."""

    into: int
    out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """A step inside a site: into a leased leg, or over a hand-over."""

    here: Port
    there: Port
    mask: int
    """The hand-over."""


class _Builder:
    """Collects vertices and arcs; lives only while ``route_graph`` runs."""

    def __init__(self, network: Network, bit_of_handover: Mapping[HandoverId, int]) -> None:
        self.network = network
        self.spans = [
            span
            for span in network.spans.values()
            if network.cables[span.cable_id].medium is not CableMedium.MICROWAVE
        ]
        self.ports: dict[Port, _Ways] = {}
        self.vertex_count = 0
        self.tails: list[int] = []
        self.heads: list[int] = []
        self.masks: list[int] = []
        self.uses: list[ArcUse] = []
        self.latency_ps: list[int] = []
        self.length_mm: list[int] = []
        ports = tuple(dict.fromkeys(port for span in self.spans for port in _ports_of(span)))
        self._add_ports(ports, tuple(_passages(ports, network, bit_of_handover)))

    def _add_ports(self, ports: Sequence[Port], passages: Sequence[_Passage]) -> None:
        """Vertices of every port; two of them where one could be passed on the way to a third."""
        onward: dict[Port, set[Port]] = {}
        for passage in passages:
            onward.setdefault(passage.here, set()).add(passage.there)
        split = {port.site_id for port, others in onward.items() if len(others) > 1}
        for port in ports:
            into = self._vertex()
            out = self._vertex() if port.site_id in split else into
            self.ports[port] = _Ways(into=into, out=out)
            if out != into:
                self._arc((into, out), ArcUse(span_id=None, begins_leg_of=None), 0)
        for passage in passages:
            self._arc(
                (self.ports[passage.here].into, self.ports[passage.there].out),
                ArcUse(span_id=None, begins_leg_of=passage.there.owner_id),
                passage.mask,
            )

    def add_spans(self, bit_of_risk: Mapping[str, int]) -> None:
        """Two arcs for each span that carries light."""
        for span in self.spans:
            ends = [self.ports[port] for port in _ports_of(span)]
            cable = self.network.cables[span.cable_id]
            fibre = self.network.library.fibre_types[cable.fibre_type_id]
            latency_ms = latency_ms_from_length(span.length_km, fibre.group_index)
            mask = sum(1 << bit_of_risk[risk] for risk in set(span_risk_ids(span)))
            for here, there in permutations(ends):
                use = ArcUse(span_id=span.span_id, begins_leg_of=None)
                self._arc((here.out, there.into), use, mask)
                self.latency_ps[-1] = round(latency_ms * PS_PER_MS)
                self.length_mm[-1] = round(span.length_km * MM_PER_KM)

    def add_ends(self) -> tuple[dict[SiteId, int], dict[SiteId, int]]:
        """Origin and destination vertices, by site."""
        origin: dict[SiteId, int] = {}
        destination: dict[SiteId, int] = {}
        for site_id in self.network.sites:
            origin[site_id] = self._vertex()
            destination[site_id] = self._vertex()
        for port, ways in self.ports.items():
            begins = ArcUse(span_id=None, begins_leg_of=port.owner_id)
            ends = ArcUse(span_id=None, begins_leg_of=None)
            self._arc((origin[port.site_id], ways.out), begins, 0)
            self._arc((ways.into, destination[port.site_id]), ends, 0)
        return origin, destination

    def site_number(
        self, origin: Mapping[SiteId, int], destination: Mapping[SiteId, int]
    ) -> tuple[int, ...]:
        """The number of the site of every vertex."""
        number = {site_id: place for place, site_id in enumerate(self.network.sites)}
        of_vertex = [0] * self.vertex_count
        for port, ways in self.ports.items():
            of_vertex[ways.into] = of_vertex[ways.out] = number[port.site_id]
        for ends in (origin, destination):
            for site_id, vertex in ends.items():
                of_vertex[vertex] = number[site_id]
        return tuple(of_vertex)

    def _vertex(self) -> int:
        self.vertex_count += 1
        return self.vertex_count - 1

    def _arc(self, ends: tuple[int, int], use: ArcUse, mask: int) -> None:
        self.tails.append(ends[0])
        self.heads.append(ends[1])
        self.masks.append(mask)
        self.uses.append(use)
        self.latency_ps.append(0)
        self.length_mm.append(0)


def _ports_of(span: Span) -> tuple[Port, Port]:
    """The ports at both ends of a span."""
    a_port, z_port = (
        Port(site_id=site_id, operator_id=span.operator_id, owner_id=span.owner_id)
        for site_id in (span.a_site_id, span.z_site_id)
    )
    return a_port, z_port


def agreed_handovers(
    network: Network,
) -> dict[tuple[SiteId, frozenset[OperatorId]], list[HandoverId]]:
    """The hand-overs of each pair of operators at each site, whatever their status."""
    agreed: dict[tuple[SiteId, frozenset[OperatorId]], list[HandoverId]] = {}
    for handover in network.handovers.values():
        operators = frozenset((handover.from_operator_id, handover.to_operator_id))
        agreed.setdefault((handover.site_id, operators), []).append(handover.handover_id)
    return agreed


def _passages(
    ports: Iterable[Port], network: Network, bit_of_handover: Mapping[HandoverId, int]
) -> Iterator[_Passage]:
    """Every step from port to port, once for each hand-over that allows it."""
    agreed = agreed_handovers(network)
    by_site: dict[SiteId, list[Port]] = {}
    for port in ports:
        by_site.setdefault(port.site_id, []).append(port)
    for site_id, here_all in by_site.items():
        for here, there in permutations(here_all, 2):
            operators = frozenset((here.operator_id, there.operator_id))
            handover_ids = agreed.get((site_id, operators), ())
            masks = [1 << bit_of_handover[handover_id] for handover_id in handover_ids]
            if len(operators) == 1:
                masks = [0]
            for mask in masks:
                yield _Passage(here=here, there=there, mask=mask)


def price_costs(
    graph: RouteGraph, network: Network, *, book: PriceBook, term_months: int
) -> list[int]:
    """Price of each arc over the term, in minor units: fibre by km, legs where they begin.

    Parameters
    ----------
    graph
        The network as a graph.
    network
        The network.
    book
        What each owner asks.
    term_months
        Months that are paid for.
    """
    per_km: dict[OperatorId, float] = {}
    per_leg: dict[OperatorId, float] = {}
    for owner in {span.owner_id for span in network.spans.values()}:
        per_km[owner] = book.term_minor(owner, PriceUnit.KM, term_months=term_months)
        per_leg[owner] = book.term_minor(owner, PriceUnit.LEG, term_months=term_months)
    costs = []
    for use in graph.uses:
        cost = 0.0
        if use.span_id is not None:
            span = network.spans[use.span_id]
            cost += per_km[span.owner_id] * span.length_km
        if use.begins_leg_of is not None:
            cost += per_leg[use.begins_leg_of]
        costs.append(round(cost))
    return costs


def status_mask(graph: RouteGraph, network: Network, accepted: frozenset[Status]) -> int:
    """The spans and hand-overs that may not be used because of where they stand in life."""
    spans = graph.span_mask(
        span.span_id
        for span in network.spans.values()
        if span.status not in accepted or network.cables[span.cable_id].status not in accepted
    )
    handovers = sum(
        1 << graph.bit_of_handover[handover.handover_id]
        for handover in network.handovers.values()
        if handover.status not in accepted
    )
    return spans | handovers


def unpriced_mask(graph: RouteGraph, network: Network, book: PriceBook) -> int:
    """The spans that nobody sells on the day at the bit rate."""
    sold = {owner_id for owner_id in network.operators if book.sells(owner_id)}
    return graph.span_mask(
        span.span_id for span in network.spans.values() if span.owner_id not in sold
    )


def exclusion_mask(graph: RouteGraph, network: Network, avoid: Exclusions) -> int:
    """The risks whose arcs a customer wants avoided."""
    spans = graph.span_mask(
        span.span_id
        for span in network.spans.values()
        if span.span_id in avoid.span_ids
        or span.cable_id in avoid.cable_ids
        or span.operator_id in avoid.operator_ids
        or span.owner_id in avoid.operator_ids
    )
    return spans | graph.site_mask(avoid.site_ids)
