"""Over which lines does a cable lead from one landing to another, and what is known of each?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush
from itertools import count

from karakoram.core.identifiers import CableId, SiteId, SpanId
from karakoram.core.provenance import Confidence, Figure, Provenance, weakest
from karakoram.core.units import latency_ms_from_length
from karakoram.network.columns import attenuation_db_per_km, fibre_type_of
from karakoram.network.network import Network
from karakoram.network.records import Status
from karakoram.network.sections import Oms, multiplex_sections
from karakoram.network.wet_line import BranchingUnit, WetLine


def wet_line_of(
    network: Network,
    line: Oms,
    *,
    stated: Mapping[str, Figure],
    branching_units: tuple[BranchingUnit, ...] = (),
) -> WetLine:
    """What the records say of a line under the sea, each figure with its source.

    Parameters
    ----------
    network
        For the system of the cable, its fibre and its repeaters.
    line
        A line of repeaters, in the direction of light.
    stated
        Figures that count instead of those of the records, by name.
    branching_units
        Of the line; the records have none.

    Raises
    ------
    ValueError
        If figures are out of bounds.
    """
    assert line.submarine_cable_id is not None
    system = network.submarine_systems[line.submarine_cable_id]
    repeater = network.library.amplifier_types[system.repeater_type_id]
    pieces = line.ots[0].pieces
    fibre = fibre_type_of(network, max(pieces, key=lambda piece: piece.length_km))
    spans = [network.spans[piece.span_id] for piece in pieces]
    loss_db = sum(piece.length_km * attenuation_db_per_km(network, piece) for piece in pieces)
    is_measured = all(span.attenuation_db_per_km is not None for span in spans)
    lower, upper = network.rules.band_lower_thz, network.rules.band_upper_thz

    def of_system(value: float) -> Figure:
        return Figure(value=value, provenance=system.provenance)

    figures = {
        "length_km": Figure(
            value=line.length_km, provenance=_of_all([span.provenance for span in spans])
        ),
        "repeater_spacing_km": of_system(system.repeater_spacing_km),
        "repeater_output_power_dbm": of_system(system.repeater_output_power_dbm),
        "repeater_noise_figure_db": Figure(
            value=repeater.noise_figure_db, provenance=repeater.provenance
        ),
        "attenuation_db_per_km": Figure(
            value=loss_db / line.length_km,
            provenance=_of_all([span.provenance for span in spans])
            if is_measured
            else fibre.provenance,
        ),
        "bandwidth_thz": of_system(system.usable_bandwidth_thz),
        "centre_thz": Figure(
            value=(lower.value + upper.value) / 2.0,
            provenance=_of_all([lower.provenance, upper.provenance], at_best=Confidence.DERIVED),
        ),
    }
    return WetLine(
        name=f"{line.submarine_cable_id} {line.a_site_id}-{line.z_site_id}",
        fibre_type=fibre,
        branching_units=branching_units,
        **{**figures, **stated},
    )


def _of_all(
    provenances: Sequence[Provenance], *, at_best: Confidence = Confidence.STATED
) -> Provenance:
    """Of a figure made of several: every source once, and the least confidence."""
    if len(set(provenances)) == 1:
        return provenances[0]
    sources = dict.fromkeys(one.source for one in provenances)
    return replace(
        provenances[0],
        source="; ".join(sources),
        confidence=weakest((at_best, *(one.confidence for one in provenances))),
    )


def cable_ways(network: Network, cable_id: CableId, accepted: frozenset[Status]) -> tuple[Oms, ...]:
    """The lines of a cable and the land crossings of its owner, both ways.

    Parameters
    ----------
    network
        The whole network.
    cable_id
        A submarine cable.
    accepted
        What spans, cables and ROADMs may be in their life.
    """
    owner_id = network.cables[cable_id].owner_id
    own = [
        line
        for line in multiplex_sections(network, accepted)
        if line.submarine_cable_id in (cable_id, None)
        and all(network.spans[span_id].owner_id == owner_id for span_id in line.span_ids)
    ]
    return tuple(way for line in own for way in (line, line.reversed()))


def line_latency_ms(network: Network, line: Oms) -> float:
    """Time that light takes through the glass of a line, one way [ms]."""
    return sum(
        latency_ms_from_length(piece.length_km, fibre_type_of(network, piece).group_index)
        for section in line.ots
        for piece in section.pieces
    )


def shortest_way(
    ways: Sequence[Oms],
    *,
    from_id: SiteId,
    to_id: SiteId,
    may_follow: Callable[[Oms, Oms], bool] | None = None,
) -> tuple[Oms, ...] | None:
    """The lines of the way with the least glass from one site to another, or ``None``.

    Parameters
    ----------
    ways
        Lines in both directions.
    from_id, to_id
        Two different sites.
    may_follow
        Whether light may go on from the first of two lines to the second; ``None``: always.
    """
    order = count()  # settles ties, so that lines are never compared
    waiting: list[tuple[float, int, tuple[Oms, ...]]] = [
        (way.length_km, next(order), (way,)) for way in ways if way.a_site_id == from_id
    ]
    heapify(waiting)
    done: set[tuple[SiteId, tuple[SpanId, ...]]] = set()
    while waiting:
        length_km, _, passed = heappop(waiting)
        last = passed[-1]
        if last.z_site_id == to_id:
            return passed
        key = (last.a_site_id, last.span_ids)
        if key in done:
            continue
        done.add(key)
        for way in ways:
            joins = way.a_site_id == last.z_site_id and way.z_site_id != last.a_site_id
            if joins and (may_follow is None or may_follow(last, way)):
                heappush(waiting, (length_km + way.length_km, next(order), (*passed, way)))
    return None
