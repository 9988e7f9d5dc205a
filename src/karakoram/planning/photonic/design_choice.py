"""Which amplifier type is put where? The quietest of those that reach gain and power."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.planning.photonic.design_types import TypeColumns

PADDED_DB_MAX = 3.0
"""An amplifier may be asked for this much less than its least gain, and is padded (GNPy 3.0.1)."""
SIMILAR_POWER_DB = 0.3
"""Where no type reaches the power, those this close to the strongest compete by noise
(GNPy 3.0.1)."""
NO_TYPE = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wanted:
    """What a row of amplifiers is to do, and which types may do it."""

    gain_db: Float[np.ndarray, " row"]
    power_dbm: Float[np.ndarray, " row"]
    """Total power of a full comb, before the output attenuator."""
    candidates: Bool[np.ndarray, "row type"]
    takes_raman: Bool[np.ndarray, " row"]
    """Whether the fibre before it has little enough loss for Raman gain."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choice:
    """What was chosen, and where something had to give way."""

    kind: Int[np.ndarray, "*row"]
    """Column of the type; ``NO_TYPE`` where no candidate is left."""
    power_reduction_db: Float[np.ndarray, "*row"]
    """At most 0: by how much gain and power stay below what was wanted."""
    is_padded: Bool[np.ndarray, "*row"]
    """Whether every candidate's least gain is higher than what is wanted."""


def _reachable_db(
    wanted: Wanted, types: TypeColumns, extended_gain_db: float
) -> Float[np.ndarray, "row type"]:
    """By how much each type can exceed the power wanted, within its gain [dB]."""
    entering_dbm = wanted.power_dbm - wanted.gain_db
    by_gain_dbm = entering_dbm[:, None] + types.gain_flatmax_db + extended_gain_db
    return np.asarray(np.minimum(by_gain_dbm, types.power_dbm_max) - wanted.power_dbm[:, None])


def acceptable(
    wanted: Wanted, types: TypeColumns, *, extended_gain_db: float
) -> tuple[Bool[np.ndarray, "row type"], Bool[np.ndarray, " row"]]:
    """The types between which noise decides, and where all of them have to be padded.

    Types are left out whose least gain is too high, unless that leaves none; then those that
    lack power, unless that leaves none: then the strongest remain.
    """
    power_db = _reachable_db(wanted, types, extended_gain_db)
    allowed = wanted.candidates & (~types.is_raman | wanted.takes_raman[:, None])
    slack_db = np.where(types.is_raman, 0.0, PADDED_DB_MAX)
    gains = allowed & (wanted.gain_db[:, None] + slack_db - types.gain_min_db > 0.0)
    is_padded = ~gains.any(axis=1)
    gains[is_padded] = allowed[is_padded] & ~types.is_raman
    strong = gains & (power_db > 0.0)
    weak = ~strong.any(axis=1)
    if weak.any():
        strongest_db = np.where(gains, power_db, -np.inf).max(axis=1, keepdims=True)
        # Without any candidate the strongest is -inf; nothing is then within reach of it.
        margin_db = power_db - np.where(np.isfinite(strongest_db), strongest_db, np.inf)
        strong[weak] = (gains & (margin_db > -SIMILAR_POWER_DB))[weak]
    return strong, is_padded


def chosen(wanted: Wanted, types: TypeColumns, *, extended_gain_db: float) -> Choice:
    """The type of least noise for every row, the first of equals."""
    strong, is_padded = acceptable(wanted, types, extended_gain_db=extended_gain_db)
    factors = types.noise_factor(wanted.gain_db, wanted=strong)
    kind = np.where(strong.any(axis=1), factors.argmin(axis=1), NO_TYPE)
    rows = np.arange(kind.size)
    power_db = _reachable_db(wanted, types, extended_gain_db)[rows, kind]
    return Choice(
        kind=kind,
        power_reduction_db=np.where(kind == NO_TYPE, 0.0, np.minimum(power_db, 0.0)),
        is_padded=is_padded,
    )


def chosen_together(
    wanted: Wanted,
    types: TypeColumns,
    *,
    housings: Bool[np.ndarray, "amplifier housing"],
    members: Bool[np.ndarray, "housing type"],
    extended_gain_db: float,
) -> tuple[Choice, Int[np.ndarray, " amplifier"]]:
    """Types for the bands of multiband amplifiers, and the housing that holds them together.

    Band by band, only housings stay that hold an acceptable type for it; where that leaves
    none, the housings before stay. Then noise decides in each band; where no housing holds
    what it decided, the first of those that stayed counts and its members are chosen from.

    Parameters
    ----------
    wanted
        Rows in the order of amplifiers, the bands of each side by side, from the lowest up.
    housings
        Which multiband types each amplifier may be.
    members
        Which types of one band each multiband type may hold.
    """
    bands = wanted.gain_db.size // len(housings)
    left = housings
    for band in range(bands):
        part = _rows(wanted, slice(band, None, bands), _held(left, members))
        strong, _ = acceptable(part, types, extended_gain_db=extended_gain_db)
        fitting = left & (strong.astype(int) @ members.T.astype(int) > 0)
        left = np.where(fitting.any(axis=1, keepdims=True), fitting, left)
    every = slice(None)
    choice = chosen(
        _rows(wanted, every, np.repeat(_held(left, members), bands, axis=0)),
        types,
        extended_gain_db=extended_gain_db,
    )
    kinds = choice.kind.reshape(-1, bands)
    holding = np.asarray(members[:, kinds].all(axis=2)).T
    whole = left & holding & (kinds != NO_TYPE).all(axis=1, keepdims=True)
    if members.size and not whole.any(axis=1).all():
        one = np.zeros_like(left)
        one[np.arange(len(left)), left.argmax(axis=1)] = True
        left = np.where(whole.any(axis=1, keepdims=True), whole, one & left)
        choice = chosen(
            _rows(wanted, every, np.repeat(_held(left, members), bands, axis=0)),
            types,
            extended_gain_db=extended_gain_db,
        )
        whole = left
    if not members.size:
        return choice, np.full(len(left), NO_TYPE)
    return choice, np.where(whole.any(axis=1), whole.argmax(axis=1), NO_TYPE)


def _held(
    housings: Bool[np.ndarray, "amplifier housing"], members: Bool[np.ndarray, "housing type"]
) -> Bool[np.ndarray, "amplifier type"]:
    """The types that stand in some housing of each amplifier."""
    return np.asarray(housings.astype(int) @ members.astype(int) > 0)


def _rows(wanted: Wanted, rows: slice, held: Bool[np.ndarray, "row type"]) -> Wanted:
    return Wanted(
        gain_db=wanted.gain_db[rows],
        power_dbm=wanted.power_dbm[rows],
        candidates=wanted.candidates[rows] & held,
        takes_raman=wanted.takes_raman[rows],
    )
