"""What comes out of a fibre section, and how much interference arose in it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import EllipsisType

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.optics.fibre import FibreColumns
from karakoram.engines.optics.method import PropagationMethod, RamanModel
from karakoram.engines.optics.nonlinear import FibreType, NonlinearModel, PreparedNonlinear
from karakoram.engines.optics.power_profile import PowerProfile, raman_power_profile, span_nodes
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.optics.srs import RamanWay, raman_gain_per_w_m, raman_transfer, raman_way

TRANSPARENT = -1
"""The type of a section that is not used: light passes it unchanged."""

_TABLE = 2
"""Axes of a table, [row, channel]."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedSections:
    """All that can be known of sections and a comb before any power is: computed once.

    Fibre of equal attenuation, dispersion and effective area is one *type* and shares what
    was prepared for it, however many sections there are. Unused sections are transparent.
    """

    length_m: Float[np.ndarray, "*shape 1"]
    input_transmission: Float[np.ndarray, "*shape 1"]
    """Output over input power of connector and padding before the fibre [1]."""
    transmission: Float[np.ndarray, "*shape #channel"]
    """Output over input power of the whole section, without Raman scattering [1]."""
    way: RamanWay
    """The fibres in the coordinate in which Raman scattering is integrated."""
    type_index: Int[np.ndarray, "*shape"]
    fibre_types: tuple[FibreType, ...]
    nonlinear: NonlinearModel
    interference: tuple[PreparedNonlinear, ...]
    """The nonlinear model made ready for each type."""
    raman_gains_per_w_m: Float[np.ndarray, "type channel channel"] | None
    raman_step_neper: float

    def part(self, at: tuple[slice | int, ...] | Int[np.ndarray, " some"]) -> "PreparedSections":
        """The sections at an index of the shape; views where the index is of slices."""
        return PreparedSections(
            length_m=self.length_m[at],
            input_transmission=self.input_transmission[at],
            transmission=self.transmission[at],
            way=self.way.part(at),
            type_index=self.type_index[at],
            fibre_types=self.fibre_types,
            nonlinear=self.nonlinear,
            interference=self.interference,
            raman_gains_per_w_m=self.raman_gains_per_w_m,
            raman_step_neper=self.raman_step_neper,
        )

    def output_power_w(
        self, power_w: Float[np.ndarray, "*shape channel"]
    ) -> Float[np.ndarray, "*shape channel"]:
        """Total channel power after the output connector [W].

        Parameters
        ----------
        power_w
            Total channel power before the input connector [W]; its leading axes are those of
            the sections, or longer where a section's axis is 1.
        """
        output_w = power_w * self.transmission
        if self.raman_gains_per_w_m is None:
            return np.asarray(output_w)
        fibre_w = power_w * self.input_transmission
        for kind, where in self._kinds(power_w.shape[:-1]):
            output_w[where] *= raman_transfer(
                power_w=_rows(fibre_w, fibre_w.shape, where),
                way=self._way(fibre_w.shape, where),
                gain_per_w_m=self.raman_gains_per_w_m[kind],
                step_neper=self.raman_step_neper,
            ).reshape(power_w.shape if where is ... else (-1, power_w.shape[-1]))
        return np.asarray(output_w)

    def interference_ratio(
        self, power_w: Float[np.ndarray, "*shape channel"]
    ) -> Float[np.ndarray, "*shape channel"]:
        """Interference over total power that arises in the sections, booked at their input [1].

        Parameters
        ----------
        power_w
            As of :meth:`output_power_w`.
        """
        fibre_w = power_w * self.input_transmission
        ratio = np.zeros(0)
        for kind, where in self._kinds(power_w.shape[:-1]):
            of_kind_w = _rows(fibre_w, fibre_w.shape, where)
            length_m = np.broadcast_to(
                _rows(self.length_m, fibre_w.shape, where), (len(of_kind_w), 1)
            )
            found = self.interference[kind].interference_ratio(
                power_w=of_kind_w,
                length_m=length_m[:, 0],
                profile=self._profile(kind, power_w=of_kind_w, length_m=length_m[:, 0]),
            )
            if where is ...:
                return found.reshape(power_w.shape)
            ratio = ratio if ratio.size else np.zeros_like(power_w)
            ratio[where] = found
        return ratio if ratio.size else np.zeros_like(power_w)

    def _way(
        self, shape: tuple[int, ...], where: EllipsisType | Bool[np.ndarray, "*shape"]
    ) -> RamanWay:
        """The coordinate of chosen sections, one row for each, or one for all."""
        way = self.way
        if where is ... and way.length_m.ndim == _TABLE:
            return way
        return RamanWay(
            length_m=_rows(way.length_m, shape, where),
            decay=_rows(way.decay, shape, where),
            excess=None if way.excess is None else _rows(way.excess, shape, where),
        )

    def _profile(
        self,
        kind: int,
        *,
        power_w: Float[np.ndarray, "row channel"],
        length_m: Float[np.ndarray, " row"],
    ) -> PowerProfile | None:
        """Power along fibres of one type, for models that ask; None: attenuation alone."""
        if self.raman_gains_per_w_m is None or not self.nonlinear.needs_profile:
            return None
        attenuation_per_m = self.fibre_types[kind].attenuation_per_m
        return raman_power_profile(
            power_w=power_w,
            attenuation_per_m=np.broadcast_to(
                attenuation_per_m, (len(power_w), attenuation_per_m.size)
            ),
            gain_per_w_m=self.raman_gains_per_w_m[kind],
            nodes=span_nodes(length_m=length_m, decay_per_m=self.fibre_types[kind].decay_per_m),
        )

    def _kinds(
        self, shape: tuple[int, ...]
    ) -> Iterator[tuple[int, EllipsisType | Bool[np.ndarray, "*shape"]]]:
        """Types of fibre among the sections, and where in ``shape`` each is; no padding."""
        if self.type_index.size == 1:
            kinds = [int(self.type_index.flat[0])]
        else:
            kinds = np.unique(self.type_index).tolist()
        for kind in kinds:
            if kind != TRANSPARENT:
                everywhere = len(kinds) == 1
                yield kind, ... if everywhere else np.broadcast_to(self.type_index == kind, shape)


def _rows(
    values: Float[np.ndarray, "..."],
    shape: tuple[int, ...],
    where: EllipsisType | Bool[np.ndarray, "*shape"],
) -> Float[np.ndarray, "row _"]:
    """Values of chosen sections as a table with one row for each, or one row for all."""
    if where is ... and len(shape) == values.ndim == _TABLE:
        return values
    if values.size == values.shape[-1]:
        return values.reshape(1, -1)
    width = values.shape[-1]
    return np.broadcast_to(values, (*shape[:-1], width))[where].reshape(-1, width)


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
        Sections of any shape, channels, models; launch powers are not used.
    used
        Which sections stand for fibre, the sections' shape; the others are made transparent
        and cost nothing.

    Returns
    -------
    What :class:`PreparedSections` needs to carry channels of any power, in SI linear units.
    """
    attenuation_per_m = fibre.attenuation_per_m[..., None]
    if fibre.attenuation_offset_per_m is not None:
        assert fibre.attenuation_offset_per_m.shape[-1] == comb.channel_count
        attenuation_per_m = attenuation_per_m + fibre.attenuation_offset_per_m
        assert (attenuation_per_m > 0.0).all()
    is_fibre = used[..., None]
    length_m = np.where(is_fibre, fibre.length_m[..., None], 0.0)
    input_loss = np.where(is_fibre, fibre.input_loss[..., None], 1.0)
    output_loss = np.where(is_fibre, fibre.output_loss[..., None], 1.0)
    types, type_index = _fibre_types(fibre, attenuation_per_m, used=used)
    losses = attenuation_per_m.shape[-1]
    fibre_types = tuple(_fibre_type(properties, losses=losses) for properties in types)
    return PreparedSections(
        length_m=length_m,
        input_transmission=1.0 / input_loss,
        transmission=np.exp(-attenuation_per_m * length_m) / (input_loss * output_loss),
        way=raman_way(attenuation_per_m=attenuation_per_m, length_m=length_m),
        type_index=type_index,
        fibre_types=fibre_types,
        nonlinear=method.nonlinear,
        interference=tuple(method.nonlinear.prepared(fibre, comb) for fibre in fibre_types),
        raman_gains_per_w_m=_raman_gains(types, comb, method),
        raman_step_neper=method.raman_step_neper,
    )


def _fibre_types(
    fibre: FibreColumns,
    attenuation_per_m: Float[np.ndarray, "*shape #channel"],
    *,
    used: Bool[np.ndarray, "*shape"],
) -> tuple[Float[np.ndarray, "type property"], Int[np.ndarray, "*shape"]]:
    """Distinct fibres, and which one each section is.

    Properties are dispersion, slope (infinite for unknown, since NaN never equals itself),
    effective area, then the attenuation, then what the dispersion is off its line.
    """
    slope = np.nan_to_num(fibre.dispersion_slope_s_per_m3, nan=np.inf)
    scalars = np.stack([fibre.dispersion_s_per_m2, slope, fibre.effective_area_m2], axis=-1)
    parts = [scalars, attenuation_per_m]
    if fibre.dispersion_offset_s_per_m2 is not None:
        parts.append(fibre.dispersion_offset_s_per_m2)
    rows = np.concatenate(parts, axis=-1)[used]
    types, inverse = np.unique(rows, axis=0, return_inverse=True)
    type_index = np.full(used.shape, TRANSPARENT)
    type_index[used] = inverse.reshape(-1)
    return types, type_index


def _fibre_type(properties: Float[np.ndarray, " property"], *, losses: int) -> FibreType:
    slope, offset = float(properties[1]), properties[3 + losses :]
    return FibreType(
        attenuation_per_m=properties[3 : 3 + losses],
        dispersion_ref_s_per_m2=float(properties[0]),
        dispersion_slope_s_per_m3=slope if np.isfinite(slope) else np.nan,
        reference_area_m2=float(properties[2]),
        dispersion_offset_s_per_m2=offset if offset.any() else None,
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
    # Column by column in memory, as products of many rows with them are fastest.
    columns = np.ascontiguousarray(gains[of_type].transpose(0, 2, 1))
    return columns.transpose(0, 2, 1)
