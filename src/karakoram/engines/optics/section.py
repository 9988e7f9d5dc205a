"""What comes out of a fibre section, and how much interference arose in it?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.optics.fibre import FibreColumns
from karakoram.engines.optics.gn import (
    effective_length_m,
    interference_kernel,
    interference_ratio,
)
from karakoram.engines.optics.method import NonlinearModel, PropagationMethod, RamanModel
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.optics.srs import raman_gain_per_w_m, raman_transfer

PRODUCT_SIZE_MAX = 2**18
"""Multiply-adds of one matrix product; above this OpenBLAS wakes threads, at ten times the cost."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SectionPassage:
    """What sections do to channels of known power at their input."""

    interference_ratio: Float[np.ndarray, "row channel"]
    """Interference over total power, booked at the fibre's input [1]."""
    output_power_w: Float[np.ndarray, "row channel"]
    """Total channel power after the output connector."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedSections:
    """All that can be known of sections and a comb before any power is: computed once.

    Fibre of equal attenuation, dispersion and effective area is one *type* and shares one
    pair of kernels, however many sections there are.
    """

    length_m: Float[np.ndarray, "*shape"]
    input_loss: Float[np.ndarray, "*shape 1"]
    attenuation_per_m: Float[np.ndarray, "*shape #channel"]
    length_eff_m: Float[np.ndarray, "*shape #channel"]
    passive_transmission: Float[np.ndarray, "*shape #channel"]
    """Output over input power of fibre and output connector, without Raman scattering."""
    type_index: Int[np.ndarray, "*shape"]
    interference_kernels: Float[np.ndarray, "type channel channel"] | None
    raman_gains_per_w_m: Float[np.ndarray, "type channel channel"] | None
    raman_steps: int

    def passage(
        self, *, at: tuple[Int[np.ndarray, " row"], ...], power_w: Float[np.ndarray, "row channel"]
    ) -> SectionPassage:
        """The sections with indices ``at`` crossed by channels of ``power_w`` at their input.

        Parameters
        ----------
        at
            One index array per axis of the columns; all have one entry per row.
        power_w
            Total channel power before the input connector [W], shape (row, channel).

        Returns
        -------
        Interference ratio [1] and output power [W], shape (row, channel) each.
        """
        fibre_power_w = power_w / self.input_loss[at]
        ratio = np.zeros_like(power_w)
        raman = np.ones_like(power_w)
        for kind, rows in _blocks(self.type_index[at], channels=power_w.shape[1]):
            of_kind = tuple(axis[rows] for axis in at)
            if self.interference_kernels is not None:
                ratio[rows] = interference_ratio(
                    power_w=fibre_power_w[rows],
                    length_eff_m=self.length_eff_m[of_kind],
                    kernel=self.interference_kernels[kind],
                )
            if self.raman_gains_per_w_m is not None:
                raman[rows] = raman_transfer(
                    power_w=fibre_power_w[rows],
                    attenuation_per_m=self.attenuation_per_m[of_kind],
                    length_m=self.length_m[of_kind],
                    gain_per_w_m=self.raman_gains_per_w_m[kind],
                    steps=self.raman_steps,
                )
        return SectionPassage(
            interference_ratio=ratio,
            output_power_w=fibre_power_w * raman * self.passive_transmission[at],
        )


def _blocks(
    types: Int[np.ndarray, " row"], *, channels: int
) -> Iterator[tuple[int, Int[np.ndarray, " some"]]]:
    """Rows of the same type, few enough at a time to stay in one core's cache."""
    block = max(1, PRODUCT_SIZE_MAX // channels**2)
    for kind in np.unique(types).tolist():
        rows = np.flatnonzero(types == kind)
        for start in range(0, rows.size, block):
            yield kind, rows[start : start + block]


def prepared_sections(
    fibre: FibreColumns,
    comb: Comb,
    method: PropagationMethod,
    *,
    used: Bool[np.ndarray, "*shape"],
) -> PreparedSections:
    """Kernels and losses of every section, for one comb.

    Parameters
    ----------
    fibre, comb, method
        Sections of any shape, channels, models.
    used
        Which sections will be asked for, the sections' shape; padding costs nothing when it is
        marked unused.

    Returns
    -------
    What :meth:`PreparedSections.passage` needs, in SI linear units.
    """
    attenuation_per_m = fibre.attenuation_per_m[..., None]
    if fibre.attenuation_offset_per_m is not None:
        assert fibre.attenuation_offset_per_m.shape[-1] == comb.channel_count
        attenuation_per_m = attenuation_per_m + fibre.attenuation_offset_per_m
        assert (attenuation_per_m > 0.0).all()
    length_m = fibre.length_m[..., None]
    types, type_index = _fibre_types(fibre, attenuation_per_m, used=used)
    return PreparedSections(
        length_m=fibre.length_m,
        input_loss=fibre.input_loss[..., None],
        attenuation_per_m=attenuation_per_m,
        length_eff_m=effective_length_m(attenuation_per_m=attenuation_per_m, length_m=length_m),
        passive_transmission=np.exp(-attenuation_per_m * length_m) / fibre.output_loss[..., None],
        type_index=type_index,
        interference_kernels=_interference_kernels(types, comb, method),
        raman_gains_per_w_m=_raman_gains(types, comb, method),
        raman_steps=method.raman_steps,
    )


def _fibre_types(
    fibre: FibreColumns,
    attenuation_per_m: Float[np.ndarray, "*shape #channel"],
    *,
    used: Bool[np.ndarray, "*shape"],
) -> tuple[Float[np.ndarray, "type property"], Int[np.ndarray, "*shape"]]:
    """Distinct fibres, and which one each section is; unused sections get type 0.

    Properties are dispersion, slope (infinite for unknown, since NaN never equals itself),
    effective area, then the attenuation.
    """
    slope = np.nan_to_num(fibre.dispersion_slope_s_per_m3, nan=np.inf)
    scalars = np.stack([fibre.dispersion_s_per_m2, slope, fibre.effective_area_m2], axis=-1)
    rows = np.concatenate([scalars, attenuation_per_m], axis=-1)[used]
    types, inverse = np.unique(rows, axis=0, return_inverse=True)
    type_index = np.zeros(used.shape, dtype=np.int64)
    type_index[used] = inverse.reshape(-1)
    return types, type_index


def _interference_kernels(
    types: Float[np.ndarray, "type property"], comb: Comb, method: PropagationMethod
) -> Float[np.ndarray, "type channel channel"] | None:
    if method.nonlinear is NonlinearModel.NONE:
        return None
    return np.stack(
        [
            interference_kernel(
                comb=comb,
                attenuation_per_m=properties[3:],
                dispersion_ref_s_per_m2=float(properties[0]),
                dispersion_slope_s_per_m3=float(
                    properties[1] if np.isfinite(properties[1]) else np.nan
                ),
                reference_area_m2=float(properties[2]),
            )
            for properties in types
        ]
    )


def _raman_gains(
    types: Float[np.ndarray, "type property"], comb: Comb, method: PropagationMethod
) -> Float[np.ndarray, "type channel channel"] | None:
    if method.raman is RamanModel.NONE:
        return None
    areas_m2, of_type = np.unique(types[:, 2], return_inverse=True)
    gains = np.stack(
        [
            raman_gain_per_w_m(reference_area_m2=float(area_m2), frequency_hz=comb.frequency_hz)
            for area_m2 in areas_m2
        ]
    )
    return gains[of_type]
