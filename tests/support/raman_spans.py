"""What does the simplest Raman-pumped span look like?"""

import numpy as np

from karakoram.engines.optics.fibre import FibreColumns
from karakoram.engines.optics.power_profile import LumpedLosses
from karakoram.engines.optics.raman_pumps import RamanPassage, RamanPumpColumns, raman_passage

NEPER_PER_M_OF_DB_PER_KM = np.log(10.0) / 10.0 / 1e3
C_BAND_HZ = 191.35e12 + 100e9 * np.arange(48)
TWO_COUNTER_PUMPS = ((205e12, 0.2244, True), (201e12, 0.2311, True))


def span_fibre(
    *,
    length_km,
    attenuation_per_m=0.2 * NEPER_PER_M_OF_DB_PER_KM,
    input_loss=1.0,
    output_loss=1.0,
    area_m2=83e-12,
    offset_per_m=None,
) -> FibreColumns:
    """Equal fibres of one or several lengths."""
    length_m = 1e3 * np.atleast_1d(np.asarray(length_km, dtype=float))
    wide = np.ones(length_m.size)
    return FibreColumns(
        length_m=length_m,
        attenuation_per_m=attenuation_per_m * wide,
        attenuation_offset_per_m=offset_per_m,
        input_loss=input_loss * wide,
        output_loss=output_loss * wide,
        dispersion_s_per_m2=16.7e-6 * wide,
        dispersion_slope_s_per_m3=np.nan * wide,
        effective_area_m2=area_m2 * wide,
        pmd_s_per_sqrt_m=0.0 * wide,
    )


def pump_columns(
    pumps, *, sections=1, attenuation_per_m=0.25 * NEPER_PER_M_OF_DB_PER_KM
) -> RamanPumpColumns:
    """The same pumps, (frequency, power, whether counter-propagating), in every section."""
    return RamanPumpColumns(
        frequency_hz=np.array([pump[0] for pump in pumps], dtype=float),
        is_counter=np.array([pump[2] for pump in pumps], dtype=bool),
        power_w=np.tile(np.array([pump[1] for pump in pumps], dtype=float), (sections, 1)),
        attenuation_per_m=np.full((sections, len(pumps)), attenuation_per_m),
    )


def pumped_span(
    *,
    length_km=80.0,
    frequency_hz=C_BAND_HZ,
    power_w=1e-3,
    pumps=TWO_COUNTER_PUMPS,
    lumped=(),
    **fibre,
) -> RamanPassage:
    """Sections of one or several lengths; pumps suffer the loss of the channels."""
    columns = span_fibre(length_km=length_km, **fibre)
    sections = columns.length_m.size
    losses = None
    if lumped:
        losses = LumpedLosses(
            position_m=np.tile([1e3 * km for km, _ in lumped], (sections, 1)),
            loss=np.tile([10 ** (loss_db / 10) for _, loss_db in lumped], (sections, 1)),
        )
    return raman_passage(
        columns,
        pump_columns(pumps, sections=sections, attenuation_per_m=columns.attenuation_per_m[0]),
        frequency_hz=frequency_hz,
        power_w=np.broadcast_to(power_w, (sections, frequency_hz.size)).copy(),
        lumped=losses,
    )
