"""What do the records of a fibre mean in the units of the engines?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.core.findings import Finding, Place
from karakoram.core.units import (
    SPEED_OF_LIGHT_M_PER_S,
    hz_from_thz,
    linear_from_db,
    m2_from_um2,
    m_from_km,
    per_m_from_db_per_km,
    s_per_m2_from_ps_per_nm_km,
    s_per_m3_from_ps_per_nm2_km,
    s_per_sqrt_m_from_ps_per_sqrt_km,
)
from karakoram.engines.optics.fibre import (
    CORE_RADIUS_M,
    NONLINEAR_INDEX_M2_PER_W,
    REFERENCE_FREQUENCY_HZ,
    REFERENCE_WAVELENGTH_M,
)
from karakoram.engines.optics.fibre_passage import FibrePiece, FibrePumps, raman_gain_per_w_m_of
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.power_profile import LumpedLosses
from karakoram.engines.optics.raman_measured import measured_raman_gain_per_w_m
from karakoram.network.photonic.elements import Fibre, PumpDirection
from karakoram.network.photonic.figures import FibreFigures
from karakoram.network.photonic.spectral import RamanGainProfile, SpectralProfile

GROUP_INDEX = 1.468
"""Of standard single-mode fibre near 1550 nm; what latency is counted with (GNPy 3.0.1)."""

_W_PER_MW = 1e-3
_HZ_PER_THZ = 1e12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glass:
    """What fibres of the same glass have in common at the channels in hand."""

    fibre_type: FibreType
    raman_gain: RamanGainProfile | None
    """Measured gain; None is that of standard silica."""

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for fibres that one kernel serves."""
        kind = self.fibre_type
        slope, offset = kind.dispersion_slope_s_per_m3, kind.dispersion_offset_s_per_m2
        return (
            kind.attenuation_per_m.tobytes(),
            kind.dispersion_ref_s_per_m2,
            None if np.isnan(slope) else slope,
            None if offset is None else offset.tobytes(),
            kind.reference_area_m2,
            self.raman_gain,
        )

    def raman_gain_per_w_m(
        self, frequency_hz: Float[np.ndarray, " wave"]
    ) -> Float[np.ndarray, "wave wave"]:
        """Raman gain between waves [1/(W m)], as measured or that of silica."""
        measured = self.raman_gain
        if measured is None:
            return raman_gain_per_w_m_of(self.fibre_type, frequency_hz)
        return measured_raman_gain_per_w_m(
            offset_hz=np.array(measured.frequency_offsets_thz) * _HZ_PER_THZ,
            measured_per_w_m=np.array(measured.gains_per_w_km) * 1e-3,
            pump_frequency_hz=hz_from_thz(measured.reference_frequency_thz),
            reference_area_m2=self.fibre_type.reference_area_m2,
            frequency_hz=frequency_hz,
        )


def glass(figures: FibreFigures, frequency_hz: Float[np.ndarray, " channel"]) -> Glass:
    """The glass of a fibre, its figures brought to 1550 nm where they are stated elsewhere."""
    reference_hz = hz_from_thz(figures.reference_frequency_thz)
    dispersion, slope, offset = _dispersion(figures, reference_hz, frequency_hz)
    return Glass(
        fibre_type=FibreType(
            attenuation_per_m=_attenuation_per_m(figures.loss_db_per_km, frequency_hz),
            dispersion_ref_s_per_m2=dispersion,
            dispersion_slope_s_per_m3=slope,
            reference_area_m2=_area_at_1550_nm(figures, reference_hz),
            dispersion_offset_s_per_m2=offset,
        ),
        raman_gain=figures.raman_gain,
    )


def _attenuation_per_m(
    loss: float | SpectralProfile, frequency_hz: Float[np.ndarray, " wave"]
) -> Float[np.ndarray, " #wave"]:
    """Power attenuation coefficient [1/m], one for all waves or one for each.

    A profile is taken as straight between its points.
    """
    if isinstance(loss, SpectralProfile) and len(loss.values) > 1:
        return per_m_from_db_per_km(_interpolated(loss, frequency_hz))
    flat = loss.values[0] if isinstance(loss, SpectralProfile) else loss
    return per_m_from_db_per_km(np.array([flat]))


def _interpolated(
    profile: SpectralProfile, frequency_hz: Float[np.ndarray, " wave"]
) -> Float[np.ndarray, " wave"]:
    """Values of a profile between its points, in its own unit; it must cover the waves."""
    points_hz = np.array(profile.frequencies_thz) * _HZ_PER_THZ
    return np.asarray(np.interp(frequency_hz, points_hz, np.array(profile.values)))


def _dispersion(
    figures: FibreFigures, reference_hz: float, frequency_hz: Float[np.ndarray, " channel"]
) -> tuple[float, float, Float[np.ndarray, " channel"] | None]:
    """D [s/m²] and slope [s/m³] at 1550 nm, and what each channel has more; None for nothing.

    Of a profile the first channel's D, without a slope: each channel has the profile's value.
    """
    stated = figures.dispersion_ps_per_nm_km
    if isinstance(stated, SpectralProfile) and len(stated.values) > 1:
        each = _dispersion_s_per_m2(figures, frequency_hz)
        return float(each[0]), 0.0, each - each[0]
    return *_dispersion_at_1550_nm(figures, reference_hz), None


def _dispersion_at_1550_nm(figures: FibreFigures, reference_hz: float) -> tuple[float, float]:
    """D [s/m²] and slope [s/m³] at 1550 nm; a slope of NaN means constant beta2."""
    stated = figures.dispersion_ps_per_nm_km
    if isinstance(stated, SpectralProfile):
        reference_hz, stated = hz_from_thz(stated.frequencies_thz[0]), stated.values[0]
    reference = _one(s_per_m2_from_ps_per_nm_km, stated)
    if figures.dispersion_slope_ps_per_nm2_km is None:
        return reference * (REFERENCE_FREQUENCY_HZ / reference_hz) ** 2, float("nan")
    slope = _one(s_per_m3_from_ps_per_nm2_km, figures.dispersion_slope_ps_per_nm2_km)
    reference_m = SPEED_OF_LIGHT_M_PER_S / reference_hz
    return reference + slope * (REFERENCE_WAVELENGTH_M - reference_m), slope


def _area_at_1550_nm(figures: FibreFigures, reference_hz: float) -> float:
    """Effective area [m²] by the mode-field model, from the area or from gamma."""
    if figures.effective_area_um2 is not None:
        area_m2 = _one(m2_from_um2, figures.effective_area_um2)
    else:
        assert figures.gamma_per_w_km is not None, "one of area and gamma is known"
        wavenumber_per_m = 2.0 * np.pi * reference_hz / SPEED_OF_LIGHT_M_PER_S
        area_m2 = wavenumber_per_m * NONLINEAR_INDEX_M2_PER_W / (figures.gamma_per_w_km * 1e-3)
    shift = float(np.log(REFERENCE_FREQUENCY_HZ / reference_hz)) / (np.pi * CORE_RADIUS_M**2)
    return float(area_m2 / (1.0 + area_m2 * shift))


def fibre_piece(figures: FibreFigures, frequency_hz: Float[np.ndarray, " channel"]) -> FibrePiece:
    """One fibre as it lies, connectors as stated."""
    length_m = _one(m_from_km, figures.length_km)
    pmd = _one(s_per_sqrt_m_from_ps_per_sqrt_km, figures.pmd_ps_per_sqrt_km)
    return FibrePiece(
        length_m=length_m,
        input_loss=linear_from_db(figures.padding_db + figures.connector_in_db),
        output_loss=linear_from_db(figures.connector_out_db),
        lumped=_lumped(figures),
        dispersion_s_per_m=_dispersion_s_per_m2(figures, frequency_hz) * length_m,
        pmd_s=pmd * length_m**0.5,
        latency_s=length_m * GROUP_INDEX / SPEED_OF_LIGHT_M_PER_S,
    )


def _one(convert: Callable[[np.ndarray], np.ndarray], value: float) -> float:
    """One figure in another unit."""
    return float(convert(np.array([value]))[0])


def _lumped(figures: FibreFigures) -> LumpedLosses | None:
    if not figures.lumped_losses:
        return None
    rising = sorted(figures.lumped_losses, key=lambda lumped: lumped.position_km)
    return LumpedLosses(
        position_m=m_from_km(np.array([[lumped.position_km for lumped in rising]])),
        loss=linear_from_db(np.array([[lumped.loss_db for lumped in rising]])),
    )


def _dispersion_s_per_m2(
    figures: FibreFigures, frequency_hz: Float[np.ndarray, " channel"]
) -> Float[np.ndarray, " channel"]:
    """Dispersion coefficient that accumulates [s/m²]: one figure alone holds at every channel."""
    stated = figures.dispersion_ps_per_nm_km
    if isinstance(stated, SpectralProfile):
        return s_per_m2_from_ps_per_nm_km(_interpolated(stated, frequency_hz))
    reference = s_per_m2_from_ps_per_nm_km(np.full(frequency_hz.shape, stated))
    if figures.dispersion_slope_ps_per_nm2_km is None:
        return reference
    slope = _one(s_per_m3_from_ps_per_nm2_km, figures.dispersion_slope_ps_per_nm2_km)
    reference_m = SPEED_OF_LIGHT_M_PER_S / hz_from_thz(figures.reference_frequency_thz)
    return np.asarray(reference + slope * (SPEED_OF_LIGHT_M_PER_S / frequency_hz - reference_m))


def fibre_pumps(
    figures: FibreFigures, made_of: Glass, frequency_hz: Float[np.ndarray, " channel"]
) -> FibrePumps:
    """Raman pumps of a fibre that has some.

    Pump power is stated before the connector, for which the output connector stands whatever
    the direction (the convention of GNPy's files).
    """
    assert figures.raman_pumping is not None, "only pumped fibres have pumps"
    pumps = figures.raman_pumping.pumps
    pump_hz = np.array([hz_from_thz(pump.frequency_thz) for pump in pumps])
    power_w = np.array([pump.power_mw for pump in pumps]) * _W_PER_MW
    attenuation = _attenuation_per_m(figures.loss_db_per_km, pump_hz)
    return FibrePumps(
        frequency_hz=pump_hz,
        is_counter=np.array([pump.direction is PumpDirection.AGAINST_SIGNAL for pump in pumps]),
        power_w=power_w / linear_from_db(figures.connector_out_db),
        attenuation_per_m=read_only(np.broadcast_to(attenuation, pump_hz.shape)),
        temperature_k=figures.raman_pumping.temperature_k,
        gain_per_w_m=made_of.raman_gain_per_w_m(np.concatenate([frequency_hz, pump_hz])),
    )


def profile_findings(
    fibre: Fibre,
    figures: FibreFigures,
    *,
    waves_hz: Mapping[str, Float[np.ndarray, " wave"]],
) -> tuple[Finding, ...]:
    """Profiles that leave out some of the light.

    Parameters
    ----------
    fibre, figures
        The fibre.
    waves_hz
        By field of the fibre the light that its profile must cover [Hz].
    """
    found = []
    for field, light_hz in waves_hz.items():
        profile = getattr(figures, field)
        if not isinstance(profile, SpectralProfile) or len(profile.values) == 1:
            continue
        first_thz, last_thz = profile.frequencies_thz[0], profile.frequencies_thz[-1]
        low_thz, high_thz = float(light_hz.min()) / 1e12, float(light_hz.max()) / 1e12
        if low_thz < first_thz or high_thz > last_thz:
            found.append(
                Finding(
                    code="profile-too-narrow",
                    place=Place(table="elements", record=fibre.element_id, field=field),
                    message=f"its profile holds from {first_thz:g} to {last_thz:g} THz, but light "
                    f"runs from {low_thz:g} to {high_thz:g} THz; widen it",
                )
            )
    return tuple(found)
