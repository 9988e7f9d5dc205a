"""Which amplifier types can the design choose from, as columns?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import AmplifierTypeId
from karakoram.core.units import hz_from_ghz, linear_from_db, watt_from_dbm
from karakoram.engines.optics.noise_figure import NoiseFigureModel, OperatingPoint
from karakoram.network.photonic.amplifiers import AmplifierType
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.planning.photonic.amplifier_columns import noise_model

_COMPARED_W = watt_from_dbm(0.0)
_COMPARED_HZ = 88 * hz_from_ghz(50.0)
"""Noise that depends on input power is compared at 0 dBm in 88 channels of 50 GHz, the power
of an input after a long span (GNPy 3.0.1, the same point)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TypeColumns:
    """Every amplifier type of one band, Raman types last, else in the order of the library."""

    type_ids: tuple[AmplifierTypeId, ...]
    models: tuple[NoiseFigureModel | None, ...]
    """``None`` where no amplifier could have the figures of the type."""
    gain_min_db: Float[np.ndarray, " type"]
    gain_flatmax_db: Float[np.ndarray, " type"]
    power_dbm_max: Float[np.ndarray, " type"]
    is_raman: Bool[np.ndarray, " type"]
    optimises_voa: Bool[np.ndarray, " type"]
    is_allowed: Bool[np.ndarray, " type"]
    """Whether the design may choose it where nothing else is said."""
    lower_thz: Float[np.ndarray, " type"]
    upper_thz: Float[np.ndarray, " type"]

    def __post_init__(self) -> None:
        for name in ("gain_min_db", "gain_flatmax_db", "power_dbm_max", "lower_thz", "upper_thz"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    def serves(self, band: FrequencyBand) -> Bool[np.ndarray, " type"]:
        """Which types pass all of a band."""
        return np.asarray((self.lower_thz <= band.lower_thz) & (self.upper_thz >= band.upper_thz))

    def among(self, type_ids: tuple[AmplifierTypeId, ...]) -> Bool[np.ndarray, " type"]:
        """Which types are named."""
        named = set(type_ids)
        return np.array([key in named for key in self.type_ids], dtype=np.bool_)

    def noise_factor(
        self,
        gain_db: Float[np.ndarray, " row"],
        *,
        wanted: Bool[np.ndarray, "row type"],
    ) -> Float[np.ndarray, "row type"]:
        """Noise factors at the power of comparison [1]; infinite where not wanted."""
        factors = np.full(wanted.shape, np.inf)
        gain = np.asarray(linear_from_db(gain_db))
        for column in np.flatnonzero(wanted.any(axis=0)).tolist():
            model, rows = self.models[column], wanted[:, column]
            if model is not None:
                point = OperatingPoint(
                    gain=gain[rows],
                    input_power_w=np.full(int(rows.sum()), _COMPARED_W),
                    slot_width_total_hz=_COMPARED_HZ,
                )
                factors[rows, column] = model.noise_factor(point)
        return factors

    def noise_figure_db(
        self,
        *,
        kind: Int[np.ndarray, " row"],
        gain_db: Float[np.ndarray, " row"],
        input_dbm: Float[np.ndarray, " row"],
        slots_hz: Float[np.ndarray, " row"],
    ) -> Float[np.ndarray, " row"]:
        """Noise figure of amplifiers at their own input power [dB]; NaN without a type.

        Parameters
        ----------
        kind
            Column of each amplifier's type; negative without one.
        slots_hz
            Width of all lit slots.
        """
        figure_db = np.full(kind.shape, np.nan)
        pairs = {(k, s) for k, s in zip(kind.tolist(), slots_hz.tolist(), strict=True) if k >= 0}
        for column, width_hz in sorted(pairs):
            model = self.models[column]
            rows = (kind == column) & (slots_hz == width_hz)
            if model is not None:
                point = OperatingPoint(
                    gain=np.asarray(linear_from_db(gain_db[rows])),
                    input_power_w=np.asarray(watt_from_dbm(input_dbm[rows])),
                    slot_width_total_hz=width_hz,
                )
                with np.errstate(divide="ignore"):  # an amplifier without noise has -inf dB
                    figure_db[rows] = 10.0 * np.log10(model.noise_factor(point))
        return figure_db


def type_columns(library: PhotonicLibrary) -> tuple[TypeColumns, tuple[Finding, ...]]:
    """The types of a library as columns, and what is wrong with their noise figures."""
    types = sorted(library.amplifier_types.values(), key=lambda one: one.is_raman)
    findings: list[Finding] = []
    models = [_model_or_finding(one, library, findings) for one in types]
    return TypeColumns(
        type_ids=tuple(one.amplifier_type_id for one in types),
        models=tuple(models),
        gain_min_db=np.array([one.gain_min_db for one in types]),
        gain_flatmax_db=np.array([one.gain_flatmax_db for one in types]),
        power_dbm_max=np.array([one.output_power_dbm_max for one in types]),
        is_raman=np.array([one.is_raman for one in types], dtype=np.bool_),
        optimises_voa=np.array([one.optimises_output_voa for one in types], dtype=np.bool_),
        is_allowed=np.array(
            [
                one.is_allowed_for_design and model is not None
                for one, model in zip(types, models, strict=True)
            ],
            dtype=np.bool_,
        ),
        lower_thz=np.array([one.band.lower_thz for one in types]),
        upper_thz=np.array([one.band.upper_thz for one in types]),
    ), tuple(findings)


def _model_or_finding(
    kind: AmplifierType, library: PhotonicLibrary, findings: list[Finding]
) -> NoiseFigureModel | None:
    try:
        return noise_model(kind, library)
    except ValueError as error:
        findings.append(
            Finding(
                code="impossible-noise",
                place=Place(table="amplifier_types", record=kind.amplifier_type_id, field="noise"),
                message=f"{error}; the design does not choose this type",
                severity=Severity.WARNING,
            )
        )
        return None
