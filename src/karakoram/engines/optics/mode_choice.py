"""Which mode of a transceiver carries most over a lightpath, and why do the others fail?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.units import OSNR_BANDWIDTH_HZ
from karakoram.engines.optics.receiver import PenaltyCurve, receiver_snr


class ModeFailure(IntFlag):
    """Why a mode does not close; 0 where it does, a sum where several things are wrong."""

    GSNR = 1
    """Too little signal over noise, finite penalties and margin included."""
    CHROMATIC_DISPERSION = 2
    """Outside what the receiver compensates."""
    PMD = 4
    """Polarisation mode dispersion outside what the receiver compensates."""
    PDL = 8
    """Polarisation-dependent loss outside what the receiver is specified for."""
    POWER = 16
    """Channel power outside the receiver's window."""
    SPACING = 32
    """Needs a wider slot than there is."""
    FILTERING = 64
    """More filters on the way than the mode is specified for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TransceiverMode:
    """One way a transceiver can work, in linear units."""

    bit_rate_bit_per_s: float
    symbol_rate_hz: float
    slot_width_hz: float
    """Least width of the slot it needs."""
    osnr_required: float
    """Least OSNR in 0.1 nm at the receiver [1], without penalties."""
    transmitter_osnr: float
    """OSNR in 0.1 nm of the transmitter [1]."""
    cost: float
    """In any one unit; only its order matters."""
    dispersion_penalty: PenaltyCurve | None = None
    """Over accumulated chromatic dispersion [s/m]; None where the mode is not sensitive."""
    pmd_penalty: PenaltyCurve | None = None
    """Over mean differential group delay [s]."""
    pdl_penalty: PenaltyCurve | None = None
    """Over polarisation-dependent loss [dB]."""
    power_min_w: float = 0.0
    power_max_w: float = float("inf")
    """Window of channel power at the receiver."""

    def __post_init__(self) -> None:
        for name in ("bit_rate_bit_per_s", "symbol_rate_hz", "osnr_required", "transmitter_osnr"):
            if getattr(self, name) <= 0.0:
                raise ValueError(f"{name} must be > 0, got {getattr(self, name)}")
        if self.slot_width_hz < self.symbol_rate_hz:
            raise ValueError(
                f"slot_width_hz must be at least the symbol rate of {self.symbol_rate_hz}, "
                f"got {self.slot_width_hz}"
            )
        if not self.power_min_w <= self.power_max_w:
            raise ValueError(
                f"power_min_w must be at most power_max_w, got {self.power_min_w} "
                f"and {self.power_max_w}"
            )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReceivedColumns:
    """Channels as they arrive; the axis ``mode`` may be 1 where the mode makes no difference."""

    gsnr: Float[np.ndarray, "path #mode"]
    """GSNR [1] in the signal bandwidth, terminals and ROADM paths not included."""
    inverse_osnr: Float[np.ndarray, "path #mode"]
    """Sum of 1/OSNR in 0.1 nm [1] over the ROADM paths passed."""
    dispersion_s_per_m: Float[np.ndarray, "path #mode"]
    pmd_s: Float[np.ndarray, "path #mode"]
    pdl_db: Float[np.ndarray, "path #mode"]
    power_w: Float[np.ndarray, "path #mode"]
    slot_width_hz: Float[np.ndarray, "path #mode"]
    """Width of the slot that there is."""
    filter_penalty_db: Float[np.ndarray, "path #mode"] | None = None
    """SNR lost to filters: computed (filtered_snr), or read from a measured curve."""

    def __post_init__(self) -> None:
        if self.filter_penalty_db is not None:
            object.__setattr__(self, "filter_penalty_db", read_only(self.filter_penalty_db))
        for name in (
            "gsnr",
            "inverse_osnr",
            "dispersion_s_per_m",
            "pmd_s",
            "pdl_db",
            "power_w",
            "slot_width_hz",
        ):
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape[0] == self.gsnr.shape[0], f"{name} has other paths"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModeChoice:
    """Which modes close on which paths, by how much, and the best of them."""

    best: Int[np.ndarray, " path"]
    """Index of the best mode, -1 where none closes."""
    margin_db: Float[np.ndarray, "path mode"]
    """SNR less penalties, margin and what is required; minus infinity outside a table."""
    failure: Int[np.ndarray, "path mode"]
    """0 where the mode closes, else a sum of :class:`ModeFailure`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "margin_db", read_only(self.margin_db))
        for name in ("best", "failure"):
            column = np.array(getattr(self, name), dtype=np.int64)
            column.flags.writeable = False
            object.__setattr__(self, name, column)


def mode_choice(
    modes: Sequence[TransceiverMode], received: ReceivedColumns, *, margin_db: float
) -> ModeChoice:
    """The best mode of each path: largest bit rate, then least spectrum, then least cost.

    A mode closes when  SNR - penalties - margin >= required OSNR  in 0.1 nm,
    the power is within the receiver's window and the slot is wide enough. Channels of one
    path may be given as further paths, or their worst figures as one.

    Parameters
    ----------
    modes
        The modes to choose from; ties go to the first.
    received
        Channels at the receiver, axes [path, mode] or [path, 1].
    margin_db
        Kept for ageing and uncertainty [dB].
    """
    assert modes, "there must be a mode to choose"
    shape = (received.gsnr.shape[0], len(modes))
    snr_db = _snr_01nm_db(modes, received)
    total_db, failure = _penalties(modes, received, shape)
    required_db = 10.0 * np.log10(_row(modes, "osnr_required")) + margin_db
    # What the penalties that are finite leave says whether the noise alone is too much.
    finite_db = np.where(np.isinf(total_db), 0.0, total_db)
    failure |= np.where(snr_db - finite_db < required_db, int(ModeFailure.GSNR), 0)
    in_window = (received.power_w >= _row(modes, "power_min_w")) & (
        received.power_w <= _row(modes, "power_max_w")
    )
    failure |= np.where(in_window, 0, int(ModeFailure.POWER))
    narrow = received.slot_width_hz < _row(modes, "slot_width_hz")
    failure |= np.where(narrow, int(ModeFailure.SPACING), 0)
    return ModeChoice(
        best=_best(modes, np.asarray(failure == 0)),
        margin_db=snr_db - total_db - required_db,
        failure=failure,
    )


def _row(modes: Sequence[TransceiverMode], name: str) -> Float[np.ndarray, "1 mode"]:
    return np.array([[getattr(mode, name) for mode in modes]], dtype=np.float64)


def _snr_01nm_db(
    modes: Sequence[TransceiverMode], received: ReceivedColumns
) -> Float[np.ndarray, "path mode"]:
    symbol_rate_hz = _row(modes, "symbol_rate_hz")
    snr = receiver_snr(
        gsnr=received.gsnr,
        symbol_rate_hz=symbol_rate_hz,
        inverse_osnr=received.inverse_osnr + 1.0 / _row(modes, "transmitter_osnr"),
    )
    return np.asarray(10.0 * np.log10(snr * symbol_rate_hz / OSNR_BANDWIDTH_HZ))


def _penalties(
    modes: Sequence[TransceiverMode], received: ReceivedColumns, shape: tuple[int, int]
) -> tuple[Float[np.ndarray, "path mode"], Int[np.ndarray, "path mode"]]:
    """Sum of all penalties in dB, and which of them are infinite."""
    total_db = np.zeros(shape)
    failure = np.zeros(shape, dtype=np.int64)
    if received.filter_penalty_db is not None:
        total_db = total_db + received.filter_penalty_db
        failure = np.where(np.isinf(total_db), int(ModeFailure.FILTERING), failure)
    for flag, curve, column in (
        (ModeFailure.CHROMATIC_DISPERSION, "dispersion_penalty", received.dispersion_s_per_m),
        (ModeFailure.PMD, "pmd_penalty", received.pmd_s),
        (ModeFailure.PDL, "pdl_penalty", received.pdl_db),
    ):
        penalty_db = _penalty_db([getattr(mode, curve) for mode in modes], column, shape)
        failure |= np.where(np.isinf(penalty_db), int(flag), 0)
        total_db += penalty_db
    return total_db, failure


def _penalty_db(
    curves: Sequence[PenaltyCurve | None],
    column: Float[np.ndarray, "path #mode"],
    shape: tuple[int, int],
) -> Float[np.ndarray, "path mode"]:
    impairment = np.broadcast_to(column, shape)
    penalty_db = np.zeros(shape)
    for index, curve in enumerate(curves):
        if curve is not None:
            penalty_db[:, index] = curve.at(impairment[:, index])
    return penalty_db


def _best(
    modes: Sequence[TransceiverMode], closes: Bool[np.ndarray, "path mode"]
) -> Int[np.ndarray, " path"]:
    order = np.lexsort(
        (
            _row(modes, "cost")[0],
            _row(modes, "slot_width_hz")[0],
            -_row(modes, "bit_rate_bit_per_s")[0],
        )
    )
    ranked = closes[:, order]
    return np.where(ranked.any(axis=1), order[ranked.argmax(axis=1)], -1)
