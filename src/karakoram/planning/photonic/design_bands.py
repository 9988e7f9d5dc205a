"""For which bands, and with how much light, is an OMS designed?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log10

from karakoram.network.photonic.amplifiers import AmplifierType, MultibandAmplifierType
from karakoram.network.photonic.elements import Amplifier, MultibandAmplifier, Roadm
from karakoram.network.photonic.equipment import PhotonicLibrary, SpectrumInformation
from karakoram.network.photonic.figures import roadm_figures
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    DesignBand,
    FrequencyBand,
    PowerTarget,
    SymbolDensityTarget,
)
from karakoram.planning.photonic.design_layout import LaidSection
from karakoram.planning.photonic.design_records import DesignBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class LitBand:
    """A band of a line, and how many channels it is designed for."""

    band: FrequencyBand
    spacing_ghz: float
    total_db: float
    """Power of all channels over that of a reference channel."""
    slots_ghz: float
    """Width of all slots together."""


def channel_count(band: FrequencyBand, spacing_ghz: float) -> int:
    """How many channels a band takes, the first at its lower edge.

    >>> channel_count(FrequencyBand(lower_thz=191.35, upper_thz=195.1), 50.0)
    76
    """
    width_hz = round(band.upper_thz * 1e12) - round(band.lower_thz * 1e12)
    return width_hz // round(spacing_ghz * 1e9) + 1


def lit_bands(section: LaidSection, basis: DesignBasis) -> tuple[LitBand, ...]:
    """The bands of a section from the lowest up; empty where its amplifiers share none.

    What the degree states counts; else what its amplifiers have in common with each other and
    with the bands of the node; else the bands of the node.
    """
    bands = _stated(section, basis) or _apart(_common(section, basis))
    ordered = sorted(bands, key=lambda one: one.band.lower_thz)
    return tuple(_lit(one, basis) for one in ordered)


def _lit(one: DesignBand, basis: DesignBasis) -> LitBand:
    """A band with what loads its amplifiers: the channels that are given, else a full comb."""
    comb = basis.spectrum
    spacing_ghz = one.spacing_ghz or comb.spacing_ghz
    given = [
        (part, centre)
        for part in basis.lit
        for centre in part.centres_thz
        if one.band.lower_thz <= centre <= one.band.upper_thz
    ]
    if given:
        total = sum((10.0 ** (part.launch_offset_db / 10.0) for part, _ in given), start=0.0)
        slots_ghz = sum((part.slot_ghz for part, _ in given), start=0.0)
        return LitBand(
            band=one.band,
            spacing_ghz=spacing_ghz,
            total_db=10.0 * log10(total),
            slots_ghz=slots_ghz,
        )
    count = channel_count(one.band, spacing_ghz)
    if comb.counts_channels_of_band:
        count = channel_count(comb.band, comb.spacing_ghz)
    return LitBand(
        band=one.band,
        spacing_ghz=spacing_ghz,
        total_db=10.0 * log10(count),
        slots_ghz=count * spacing_ghz,
    )


def _stated(section: LaidSection, basis: DesignBasis) -> tuple[DesignBand, ...]:
    """The bands that the node states for the degree, by whichever element it names it."""
    names = {element.element_id for element in section.elements[:2]}
    for degree in section.begin.degree_design_bands:
        if degree.degree_id in names:
            node_bands = section.begin.design_bands or basis.bands
            return tuple(
                _spaced(one.band, (one,), node_bands=node_bands, comb=basis.spectrum)
                for one in degree.bands
            )
    return ()


def _spaced(
    band: FrequencyBand,
    stated: Iterable[DesignBand],
    *,
    node_bands: tuple[DesignBand, ...],
    comb: SpectrumInformation,
) -> DesignBand:
    """A band with the widest spacing stated, else that of the node there, else the comb's."""
    spacings = [one.spacing_ghz for one in stated if one.spacing_ghz is not None]
    if not spacings:
        spacings = [
            one.spacing_ghz
            for one in node_bands
            if one.spacing_ghz is not None
            and one.band.lower_thz <= band.centre_thz <= one.band.upper_thz
        ][:1]
    return DesignBand(band=band, spacing_ghz=max(spacings, default=comb.spacing_ghz))


def _common(section: LaidSection, basis: DesignBasis) -> tuple[DesignBand, ...]:
    node_bands = section.begin.design_bands or basis.bands
    amplifiers = [e for e in section.elements if isinstance(e, Amplifier | MultibandAmplifier)]
    served = dict.fromkeys(bands for one in amplifiers if (bands := _served(one, basis.library)))
    is_single = any(isinstance(one, Amplifier) for one in amplifiers)
    listed: list[tuple[DesignBand, ...]] = [
        tuple(DesignBand(band=band) for band in bands) for bands in served
    ]
    agrees = bool(amplifiers) and is_single == (len(node_bands) == 1)
    if agrees or not amplifiers:
        listed.append(node_bands)
    if not listed:
        return ()
    common = listed[0]
    for others in listed[1:]:
        common = tuple(
            _spaced(shared, (one, other), node_bands=node_bands, comb=basis.spectrum)
            for one in common
            for other in others
            if (shared := _shared(one.band, other.band)) is not None
        )
    if not common and agrees:
        return node_bands
    return tuple(
        _spaced(one.band, (one,), node_bands=node_bands, comb=basis.spectrum) for one in common
    )


def _apart(bands: tuple[DesignBand, ...]) -> tuple[DesignBand, ...]:
    """Bands of which none overlap: of alternatives what they have in common."""
    apart: list[DesignBand] = []
    for one in sorted(bands, key=lambda one: one.band.lower_thz):
        shared = _shared(apart[-1].band, one.band) if apart else None
        if shared is None:
            apart.append(one)
        else:
            apart[-1] = replace(apart[-1], band=shared)
    return tuple(apart)


def _shared(one: FrequencyBand, other: FrequencyBand) -> FrequencyBand | None:
    lower = max(one.lower_thz, other.lower_thz)
    upper = min(one.upper_thz, other.upper_thz)
    return FrequencyBand(lower_thz=lower, upper_thz=upper) if lower < upper else None


def _served(
    amplifier: Amplifier | MultibandAmplifier, library: PhotonicLibrary
) -> tuple[FrequencyBand, ...]:
    """The bands of an amplifier whose type is known; empty of one to be chosen."""
    if isinstance(amplifier, Amplifier):
        members: tuple[AmplifierType | None, ...] = (
            library.amplifier_types.get(amplifier.amplifier_type_id)
            if amplifier.amplifier_type_id
            else None,
        )
    else:
        whole: MultibandAmplifierType | None = (
            library.multiband_amplifier_types.get(amplifier.amplifier_type_id)
            if amplifier.amplifier_type_id
            else None
        )
        type_ids = whole.member_type_ids if whole else ()
        stated = tuple(band.amplifier_type_id for band in amplifier.bands)
        members = tuple(library.amplifier_types.get(key) for key in (*type_ids, *stated))
    bands = dict.fromkeys(member.band for member in members if member is not None)
    return tuple(sorted(bands, key=lambda band: band.lower_thz))


def launch_dbm(section: LaidSection, basis: DesignBasis) -> float:
    """Power of a reference channel where a section begins [dBm]."""
    if not isinstance(section.begin, Roadm):
        return basis.emitted_dbm
    figures = roadm_figures(section.begin, basis.library)
    degree = section.elements[0].element_id if section.elements else section.end.element_id
    return channel_dbm(figures.target_of(degree), basis.spectrum)


def channel_dbm(target: PowerTarget, comb: SpectrumInformation) -> float:
    """Power that a target gives a channel of the comb [dBm]."""
    if isinstance(target, ChannelPowerTarget):
        return target.power_dbm
    is_by_symbol = isinstance(target, SymbolDensityTarget)
    width_ghz = comb.symbol_rate_gbaud if is_by_symbol else comb.spacing_ghz
    return 10.0 * log10(width_ghz * target.density_mw_per_ghz)
