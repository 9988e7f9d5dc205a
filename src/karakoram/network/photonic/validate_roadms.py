"""Do the degrees that a ROADM names exist, and the impairments and amplifiers?"""

from collections.abc import Iterator

from karakoram.core.cells import did_you_mean
from karakoram.core.findings import Finding, Place
from karakoram.network.photonic.elements import Fibre, Fused, Roadm, Transceiver
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork, predecessors, successors
from karakoram.network.photonic.spectral import ElementId


def booster_id(roadm_id: ElementId, fibre_id: ElementId) -> ElementId:
    """The name that a booster gets which the design puts before the first fibre of a degree.

    GNPy's files name such boosters before they stand, so the name is part of the format.
    """
    return ElementId(f"Edfa_booster_{roadm_id}_to_{fibre_id}")


def preamplifier_id(roadm_id: ElementId, fibre_id: ElementId) -> ElementId:
    """The name that a preamplifier gets which the design puts after the last fibre of a degree."""
    return ElementId(f"Edfa_preamp_{roadm_id}_from_{fibre_id}")


def roadm_findings(network: PhotonicNetwork, library: PhotonicLibrary) -> Iterator[Finding]:
    """Degrees, impairments and amplifiers that a ROADM or transceiver names in vain."""
    after, before = successors(network), predecessors(network)
    for element_id, element in network.elements.items():
        if isinstance(element, Roadm):
            out = _degrees(network, element_id, after[element_id], is_out=True)
            into = _degrees(network, element_id, before[element_id], is_out=False)
            yield from _degree_findings(element, out, into)
            yield from _impairment_findings(element, library)
            yield from _choice_findings(element, library)
        elif isinstance(element, Transceiver):
            for bands in element.degree_design_bands:
                yield from _no_degree(
                    element,
                    "degree_design_bands",
                    degree_id=bands.degree_id,
                    known=set(after[element_id]),
                )


def _degrees(
    network: PhotonicNetwork,
    roadm_id: ElementId,
    neighbours: tuple[ElementId, ...],
    *,
    is_out: bool,
) -> set[ElementId]:
    """The neighbours on one side, and the amplifiers that the design would put there."""
    found = set(neighbours)
    for key in neighbours:
        if isinstance(network.elements.get(key), Fibre | Fused):
            found.add(booster_id(roadm_id, key) if is_out else preamplifier_id(roadm_id, key))
    return found


def _degree_findings(roadm: Roadm, out: set[ElementId], into: set[ElementId]) -> Iterator[Finding]:
    for target in roadm.degree_targets:
        yield from _no_degree(roadm, "degree_targets", degree_id=target.degree_id, known=out)
    for bands in roadm.degree_design_bands:
        yield from _no_degree(roadm, "degree_design_bands", degree_id=bands.degree_id, known=out)
    for impairment in roadm.degree_impairments:
        yield from _no_degree(
            roadm, "degree_impairments", degree_id=impairment.from_degree_id, known=into
        )
        yield from _no_degree(
            roadm, "degree_impairments", degree_id=impairment.to_degree_id, known=out
        )


def _no_degree(
    element: Roadm | Transceiver, field: str, *, degree_id: ElementId, known: set[ElementId]
) -> Iterator[Finding]:
    if degree_id not in known:
        yield Finding(
            code="unknown-degree",
            place=Place(table="elements", record=element.element_id, field=field),
            message=f"{degree_id!r} does not stand next to it; name an element that does"
            + did_you_mean(degree_id, known),
        )


def _impairment_findings(roadm: Roadm, library: PhotonicLibrary) -> Iterator[Finding]:
    roadm_type = library.roadm_types.get(roadm.roadm_type_id)
    if roadm_type is None:
        return
    known = {found.impairment_id for found in roadm_type.impairments}
    for impairment in roadm.degree_impairments:
        if impairment.impairment_id not in known:
            listed = ", ".join(map(str, sorted(known))) or "none"
            yield Finding(
                code="unknown-impairment",
                place=Place(table="elements", record=roadm.element_id, field="degree_impairments"),
                message=f"{impairment.impairment_id} is no set of impairments of "
                f"{roadm.roadm_type_id!r}; it has {listed}",
            )


def _choice_findings(roadm: Roadm, library: PhotonicLibrary) -> Iterator[Finding]:
    known = {*library.amplifier_types, *library.multiband_amplifier_types}
    choice = roadm.amplifier_choice
    for type_id in (*(choice.preamplifier_type_ids or ()), *(choice.booster_type_ids or ())):
        if type_id not in known:
            yield Finding(
                code="unknown-type",
                place=Place(table="elements", record=roadm.element_id, field="amplifier_choice"),
                message=f"{type_id!r} is no amplifier of the equipment; name one"
                + did_you_mean(type_id, known),
            )
