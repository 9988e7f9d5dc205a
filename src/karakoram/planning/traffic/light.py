"""What light do the sections of a plain topology give, and what does a receiver need?

A plain topology knows no fibre and no amplifiers: those of the packaged library are taken, spans of
equal length, one power spectral density everywhere, the best one for sections that are full.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int16

from karakoram.core.grid import ANCHOR_GHZ, WIDTH_STEP_GHZ
from karakoram.core.identifiers import AmplifierTypeId, FibreTypeId
from karakoram.core.units import (
    PLANCK_J_S,
    linear_from_db,
    m2_from_um2,
    m_from_km,
    per_m_from_db_per_km,
    s_per_m2_from_ps_per_nm_km,
)
from karakoram.engines.optics.fibre import (
    group_velocity_dispersion_s2_per_m,
    nonlinear_coefficient_per_w_m,
)
from karakoram.engines.optics.gn import CROSS_WEIGHT, effective_length_m
from karakoram.engines.spectrum.light import Light
from karakoram.network.topology import Topology
from karakoram.planning.traffic.widths import ReachStep, SlotRule
from karakoram.refdata.library import read_library

_HZ_PER_GHZ = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class LightFigures:
    """What is taken for the sections and the receivers; our choices, and so assumed."""

    fibre_type_id: str = "G652D"
    amplifier_type_id: str = "EDFA-LINE"
    span_km_max: float = 80.0
    spectral_efficiencies: tuple[float, ...] = (4.0, 3.0, 2.0, 1.0)
    """Of the modulations [bit/s/Hz], highest first."""
    snr_gap_db: float = 3.0
    """A modulation of efficiency s needs the SNR 2^s - 1 (Shannon), and so much more."""
    bandwidth_ghz: float = 37.5
    """Of the channels for which the power is best."""


def topology_light(
    topology: Topology,
    *,
    slot_count: int,
    bit_rates_gbps: Sequence[float],
    is_directed: bool = True,
    guard_slots: int = 1,
    figures: LightFigures | None = None,
) -> Light:
    """The noise of every section by the analytic GN model, without Raman scattering.

    Parameters
    ----------
    topology
        Without errors.
    slot_count
        Slots of 12.5 GHz, around 193.1 THz.
    bit_rates_gbps
        Of the requests.
    is_directed
        Whether sections are numbered once for each direction.
    guard_slots
        Dark slots of each channel.
    figures
        Fibre, amplifiers, receivers; ``None`` is the usual ones.
    """
    chosen = figures or LightFigures()
    spans = _Spans(chosen, slot_count=slot_count)
    length_km = np.array([section.length_km for section in topology.sections])
    count = np.maximum(np.ceil(length_km / chosen.span_km_max), 1.0)
    ase, interference = spans.noise(length_km / count)
    every = np.repeat(count, 2) if is_directed else count
    both = (np.repeat(ase, 2), np.repeat(interference, 2)) if is_directed else (ase, interference)
    efficiencies = np.array(chosen.spectral_efficiencies)
    gap = linear_from_db(chosen.snr_gap_db)
    return Light(
        ase=both[0] * every,
        interference=both[1] * every,
        bend_s2=spans.bend_s2,
        snr_needed=gap * (2.0**efficiencies - 1.0),
        width=np.stack(
            [_widths(one, bit_rates_gbps, guard_slots=guard_slots) for one in efficiencies]
        ),
        guard_slots=guard_slots,
        slot_count=slot_count,
    )


def _widths(
    efficiency: float, bit_rates_gbps: Sequence[float], *, guard_slots: int
) -> Int16[np.ndarray, " bit_rate"]:
    any_length = ReachStep(reach_km=np.inf, bit_per_s_per_hz=float(efficiency))
    rule = SlotRule(
        reach_table=(any_length,), bit_rates_gbps=tuple(bit_rates_gbps), guard_slots=guard_slots
    )
    return np.asarray(rule.widths(np.ones(1))[0])


class _Spans:
    """One kind of fibre and amplifier at its best power; lives while light is made."""

    def __init__(self, figures: LightFigures, *, slot_count: int) -> None:
        library = read_library()
        fibre = library.fibre_types[FibreTypeId(figures.fibre_type_id)]
        amplifier = library.amplifier_types[AmplifierTypeId(figures.amplifier_type_id)]
        frequency_hz = np.array([ANCHOR_GHZ * _HZ_PER_GHZ])
        dispersion = s_per_m2_from_ps_per_nm_km(np.array([fibre.dispersion_ps_per_nm_km]))
        beta2 = group_velocity_dispersion_s2_per_m(
            dispersion_s_per_m2=dispersion, frequency_hz=frequency_hz
        )
        gamma = nonlinear_coefficient_per_w_m(
            reference_area_m2=np.array(m2_from_um2(np.array([fibre.effective_area_um2]))[0]),
            frequency_hz=frequency_hz,
        )
        self.attenuation_per_m = float(
            per_m_from_db_per_km(np.array([fibre.attenuation_db_per_km]))[0]
        )
        spread_s2 = abs(float(beta2[0])) / self.attenuation_per_m
        self.bend_s2 = np.pi**2 * spread_s2
        self.quantum_j = (
            PLANCK_J_S * float(frequency_hz[0]) * linear_from_db(amplifier.noise_figure_db)
        )
        self.factor = CROSS_WEIGHT * float(gamma[0]) ** 2 / (4.0 * np.pi * spread_s2)
        self.density_w_per_hz = self._best_density(figures, slot_count)

    def _best_density(self, figures: LightFigures, slot_count: int) -> float:
        """At which a full span of the longest kind has twice as much ASE as interference."""
        bandwidth_hz = figures.bandwidth_ghz * _HZ_PER_GHZ
        half_band_hz = slot_count * WIDTH_STEP_GHZ * _HZ_PER_GHZ / 2.0
        arc = 2.0 * np.arcsinh(self.bend_s2 * bandwidth_hz * half_band_hz)
        span_m = float(m_from_km(np.array([figures.span_km_max]))[0])
        ase = self.quantum_j * np.exp(self.attenuation_per_m * span_m)
        interference = self.factor * self._effective_m(np.array([span_m]))[0] ** 2 * arc
        return float((ase / (2.0 * interference)) ** (1.0 / 3.0))

    def _effective_m(self, span_m: Float[np.ndarray, " span"]) -> Float[np.ndarray, " span"]:
        return effective_length_m(
            attenuation_per_m=np.full(span_m.shape, self.attenuation_per_m), length_m=span_m
        )

    def noise(
        self, span_km: Float[np.ndarray, " span"]
    ) -> tuple[Float[np.ndarray, " span"], Float[np.ndarray, " span"]]:
        """ASE over signal, and the factor of interference, of one span of each length."""
        span_m = m_from_km(span_km)
        ase = self.quantum_j * np.exp(self.attenuation_per_m * span_m) / self.density_w_per_hz
        factor = self.factor * self._effective_m(span_m) ** 2 * self.density_w_per_hz**2
        return ase, factor
