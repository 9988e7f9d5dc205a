"""Which amplifiers does a photonic network need, and to what is each of them set?

An OMS needs nothing of another: its ROADM launches a known power, and levels again where it
ends. So each is laid out, lit and set on its own, and all are computed side by side. What a
network states is kept, but for gains in power mode, which launch powers decide; only what it
leaves open is designed, and the network that was given stays as it is.
"""

from collections.abc import Iterator
from itertools import pairwise

from karakoram.network.photonic.elements import Element, Fibre
from karakoram.network.photonic.equipment import (
    PhotonicLibrary,
    SpanDesign,
    SpectrumInformation,
)
from karakoram.network.photonic.network import Connection, PhotonicNetwork
from karakoram.network.photonic.simulation import ScatteringSettings
from karakoram.network.photonic.spectral import ElementId
from karakoram.planning.photonic.design_bands import lit_bands
from karakoram.planning.photonic.design_columns import LitSection, line_groups
from karakoram.planning.photonic.design_findings import (
    bare_target_findings,
    group_findings,
    layout_findings,
)
from karakoram.planning.photonic.design_layout import LaidSection, laid_sections
from karakoram.planning.photonic.design_records import (
    DesignBasis,
    DesignedNetwork,
    DesignedSection,
)
from karakoram.planning.photonic.design_results import SetLine, set_lines
from karakoram.planning.photonic.design_scattering import SpanScattering
from karakoram.planning.photonic.design_settings import line_settings
from karakoram.planning.photonic.design_spans import SpannedSection, spanned
from karakoram.planning.photonic.design_types import type_columns


def designed_network(
    network: PhotonicNetwork,
    library: PhotonicLibrary,
    *,
    spectrum: SpectrumInformation | None = None,
    span: SpanDesign | None = None,
    scattering: ScatteringSettings | None = None,
    inserts: bool = True,
) -> DesignedNetwork:
    """The network with every amplifier placed, chosen and set.

    Parameters
    ----------
    network
        Of which ``validate`` finds no error.
    library
        The types that the network names and the design may choose from.
    spectrum
        The comb whose channel is the reference; else that named ``default``.
    span
        The figures of spans; else those named ``default``.
    scattering
        Whether multiband lines are designed with Raman scattering between their channels;
        not when ``None``.
    inserts
        Whether long fibre is cut and missing amplifiers are added.
    """
    basis = DesignBasis(
        library=library,
        spectrum=spectrum or library.spectra["default"],
        span=span or library.spans["default"],
        scattering=scattering,
    )
    return designed_on(basis, network, inserts=inserts)


def designed_on(
    basis: DesignBasis, network: PhotonicNetwork, *, inserts: bool = True
) -> DesignedNetwork:
    """The same, on a basis made before.

    Parameters
    ----------
    basis
        Types, figures and light to design with.
    network
        Of which ``validate`` finds no error.
    inserts
        Whether long fibre is cut and missing amplifiers are added.
    """
    laid = laid_sections(network, basis, inserts=inserts)
    types, type_findings = type_columns(basis.library)
    sections = tuple(_lit(spanned(section, basis), basis) for section in laid)
    groups = line_groups(sections, basis, types)
    physics = SpanScattering(basis=basis)
    lines: dict[int, SetLine] = {}
    findings = [
        *type_findings,
        *layout_findings(network, sections),
        *bare_target_findings(sections, basis),
    ]
    for group in groups:
        settings = line_settings(group, types, basis, scattering=physics)
        findings += group_findings(group, settings, types=types, basis=basis)
        for section, line in zip(
            group.sections, set_lines(group, settings, types=types, basis=basis), strict=True
        ):
            lines[id(section)] = line
    done = [(section, lines.get(id(section))) for section in sections]
    return DesignedNetwork(
        network=_rebuilt(network, done),
        sections=tuple(_told(section, line) for section, line in done),
        findings=tuple(findings),
    )


def _lit(section: SpannedSection, basis: DesignBasis) -> LitSection:
    """The section with its bands: one where its amplifiers are of one band, none where mixed."""
    if section.laid.is_mixed or not section.amplifiers:
        return LitSection(spanned=section, bands=())
    lit = LitSection(spanned=section, bands=lit_bands(section.laid, basis))
    return lit if lit.is_multiband else LitSection(spanned=section, bands=lit.bands[:1])


def _told(section: LitSection, line: SetLine | None) -> DesignedSection:
    laid = section.spanned.laid
    return DesignedSection(
        from_id=laid.begin.element_id,
        to_id=laid.end.element_id,
        length_km=sum((e.length_km for e in laid.elements if isinstance(e, Fibre)), start=0.0),
        amplifiers=() if line is None else line.amplifiers,
    )


def _rebuilt(
    network: PhotonicNetwork, done: list[tuple[LitSection, SetLine | None]]
) -> PhotonicNetwork:
    """The network with the designed sections in the places of those that were there.

    The elements of an OMS stand together, in the direction of light, where its first one stood.
    """
    chains = [
        (section.spanned.laid, section.spanned.laid.elements if line is None else line.elements)
        for section, line in done
    ]
    inner = {key for laid, _ in chains for key in laid.old_ids}
    by_first = {laid.old_ids[0]: chain for laid, chain in chains if laid.old_ids}
    elements: dict[ElementId, Element] = {}
    for key, element in network.elements.items():
        if key in by_first:
            elements |= {one.element_id: one for one in by_first[key]}
        elif key not in inner:
            elements[key] = element
    elements |= {one.element_id: one for laid, chain in chains if not laid.old_ids for one in chain}
    lines = tuple(_connections(network, chains, inner))
    return PhotonicNetwork(name=network.name, elements=elements, connections=lines)


def _connections(
    network: PhotonicNetwork,
    chains: list[tuple[LaidSection, tuple[Element, ...]]],
    inner: set[ElementId],
) -> Iterator[Connection]:
    """Those of each OMS where its first one stood; the order of degrees is thereby kept."""
    starts = {
        (laid.begin.element_id, laid.old_ids[0] if laid.old_ids else laid.end.element_id): (
            laid,
            chain,
        )
        for laid, chain in chains
    }
    for line in network.connections:
        found = starts.get((line.from_id, line.to_id))
        if found is not None:
            laid, chain = found
            ids = [laid.begin.element_id, *(one.element_id for one in chain), laid.end.element_id]
            for one, two in pairwise(ids):
                yield Connection(from_id=one, to_id=two)
        elif line.from_id not in inner:
            yield line
