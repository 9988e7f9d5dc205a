"""What is the fibre between two amplifiers like?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.units import SPEED_OF_LIGHT_M_PER_S

REFERENCE_WAVELENGTH_M = 1550e-9
"""Data sheets and the library state effective area and dispersion at 1550 nm."""

REFERENCE_FREQUENCY_HZ = SPEED_OF_LIGHT_M_PER_S / REFERENCE_WAVELENGTH_M

CORE_RADIUS_M = 4.2e-6
"""Step-index equivalent of G.652 fibre, used by the mode-field model (GNPy 3.0.1)."""

NONLINEAR_INDEX_M2_PER_W = 2.6e-20
"""Kerr coefficient n2 of silica fibre (GNPy 3.0.1; G. P. Agrawal, Nonlinear Fiber Optics)."""

_SHAPED = (
    "length_m",
    "attenuation_per_m",
    "input_loss",
    "output_loss",
    "dispersion_s_per_m2",
    "dispersion_slope_s_per_m3",
    "effective_area_m2",
    "pmd_s_per_sqrt_m",
)
_OFFSETS = ("attenuation_offset_per_m", "dispersion_offset_s_per_m2")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FibreColumns:
    """Fibre sections in SI linear units; every field has the same shape.

    The shape is ``[section]``, ``[line, section]`` or ``[line]``, as the user says.
    """

    length_m: Float[np.ndarray, "*shape"]
    attenuation_per_m: Float[np.ndarray, "*shape"]
    """Power attenuation coefficient: P(z) = P(0) exp(-attenuation z)."""
    input_loss: Float[np.ndarray, "*shape"]
    """Connector and padding before the fibre: input over output power [1], >= 1."""
    output_loss: Float[np.ndarray, "*shape"]
    """Connector, margin and splitter after the fibre: input over output power [1], >= 1."""
    dispersion_s_per_m2: Float[np.ndarray, "*shape"]
    """Dispersion coefficient D at 1550 nm; 17 ps/(nm km) is 17e-6 s/m²."""
    dispersion_slope_s_per_m3: Float[np.ndarray, "*shape"]
    """dD/d(wavelength); NaN where unknown: then D grows as the square of frequency."""
    effective_area_m2: Float[np.ndarray, "*shape"]
    """Effective area at 1550 nm."""
    pmd_s_per_sqrt_m: Float[np.ndarray, "*shape"]
    """Coefficient of polarisation mode dispersion."""
    attenuation_offset_per_m: Float[np.ndarray, "*shape channel"] | None = None
    """Added to the attenuation, channel by channel; None where loss is flat."""
    dispersion_offset_s_per_m2: Float[np.ndarray, "*shape channel"] | None = None
    """Added to D, channel by channel; None where D is what its value and slope say."""

    def __post_init__(self) -> None:
        for name in _SHAPED:
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape == self.length_m.shape, f"{name} has another shape"
        for name in _OFFSETS:
            if getattr(self, name) is not None:
                object.__setattr__(self, name, read_only(getattr(self, name)))
                assert getattr(self, name).shape[:-1] == self.length_m.shape
        assert (self.length_m >= 0.0).all()
        assert (self.attenuation_per_m > 0.0).all()
        assert (self.input_loss >= 1.0).all()
        assert (self.output_loss >= 1.0).all()
        assert (self.dispersion_s_per_m2 != 0.0).all(), "the GN model needs dispersion"
        assert (self.effective_area_m2 > 0.0).all()
        assert (self.pmd_s_per_sqrt_m >= 0.0).all()

    @property
    def loss(self) -> Float[np.ndarray, "*shape"]:
        """Input over output power of each section [1] at 1550 nm, Raman scattering left out."""
        fibre_loss = np.exp(self.attenuation_per_m * self.length_m)
        return read_only(self.input_loss * fibre_loss * self.output_loss)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineColumns:
    """A batch of optical multiplex sections, each in one direction.

    Row l has ``section_count[l]`` amplified sections in travel order; what stands in
    later columns of ``fibre`` is padding and is never read.
    """

    section_count: Int[np.ndarray, " line"]
    fibre: FibreColumns
    """Sections with axes [line, section]."""

    def __post_init__(self) -> None:
        count = np.array(self.section_count, dtype=np.int64)
        count.flags.writeable = False
        object.__setattr__(self, "section_count", count)
        lines, sections = self.fibre.length_m.shape
        assert count.shape == (lines,)
        assert ((count >= 1) & (count <= sections)).all(), "a line has 1 to `section` sections"


def line_columns(lines: Sequence[FibreColumns]) -> LineColumns:
    """A batch from lines of unequal numbers of sections.

    Parameters
    ----------
    lines
        One group of columns per line, each with the single axis [section]; at least one.

    Returns
    -------
    Columns with axes [line, section], as wide as the longest line.
    """
    assert lines, "a batch has at least one line"
    counts = [line.length_m.size for line in lines]
    columns = {name: _padded([getattr(line, name) for line in lines]) for name in _SHAPED}
    for name in _OFFSETS:
        offsets = [getattr(line, name) for line in lines]
        channels = max((offset.shape[-1] for offset in offsets if offset is not None), default=0)
        if channels:
            columns[name] = _padded(
                [
                    np.zeros((count, channels)) if offset is None else offset
                    for count, offset in zip(counts, offsets, strict=True)
                ]
            )
    return LineColumns(section_count=np.array(counts), fibre=FibreColumns(**columns))


def _padded(
    rows: Sequence[Float[np.ndarray, "_ *channel"]],
) -> Float[np.ndarray, "line section *channel"]:
    """Rows of unequal length as one array; the last section repeated is valid, never read."""
    width = max(len(row) for row in rows)
    table = np.empty((len(rows), width, *rows[0].shape[1:]))
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
        table[place, len(row) :] = row[-1]
    return table


def effective_area_m2(
    *, reference_area_m2: Float[np.ndarray, "*shape"], frequency_hz: Float[np.ndarray, " channel"]
) -> Float[np.ndarray, "*shape channel"]:
    """Effective area at each frequency [m²], from its value at 1550 nm.

    The mode-field radius w = a / sqrt(ln V) of a step-index fibre of core radius a, with
    the index contrast chosen so that A = pi w² holds at 1550 nm, reduces to

        A(f) = A_ref / (1 + A_ref ln(f / f_ref) / (pi a²))

    Parameters
    ----------
    reference_area_m2
        Effective area A_ref at 1550 nm [m²], any shape.
    frequency_hz
        Frequencies f [Hz], shape (channel,), near 1550 nm (the C and L bands).

    Returns
    -------
    Effective area [m²], axes [*shape, channel].

    References
    ----------
    .. [1] A. D'Amico et al., J. Lightwave Technol. 40, 3499 (2022), section III.D.
    """
    area_m2 = reference_area_m2[..., None]
    growth = np.log(frequency_hz / REFERENCE_FREQUENCY_HZ) / (np.pi * CORE_RADIUS_M**2)
    return np.asarray(area_m2 / (1.0 + area_m2 * growth))


def nonlinear_coefficient_per_w_m(
    *, reference_area_m2: Float[np.ndarray, "*shape"], frequency_hz: Float[np.ndarray, " channel"]
) -> Float[np.ndarray, "*shape channel"]:
    """Kerr nonlinearity at each frequency [1/(W m)]: gamma = 2 pi n2 f / (c A(f)).

    Parameters
    ----------
    reference_area_m2
        Effective area at 1550 nm [m²], any shape.
    frequency_hz
        Frequencies f [Hz], shape (channel,).

    Returns
    -------
    Nonlinear coefficient [1/(W m)], axes [*shape, channel].

    References
    ----------
    .. [1] G. P. Agrawal, *Nonlinear Fiber Optics*, Academic Press, section 2.3.
    """
    area_m2 = effective_area_m2(reference_area_m2=reference_area_m2, frequency_hz=frequency_hz)
    wavenumber_per_m = 2.0 * np.pi * frequency_hz / SPEED_OF_LIGHT_M_PER_S
    return np.asarray(wavenumber_per_m * NONLINEAR_INDEX_M2_PER_W / area_m2)


def dispersion_s_per_m2(
    *,
    reference_s_per_m2: Float[np.ndarray, "*shape"],
    slope_s_per_m3: Float[np.ndarray, "*shape"],
    frequency_hz: Float[np.ndarray, " channel"],
) -> Float[np.ndarray, "*shape channel"]:
    """Dispersion coefficient D at each frequency [s/m²].

    D = D_ref + S (lambda - 1550 nm); where the slope S is NaN, D = D_ref (f / f_ref)²,
    which means that the group-velocity dispersion beta2 is the same everywhere.

    Parameters
    ----------
    reference_s_per_m2
        D_ref at 1550 nm [s/m²], any shape.
    slope_s_per_m3
        S = dD/d(lambda) [s/m³], the same shape; NaN where unknown.
    frequency_hz
        Frequencies f [Hz], shape (channel,), near 1550 nm, where D is straight enough.

    Returns
    -------
    Dispersion coefficient [s/m²], axes [*shape, channel].
    """
    wavelength_m = SPEED_OF_LIGHT_M_PER_S / frequency_hz
    slope = slope_s_per_m3[..., None]
    linear = reference_s_per_m2[..., None] + slope * (wavelength_m - REFERENCE_WAVELENGTH_M)
    constant_beta2 = reference_s_per_m2[..., None] * (frequency_hz / REFERENCE_FREQUENCY_HZ) ** 2
    return np.where(np.isnan(slope), constant_beta2, linear)


def group_velocity_dispersion_s2_per_m(
    *,
    dispersion_s_per_m2: Float[np.ndarray, "*shape channel"],
    frequency_hz: Float[np.ndarray, " channel"],
) -> Float[np.ndarray, "*shape channel"]:
    """Group-velocity dispersion at each frequency [s²/m]: beta2 = -(c / f)² D / (2 pi c).

    Parameters
    ----------
    dispersion_s_per_m2
        Dispersion coefficient D [s/m²], axes [*shape, channel].
    frequency_hz
        Frequencies f [Hz], shape (channel,).

    Returns
    -------
    beta2 [s²/m], axes [*shape, channel].
    """
    wavelength_m = SPEED_OF_LIGHT_M_PER_S / frequency_hz
    return np.asarray(
        -(wavelength_m**2) * dispersion_s_per_m2 / (2.0 * np.pi * SPEED_OF_LIGHT_M_PER_S)
    )
