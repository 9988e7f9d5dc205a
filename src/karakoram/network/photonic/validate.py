"""Do the records of a photonic network fit each other and the types they name? Every finding."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from karakoram.core.cells import did_you_mean
from karakoram.core.findings import Finding, Place, Severity
from karakoram.network.photonic.elements import (
    Amplifier,
    Element,
    Fibre,
    MultibandAmplifier,
    Roadm,
    Transceiver,
)
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork, predecessors, successors
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.validate_light import light_findings
from karakoram.network.photonic.validate_roadms import roadm_findings

_SUGGESTED_FROM_MAX = 5_000
"""Among more names a search for the nearest takes longer than the planner who typed it."""


def validate(network: PhotonicNetwork, library: PhotonicLibrary) -> tuple[Finding, ...]:
    """Everything wrong between the records; no error means that light can be propagated.

    Places name the element, or the number of the connection, and the field of the record. Types
    and settings that are still to be designed are no findings.
    """
    return (
        *connection_findings(network),
        *_way_findings(network),
        *_type_findings(network, library),
        *roadm_findings(network, library),
        *light_findings(network, library),
    )


def connection_findings(network: PhotonicNetwork) -> Iterator[Finding]:
    """Connections that lead nowhere, back to themselves, or that stand twice."""
    counts = Counter(network.connections)
    ids = network.elements if len(network.elements) <= _SUGGESTED_FROM_MAX else ()
    for index, line in enumerate(network.connections):
        place = Place(table="connections", record=str(index))
        for field, end in (("from_id", line.from_id), ("to_id", line.to_id)):
            if end not in network.elements:
                yield Finding(
                    code="connection-unknown-element",
                    place=Place(table="connections", record=str(index), field=field),
                    message=f"{end!r} is no element of the network; name one"
                    + did_you_mean(end, ids),
                )
        if line.from_id == line.to_id:
            yield Finding(
                code="connection-to-itself",
                place=place,
                message=f"leads from {line.from_id!r} to itself; name the next element",
            )
        if counts[line] > 1:
            yield Finding(
                code="connection-twice",
                place=place,
                message=f"from {line.from_id!r} to {line.to_id!r} stands {counts[line]} times; "
                "keep one",
                severity=Severity.WARNING,
            )


def _way_findings(network: PhotonicNetwork) -> Iterator[Finding]:
    """Fibres and amplifiers have one way in and one way out; everything has some."""
    after, before = successors(network), predecessors(network)
    for element_id, element in network.elements.items():
        ways_in, ways_out = set(before[element_id]), set(after[element_id])
        place = Place(table="elements", record=element_id)
        if not ways_in and not ways_out:
            yield Finding(
                code="element-alone",
                place=place,
                message=f"{_kind(element)} is connected with nothing; connect or delete it",
                severity=Severity.WARNING,
            )
        elif isinstance(element, Fibre | Amplifier | MultibandAmplifier):
            yield from _one_way(element, place, ways=(("in", ways_in), ("out", ways_out)))


def _one_way(
    element: Element, place: Place, *, ways: tuple[tuple[str, set[ElementId]], ...]
) -> Iterator[Finding]:
    for name, ends in ways:
        if len(ends) != 1:
            listed = f": {', '.join(sorted(ends)[:3])}" if ends else ""
            yield Finding(
                code=f"ways-{name}",
                place=place,
                message=f"{_kind(element)} must have one way {name}, got {len(ends)}{listed}",
            )


def _kind(element: Element) -> str:
    words = {Fibre: "a fibre", Amplifier: "an amplifier", MultibandAmplifier: "an amplifier"}
    return words.get(type(element), f"a {type(element).__name__.lower()}")


def _type_findings(network: PhotonicNetwork, library: PhotonicLibrary) -> Iterator[Finding]:
    """Types that the library does not hold."""
    for element in network.elements.values():
        match element:
            case Fibre() if element.raman_pumping is not None:
                known: Mapping[Any, object] = library.raman_fibre_types
                field, kind = "fibre_type_id", "fibre for Raman pumps"
            case Fibre():
                known, field, kind = library.fibre_types, "fibre_type_id", "fibre"
            case Amplifier():
                known, field = library.amplifier_types, "amplifier_type_id"
                kind = "single-band amplifier"
            case MultibandAmplifier():
                known, field = library.multiband_amplifier_types, "amplifier_type_id"
                kind = "multiband amplifier"
            case Roadm():
                known, field, kind = library.roadm_types, "roadm_type_id", "ROADM"
            case Transceiver():
                known, field = library.transceiver_types, "transceiver_type_id"
                kind = "transceiver"
            case _:
                continue
        yield from _unknown(element, field, kind=kind, known=known)


def _unknown(
    element: Element, field: str, *, kind: str, known: Mapping[Any, object]
) -> Iterator[Finding]:
    type_id = getattr(element, field)
    if type_id is not None and type_id not in known:
        yield Finding(
            code="unknown-type",
            place=Place(table="elements", record=element.element_id, field=field),
            message=f"{type_id!r} is no type of {kind} in the equipment; name one"
            + did_you_mean(type_id, known),
        )
