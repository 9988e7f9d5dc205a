"""What do the settings that were found mean as records?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from karakoram.core.units import hz_from_ghz
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierSettings,
    BandAmplifier,
    Element,
    MultibandAmplifier,
)
from karakoram.planning.photonic.design_choice import NO_TYPE
from karakoram.planning.photonic.design_columns import LineGroup
from karakoram.planning.photonic.design_records import DesignBasis, DesignedAmplifier
from karakoram.planning.photonic.design_settings import LineSettings
from karakoram.planning.photonic.design_types import TypeColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLine:
    """One OMS as designed."""

    elements: tuple[Element, ...]
    amplifiers: tuple[DesignedAmplifier, ...]


def set_lines(
    group: LineGroup, settings: LineSettings, *, types: TypeColumns, basis: DesignBasis
) -> Iterator[SetLine]:
    """The OMSs of a group, in its order, with every amplifier set.

    Where no type fits, or none can be set so, the settings stay open, too.

    Parameters
    ----------
    group
        OMSs with equally many bands.
    settings
        Of every amplifier, axes [OMS, place, band].
    types
        Columns of all types, axis [type].
    basis
        Library and rules.
    """
    told = _told(group, settings, types=types, basis=basis)
    housings = tuple(basis.library.multiband_amplifier_types)
    for index, section in enumerate(group.sections):
        spanned = section.spanned
        elements: list[Element] = [*spanned.runs[0].elements]
        amplifiers: list[DesignedAmplifier] = []
        for place, amplifier in enumerate(spanned.amplifiers):
            bands = next(told)
            amplifiers += bands
            if isinstance(amplifier, Amplifier):
                elements.append(_set(amplifier, bands[0], basis))
            else:
                number = int(settings.housing[index, place])
                kept = amplifier.amplifier_type_id
                housing = housings[number] if kept is None and number != NO_TYPE else kept
                elements.append(
                    replace(
                        amplifier,
                        amplifier_type_id=housing,
                        bands=_set_bands(amplifier, bands, basis),
                    )
                )
            elements += spanned.runs[place + 1].elements
        yield SetLine(elements=tuple(elements), amplifiers=tuple(amplifiers))


def _set(amplifier: Amplifier, told: DesignedAmplifier, basis: DesignBasis) -> Amplifier:
    if told.amplifier_type_id is None:
        return amplifier
    return Amplifier(
        element_id=amplifier.element_id,
        location=amplifier.location,
        amplifier_type_id=told.amplifier_type_id,
        settings=_settings(told, amplifier.settings.input_voa_db, basis),
    )


def _set_bands(
    amplifier: MultibandAmplifier, bands: tuple[DesignedAmplifier, ...], basis: DesignBasis
) -> tuple[BandAmplifier, ...]:
    """The amplifiers of the bands; those beside every band of the line stay as they are."""
    if any(told.amplifier_type_id is None for told in bands):
        return amplifier.bands
    types = basis.library.amplifier_types
    lit = {told.band for told in bands}
    others = tuple(
        one
        for one in amplifier.bands
        if not any(types[one.amplifier_type_id].band.overlaps(band) for band in lit)
    )
    found = []
    for told in bands:
        assert told.amplifier_type_id is not None
        stated = [one for one in amplifier.bands if one.amplifier_type_id == told.amplifier_type_id]
        input_db = stated[0].settings.input_voa_db if stated else 0.0
        found.append(
            BandAmplifier(
                amplifier_type_id=told.amplifier_type_id,
                settings=_settings(told, input_db, basis),
            )
        )
    return (*found, *others)


def _settings(
    told: DesignedAmplifier, input_voa_db: float, basis: DesignBasis
) -> AmplifierSettings:
    """Settings as a record; a gain is kept, so no launch power is stated in gain mode."""
    offset_db = told.channel_power_dbm + told.output_voa_db - basis.spectrum.power_dbm
    return AmplifierSettings(
        gain_db=told.gain_db,
        launch_offset_db=offset_db if basis.span.is_power_mode else None,
        tilt_db=told.tilt_db,
        output_voa_db=told.output_voa_db,
        input_voa_db=input_voa_db,
    )


def _told(
    group: LineGroup, settings: LineSettings, *, types: TypeColumns, basis: DesignBasis
) -> Iterator[tuple[DesignedAmplifier, ...]]:
    """Every amplifier of the OMSs in turn, one record a band."""
    shape = settings.kind.shape
    there = np.arange(shape[1]) < group.count[:, None]
    total_dbm = np.broadcast_to(basis.spectrum.power_dbm + group.total_db[:, None, :], shape)[there]
    slots_hz = np.array([[hz_from_ghz(b.slots_ghz) for b in s.bands] for s in group.sections])
    kind = np.where(settings.is_settable, settings.kind, NO_TYPE)[there]
    gain_db = settings.gain_db[there]
    offset_db, voa_db = settings.offset_db[there], settings.voa_db[there]
    noise_db = types.noise_figure_db(
        kind=kind.ravel(),
        gain_db=gain_db.ravel(),
        input_dbm=(total_dbm + settings.entering_db[there]).ravel(),
        slots_hz=np.broadcast_to(slots_hz[:, None, :], shape)[there].ravel(),
    )
    columns = (
        kind,
        group.kind[there] == NO_TYPE,
        gain_db,
        settings.tilt_db[there] + 0.0,
        voa_db,
        basis.spectrum.power_dbm + offset_db - voa_db,
        total_dbm + offset_db,
        noise_db,
    )
    rows = zip(*(column.ravel().tolist() for column in columns), strict=True)
    ids = (*types.type_ids, None)  # NO_TYPE is the last of them
    for section in group.sections:
        new_ids = section.spanned.laid.new_ids
        for amplifier in section.spanned.amplifiers:
            key = amplifier.element_id
            yield tuple(
                DesignedAmplifier(
                    element_id=key,
                    amplifier_type_id=ids[number],
                    band=band.band,
                    is_new=key in new_ids,
                    is_chosen=was_open,
                    gain_db=gain,
                    tilt_db=tilt,
                    output_voa_db=voa,
                    channel_power_dbm=channel,
                    total_power_dbm=total,
                    noise_figure_db=noise,
                )
                for band, (number, was_open, gain, tilt, voa, channel, total, noise) in zip(
                    section.bands, rows, strict=False
                )
            )
