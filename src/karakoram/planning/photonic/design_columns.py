"""What does a group of OMSs look like to the design, as columns?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.network.photonic.elements import (
    Amplifier,
    BandAmplifier,
    Fibre,
    MultibandAmplifier,
)
from karakoram.network.photonic.spectral import FrequencyBand, SpectralProfile
from karakoram.planning.photonic.design_bands import LitBand, launch_dbm
from karakoram.planning.photonic.design_candidates import (
    MaskTable,
    Place,
    candidate_row,
    housing_row,
    restriction,
)
from karakoram.planning.photonic.design_choice import NO_TYPE
from karakoram.planning.photonic.design_records import DesignBasis
from karakoram.planning.photonic.design_spans import PassiveRun, SpannedSection
from karakoram.planning.photonic.design_types import TypeColumns

_SETTING_FIELDS = ("gain_db", "launch_offset_db", "tilt_db", "output_voa_db", "input_voa_db")


@dataclass(frozen=True, slots=True, kw_only=True)
class LitSection:
    """One OMS and the bands that its amplifiers serve."""

    spanned: SpannedSection
    bands: tuple[LitBand, ...]
    """One where its amplifiers are of one band."""

    @property
    def is_multiband(self) -> bool:
        """Whether its amplifiers are multiband."""
        return any(isinstance(one, MultibandAmplifier) for one in self.spanned.amplifiers)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineGroup:
    """OMSs of equally many bands, those of most amplifiers first.

    Behind the last amplifier of an OMS the columns hold nothing that is read.
    """

    sections: tuple[LitSection, ...]
    is_multiband: bool
    """Whether their amplifiers are multiband."""
    count: Int[np.ndarray, " section"]
    """Amplifiers of each OMS."""
    loss_db: Float[np.ndarray, "section run"]
    pumped: Mapping[tuple[int, int], PassiveRun]
    """By section and run, where Raman pumps amplify."""
    meets_roadm: Bool[np.ndarray, "section amplifier"]
    """Whether a ROADM follows at once."""
    takes_raman: Bool[np.ndarray, "section amplifier"]
    launch_db: Float[np.ndarray, " section"]
    """Power of a reference channel at the beginning above the reference."""
    total_db: Float[np.ndarray, "section band"]
    """Power of a full comb over that of a channel."""
    stated: Mapping[str, Float[np.ndarray, "section amplifier band"]]
    """Settings by name; not-a-number where the design sets them."""
    kind: Int[np.ndarray, "section amplifier band"]
    """Column of the type; ``NO_TYPE`` where the design chooses."""
    mask: Int[np.ndarray, "section amplifier band"]
    """Row of ``masks``."""
    masks: Bool[np.ndarray, "mask type"]
    """Sets of candidates."""
    housing: Int[np.ndarray, "section amplifier"]
    """Row of ``housing_masks``."""
    housing_masks: Bool[np.ndarray, "housing_set housing"]
    """Sets of multiband types."""


def line_groups(
    sections: Iterable[LitSection], basis: DesignBasis, types: TypeColumns
) -> tuple[LineGroup, ...]:
    """The OMSs that have amplifiers, grouped by how many bands they serve."""
    alike: dict[tuple[int, bool], list[LitSection]] = {}
    for section in sections:
        if section.spanned.amplifiers and section.bands:
            alike.setdefault((len(section.bands), section.is_multiband), []).append(section)
    return tuple(_group(found, basis, types) for found in alike.values())


def _group(sections: Sequence[LitSection], basis: DesignBasis, types: TypeColumns) -> LineGroup:
    ordered = tuple(sorted(sections, key=lambda one: -len(one.spanned.amplifiers)))
    count = np.array([len(one.spanned.amplifiers) for one in ordered])
    longest, bands = int(count[0]), len(ordered[0].bands)
    shape = (len(ordered), longest, bands)
    loss_db = np.zeros((len(ordered), longest + 1))
    takes_raman = np.zeros(shape[:2], dtype=np.bool_)
    meets_roadm = np.zeros(shape[:2], dtype=np.bool_)
    pumped: dict[tuple[int, int], PassiveRun] = {}
    for index, section in enumerate(ordered):
        runs = section.spanned.runs
        loss_db[index, : len(runs)] = [run.loss_db for run in runs]
        takes_raman[index, : len(runs) - 1] = [_takes_raman(run, basis) for run in runs[:-1]]
        meets_roadm[index, len(runs) - 2] = section.spanned.ends_at_roadm and not runs[-1].elements
        pumped |= {(index, k): run for k, run in enumerate(runs) if run.is_pumped}
    table = _SettingTable(shape=shape, basis=basis, types=types)
    for index, section in enumerate(ordered):
        table.fill(index, section)
    pref_dbm = basis.spectrum.power_dbm
    return LineGroup(
        sections=ordered,
        is_multiband=ordered[0].is_multiband,
        count=count,
        loss_db=loss_db,
        pumped=pumped,
        meets_roadm=meets_roadm,
        takes_raman=takes_raman,
        launch_db=np.array([launch_dbm(s.spanned.laid, basis) - pref_dbm for s in ordered]),
        total_db=np.array([[band.total_db for band in one.bands] for one in ordered]),
        stated=table.stated,
        kind=table.kind,
        mask=table.mask,
        masks=table.masks.array(),
        housing=table.housing,
        housing_masks=table.housings.array(),
    )


class _SettingTable:
    """Columns of what amplifiers state, filled OMS by OMS."""

    def __init__(
        self, *, shape: tuple[int, int, int], basis: DesignBasis, types: TypeColumns
    ) -> None:
        self._basis, self._types = basis, types
        self._column = {key: index for index, key in enumerate(types.type_ids)}
        self.stated = {name: np.full(shape, np.nan) for name in _SETTING_FIELDS}
        self.kind = np.full(shape, NO_TYPE)
        self.mask = np.zeros(shape, dtype=np.int64)
        self.masks = MaskTable(width=len(types.type_ids))
        self.housing = np.zeros(shape[:2], dtype=np.int64)
        self.housings = MaskTable(width=len(basis.library.multiband_amplifier_types))

    def fill(self, index: int, section: LitSection) -> None:
        """Put the amplifiers of an OMS in its row."""
        count, is_multiband = len(section.spanned.amplifiers), section.is_multiband
        bands = tuple(one.band for one in section.bands)
        members = [self._members(one, bands) for one in section.spanned.amplifiers]
        for b, band in enumerate(bands):
            at = (index, slice(count), b)
            column = [one[b] for one in members]
            self.kind[at] = [NO_TYPE if one is None else self._number(one) for one in column]
            for name, stated in self.stated.items():
                # A float array holds None as not-a-number.
                stated[at] = [
                    None if one is None else getattr(one.settings, name) for one in column
                ]
            row, inner = 0, None
            for k, amplifier in enumerate(section.spanned.amplifiers):
                if inner is None or k == count - 1 or is_multiband:
                    named = restriction(section.spanned, k, self._basis)
                    place = Place(amplifier=amplifier, bands=bands, named=named)
                    row = candidate_row(place, band, types=self._types, masks=self.masks)
                    inner = row if k else None
                    if is_multiband and not b:
                        self.housing[index, k] = housing_row(
                            place, self._basis, types=self._types, masks=self.housings
                        )
                self.mask[index, k, b] = row

    def _number(self, member: Amplifier | BandAmplifier) -> int:
        """Column of its type."""
        type_id = member.amplifier_type_id
        return NO_TYPE if type_id is None else self._column.get(type_id, NO_TYPE)

    def _members(
        self, amplifier: Amplifier | MultibandAmplifier, bands: tuple[FrequencyBand, ...]
    ) -> tuple[Amplifier | BandAmplifier | None, ...]:
        """What stands in each band; ``None`` where nothing is stated."""
        if isinstance(amplifier, Amplifier):
            return (amplifier,)
        return tuple(_band_member(amplifier, band, self._basis) for band in bands)


def _takes_raman(run: PassiveRun, basis: DesignBasis) -> bool:
    """Whether the fibre right before an amplifier has little enough loss for Raman gain."""
    if not run.elements or not isinstance(run.elements[-1], Fibre):
        return False
    loss = run.elements[-1].loss_db_per_km
    highest = max(loss.values) if isinstance(loss, SpectralProfile) else loss
    return highest < basis.span.raman_loss_db_per_km_max


def _band_member(
    amplifier: MultibandAmplifier, band: FrequencyBand, basis: DesignBasis
) -> BandAmplifier | None:
    """What a multiband amplifier states for a band; ``None`` where the design chooses."""
    types = basis.library.amplifier_types
    for one in amplifier.bands:
        kind = types.get(one.amplifier_type_id)
        if kind is not None and kind.band.lower_thz <= band.centre_thz <= kind.band.upper_thz:
            return one
    return None
