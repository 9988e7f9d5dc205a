"""What do the records of many OMSs mean as one batch in the units of the engines?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.identifiers import AmplifierTypeId
from karakoram.core.units import linear_from_db
from karakoram.engines.optics import amplifier_types as engine
from karakoram.engines.optics.amplified_lines import NO_AMPLIFIER, AmplifierPlaces
from karakoram.engines.optics.fibre import FibreColumns, LineColumns
from karakoram.network.photonic.elements import Amplifier, Element, Fibre, Fused
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.figures import FibreFigures, fibre_figures
from karakoram.planning.photonic.fibre_columns import Glass, fibre_piece, glass
from karakoram.planning.photonic.path_bands import AmplifierKinds


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPlace:
    """A fibre and the amplifier after it; losses between are part of one or the other."""

    fibre: Fibre | None
    """None before the first fibre, where only the booster stands."""
    amplifier: Amplifier | None
    fibre_input_db: float = 0.0
    """Splices and patches before the fibre."""
    amplifier_input_db: float = 0.0
    """Splices and patches between fibre and amplifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSection:
    """An OMS of fibres with at most one amplifier of one band after each."""

    places: tuple[PlainPlace, ...]
    """The booster's first."""
    end_db: float
    """Splices and patches after the last amplifier."""


def plain_section(elements: Sequence[Element]) -> PlainSection | None:
    """The elements as a plain section; None where they need to be passed one by one.

    Not plain are multiband amplifiers, amplifiers behind one another, pumped fibre, fibre with
    losses inside, and a section without fibre.
    """
    places = [PlainPlace(fibre=None, amplifier=None)]
    pending_db = 0.0
    for element in elements:
        match element:
            case Fused(loss_db=loss_db):
                pending_db += loss_db
            case Fibre() if not element.lumped_losses and element.raman_pumping is None:
                places.append(PlainPlace(fibre=element, amplifier=None, fibre_input_db=pending_db))
                pending_db = 0.0
            case Amplifier() if places[-1].amplifier is None:
                places[-1] = PlainPlace(
                    fibre=places[-1].fibre,
                    amplifier=element,
                    fibre_input_db=places[-1].fibre_input_db,
                    amplifier_input_db=pending_db,
                )
                pending_db = 0.0
            case _:
                return None
    return PlainSection(places=tuple(places), end_db=pending_db) if len(places) > 1 else None


class _Glasses:
    """Glass of fibres, found once for all fibres that state the same of it."""

    def __init__(
        self, library: PhotonicLibrary, frequency_hz: Float[np.ndarray, " channel"]
    ) -> None:
        self._library, self._frequency_hz = library, frequency_hz
        self._index: dict[object, int] = {}
        self.glasses: list[Glass] = []
        self.dispersion_s_per_m2: list[Float[np.ndarray, " channel"]] = []

    def index_of(self, figures: FibreFigures) -> int:
        key = (
            figures.loss_db_per_km,
            figures.dispersion_ps_per_nm_km,
            figures.dispersion_slope_ps_per_nm2_km,
            figures.reference_frequency_thz,
            figures.effective_area_um2,
            figures.gamma_per_w_km,
            figures.raman_gain,
        )
        if key not in self._index:
            self._index[key] = len(self.glasses)
            piece = fibre_piece(figures, self._frequency_hz)
            self.glasses.append(glass(figures, self._frequency_hz))
            self.dispersion_s_per_m2.append(piece.dispersion_s_per_m / piece.length_m)
        return self._index[key]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SectionColumns:
    """A batch of plain sections."""

    lines: LineColumns
    places: AmplifierPlaces
    types: tuple[engine.AmplifierType, ...]
    """What the kinds of ``places`` count."""
    end_loss: Float[np.ndarray, " line"]
    """After the last amplifier: input over output power [1]."""
    dispersion_s_per_m: Float[np.ndarray, "line channel"]
    """Accumulated over each section."""
    pmd_square_s2: Float[np.ndarray, " line"]
    pdl_square_db2: Float[np.ndarray, " line"]


def section_columns(
    sections: Sequence[PlainSection],
    *,
    library: PhotonicLibrary,
    kinds: AmplifierKinds,
    frequency_hz: Float[np.ndarray, " channel"],
) -> SectionColumns:
    """Plain sections, at least one, as columns with axes [line, section] and [line, place].

    Parameters
    ----------
    sections
        Fibres, amplifiers and fused sites between two ROADMs, in order.
    library
        Types of fibre.
    kinds
        Types of amplifier, by row.
    frequency_hz
        Channel central frequencies [Hz].

    Raises
    ------
    ValueError
        Where a fibre states its own Raman gain profile: such sections are passed one by one.
    """
    glasses = _Glasses(library, frequency_hz)
    fibres = [
        _fibre_row(place, place.fibre, library=library, glasses=glasses)
        for section in sections
        for place in section.places
        if place.fibre is not None
    ]
    if any(one.raman_gain is not None for one in glasses.glasses):
        raise ValueError("fibre with a measured Raman gain is no plain fibre")
    counts = np.array([len(section.places) - 1 for section in sections])
    table = _table(counts)
    rows = np.array(fibres)
    length_m, kind = rows[:, 0], rows[:, 4].astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    dispersion = np.stack(glasses.dispersion_s_per_m2)[kind] * length_m[:, None]
    amplifiers = _amplifiers(sections, kinds)
    return SectionColumns(
        lines=LineColumns(
            section_count=counts, fibre=_fibre_columns(rows[table], kind[table], glasses.glasses)
        ),
        places=amplifiers.places,
        types=amplifiers.types,
        end_loss=linear_from_db(np.array([section.end_db for section in sections])),
        dispersion_s_per_m=np.add.reduceat(dispersion, starts, axis=0),
        pmd_square_s2=np.add.reduceat(rows[:, 3] ** 2 * length_m, starts)
        + amplifiers.pmd_square_s2,
        pdl_square_db2=amplifiers.pdl_square_db2,
    )


def _fibre_row(
    place: PlainPlace, fibre: Fibre, *, library: PhotonicLibrary, glasses: _Glasses
) -> tuple[float, float, float, float, int]:
    """Length [m], input and output loss [1], PMD coefficient [s/sqrt(m)], and which glass."""
    figures = fibre_figures(fibre, library)
    input_db = place.fibre_input_db + figures.padding_db + figures.connector_in_db
    return (
        figures.length_km * 1e3,
        linear_from_db(input_db),
        linear_from_db(figures.connector_out_db),
        figures.pmd_ps_per_sqrt_km * 1e-12 / 1e3**0.5,
        glasses.index_of(figures),
    )


def _table(counts: Int[np.ndarray, " line"]) -> Int[np.ndarray, "line section"]:
    """Which row of all fibres stands where; a line's last fibre repeated beyond its end."""
    starts = np.cumsum(counts) - counts
    within = np.minimum(np.arange(counts.max())[None, :], counts[:, None] - 1)
    return np.asarray(starts[:, None] + within)


def _fibre_columns(
    rows: Float[np.ndarray, "line section property"],
    kind: Int[np.ndarray, "line section"],
    glasses: Sequence[Glass],
) -> FibreColumns:
    types = [one.fibre_type for one in glasses]
    flat = np.array([one.attenuation_per_m.mean() for one in types])
    loss_offset, dispersion_offset = None, None
    if any(one.attenuation_per_m.size > 1 for one in types):
        parts = [one.attenuation_per_m - mean for one, mean in zip(types, flat, strict=True)]
        loss_offset = np.stack(np.broadcast_arrays(*parts))[kind]
    bent = [one.dispersion_offset_s_per_m2 for one in types]
    if any(one is not None for one in bent):
        parts = [np.zeros(1) if one is None else one for one in bent]
        dispersion_offset = np.stack(np.broadcast_arrays(*parts))[kind]
    return FibreColumns(
        length_m=rows[..., 0],
        attenuation_per_m=flat[kind],
        input_loss=rows[..., 1],
        output_loss=rows[..., 2],
        dispersion_s_per_m2=np.array([one.dispersion_ref_s_per_m2 for one in types])[kind],
        dispersion_slope_s_per_m3=np.array([one.dispersion_slope_s_per_m3 for one in types])[kind],
        effective_area_m2=np.array([one.reference_area_m2 for one in types])[kind],
        pmd_s_per_sqrt_m=rows[..., 3],
        attenuation_offset_per_m=loss_offset,
        dispersion_offset_s_per_m2=dispersion_offset,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Amplifiers:
    places: AmplifierPlaces
    types: tuple[engine.AmplifierType, ...]
    pmd_square_s2: Float[np.ndarray, " line"]
    pdl_square_db2: Float[np.ndarray, " line"]


def _amplifiers(sections: Sequence[PlainSection], kinds: AmplifierKinds) -> _Amplifiers:
    shape = (len(sections), max(len(section.places) for section in sections))
    kind = np.full(shape, NO_AMPLIFIER)
    decibels = np.zeros((4, *shape))
    numbers: dict[tuple[AmplifierTypeId, bool], int] = {}
    for line, place, amplifier, input_db in _standing(sections):
        settings, type_id = amplifier.settings, amplifier.amplifier_type_id
        assert type_id is not None, "missing types are found before"
        values = (settings.gain_db, settings.tilt_db, settings.output_voa_db)
        gain_db, tilt_db, output_db = (0.0 if value is None else value for value in values)
        key = type_id, tilt_db == 0.0
        kind[line, place] = numbers.setdefault(key, len(numbers))
        decibels[:, line, place] = gain_db, tilt_db, settings.input_voa_db + input_db, output_db
    gain, tilt, input_loss, output_loss = linear_from_db(decibels)
    types = tuple(_type(kinds, *key) for key in numbers)
    pmd_s = np.array([0.0, *(one.pmd_s for one in types)])[kind + 1]
    pdl_db = np.array([0.0, *(one.pdl_db for one in types)])[kind + 1]
    return _Amplifiers(
        places=AmplifierPlaces(
            kind=kind, gain=gain, tilt=tilt, input_loss=input_loss, output_loss=output_loss
        ),
        types=types,
        pmd_square_s2=(pmd_s**2).sum(axis=1),
        pdl_square_db2=(pdl_db**2).sum(axis=1),
    )


def _standing(
    sections: Sequence[PlainSection],
) -> Iterator[tuple[int, int, Amplifier, float]]:
    """Line, place, amplifier and the loss before it [dB], wherever one stands."""
    for line, section in enumerate(sections):
        for number, place in enumerate(section.places):
            if place.amplifier is not None:
                yield line, number, place.amplifier, place.amplifier_input_db


def _type(
    kinds: Mapping[AmplifierTypeId, engine.AmplifierType],
    type_id: AmplifierTypeId,
    is_level: bool,  # noqa: FBT001  (half of a key)
) -> engine.AmplifierType:
    """The type; without tilt and ripple its response to tilt says nothing, so it is left out."""
    kind = kinds[type_id]
    if not is_level or np.ptp(kind.ripple) > 0.0:
        return kind
    return engine.AmplifierType(
        noise=kind.noise,
        output_power_max_w=kind.output_power_max_w,
        f_min_hz=kind.f_min_hz,
        f_max_hz=kind.f_max_hz,
        tilt_response=np.ones(1),
        ripple=kind.ripple,
        noise_ripple=kind.noise_ripple,
        pmd_s=kind.pmd_s,
        pdl_db=kind.pdl_db,
    )
