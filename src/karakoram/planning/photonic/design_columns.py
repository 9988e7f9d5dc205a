"""What does a group of OMSs look like to the design, as columns?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.identifiers import AmplifierTypeId
from karakoram.network.photonic.elements import (
    AS_DESIGNED,
    Amplifier,
    AmplifierSettings,
    BandAmplifier,
    Fibre,
    MultibandAmplifier,
    Roadm,
)
from karakoram.network.photonic.figures import roadm_figures
from karakoram.network.photonic.spectral import FrequencyBand, SpectralProfile
from karakoram.planning.photonic.design_bands import LitBand, launch_dbm
from karakoram.planning.photonic.design_choice import NO_TYPE
from karakoram.planning.photonic.design_layout import AnyAmplifier
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
    housing_masks: Bool[np.ndarray, "mask housing"]
    """Sets of multiband types."""


@dataclass(slots=True, kw_only=True)
class _Masks:
    """Collects the sets of types that were asked for, each once."""

    width: int
    rows: list[Bool[np.ndarray, " type"]] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)

    def row(self, key: object, mask: Bool[np.ndarray, " type"]) -> int:
        if key not in self.known:
            self.known[key] = len(self.rows)
            self.rows.append(mask)
        return self.known[key]

    def array(self) -> Bool[np.ndarray, "mask type"]:
        return np.array(self.rows, dtype=np.bool_).reshape(len(self.rows), self.width)


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
    masks = _Masks(width=len(types.type_ids))
    housings = _Masks(width=len(basis.library.multiband_amplifier_types))
    stated = {name: np.full(shape, np.nan) for name in _SETTING_FIELDS}
    kind, mask = np.full(shape, NO_TYPE), np.zeros(shape, dtype=np.int64)
    housing = np.zeros(shape[:2], dtype=np.int64)
    column = {key: index for index, key in enumerate(types.type_ids)}
    for index, section in enumerate(ordered):
        for k, amplifier in enumerate(section.spanned.amplifiers):
            named = _named(section, k, basis)
            if isinstance(amplifier, MultibandAmplifier):
                housing[index, k] = _housing(amplifier, named, section, basis, types, housings)
            for b, (type_id, settings) in enumerate(_members(amplifier, section, basis)):
                for name in _SETTING_FIELDS:
                    value = getattr(settings, name)
                    if value is not None:
                        stated[name][index, k, b] = value
                if type_id is not None:
                    kind[index, k, b] = column.get(type_id, NO_TYPE)
                band = section.bands[b].band
                mask[index, k, b] = _mask(amplifier, named, band, types, masks)
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
        stated=stated,
        kind=kind,
        mask=mask,
        masks=masks.array(),
        housing=housing,
        housing_masks=housings.array(),
    )


def _takes_raman(run: PassiveRun, basis: DesignBasis) -> bool:
    """Whether the fibre right before an amplifier has little enough loss for Raman gain."""
    if not run.elements or not isinstance(run.elements[-1], Fibre):
        return False
    loss = run.elements[-1].loss_db_per_km
    highest = max(loss.values) if isinstance(loss, SpectralProfile) else loss
    return highest < basis.span.raman_loss_db_per_km_max


def _named(section: LitSection, place: int, basis: DesignBasis) -> tuple[AmplifierTypeId, ...]:
    """The types to which the ROADM beside an amplifier restricts the choice; empty for any."""
    spanned = section.spanned
    begin, end = spanned.laid.begin, spanned.laid.end
    if place == 0 and isinstance(begin, Roadm) and not spanned.runs[0].elements:
        named = roadm_figures(begin, basis.library).booster_type_ids
        if named:
            return named
    is_last = place == len(spanned.amplifiers) - 1
    if is_last and isinstance(end, Roadm) and not spanned.runs[-1].elements:
        return roadm_figures(end, basis.library).preamplifier_type_ids
    return ()


def _mask(
    amplifier: AnyAmplifier,
    named: tuple[AmplifierTypeId, ...],
    band: FrequencyBand,
    types: TypeColumns,
    masks: _Masks,
) -> int:
    """The candidates of one band: those named, else those allowed, as far as they serve it."""
    if isinstance(amplifier, MultibandAmplifier):
        key: object = ("any", band)
        known = masks.known.get(key)
        return masks.row(key, types.serves(band)) if known is None else known
    key = (named, band)
    known = masks.known.get(key)
    if known is not None:
        return known
    allowed = types.among(named) if named else types.is_allowed
    return masks.row(key, types.serves(band) & allowed)


def _housing(
    amplifier: MultibandAmplifier,
    named: tuple[AmplifierTypeId, ...],
    section: LitSection,
    basis: DesignBasis,
    types: TypeColumns,
    masks: _Masks,
) -> int:
    """The multiband types that an amplifier may be: all of whose members serve some band."""
    library = basis.library.multiband_amplifier_types
    fixed = amplifier.amplifier_type_id
    bands = tuple(band.band for band in section.bands)
    stated = frozenset(band.amplifier_type_id for band in amplifier.bands)
    key = (fixed, named, bands, stated)
    if key in masks.known:
        return masks.known[key]
    if fixed is not None:
        return masks.row(key, np.array([type_id == fixed for type_id in library], dtype=np.bool_))
    if stated:
        holds = [stated.issubset(kind.member_type_ids) for kind in library.values()]
        return masks.row(key, np.array(holds, dtype=np.bool_))
    serving = np.any([types.serves(band) for band in bands], axis=0)
    served = {key for key, serves in zip(types.type_ids, serving, strict=True) if serves}
    mask = [
        (type_id in named if named else kind.is_allowed_for_design)
        and served.issuperset(kind.member_type_ids)
        for type_id, kind in library.items()
    ]
    return masks.row(key, np.array(mask, dtype=np.bool_))


def _members(
    amplifier: Amplifier | MultibandAmplifier, section: LitSection, basis: DesignBasis
) -> list[tuple[AmplifierTypeId | None, AmplifierSettings]]:
    """Type and settings of an amplifier in each band of its line."""
    if isinstance(amplifier, Amplifier):
        own = (amplifier.amplifier_type_id, amplifier.settings)
        return [own]
    found = [band_member(amplifier, band.band, basis) for band in section.bands]
    return [
        (None, AS_DESIGNED) if one is None else (one.amplifier_type_id, one.settings)
        for one in found
    ]


def band_member(
    amplifier: MultibandAmplifier, band: FrequencyBand, basis: DesignBasis
) -> BandAmplifier | None:
    """What a multiband amplifier states for a band; ``None`` where the design chooses."""
    types = basis.library.amplifier_types
    for one in amplifier.bands:
        kind = types.get(one.amplifier_type_id)
        if kind is not None and kind.band.lower_thz <= band.centre_thz <= kind.band.upper_thz:
            return one
    return None
