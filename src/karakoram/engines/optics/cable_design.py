"""At which output power of its repeaters is a cable best?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.arrays import read_only
from karakoram.core.units import db_from_linear, linear_from_db
from karakoram.engines.optics.cable import PreparedCable

_GOLDEN = (5.0**0.5 - 1.0) / 2.0
_SEARCH_DB = 15.0
"""How far above and below the profile in hand the best is looked for."""
_ACCURACY_DB = 1e-3
"""To which the power is found; at the flat top, GSNR is then within 1e-7 dB of the best."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CableDesign:
    """The best of a batch of cables."""

    launch_power_w: Float[np.ndarray, "line channel"]
    """Total channel power after every repeater."""
    gsnr: Float[np.ndarray, "line channel"]
    """At the end [1], in the signal bandwidth."""

    def __post_init__(self) -> None:
        for name in ("launch_power_w", "gsnr"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    def gosnr(
        self, symbol_rate_hz: Float[np.ndarray, " channel"]
    ) -> Float[np.ndarray, "line channel"]:
        """Design GOSNR [1]: GSNR in the 12.5 GHz (0.1 nm) reference bandwidth."""
        return np.asarray(self.gsnr * symbol_rate_hz / 12.5e9)


def best_design(cable: PreparedCable, profile_w: Float[np.ndarray, "line channel"]) -> CableDesign:
    """The height of a launch profile at which the mean GSNR in dB is largest.

    Too little power drowns in ASE, too much in interference; in between, GSNR has one top, at
    which interference is about half the ASE. Golden-section search in dB, all lines at once.

    Parameters
    ----------
    cable
        Cables whose repeaters bring every channel back to its launch power.
    profile_w
        Shape of the launch [W], within 15 dB of the best.
    """
    low_db, high_db = np.full(len(profile_w), -_SEARCH_DB), np.full(len(profile_w), _SEARCH_DB)
    while float((high_db - low_db).max()) > _ACCURACY_DB:
        inner_db = high_db - _GOLDEN * (high_db - low_db)
        outer_db = low_db + _GOLDEN * (high_db - low_db)
        rises = _mean_db(cable, profile_w, outer_db) > _mean_db(cable, profile_w, inner_db)
        low_db, high_db = np.where(rises, inner_db, low_db), np.where(rises, high_db, outer_db)
    launch_w = profile_w * linear_from_db((low_db + high_db) / 2.0)[:, None]
    return CableDesign(launch_power_w=launch_w, gsnr=cable.shares(launch_w).gsnr)


def _mean_db(
    cable: PreparedCable,
    profile_w: Float[np.ndarray, "line channel"],
    height_db: Float[np.ndarray, " line"],
) -> Float[np.ndarray, " line"]:
    # A share of signal below 1e-12 stands for a launch that interference has used up.
    shares = cable.shares(profile_w * linear_from_db(height_db)[:, None])
    signal = np.clip(shares.signal, 1e-12, 1.0 - 1e-12)
    return np.asarray(db_from_linear(signal / (1.0 - signal)).mean(axis=1))


def refilled_w(
    launch_power_w: Float[np.ndarray, "line channel"], *, lit: Bool[np.ndarray, "line channel"]
) -> Float[np.ndarray, "line channel"]:
    """The launch where only some channels are lit and nothing replaces the others [W].

    Repeaters hold their total power, so that what is left is lifted: P_i <- P_i P / P_lit.

    Parameters
    ----------
    launch_power_w
        With every channel lit [W].
    lit
        Which channels there are; at least one of each line. Dark ones get no power.
    """
    assert lit.any(axis=1).all(), "a line without light has no profile"
    left_w = np.where(lit, launch_power_w, 0.0)
    return np.asarray(left_w * (launch_power_w.sum(axis=1) / left_w.sum(axis=1))[:, None])
