"""Can light run as the records say: gains, bands and glass?"""

from collections.abc import Iterator

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import AmplifierTypeId
from karakoram.network.photonic.amplifiers import AmplifierType
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierSettings,
    Fibre,
    MultibandAmplifier,
)
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId, FrequencyBand, SpectralProfile
from karakoram.network.photonic.walk import multiplex_sections

_TOLERANCE_DB = 1e-6
"""Figures that meet exactly do not contradict each other."""


def light_findings(network: PhotonicNetwork, library: PhotonicLibrary) -> Iterator[Finding]:
    """Gains that no amplifier gives, bands that no light passes, glass that is not described."""
    for element in network.elements.values():
        if isinstance(element, Fibre):
            yield from _glass(element, library)
        elif isinstance(element, Amplifier):
            yield from _gain(
                element.element_id,
                amplifier_type=_type(library, element.amplifier_type_id),
                settings=element.settings,
                library=library,
            )
        elif isinstance(element, MultibandAmplifier):
            yield from _multiband(element, library)
    yield from _sections_without_band(network, library)
    yield from _amplifiers_beside_the_comb(network, library)


def _type(library: PhotonicLibrary, type_id: AmplifierTypeId | None) -> AmplifierType | None:
    return None if type_id is None else library.amplifier_types.get(type_id)


def _glass(fibre: Fibre, library: PhotonicLibrary) -> Iterator[Finding]:
    """Whether dispersion is known, and profiles cover the comb."""
    types = library.raman_fibre_types if fibre.raman_pumping else library.fibre_types
    fibre_type = types.get(fibre.fibre_type_id)
    of_type = None if fibre_type is None else fibre_type.dispersion_ps_per_nm_km
    if fibre_type is not None and fibre.dispersion_ps_per_nm_km is None and of_type is None:
        yield Finding(
            code="fibre-without-dispersion",
            place=Place(table="elements", record=fibre.element_id, field="dispersion_ps_per_nm_km"),
            message=f"neither it nor its type {fibre.fibre_type_id!r} states the dispersion; "
            "state it in one of them",
        )
    comb = library.spectra.get("default")
    for field in ("loss_db_per_km", "dispersion_ps_per_nm_km"):
        profile = getattr(fibre, field)
        if isinstance(profile, SpectralProfile) and comb and not _covers(profile, comb.band):
            yield Finding(
                code="profile-too-narrow",
                place=Place(table="elements", record=fibre.element_id, field=field),
                message=f"its profile from {profile.frequencies_thz[0]:g} to "
                f"{profile.frequencies_thz[-1]:g} THz leaves out some of the comb from "
                f"{comb.band.lower_thz:g} to {comb.band.upper_thz:g} THz; widen it",
                severity=Severity.WARNING,
            )


def _covers(profile: SpectralProfile, band: FrequencyBand) -> bool:
    first, last = profile.frequencies_thz[0], profile.frequencies_thz[-1]
    return first <= band.lower_thz and band.upper_thz <= last


def _gain(
    element_id: ElementId,
    *,
    amplifier_type: AmplifierType | None,
    settings: AmplifierSettings,
    library: PhotonicLibrary,
) -> Iterator[Finding]:
    """Gains below zero, beyond what the type gives, or below what it should be run at."""
    gain_db = settings.gain_db
    if gain_db is None:
        return
    place = Place(table="elements", record=element_id, field="settings.gain_db")
    if gain_db < 0.0:
        yield Finding(
            code="impossible-gain",
            place=place,
            message=f"{gain_db:g} dB is a loss; an amplifier's gain is at least 0 dB",
        )
    if amplifier_type is None:
        return
    design = library.spans.get("default")
    extended_db = design.extended_gain_db if design else 0.0
    highest_db = amplifier_type.gain_flatmax_db + extended_db
    name = amplifier_type.amplifier_type_id
    if gain_db > highest_db + _TOLERANCE_DB:
        yield Finding(
            code="impossible-gain",
            place=place,
            message=f"{gain_db:g} dB is more than {name!r} gives: "
            f"{amplifier_type.gain_flatmax_db:g} dB, extended by {extended_db:g} dB",
        )
    elif 0.0 <= gain_db < amplifier_type.gain_min_db - _TOLERANCE_DB:
        yield Finding(
            code="gain-below-minimum",
            place=place,
            message=f"{gain_db:g} dB is less than the {amplifier_type.gain_min_db:g} dB that "
            f"{name!r} needs; it will be padded, and noisier",
            severity=Severity.WARNING,
        )


def _multiband(amplifier: MultibandAmplifier, library: PhotonicLibrary) -> Iterator[Finding]:
    """Members that are not of the type, stand in one band, or cannot give their gain."""
    type_id = amplifier.amplifier_type_id
    whole = None if type_id is None else library.multiband_amplifier_types.get(type_id)
    seen: list[tuple[AmplifierTypeId, FrequencyBand]] = []
    place = Place(table="elements", record=amplifier.element_id, field="bands")
    for band in amplifier.bands:
        member = library.amplifier_types.get(band.amplifier_type_id)
        if member is None or (whole and band.amplifier_type_id not in whole.member_type_ids):
            allowed = whole.member_type_ids if whole else tuple(library.amplifier_types)[:5]
            yield Finding(
                code="unknown-type",
                place=place,
                message=f"{band.amplifier_type_id!r} may not stand in it; name one of "
                f"{', '.join(allowed)}",
            )
        if member is None:
            continue
        for other_id, other in seen:
            if member.band.overlaps(other):
                yield Finding(
                    code="bands-overlap",
                    place=place,
                    message=f"{band.amplifier_type_id!r} and {other_id!r} serve some of the same "
                    "frequencies; keep one of them",
                )
        seen.append((band.amplifier_type_id, member.band))
        yield from _gain(
            amplifier.element_id, amplifier_type=member, settings=band.settings, library=library
        )


def _bands(
    network: PhotonicNetwork, library: PhotonicLibrary, element_id: ElementId
) -> tuple[FrequencyBand, ...] | None:
    """The bands that an amplifier serves; ``None`` where it is not known, or no amplifier."""
    element = network.elements.get(element_id)
    if isinstance(element, Amplifier):
        types: tuple[AmplifierType | None, ...] = (_type(library, element.amplifier_type_id),)
    elif isinstance(element, MultibandAmplifier):
        types = tuple(_type(library, band.amplifier_type_id) for band in element.bands)
    else:
        return None
    known = tuple(found.band for found in types if found is not None)
    return known if known and len(known) == len(types) else None


def _sections_without_band(network: PhotonicNetwork, library: PhotonicLibrary) -> Iterator[Finding]:
    """Multiplex sections whose amplifiers have no frequency in common."""
    for section in multiplex_sections(network):
        common: tuple[FrequencyBand, ...] | None = None
        for element_id in section.element_ids:
            served = _bands(network, library, element_id)
            if served is None:
                continue
            common = served if common is None else _common(common, served)
            if not common:
                yield Finding(
                    code="no-common-band",
                    place=Place(table="elements", record=element_id, field="amplifier_type_id"),
                    message=f"its band has no frequency in common with the amplifiers before it "
                    f"from {section.from_id!r}; light passes none of them all",
                )
                break


def _common(
    some: tuple[FrequencyBand, ...], others: tuple[FrequencyBand, ...]
) -> tuple[FrequencyBand, ...]:
    return tuple(
        FrequencyBand(
            lower_thz=max(one.lower_thz, two.lower_thz),
            upper_thz=min(one.upper_thz, two.upper_thz),
        )
        for one in some
        for two in others
        if one.overlaps(two)
    )


def _amplifiers_beside_the_comb(
    network: PhotonicNetwork, library: PhotonicLibrary
) -> Iterator[Finding]:
    """Amplifiers that serve none of the combs that the network is designed for."""
    combs = [spectrum.band for spectrum in library.spectra.values()]
    for element_id in network.elements:
        served = _bands(network, library, element_id)
        if served and combs and not any(band.overlaps(comb) for band in served for comb in combs):
            yield Finding(
                code="no-light-in-band",
                place=Place(table="elements", record=element_id, field="amplifier_type_id"),
                message=f"its band from {served[0].lower_thz:g} to {served[0].upper_thz:g} THz "
                "has no frequency in common with any comb of the equipment",
                severity=Severity.WARNING,
            )
