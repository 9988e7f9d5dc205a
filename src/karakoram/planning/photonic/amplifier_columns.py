"""What do the records of an amplifier mean in the units of the engines?"""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from karakoram.core.identifiers import AmplifierTypeId
from karakoram.core.units import hz_from_thz, linear_from_db, watt_from_dbm
from karakoram.engines.optics import amplifier_types as engine
from karakoram.engines.optics.amplified import AmplifierSettings, BandAmplifiers, band_channels
from karakoram.engines.optics.chain import (
    AmplifierPassage,
    MultibandAmplifierPassage,
    single_amplifier_settings,
)
from karakoram.engines.optics.dual_stage import DualStageNoiseFigure
from karakoram.engines.optics.noise_figure import (
    FixedNoiseFigure,
    NoiseFigureModel,
    NoiselessAmplifier,
)
from karakoram.engines.optics.openroadm_noise_figure import OpenRoadmInline, OpenRoadmPreamplifier
from karakoram.engines.optics.polynomial_noise_figure import PolynomialNoiseFigure
from karakoram.engines.optics.two_coil import two_coil_noise_figure
from karakoram.network.photonic import elements
from karakoram.network.photonic.amplifiers import (
    AmplifierType,
    DualStageNoise,
    FixedNoise,
    OpenRoadmBoosterNoise,
    OpenRoadmLineNoise,
    OpenRoadmPreamplifierNoise,
    PolynomialNoise,
    TwoCoilNoise,
)
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.planning.photonic.lit_channels import LitChannels

STRAIGHT_RESPONSE = (1.0, 1.001)
"""Tilt response of a type that states none: a tilt is then straight in dB over frequency, and
total gain is met by raising all channels alike (to 0.1 % of a dB for each dB)."""

_RIPPLE_SAMPLES = 401
"""Ripples stated at uneven steps are read off at even ones, 12 GHz apart in the C band."""

_S_PER_PS = 1e-12


def noise_model(kind: AmplifierType, library: PhotonicLibrary) -> NoiseFigureModel:
    """How the noise factor of a type follows from its operating point.

    Raises
    ------
    ValueError
        Where no such amplifier can exist; says why.
    """
    match kind.noise:
        case OpenRoadmBoosterNoise():
            return NoiselessAmplifier()
        case DualStageNoise(preamplifier_type_id=first_id, booster_type_id=second_id):
            first, second = library.amplifier_types[first_id], library.amplifier_types[second_id]
            return DualStageNoiseFigure(
                preamplifier=noise_model(first, library),
                booster=noise_model(second, library),
                preamplifier_gain=linear_from_db(first.gain_flatmax_db),
            )
        case _:
            return _single_stage_model(kind, kind.noise)


def _single_stage_model(
    kind: AmplifierType,
    noise: FixedNoise
    | TwoCoilNoise
    | PolynomialNoise
    | OpenRoadmLineNoise
    | OpenRoadmPreamplifierNoise,
) -> NoiseFigureModel:
    gain_min = linear_from_db(kind.gain_min_db)
    gain_max = linear_from_db(kind.gain_flatmax_db)
    match noise:
        case FixedNoise(noise_figure_db=figure_db):
            return FixedNoiseFigure(factor=linear_from_db(figure_db), gain_min=gain_min)
        case TwoCoilNoise(noise_figure_db_min=least_db, noise_figure_db_max=most_db):
            return two_coil_noise_figure(
                factor_min=linear_from_db(least_db),
                factor_max=linear_from_db(most_db),
                gain_min=gain_min,
                gain_max=gain_max,
            )
        case PolynomialNoise(coefficients=coefficients):
            return PolynomialNoiseFigure(
                coefficients_db=coefficients, gain_min=gain_min, gain_max=gain_max
            )
        case OpenRoadmLineNoise(coefficients=coefficients):
            return OpenRoadmInline(osnr_coefficients_db=coefficients, gain_min=gain_min)
        case OpenRoadmPreamplifierNoise():
            return OpenRoadmPreamplifier(gain_min=gain_min)


def amplifier_type(kind: AmplifierType, library: PhotonicLibrary) -> engine.AmplifierType:
    """The type in linear units.

    Raises
    ------
    ValueError
        Where no such amplifier can exist; says why.
    """
    return engine.AmplifierType(
        noise=noise_model(kind, library),
        output_power_max_w=watt_from_dbm(kind.output_power_dbm_max),
        f_min_hz=hz_from_thz(kind.band.lower_thz),
        f_max_hz=hz_from_thz(kind.band.upper_thz),
        tilt_response=np.array(kind.dynamic_gain_tilt or STRAIGHT_RESPONSE),
        ripple=_ripple(kind, kind.gain_ripple_db),
        noise_ripple=_ripple(kind, kind.noise_figure_ripple_db),
        pmd_s=kind.pmd_ps * _S_PER_PS,
        pdl_db=kind.pdl_db,
    )


def _ripple(kind: AmplifierType, ripple_db: tuple[float, ...]) -> Float[np.ndarray, " sample"]:
    """A ripple at even steps over the band [1]."""
    if not ripple_db:
        return np.ones(1)
    values_db = np.array(ripple_db)
    if kind.ripple_frequencies_thz:
        even_thz = np.linspace(kind.band.lower_thz, kind.band.upper_thz, _RIPPLE_SAMPLES)
        values_db = np.interp(even_thz, np.array(kind.ripple_frequencies_thz), values_db)
    return linear_from_db(values_db)


def _settings_columns(settings: elements.AmplifierSettings) -> AmplifierSettings:
    """What one amplifier is set to; every setting must be stated."""
    assert settings.gain_db is not None, "missing settings are found before"
    assert settings.tilt_db is not None, "missing settings are found before"
    assert settings.output_voa_db is not None, "missing settings are found before"
    return single_amplifier_settings(
        gain=linear_from_db(settings.gain_db),
        tilt=linear_from_db(settings.tilt_db),
        input_loss=linear_from_db(settings.input_voa_db),
        output_loss=linear_from_db(settings.output_voa_db),
    )


def amplifier_passage(
    prepared: engine.PreparedAmplifiers,
    kind: engine.AmplifierType,
    settings: elements.AmplifierSettings,
) -> AmplifierPassage:
    """The way through an amplifier of one band."""
    return AmplifierPassage(
        amplifiers=prepared,
        settings=_settings_columns(settings),
        pmd_s=kind.pmd_s,
        pdl_db=kind.pdl_db,
    )


def multiband_passage(
    amplifier: elements.MultibandAmplifier,
    *,
    kinds: Mapping[AmplifierTypeId, engine.AmplifierType],
    lit: LitChannels,
) -> MultibandAmplifierPassage:
    """The way through amplifiers side by side; those without a channel are left out.

    Parameters
    ----------
    amplifier
        Its bands together take every channel, each channel once.
    kinds
        Types in linear units by identifier.
    lit
        The channels.
    """
    channels = lit.columns
    bands = []
    pmd_s, pdl_db = np.zeros(lit.frequency_hz.size), np.zeros(lit.frequency_hz.size)
    for band in amplifier.bands:
        kind = kinds[band.amplifier_type_id]
        inside = band_channels(channels, f_min_hz=kind.f_min_hz, f_max_hz=kind.f_max_hz)
        if inside.start == inside.stop:
            continue
        bands.append(
            BandAmplifiers(
                channels=inside,
                amplifiers=engine.prepared_amplifiers([kind], channels.part(inside)),
                settings=_settings_columns(band.settings),
            )
        )
        pmd_s[inside], pdl_db[inside] = kind.pmd_s, kind.pdl_db
    return MultibandAmplifierPassage(bands=tuple(bands), pmd_s=pmd_s, pdl_db=pdl_db)
