"""What GSNR holds with a stated confidence, when losses and noise figures are not certain?

Every fibre, connector and amplifier differs from its planned figure by an amount of its own, and
all of a kind may differ together. To first order in these amounts the GSNR in dB is a sum of
many independent terms, so it is normally distributed: one propagation per kind and place gives
its spread around that of the mean plant, for all lines at once. ``sampled_gsnr_db`` does the
same by drawing lots; mean and quantiles then lie up to 0.1 dB lower, as noise is convex in loss.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from statistics import NormalDist

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.units import NEPER_PER_DB, db_from_linear, linear_from_db
from karakoram.engines.optics.amplifier import AmplifierColumns
from karakoram.engines.optics.fibre import FibreColumns, LineColumns
from karakoram.engines.optics.launched_lines import AmplifiedBands, launched_lines
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.spectrum import Comb

STEP = 1e-3
"""Of dB or dB/km: small against any spread, large against rounding."""


class Disturbance(Enum):
    """What may differ from plan. All but the last are amounts at one place of a line."""

    FIBRE_LOSS_DB_PER_KM = "fibre_loss"
    """Attenuation coefficient of a section."""
    CONNECTOR_LOSS_DB = "connector_loss"
    """Loss of the connectors at either end of a section."""
    ADDED_LOSS_DB = "added_loss"
    """Splices of repairs and ageing in a section, counted at its end."""
    NOISE_FIGURE_DB = "noise_figure"
    """Of an amplifier."""
    RECEIVED_SNR_DB = "received_snr"
    """Of a transceiver: what it is worse than its figure, taken from the GSNR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """How one kind of figure is distributed around its planned value, normally."""

    disturbance: Disturbance
    shift: float
    """Mean of the difference from plan, in the unit of the disturbance; > 0 is worse."""
    own_spread: float
    """Standard deviation of each place's own difference."""
    common_spread: float = 0.0
    """Standard deviation of what is the same at all places of a line."""

    def __post_init__(self) -> None:
        assert self.own_spread >= 0.0
        assert self.common_spread >= 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlannedLines:
    """Lines as planned, and the launch powers that they are run with."""

    lines: LineColumns
    comb: Comb
    amplifiers: AmplifierColumns
    launch_power_w: Float[np.ndarray, "line channel"]
    bands: AmplifiedBands | None = None
    method: PropagationMethod = DEFAULT_METHOD


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UncertainGsnr:
    """GSNR as a normally distributed figure in dB, to first order."""

    planned_db: Float[np.ndarray, "line channel"]
    mean_db: Float[np.ndarray, "line channel"]
    """With every figure at the mean of its distribution."""
    part_db: Float[np.ndarray, "uncertainty line channel"]
    """Standard deviation that each uncertainty alone causes."""

    def __post_init__(self) -> None:
        for name in ("planned_db", "mean_db", "part_db"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    @property
    def spread_db(self) -> Float[np.ndarray, "line channel"]:
        """Standard deviation of all together, which are independent."""
        return np.asarray(np.sqrt((self.part_db**2).sum(axis=0)))

    def at(self, confidence: float) -> Float[np.ndarray, "line channel"]:
        """What the GSNR of a channel is above with this probability [dB].

        Parameters
        ----------
        confidence
            Probability between 0 and 1, e.g. 0.95.
        """
        return np.asarray(self.mean_db - NormalDist().inv_cdf(confidence) * self.spread_db)


def uncertain_gsnr(planned: PlannedLines, uncertainties: Sequence[Uncertainty]) -> UncertainGsnr:
    """Mean and spread of the GSNR of every channel, by first-order propagation.

        variance = sum_u [own_u² sum_k s_uk² + common_u² (sum_k s_uk)²]

    with s_uk the change in dB for one unit of uncertainty u at place k. Amplifier gains follow
    the losses, so that every section is launched into as planned.

    Parameters
    ----------
    planned
        Lines and their launch powers.
    uncertainties
        Independent of each other.
    """
    each = np.arange(len(planned.launch_power_w))
    mean_db = _gsnr_db(planned, _shifts(planned, uncertainties), each)
    parts = []
    for uncertainty in uncertainties:
        slopes = _slopes(planned, uncertainties, uncertainty.disturbance, mean_db=mean_db)
        own = uncertainty.own_spread**2 * (slopes**2).sum(axis=1)
        common = uncertainty.common_spread**2 * slopes.sum(axis=1) ** 2
        parts.append(np.sqrt(own + common))
    return UncertainGsnr(
        planned_db=_gsnr_db(planned, {}, each),
        mean_db=mean_db,
        part_db=np.array(parts).reshape(len(parts), *mean_db.shape),
    )


def sampled_gsnr_db(
    planned: PlannedLines,
    uncertainties: Sequence[Uncertainty],
    *,
    rng: np.random.Generator,
    sample_count: int,
) -> Float[np.ndarray, "sample line channel"]:
    """GSNR of every channel [dB] with differences drawn by lot, fully propagated.

    Parameters
    ----------
    planned, uncertainties
        As of :func:`uncertain_gsnr`.
    rng
        Whose lots are drawn.
    sample_count
        How many times each line is drawn.
    """
    line_count, places = planned.amplifiers.gain.shape
    rows = sample_count * line_count
    of_line = np.tile(np.arange(line_count), sample_count)
    amounts = dict(_shifts(planned, uncertainties, rows=rows))
    for uncertainty in uncertainties:
        drawn = uncertainty.own_spread * rng.standard_normal((rows, places))
        drawn += uncertainty.common_spread * rng.standard_normal((rows, 1))
        amounts[uncertainty.disturbance] = amounts[uncertainty.disturbance] + drawn
    gsnr_db = _gsnr_db(planned, amounts, of_line)
    return gsnr_db.reshape(sample_count, line_count, -1)


def _shifts(
    planned: PlannedLines, uncertainties: Sequence[Uncertainty], *, rows: int | None = None
) -> Mapping[Disturbance, Float[np.ndarray, "row place"]]:
    """The mean difference from plan at every place."""
    lines, places = planned.amplifiers.gain.shape
    amounts: dict[Disturbance, Float[np.ndarray, "row place"]] = {}
    for uncertainty in uncertainties:
        kind = uncertainty.disturbance
        before = amounts.get(kind, np.zeros((lines if rows is None else rows, places)))
        amounts[kind] = before + uncertainty.shift
    return amounts


def _slopes(
    planned: PlannedLines,
    uncertainties: Sequence[Uncertainty],
    disturbance: Disturbance,
    *,
    mean_db: Float[np.ndarray, "line channel"],
) -> Float[np.ndarray, "line place channel"]:
    """Change of the GSNR in dB for one unit of a disturbance at each place of each line."""
    lines, places = planned.amplifiers.gain.shape
    if disturbance is Disturbance.RECEIVED_SNR_DB:
        return np.full((lines, 1, mean_db.shape[1]), -1.0)
    of_line = np.repeat(np.arange(lines), places)
    amounts = dict(_shifts(planned, uncertainties, rows=lines * places))
    amounts[disturbance] = amounts[disturbance] + STEP * np.tile(np.eye(places), (lines, 1))
    changed_db = _gsnr_db(planned, amounts, of_line)
    changes = changed_db.reshape(lines, places, -1) - mean_db[:, None, :]
    return np.asarray(changes / STEP)


def _gsnr_db(
    planned: PlannedLines,
    amounts: Mapping[Disturbance, Float[np.ndarray, "row place"]],
    of_line: Int[np.ndarray, " row"],
) -> Float[np.ndarray, "row channel"]:
    """GSNR of disturbed lines [dB], one row for each."""
    lines, amplifiers = _disturbed(planned, amounts, of_line)
    ready = launched_lines(
        lines, planned.comb, amplifiers, bands=planned.bands, method=planned.method
    )
    gsnr_db = db_from_linear(ready.gsnr(planned.launch_power_w[of_line]))
    worse_db = amounts.get(Disturbance.RECEIVED_SNR_DB)
    return gsnr_db if worse_db is None else gsnr_db - worse_db[:, :1]


def _disturbed(
    planned: PlannedLines,
    amounts: Mapping[Disturbance, Float[np.ndarray, "row place"]],
    of_line: Int[np.ndarray, " row"],
) -> tuple[LineColumns, AmplifierColumns]:
    """The lines with other losses and noise figures; a section's place is its index.

    No connector or repair amplifies: losses below 0 dB are taken as 0 dB.
    """
    fibre = _rows_of(planned.lines.fibre, of_line)
    none = np.zeros((len(of_line), planned.amplifiers.gain.shape[1]))
    section = {kind: amounts.get(kind, none)[:, :-1] for kind in Disturbance}
    connector = linear_from_db(section[Disturbance.CONNECTOR_LOSS_DB])
    added = linear_from_db(section[Disturbance.ADDED_LOSS_DB])
    per_m = section[Disturbance.FIBRE_LOSS_DB_PER_KM] * NEPER_PER_DB * 1e-3
    disturbed = replace(
        fibre,
        attenuation_per_m=fibre.attenuation_per_m + per_m,
        input_loss=np.maximum(1.0, fibre.input_loss * connector),
        output_loss=np.maximum(1.0, fibre.output_loss * connector * added),
    )
    gain = planned.amplifiers.gain[of_line]
    gain[:, 1:] *= disturbed.loss / fibre.loss
    noisier = linear_from_db(amounts.get(Disturbance.NOISE_FIGURE_DB, none))
    return LineColumns(
        section_count=planned.lines.section_count[of_line], fibre=disturbed
    ), AmplifierColumns(
        gain=gain,
        noise_factor=planned.amplifiers.noise_factor[of_line] * noisier,
        output_power_max_w=planned.amplifiers.output_power_max_w[of_line],
        restores_profile=planned.amplifiers.restores_profile[of_line],
    )


def _rows_of(fibre: FibreColumns, of_line: Int[np.ndarray, " row"]) -> FibreColumns:
    loss_offset, dispersion_offset = (
        None if offset is None else offset[of_line]
        for offset in (fibre.attenuation_offset_per_m, fibre.dispersion_offset_s_per_m2)
    )
    return FibreColumns(
        length_m=fibre.length_m[of_line],
        attenuation_per_m=fibre.attenuation_per_m[of_line],
        input_loss=fibre.input_loss[of_line],
        output_loss=fibre.output_loss[of_line],
        dispersion_s_per_m2=fibre.dispersion_s_per_m2[of_line],
        dispersion_slope_s_per_m3=fibre.dispersion_slope_s_per_m3[of_line],
        effective_area_m2=fibre.effective_area_m2[of_line],
        pmd_s_per_sqrt_m=fibre.pmd_s_per_sqrt_m[of_line],
        attenuation_offset_per_m=loss_offset,
        dispersion_offset_s_per_m2=dispersion_offset,
    )
