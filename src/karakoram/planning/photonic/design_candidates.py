"""Which types may stand where? What ROADMs, bands and the library leave to choose from."""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool

from karakoram.core.identifiers import AmplifierTypeId
from karakoram.network.photonic.elements import Amplifier, MultibandAmplifier, Roadm
from karakoram.network.photonic.figures import roadm_figures
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.planning.photonic.design_records import DesignBasis
from karakoram.planning.photonic.design_spans import SpannedSection
from karakoram.planning.photonic.design_types import TypeColumns


@dataclass(slots=True, kw_only=True)
class MaskTable:
    """Collects the sets of types that are asked for, each once."""

    width: int
    """How many types there are."""
    rows: list[Bool[np.ndarray, " type"]] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)

    def added(self, key: object, mask: Bool[np.ndarray, " type"]) -> int:
        """The row of a set that was not known."""
        self.known[key] = len(self.rows)
        self.rows.append(mask)
        return self.known[key]

    def array(self) -> Bool[np.ndarray, "mask type"]:
        """All sets."""
        return np.array(self.rows, dtype=np.bool_).reshape(len(self.rows), self.width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an amplifier stands, as far as the choice of its type asks."""

    amplifier: Amplifier | MultibandAmplifier
    bands: tuple[FrequencyBand, ...]
    """For which its line is designed."""
    named: tuple[AmplifierTypeId, ...]
    """To what the ROADM beside it restricts the choice; empty for no restriction."""


def restriction(
    section: SpannedSection, index: int, basis: DesignBasis
) -> tuple[AmplifierTypeId, ...]:
    """The types to which the ROADM beside an amplifier restricts the choice; empty for any."""
    begin, end = section.laid.begin, section.laid.end
    if index == 0 and isinstance(begin, Roadm) and not section.runs[0].elements:
        named = roadm_figures(begin, basis.library).booster_type_ids
        if named:
            return named
    is_last = index == len(section.amplifiers) - 1
    if is_last and isinstance(end, Roadm) and not section.runs[-1].elements:
        return roadm_figures(end, basis.library).preamplifier_type_ids
    return ()


def candidate_row(
    place: Place, band: FrequencyBand, *, types: TypeColumns, masks: MaskTable
) -> int:
    """Row of the candidates of one band: those named, else those allowed, if they serve it.

    What a multiband amplifier may hold depends on its housing instead.

    Parameters
    ----------
    place
        Where an amplifier stands.
    band
        Which it must serve.
    types
        Columns of all types, axis [type].
    masks
        Rows that are known; a new one is added.
    """
    is_multiband = isinstance(place.amplifier, MultibandAmplifier)
    key = (None if is_multiband else place.named, band)
    if key in masks.known:
        return masks.known[key]
    serving = types.serves(band)
    if is_multiband:
        return masks.added(key, serving)
    allowed = types.among(place.named) if place.named else types.is_allowed
    return masks.added(key, serving & allowed)


def housing_row(place: Place, basis: DesignBasis, *, types: TypeColumns, masks: MaskTable) -> int:
    """Row of the multiband types that an amplifier may be: all of whose members serve a band.

    Parameters
    ----------
    place
        Where a multiband amplifier stands.
    basis
        Library and rules.
    types
        Columns of all types, axis [type].
    masks
        Rows that are known; a new one is added.
    """
    amplifier = place.amplifier
    assert isinstance(amplifier, MultibandAmplifier)
    library, fixed = basis.library.multiband_amplifier_types, amplifier.amplifier_type_id
    stated = frozenset(band.amplifier_type_id for band in amplifier.bands)
    key = (fixed, place.named, place.bands, stated)
    if key in masks.known:
        return masks.known[key]
    if fixed is not None:
        mask = [type_id == fixed for type_id in library]
    elif stated:
        mask = [stated.issubset(kind.member_type_ids) for kind in library.values()]
    else:
        serving = np.any([types.serves(band) for band in place.bands], axis=0).tolist()
        served = {one for one, serves in zip(types.type_ids, serving, strict=True) if serves}
        mask = [
            (type_id in place.named if place.named else kind.is_allowed_for_design)
            and served.issuperset(kind.member_type_ids)
            for type_id, kind in library.items()
        ]
    return masks.added(key, np.array(mask, dtype=np.bool_))
