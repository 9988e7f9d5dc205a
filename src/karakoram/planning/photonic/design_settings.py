"""To what is every amplifier set? One amplifier of every OMS at a time, from its beginning on.

With the power P of a reference channel above the reference power, d, the launch rule gives
each amplifier the d that its following span wants, by the span's loss L:

    d = slope x (L - L_ref), in steps, within bounds              (J.-L. Augé et al., OFC 2019)
    G = L_before + d - d_before + attenuators                     gain that brings it there

In gain mode a stated gain counts, and d follows from it. Where no type reaches gain or power,
both give way, and the next amplifier makes up for it: that is why an OMS is done in order, and
all of them at once, for none depends on another.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.network.photonic.equipment import SpanDesign
from karakoram.planning.photonic.design_choice import (
    NO_TYPE,
    Choice,
    Wanted,
    chosen,
    chosen_together,
)
from karakoram.planning.photonic.design_columns import LineGroup
from karakoram.planning.photonic.design_records import DesignBasis
from karakoram.planning.photonic.design_scattering import SpanScattering
from karakoram.planning.photonic.design_types import TypeColumns

SETTING_DB_MAX = 80.0
"""No amplifier gives more gain, and none is led to make up for more."""
_VOA_DB_MAX = 40.0
"""More than that is no attenuator's."""
_TILT_DB_MAX = 30.0
"""Beyond it a record of settings holds no tilt."""
_COARSE_STEP_DB = 0.1
"""A step is read to a tenth of a dB; a finer one means hundredths (GNPy 3.0.1)."""
_FLOATS = ("gain_db", "offset_db", "tilt_db", "voa_db", "entering_db", "reduction_db")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineSettings:
    """Settings of a group of OMSs; what stands behind the last amplifier means nothing."""

    kind: Int[np.ndarray, "section amplifier band"]
    """Column of the type; ``NO_TYPE`` where none fits."""
    housing: Int[np.ndarray, "section amplifier"]
    """Number of the multiband type in the library; ``NO_TYPE`` of other amplifiers."""
    gain_db: Float[np.ndarray, "section amplifier band"]
    offset_db: Float[np.ndarray, "section amplifier band"]
    """Channel power before the output attenuator above the reference."""
    tilt_db: Float[np.ndarray, "section amplifier band"]
    voa_db: Float[np.ndarray, "section amplifier band"]
    entering_db: Float[np.ndarray, "section amplifier band"]
    """Channel power before the amplifying fibre above the reference."""
    reduction_db: Float[np.ndarray, "section amplifier band"]
    """At most 0: what gain and power lack of what was wanted."""
    is_padded: Bool[np.ndarray, "section amplifier band"]
    """Whether every candidate's least gain is higher than what is wanted."""

    @property
    def is_settable(self) -> Bool[np.ndarray, "section amplifier band"]:
        """Whether gain, power and tilt are such that some amplifier may be set to them."""
        far_db = np.maximum(np.abs(self.gain_db), np.abs(self.offset_db))
        return np.asarray((far_db <= SETTING_DB_MAX) & (np.abs(self.tilt_db) <= _TILT_DB_MAX))


def line_settings(
    group: LineGroup, types: TypeColumns, basis: DesignBasis, *, scattering: SpanScattering
) -> LineSettings:
    """Type and settings of every amplifier of a group of OMSs.

    Parameters
    ----------
    group
        OMSs with equally many bands, those of most amplifiers first.
    types
        Columns of all types, axis [type].
    basis
        Library and rules.
    scattering
        Raman scattering at the combs of the design.
    """
    work = _Work(group=group, types=types, basis=basis, scattering=scattering)
    shape = group.kind.shape
    columns = {name: np.zeros(shape) for name in _FLOATS}
    kind, is_padded = np.full(shape, NO_TYPE), np.zeros(shape, dtype=np.bool_)
    housing = np.full(shape[:2], NO_TYPE)
    offset_db = np.repeat(group.launch_db[:, None], shape[2], axis=1)
    state = _State(offset_db=offset_db, voa_db=np.zeros_like(offset_db))
    for place in range(shape[1]):
        rows = int((group.count > place).sum())
        done = work.step(
            place, _State(offset_db=state.offset_db[:rows], voa_db=state.voa_db[:rows])
        )
        kind[:rows, place] = done.kind
        housing[:rows, place] = done.housing
        is_padded[:rows, place] = done.is_padded
        for name in _FLOATS:
            columns[name][:rows, place] = getattr(done, name)
        state = done.after
    return LineSettings(kind=kind, housing=housing, is_padded=is_padded, **columns)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _State:
    """The light that enters a run."""

    offset_db: Float[np.ndarray, "section band"]
    """Before the output attenuator of the amplifier before, above the reference."""
    voa_db: Float[np.ndarray, "section band"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Step:
    """One amplifier of each OMS."""

    kind: Int[np.ndarray, "section band"]
    housing: Int[np.ndarray, " section"]
    gain_db: Float[np.ndarray, "section band"]
    offset_db: Float[np.ndarray, "section band"]
    tilt_db: Float[np.ndarray, "section band"]
    voa_db: Float[np.ndarray, "section band"]
    entering_db: Float[np.ndarray, "section band"]
    reduction_db: Float[np.ndarray, "section band"]
    is_padded: Bool[np.ndarray, "section band"]
    after: _State


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Work:
    """What all steps share."""

    group: LineGroup
    types: TypeColumns
    basis: DesignBasis
    scattering: SpanScattering

    def step(self, place: int, before: _State) -> _Step:
        """Set the amplifier at ``place`` of every OMS that has one."""
        group, span = self.group, self.basis.span
        rows = slice(0, len(before.offset_db))
        stated = {name: column[rows, place] for name, column in group.stated.items()}
        lost_db, short_db, tilt_db = self._lost(place, before)
        given_voa_db = np.nan_to_num(stated["output_voa_db"])
        entrance_db = np.nan_to_num(stated["input_voa_db"])
        ruled_db = launch_offset_db(group.loss_db[rows, place + 1, None] + short_db, span)
        ruled_db[group.meets_roadm[rows, place]] = 0.0
        offset_db = _first(stated["launch_offset_db"], ruled_db + given_voa_db)
        gain_db = lost_db + short_db + offset_db - before.offset_db + before.voa_db + entrance_db
        if not span.is_power_mode:
            kept = ~np.isnan(stated["gain_db"])
            follows_db = before.offset_db - (lost_db + short_db) - before.voa_db + stated["gain_db"]
            gain_db = np.where(kept, stated["gain_db"], gain_db)
            offset_db = np.where(kept, follows_db - entrance_db, offset_db)
        arriving_db = before.offset_db - before.voa_db - lost_db
        choice, housing = self._choice(place, gain_db=gain_db, offset_db=offset_db)
        reduction_db = self._reduction(
            choice, place, offset_db=offset_db, leaving_db=arriving_db + gain_db
        )
        voa_db = self._voa(
            choice.kind,
            stated["output_voa_db"],
            offset_db=offset_db + group.total_db[rows],
            gain_db=gain_db + reduction_db,
        )
        opened_db = voa_db - given_voa_db
        return _Step(
            kind=choice.kind,
            housing=housing,
            gain_db=gain_db + reduction_db + opened_db,
            offset_db=offset_db + reduction_db + opened_db,
            tilt_db=_first(stated["tilt_db"], tilt_db),
            voa_db=voa_db,
            entering_db=arriving_db - short_db - entrance_db,
            reduction_db=reduction_db,
            is_padded=choice.is_padded,
            after=_State(offset_db=offset_db + reduction_db, voa_db=given_voa_db),
        )

    def _lost(
        self, place: int, before: _State
    ) -> tuple[
        Float[np.ndarray, "section 1"],
        Float[np.ndarray, "section band"],
        Float[np.ndarray, "section band"],
    ]:
        """Loss of the run before, what bands lack behind it, and the tilt that mends it [dB]."""
        group, basis = self.group, self.basis
        launched_db = before.offset_db - before.voa_db
        lost_db = group.loss_db[: len(launched_db), place, None].copy()
        for section, run in group.pumped:
            if run == place and section < len(lost_db):
                launch_dbm = basis.spectrum.power_dbm + float(launched_db[section, 0])
                lost_db[section] -= self.scattering.pump_gain_db(
                    group, place=(section, run), launch_dbm=launch_dbm
                )
        if not group.is_multiband:
            return lost_db, np.zeros_like(launched_db), np.zeros_like(launched_db)
        short_db, fallen_db = self.scattering.band_shift(
            group, run=place, launch_dbm=basis.spectrum.power_dbm + launched_db
        )
        return lost_db, short_db, 0.0 - fallen_db

    def _choice(
        self,
        place: int,
        *,
        gain_db: Float[np.ndarray, "section band"],
        offset_db: Float[np.ndarray, "section band"],
    ) -> tuple[Choice, Int[np.ndarray, " section"]]:
        """The types, those stated included; axes of the choice [section, band]."""
        group, shape = self.group, gain_db.shape
        rows = slice(0, shape[0])
        kind = group.kind[rows, place]
        power_dbm = self.basis.spectrum.power_dbm + group.total_db[rows] + offset_db
        takes = np.repeat(group.takes_raman[rows, place, None], shape[1], axis=1)
        candidates = group.masks[group.mask[rows, place]]
        fixed = kind != NO_TYPE
        candidates[fixed] = kind[fixed][:, None] == np.arange(candidates.shape[-1])
        free = ~fixed if not group.is_multiband else np.ones_like(fixed)
        wanted = Wanted(
            gain_db=gain_db[free],
            power_dbm=power_dbm[free],
            candidates=candidates[free],
            takes_raman=takes[free],
        )
        extended_db = self.basis.span.extended_gain_db
        housing = np.full(shape[0], NO_TYPE)
        if group.is_multiband:
            choice, housing = chosen_together(
                wanted,
                self.types,
                housings=group.housing_masks[group.housing[rows, place]],
                members=_members(self.basis, self.types),
                extended_gain_db=extended_db,
            )
        else:
            choice = chosen(wanted, self.types, extended_gain_db=extended_db)
        kinds, reduction_db = kind.copy(), np.zeros(shape)
        is_padded = np.zeros(shape, dtype=np.bool_)
        kinds[free], reduction_db[free] = choice.kind, choice.power_reduction_db
        is_padded[free] = choice.is_padded
        kinds[fixed], is_padded[fixed] = kind[fixed], False
        whole = Choice(kind=kinds, power_reduction_db=reduction_db, is_padded=is_padded)
        return whole, housing

    def _reduction(
        self,
        choice: Choice,
        place: int,
        *,
        offset_db: Float[np.ndarray, "section band"],
        leaving_db: Float[np.ndarray, "section band"],
    ) -> Float[np.ndarray, "section band"]:
        """What gain and power give way: of stated types to their power only [dB], at most 0."""
        basis, rows = self.basis, slice(0, len(offset_db))
        full_dbm = basis.spectrum.power_dbm + self.group.total_db[rows]
        leaving_dbm = full_dbm + (offset_db if basis.span.is_power_mode else leaving_db)
        short_db = np.minimum(0.0, self.types.power_dbm_max[choice.kind] - leaving_dbm)
        fixed = self.group.kind[rows, place] != NO_TYPE
        return np.where(fixed, short_db, choice.power_reduction_db)

    def _voa(
        self,
        kind: Int[np.ndarray, "section band"],
        stated_db: Float[np.ndarray, "section band"],
        *,
        offset_db: Float[np.ndarray, "section band"],
        gain_db: Float[np.ndarray, "section band"],
    ) -> Float[np.ndarray, "section band"]:
        """Output attenuators: as stated, else 0, or what gain and power of the type leave.

        Parameters
        ----------
        offset_db
            Total power wanted, above the reference.
        """
        types, span = self.types, self.basis.span
        opens = np.isnan(stated_db) & types.optimises_voa[kind] & (kind != NO_TYPE)
        voa_db = np.asarray(np.nan_to_num(stated_db))
        if span.is_power_mode and opens.any():
            spare_db = np.minimum(
                types.power_dbm_max[kind] - (self.basis.spectrum.power_dbm + offset_db),
                types.gain_flatmax_db[kind] - gain_db,
            )
            stepped_db = _stepped(spare_db, span.voa_step_db) - span.voa_margin_db
            opened_db = np.clip(stepped_db, 0.0, _VOA_DB_MAX)
            voa_db[opens] = opened_db[opens]
        return voa_db


def launch_offset_db(
    loss_db: Float[np.ndarray, "*shape"], span: SpanDesign
) -> Float[np.ndarray, "*shape"]:
    """Launch power above the reference that a span of some loss wants [dB].

    References
    ----------
    .. [1] J.-L. Augé, V. Curri, E. Le Rouzic, "Open Design for Multi-Vendor Optical
       Networks", OFC 2019, equation 4.
    """
    sweep = span.launch_offset
    if sweep is None:
        return np.zeros_like(loss_db)
    wanted_db = _stepped((loss_db - span.reference_loss_db) * span.power_slope, sweep.step_db)
    return np.asarray(np.minimum(np.maximum(wanted_db, sweep.lowest_db), sweep.highest_db))


def _stepped(value_db: Float[np.ndarray, "*shape"], step_db: float) -> Float[np.ndarray, "*shape"]:
    """The nearest multiple of a step, to a tenth of a dB; to hundredths without a step."""
    step_db = round(step_db, 1)
    if step_db >= _COARSE_STEP_DB:
        return np.asarray(np.round(np.round(value_db / step_db) * step_db, 1))
    return np.asarray(np.round(value_db, 2))


def _first(
    stated: Float[np.ndarray, "section band"], otherwise: Float[np.ndarray, "section band"]
) -> Float[np.ndarray, "section band"]:
    return np.where(np.isnan(stated), otherwise, stated)


def _members(basis: DesignBasis, types: TypeColumns) -> Bool[np.ndarray, "housing type"]:
    """Which types of one band each multiband type may hold."""
    housings = basis.library.multiband_amplifier_types.values()
    rows = [types.among(housing.member_type_ids) for housing in housings]
    return np.array(rows, dtype=np.bool_).reshape(len(rows), len(types.type_ids))
