"""Which amplified sections (OTS) and multiplex sections (OMS) do the spans of a chain form?

An optical multiplex section (OMS, ITU-T G.872) runs from ROADM to ROADM over one or more spans;
an optical transmission section (OTS) from amplifier to amplifier. Where the plant records name no
amplifier within reach, huts are derived by one rule:

    walk from the A end; the next amplifier is the farthest amplifier site within
    ``ots_length_km_max``; where there is none, the gap to the next amplifier site is cut
    into the fewest equal parts that are short enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from karakoram.core.identifiers import CableId, SiteId, SpanId
from karakoram.network.network import Network
from karakoram.network.records import CableMedium, EquipmentKind, Span, Status

_KM_TOLERANCE = 1e-9
"""Lengths are sums of rounded kilometres; a gap this much over the limit is at the limit."""

IN_SERVICE = frozenset({Status.IN_SERVICE})
"""What is used unless a question accepts more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FibrePiece:
    """The part of one span that lies in an OTS."""

    span_id: SpanId
    length_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifierPlace:
    """Where an OTS ends: a site of the network, or a hut that the rule puts on a span."""

    label: str
    """Site identifier, or span and kilometre of the derived hut, e.g. ``AKS-ATX@76.7``."""
    site_id: SiteId | None
    """``None`` for a derived hut."""

    @property
    def is_derived(self) -> bool:
        """Whether no record names this place."""
        return self.site_id is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ots:
    """The fibre between two adjacent amplifiers (one OTS media link)."""

    a_place: AmplifierPlace
    z_place: AmplifierPlace
    pieces: tuple[FibrePiece, ...]

    @property
    def length_km(self) -> float:
        """Glass kilometres."""
        return sum(piece.length_km for piece in self.pieces)

    def reversed(self) -> "Ots":
        """The same glass seen from the other end."""
        return Ots(a_place=self.z_place, z_place=self.a_place, pieces=self.pieces[::-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Oms:
    """The line between two ROADM sites, in travel order."""

    a_site_id: SiteId
    z_site_id: SiteId
    span_ids: tuple[SpanId, ...]
    ots: tuple[Ots, ...]
    submarine_cable_id: CableId | None
    """The cable whose repeaters amplify this line; ``None`` on land."""

    @property
    def length_km(self) -> float:
        """Glass kilometres."""
        return sum(section.length_km for section in self.ots)

    def reversed(self) -> "Oms":
        """The same line in the other direction of travel; its huts stay where they are."""
        return replace(
            self,
            a_site_id=self.z_site_id,
            z_site_id=self.a_site_id,
            span_ids=self.span_ids[::-1],
            ots=tuple(section.reversed() for section in self.ots[::-1]),
        )


def sites_with(
    network: Network, kind: EquipmentKind, accepted: frozenset[Status]
) -> frozenset[SiteId]:
    """The sites where equipment of ``kind`` stands in an accepted status."""
    return frozenset(
        item.site_id
        for item in network.equipment.values()
        if item.kind is kind and item.status in accepted
    )


def oms_from_chain(network: Network, chain: Sequence[Span], start: SiteId) -> Oms:
    """The multiplex section over ``chain``, travelled from ``start``.

    Huts are derived from the same end whichever way the chain is travelled.

    Parameters
    ----------
    network
        The network whose equipment and rules apply.
    chain
        Spans in travel order; both ends of the chain have a ROADM, no site between has one.
    start
        Site at which the chain begins.

    Returns
    -------
    The line from ``start`` to the chain's other end.
    """
    site_ids = _sites_along(chain, start)
    if site_ids[0] > site_ids[-1]:
        return oms_from_chain(network, chain[::-1], site_ids[-1]).reversed()
    cable = network.cables[chain[0].cable_id]
    is_wet = cable.medium is CableMedium.SUBMARINE
    ots = _repeatered_ots(network, chain, site_ids) if is_wet else _ots(network, chain, site_ids)
    return Oms(
        a_site_id=site_ids[0],
        z_site_id=site_ids[-1],
        span_ids=tuple(span.span_id for span in chain),
        ots=ots,
        submarine_cable_id=cable.cable_id if is_wet else None,
    )


def _sites_along(chain: Sequence[Span], start: SiteId) -> tuple[SiteId, ...]:
    site_ids = [start]
    for span in chain:
        ends = (span.a_site_id, span.z_site_id)
        assert site_ids[-1] in ends, "spans of a chain must join"
        site_ids.append(ends[1] if ends[0] == site_ids[-1] else ends[0])
    return tuple(site_ids)


def _repeatered_ots(
    network: Network, chain: Sequence[Span], site_ids: Sequence[SiteId]
) -> tuple[Ots, ...]:
    """One OTS for the whole wet line: its repeaters are equal and counted, not placed."""
    assert chain[0].cable_id in network.submarine_systems
    return (
        Ots(
            a_place=AmplifierPlace(label=site_ids[0], site_id=site_ids[0]),
            z_place=AmplifierPlace(label=site_ids[-1], site_id=site_ids[-1]),
            pieces=tuple(
                FibrePiece(span_id=span.span_id, length_km=span.length_km) for span in chain
            ),
        ),
    )


def _ots(network: Network, chain: Sequence[Span], site_ids: Sequence[SiteId]) -> tuple[Ots, ...]:
    km_at_site = [0.0]
    for span in chain:
        km_at_site.append(km_at_site[-1] + span.length_km)
    amplified = sites_with(network, EquipmentKind.LINE_AMPLIFIER, IN_SERVICE)
    candidates = [
        (km, AmplifierPlace(label=site_id, site_id=site_id))
        for i, (km, site_id) in enumerate(zip(km_at_site, site_ids, strict=True))
        if i in (0, len(chain)) or site_id in amplified
    ]
    places = _place_amplifiers(
        candidates, limit_km=network.rules.ots_length_km_max.value, chain=chain
    )
    return tuple(
        Ots(
            a_place=a_place,
            z_place=z_place,
            pieces=_pieces(chain, km_at_site, (a_km, z_km)),
        )
        for (a_km, a_place), (z_km, z_place) in pairwise(places)
    )


def _place_amplifiers(
    candidates: Sequence[tuple[float, AmplifierPlace]], *, limit_km: float, chain: Sequence[Span]
) -> list[tuple[float, AmplifierPlace]]:
    """The stated rule; candidates and result are ordered by kilometre from the A end."""
    placed = [candidates[0]]
    index = 0
    while index < len(candidates) - 1:
        here_km = placed[-1][0]
        reachable = [
            i
            for i in range(index + 1, len(candidates))
            if candidates[i][0] - here_km <= limit_km + _KM_TOLERANCE
        ]
        index = reachable[-1] if reachable else index + 1
        there_km = candidates[index][0]
        parts = max(1, ceil((there_km - here_km) / limit_km - _KM_TOLERANCE))
        for part in range(1, parts):
            hut_km = here_km + (there_km - here_km) * part / parts
            placed.append((hut_km, AmplifierPlace(label=_hut_label(chain, hut_km), site_id=None)))
        placed.append(candidates[index])
    return placed


def _hut_label(chain: Sequence[Span], hut_km: float) -> str:
    for span in chain:
        if hut_km <= span.length_km:
            return f"{span.span_id}@{hut_km:.1f}"
        hut_km -= span.length_km
    raise AssertionError("a hut lies on its chain")


def _pieces(
    chain: Sequence[Span], km_at_site: Sequence[float], stretch_km: tuple[float, float]
) -> tuple[FibrePiece, ...]:
    """The parts of the spans that lie in ``stretch_km``, in travel order."""
    pieces = []
    for span, begin_km, end_km in zip(chain, km_at_site, km_at_site[1:], strict=False):
        shared_km = min(end_km, stretch_km[1]) - max(begin_km, stretch_km[0])
        if shared_km > _KM_TOLERANCE:
            pieces.append(FibrePiece(span_id=span.span_id, length_km=shared_km))
    return tuple(pieces)


def multiplex_sections(
    network: Network, accepted: frozenset[Status] = IN_SERVICE
) -> tuple[Oms, ...]:
    """Every line between ROADM sites over fibre, once, ordered by its spans.

    Spans and ROADMs count where their status is ``accepted``: a ROADM that is only planned does
    not cut a line, and a span that is only an option does not branch one. A chain that ends,
    branches or goes into the sea where there is no ROADM belongs to no line: no light can be
    dropped there, and what amplifies it on land is no repeater.

    Parameters
    ----------
    network
        Spans, cables, equipment and design rules.
    accepted
        What a span, its cable and a ROADM may be in their life; in service unless asked for.

    Returns
    -------
    Lines in the direction in which they were found first; ``Oms.reversed`` gives the other.
    """
    roadm_sites = sites_with(network, EquipmentKind.ROADM, accepted)
    spans_at = _fibre_spans_by_site(network, accepted)
    found: dict[frozenset[SpanId], Oms] = {}
    for site_id in sorted(roadm_sites & spans_at.keys()):
        for first in spans_at[site_id]:
            chain = _chain_from(site_id, first, spans_at=spans_at, roadm_sites=roadm_sites)
            key = frozenset(span.span_id for span in chain)
            if chain and key not in found and _is_of_one_kind(network, chain):
                found[key] = oms_from_chain(network, chain, site_id)
    return tuple(sorted(found.values(), key=lambda oms: oms.span_ids))


def _fibre_spans_by_site(network: Network, among: frozenset[Status]) -> dict[SiteId, list[Span]]:
    """The spans that carry light, by each of their ends; only those whose life is ``among``."""
    spans_at: dict[SiteId, list[Span]] = {}
    for span in network.spans.values():
        cable = network.cables[span.cable_id]
        lives = {span.status, cable.status} <= among
        if lives and cable.medium is not CableMedium.MICROWAVE:
            spans_at.setdefault(span.a_site_id, []).append(span)
            spans_at.setdefault(span.z_site_id, []).append(span)
    return spans_at


def _chain_from(
    start: SiteId,
    first: Span,
    *,
    spans_at: dict[SiteId, list[Span]],
    roadm_sites: frozenset[SiteId],
) -> tuple[Span, ...]:
    """Spans from ``start`` over ``first`` to the next ROADM; empty when there is none."""
    chain = [first]
    here = first.z_site_id if first.a_site_id == start else first.a_site_id
    while here not in roadm_sites:
        onward = [span for span in spans_at[here] if span.span_id != chain[-1].span_id]
        if len(onward) != 1 or onward[0] in chain:
            return ()
        chain.append(onward[0])
        here = onward[0].z_site_id if onward[0].a_site_id == here else onward[0].a_site_id
    return tuple(chain)


def _is_of_one_kind(network: Network, chain: Sequence[Span]) -> bool:
    """Whether the chain lies on land, or in one submarine cable."""
    cables = [network.cables[span.cable_id] for span in chain]
    wet = {cable.cable_id for cable in cables if cable.medium is CableMedium.SUBMARINE}
    is_all_wet = all(cable.medium is CableMedium.SUBMARINE for cable in cables)
    return not wet or (is_all_wet and len(wet) == 1)
