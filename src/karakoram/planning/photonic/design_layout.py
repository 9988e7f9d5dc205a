"""Where is fibre cut, and where do amplifiers stand? OMS by OMS, before any is chosen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from karakoram.network.photonic.elements import (
    NOWHERE,
    Amplifier,
    AmplifierSettings,
    Element,
    Fibre,
    Fused,
    Location,
    LumpedLoss,
    MultibandAmplifier,
    Roadm,
    Transceiver,
)
from karakoram.network.photonic.equipment import SpanDesign
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.validate_roadms import booster_id, preamplifier_id
from karakoram.network.photonic.walk import MultiplexSection, multiplex_sections
from karakoram.planning.photonic.design_records import DesignBasis

_USUAL_LOSS_DB_PER_KM = 0.2
"""Of fibre at 1550 nm (ITU-T G.652.D); turns the least loss of a span into a length."""
_LENGTH_M_MIN = 50_000
"""Spans are not cut shorter (GNPy 3.0.1, the same rule)."""
_LENGTH_M_WANTED = 90_000
"""Where it may choose, the cut aims at this length (GNPy 3.0.1)."""

_POINT_KM_MIN = 1e-6
"""A loss right where a part begins stands a millimetre inside it."""

_FLAT = AmplifierSettings(tilt_db=0.0)

AnyAmplifier = Amplifier | MultibandAmplifier


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidSection:
    """The elements of one OMS, amplifiers in place and connectors known."""

    begin: Roadm | Transceiver
    end: Roadm | Transceiver
    elements: tuple[Element, ...]
    old_ids: tuple[ElementId, ...]
    """What stood there before."""
    new_ids: frozenset[ElementId] = frozenset()
    """Amplifiers that were not there before."""

    @property
    def is_mixed(self) -> bool:
        """Whether amplifiers of one band and multiband amplifiers stand in one line."""
        return len({type(e) for e in self.elements if isinstance(e, AnyAmplifier)}) > 1


def laid_sections(
    network: PhotonicNetwork, basis: DesignBasis, *, inserts: bool
) -> tuple[LaidSection, ...]:
    """Every OMS of a network, with long fibre cut and missing amplifiers in their places.

    OMSs that share elements are left out: no setting would serve both.

    Parameters
    ----------
    network
        Of which ``validate`` finds no error.
    inserts
        Whether fibre may be cut and amplifiers be added.
    """
    order = {key: index for index, key in enumerate(network.elements)}
    sections = multiplex_sections(network)
    uses = Counter(key for section in sections for key in section.element_ids)
    return tuple(
        _laid(network, section, basis=basis, order=order if inserts else None)
        for section in (*sections, *_bare_sections(network))
        if all(uses[key] == 1 for key in section.element_ids)
    )


def _bare_sections(network: PhotonicNetwork) -> Iterator[MultiplexSection]:
    """ROADMs joined without anything between."""
    for line in network.connections:
        ends = (network.elements[line.from_id], network.elements[line.to_id])
        if all(isinstance(end, Roadm) for end in ends):
            yield MultiplexSection(from_id=line.from_id, to_id=line.to_id, element_ids=())


def _laid(
    network: PhotonicNetwork,
    section: MultiplexSection,
    *,
    basis: DesignBasis,
    order: dict[ElementId, int] | None,
) -> LaidSection:
    begin, end = network.elements[section.from_id], network.elements[section.to_id]
    assert isinstance(begin, Roadm | Transceiver)
    assert isinstance(end, Roadm | Transceiver)
    chain = [network.elements[key] for key in section.element_ids]
    parts: list[Element] = []
    before: Element = begin
    for element, follower in pairwise((*chain, end)):
        if isinstance(element, Fibre):
            count = parts_of(element.length_km, basis.span) if order else 1
            around = (before.location, follower.location)
            parts += _cut(element, count, basis=basis, around=around, follower=follower)
        else:
            parts.append(element)
        before = element
    bare = LaidSection(begin=begin, end=end, elements=tuple(parts), old_ids=section.element_ids)
    return bare if order is None else _amplified(bare, basis, order)


def _cut(
    fibre: Fibre,
    count: int,
    *,
    basis: DesignBasis,
    around: tuple[Location, Location],
    follower: Element,
) -> Iterator[Fibre]:
    """The fibre in equal parts, each with connectors of its own; pumped fibre whole.

    Connectors that it does not state are those of the span figures; that of the output bears
    repairs to come, unless a splice follows. What is lost in points stays where it is.
    """
    span, before, after = basis.span, fibre.connector_in_db, fibre.connector_out_db
    in_db = span.connector_in_db if before is None else before
    spliced_db = span.connector_out_db if after is None else after
    out_db = spliced_db + span.end_of_life_db
    last_db = spliced_db if isinstance(follower, Fused) else out_db
    if count == 1 or fibre.raman_pumping:
        yield replace(fibre, connector_in_db=in_db, connector_out_db=last_db)
        return
    length_km = fibre.length_km / count
    for part in range(count):
        yield replace(
            fibre,
            element_id=ElementId(f"{fibre.element_id}_({part + 1}/{count})"),
            location=_between(around, (part + 0.5) / count, named=fibre.location),
            length_km=length_km,
            connector_in_db=in_db,
            connector_out_db=last_db if part == count - 1 else out_db,
            lumped_losses=_lumped(fibre, part * length_km, length_km),
        )


def _lumped(fibre: Fibre, from_km: float, length_km: float) -> tuple[LumpedLoss, ...]:
    """The losses in points of a part of a fibre, counted from where the part begins."""
    return tuple(
        replace(loss, position_km=max(loss.position_km - from_km, _POINT_KM_MIN))
        for loss in fibre.lumped_losses
        if from_km <= loss.position_km < from_km + length_km
    )


def parts_of(length_km: float, span: SpanDesign) -> int:
    """Into how many equal parts a fibre is cut.

    Of the two counts around the wanted length that which alone lies within the bounds; of two
    the nearer to it.
    """
    length_m, longest_m = length_km * 1e3, int(span.length_km_max * 1e3)
    if length_m < longest_m:
        return 1
    shortest_m = max(int(span.padding_db / _USUAL_LOSS_DB_PER_KM * 1e3), _LENGTH_M_MIN)
    wanted_m = max(shortest_m, min(longest_m, _LENGTH_M_WANTED))
    fewer = max(int(length_m // wanted_m), 1)
    more = fewer + 1
    short_m, long_m = length_m / more, length_m / fewer
    short_fits = shortest_m <= short_m <= longest_m
    long_fits = shortest_m <= long_m <= longest_m
    if short_fits != long_fits:
        return more if short_fits else fewer
    is_nearer = long_m - wanted_m <= wanted_m - short_m
    return fewer if is_nearer and long_m <= longest_m else more


def _between(ends: tuple[Location, Location], share: float, *, named: Location) -> Location:
    """A place on the straight way between two; nowhere where one of them is."""
    one, two = ends
    if (
        one.latitude_deg is None
        or one.longitude_deg is None
        or two.latitude_deg is None
        or two.longitude_deg is None
    ):
        return replace(named, latitude_deg=None, longitude_deg=None) if named.city else NOWHERE
    return Location(
        city=named.city,
        region=named.region,
        latitude_deg=one.latitude_deg + (two.latitude_deg - one.latitude_deg) * share,
        longitude_deg=one.longitude_deg + (two.longitude_deg - one.longitude_deg) * share,
    )


def _amplified(
    section: LaidSection, basis: DesignBasis, order: dict[ElementId, int]
) -> LaidSection:
    """The section with a booster, a preamplifier and in-line amplifiers where fibre needs them.

    None stands beside a splice or a transceiver; two ROADMs joined directly share one.
    """
    begin, end, chain = section.begin, section.end, section.elements
    build = MultibandAmplifier if _is_multiband(section, basis) else Amplifier
    kept: list[Element] = []
    new: list[ElementId] = []

    def put(element_id: ElementId, location: Location) -> None:
        if build is Amplifier:
            kept.append(_new_amplifier(element_id, location))
        else:
            kept.append(
                MultibandAmplifier(element_id=element_id, location=location, amplifier_type_id=None)
            )
        new.append(element_id)

    first, last = (chain[0], chain[-1]) if chain else (end, begin)
    end_is_first = order[end.element_id] < order[begin.element_id]
    if isinstance(begin, Roadm) and (isinstance(first, Fibre) or (not chain and not end_is_first)):
        put(booster_id(begin.element_id, first.element_id), begin.location)
    for element, follower in pairwise((*chain, end)):
        kept.append(element)
        if isinstance(element, Fibre) and isinstance(follower, Fibre):
            place = _between((element.location, follower.location), 0.5, named=element.location)
            put(ElementId(f"Edfa_{element.element_id}"), place)
    if isinstance(end, Roadm) and (isinstance(last, Fibre) or (not chain and end_is_first)):
        put(preamplifier_id(end.element_id, last.element_id), end.location)
    return replace(section, elements=tuple(kept), new_ids=frozenset(new))


def _new_amplifier(element_id: ElementId, location: Location) -> Amplifier:
    return Amplifier(
        element_id=element_id, location=location, amplifier_type_id=None, settings=_FLAT
    )


def _is_multiband(section: LaidSection, basis: DesignBasis) -> bool:
    """Whether new amplifiers are multiband: as those that stand there, else as many bands."""
    kinds = {type(e) for e in section.elements if isinstance(e, AnyAmplifier)}
    if kinds:
        return MultibandAmplifier in kinds
    first = section.elements[0].element_id if section.elements else section.end.element_id
    names = {first, booster_id(section.begin.element_id, first)}
    for degree in section.begin.degree_design_bands:
        if degree.degree_id in names:
            return len(degree.bands) > 1
    return len(section.begin.design_bands or basis.bands) > 1
