"""Which stretches of a path can light cross without regeneration, and by which mode?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.units import OSNR_BANDWIDTH_HZ


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModeColumns:
    """The transceiver modes to choose from, axis [mode]."""

    comb: Int[np.ndarray, " mode"]
    """Which comb of the path's noise a mode is lit in."""
    symbol_rate_hz: Float[np.ndarray, " mode"]
    slot_width_hz: Float[np.ndarray, " mode"]
    transmitter_osnr: Float[np.ndarray, " mode"]
    """In 0.1 nm [1]."""
    snr_needed: Float[np.ndarray, " mode"]
    """Least SNR at the receiver [1] in the signal bandwidth, the margin to keep included."""
    dispersion_s_per_m_max: Float[np.ndarray, " mode"]
    pmd_s_max: Float[np.ndarray, " mode"]

    def __post_init__(self) -> None:
        _freeze_numbers(self)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathColumns:
    """A path as a chain of OMSs; places are its ROADM sites, one more than it has lines."""

    log_noise: Float[np.ndarray, "comb line channel"]
    """ln(1 + 1/GSNR); 0 for channels that a comb lacks."""
    dispersion_s_per_m: Float[np.ndarray, "comb line"]
    pmd_s: Float[np.ndarray, "comb line"]
    end_noise: Float[np.ndarray, " place"]
    """1/OSNR in 0.1 nm of adding, or of dropping, at each place."""
    express_noise: Float[np.ndarray, " place"]
    """1/OSNR in 0.1 nm of passing each place."""

    def __post_init__(self) -> None:
        _freeze_numbers(self)
        assert self.end_noise.size == self.log_noise.shape[1] + 1, "one place more than lines"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segments:
    """Every stretch of a path, axes [place where it begins, place where it ends]."""

    transponders: Int[np.ndarray, "place place"]
    """At both ends together; 0 where no mode closes."""
    mode: Int[np.ndarray, "place place"]
    """-1 where no mode closes."""
    spectrum_hz: Float[np.ndarray, "place place"]
    """Slot widths times OMSs crossed."""
    spare: Float[np.ndarray, "place place"]
    """SNR over the SNR needed [1]; 0 where no mode closes."""

    def __post_init__(self) -> None:
        _freeze_numbers(self)
        lower = np.tril(self.transponders)
        assert not lower.any(), "a stretch ends after it begins"

    @property
    def place_count(self) -> int:
        """Places of the path."""
        return int(self.transponders.shape[0])


def transparent_segments(
    path: PathColumns, modes: ModeColumns, *, wavelengths: Int[np.ndarray, " mode"]
) -> Segments:
    """Every stretch of a path that some mode closes, and the mode that is best for it.

        1/SNR = exp(sum ln(1 + 1/GSNR)) - 1 + (R / 12.5 GHz) sum 1/OSNR

    of the channel that is noisiest. Best is who needs the fewest wavelengths; of those the
    narrowest slot; of those the widest margin. All modes and stretches are judged at once:
    O(combs x places² x channels) for the noise, O(modes x places²) for the rest.

    Parameters
    ----------
    path
        The lines, in travel order.
    modes
        What may be lit.
    wavelengths
        How many wavelengths of each mode carry what is asked, shape (mode,); 0 where the mode
        may not be used.

    References
    ----------
    .. [1] docs/theory/optics.md, equations 8 and 9; docs/theory/regenerators.md.
    """
    noise = _noise(path)
    added = _added_noise(path)
    per_01nm = (modes.symbol_rate_hz / OSNR_BANDWIDTH_HZ)[:, None, None]
    transmitter = (1.0 / modes.transmitter_osnr)[:, None, None]
    whole = np.expm1(noise[modes.comb]) + per_01nm * (transmitter + added)
    needed = np.broadcast_to(modes.snr_needed[:, None, None], whole.shape)
    spare = np.divide(1.0, whole * needed, out=np.full(whole.shape, np.inf), where=whole > 0.0)
    dispersion = _between(path.dispersion_s_per_m[..., None])[..., 0]
    pmd_squared = _between(path.pmd_s[..., None] ** 2)[..., 0]
    closes = (
        np.triu(np.ones(added.shape, dtype=np.bool_), k=1)
        & (spare >= 1.0)
        & (wavelengths > 0)[:, None, None]
        & (dispersion[modes.comb] <= modes.dispersion_s_per_m_max[:, None, None])
        & (pmd_squared[modes.comb] <= (modes.pmd_s_max**2)[:, None, None])
    )
    return _best(closes, modes=modes, wavelengths=wavelengths, spare=spare)


def _best(
    closes: Bool[np.ndarray, "mode place place"],
    *,
    modes: ModeColumns,
    wavelengths: Int[np.ndarray, " mode"],
    spare: Float[np.ndarray, "mode place place"],
) -> Segments:
    """The best mode of each stretch among those that close."""
    for figure in (wavelengths.astype(np.float64), modes.slot_width_hz):
        need = np.where(closes, figure[:, None, None], np.inf)
        closes = closes & (need == need.min(axis=0))
    widest = np.where(closes, spare, 0.0)
    mode = np.where(closes.any(axis=0), widest.argmax(axis=0), -1)
    count = np.where(mode >= 0, wavelengths[mode], 0)
    places = np.arange(mode.shape[0])
    lines = places[None, :] - places[:, None]
    return Segments(
        transponders=2 * count,
        mode=mode,
        spectrum_hz=count * modes.slot_width_hz[mode] * lines,
        spare=widest.max(axis=0),
    )


def _noise(path: PathColumns) -> Float[np.ndarray, "comb place place"]:
    """ln(1 + 1/GSNR) of the noisiest channel of every stretch; 0 where it ends before it begins."""
    noise = _between(path.log_noise).max(axis=-1)
    return np.asarray(np.triu(noise, k=1))


def _added_noise(path: PathColumns) -> Float[np.ndarray, "place place"]:
    """1/OSNR in 0.1 nm of all ROADMs of every stretch: add, each pass, drop."""
    passed = np.cumsum(path.express_noise)
    between = passed[None, :] - path.express_noise[None, :] - passed[:, None]
    noise = path.end_noise[:, None] + path.end_noise[None, :] + between
    return np.asarray(np.triu(noise, k=1))


def _between(
    per_line: Float[np.ndarray, "comb line column"],
) -> Float[np.ndarray, "comb place place column"]:
    """Sums over the lines of every stretch."""
    before = np.concatenate([np.zeros_like(per_line[:, :1]), np.cumsum(per_line, axis=1)], axis=1)
    return np.asarray(before[:, None, :, :] - before[:, :, None, :])


def _freeze_numbers(columns: object) -> None:
    """Replace each array of a frozen group by a copy that refuses to be written."""
    for name in columns.__slots__:  # type: ignore[attr-defined]
        values = getattr(columns, name)
        if np.issubdtype(values.dtype, np.floating):
            frozen = read_only(values)
        else:
            frozen = np.array(values)
            frozen.flags.writeable = False
        object.__setattr__(columns, name, frozen)
