"""What do the launch powers of the multiplex sections on land bring, by rule and at their best?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.units import hz_from_ghz, hz_from_thz, linear_from_db, watt_from_dbm
from karakoram.engines.optics import AmplifierColumns, Comb, LineColumns, full_comb, line_columns
from karakoram.engines.optics.launch_goals import LaunchGoal, LeastMargin, ShannonCapacity
from karakoram.engines.optics.launch_power import LaunchPlan, optimal_launch_power
from karakoram.engines.optics.launched_lines import (
    AmplifiedBands,
    LaunchedLines,
    launched_lines,
)
from karakoram.engines.optics.uncertainty import (
    Disturbance,
    PlannedLines,
    UncertainGsnr,
    Uncertainty,
    uncertain_gsnr,
)
from karakoram.network.columns import ots_columns
from karakoram.network.network import Network
from karakoram.network.sections import Oms
from karakoram.planning.optical_plant import fibre_columns, line_amplifiers, terrestrial_comb
from karakoram.refdata.optical_planning import (
    OpticalBand,
    OpticalUncertainty,
    UncertainFigure,
    read_optical_bands,
    read_optical_uncertainties,
)


class BandPlan(Enum):
    """Which part of the spectrum a line is built for."""

    C = "C"
    """The band of the design rules, with the amplifiers of the network."""
    C_AND_L = "C+L"
    """Both bands of refdata, each with amplifiers of its own at every place."""


class LaunchAim(Enum):
    """What launch powers are chosen for."""

    MARGIN = "margin"
    """The worst channel as good as can be."""
    SHANNON = "capacity"
    """Shannon's bound over all channels as high as can be."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SectionBatch:
    """Multiplex sections on land, each in one direction, under one comb."""

    oms: tuple[Oms, ...]
    lines: LineColumns
    comb: Comb
    """Launch powers of the power rule."""
    amplifiers: AmplifierColumns
    bands: AmplifiedBands | None

    @property
    def rule_power_w(self) -> Float[np.ndarray, "line channel"]:
        """The power rule: equal density at every line."""
        return np.tile(self.comb.launch_power_w, (len(self.oms), 1))

    @property
    def launched(self) -> LaunchedLines:
        """The sections ready for any launch powers."""
        return launched_lines(self.lines, self.comb, self.amplifiers, bands=self.bands)

    def of(self, some: Int[np.ndarray, " some"]) -> "SectionBatch":
        """Some of the sections."""
        fibre, amplifiers = self.lines.fibre, self.amplifiers
        columns = {
            name: getattr(fibre, name)[some]
            for name in (
                *("length_m", "attenuation_per_m", "input_loss", "output_loss"),
                *("dispersion_s_per_m2", "dispersion_slope_s_per_m3"),
                *("effective_area_m2", "pmd_s_per_sqrt_m"),
            )
        }
        return replace(
            self,
            oms=tuple(self.oms[i] for i in some),
            lines=LineColumns(
                section_count=self.lines.section_count[some], fibre=replace(fibre, **columns)
            ),
            amplifiers=AmplifierColumns(
                gain=amplifiers.gain[some],
                noise_factor=amplifiers.noise_factor[some],
                output_power_max_w=amplifiers.output_power_max_w[some],
                restores_profile=amplifiers.restores_profile[some],
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SectionLaunch:
    """Launch powers of a batch of sections, by rule and at their best."""

    batch: SectionBatch
    rule_gsnr: Float[np.ndarray, "line channel"]
    plan: LaunchPlan


def section_batch(
    network: Network, oms: Sequence[Oms], *, band: BandPlan, spacing_ghz: float
) -> SectionBatch:
    """The sections as the engine takes them, every slot lit at the density of the power rule.

    Parameters
    ----------
    network
        For plant, library and design rules.
    oms
        Sections on land, each in its direction of travel; at least one.
    band
        What they are built for.
    spacing_ghz
        Slot width of every channel.
    """
    assert all(line.submarine_cable_id is None for line in oms), "sections on land"
    lines = line_columns([fibre_columns(ots_columns(network, line)) for line in oms])
    amplifiers = line_amplifiers(network, oms, lines)
    comb, bands = terrestrial_comb(network, spacing_ghz=spacing_ghz), None
    if band is BandPlan.C_AND_L:
        both = read_optical_bands()
        comb = _comb_of(both, like=comb, spacing_ghz=spacing_ghz)
        bands = _amplified_bands(both, comb)
        amplifiers = AmplifierColumns(
            gain=amplifiers.gain,
            noise_factor=amplifiers.noise_factor,
            output_power_max_w=np.full(amplifiers.gain.shape, bands.power_max_w.sum()),
            restores_profile=np.full(
                amplifiers.gain.shape, all(one.restores_profile for one in both)
            ),
        )
    return SectionBatch(oms=tuple(oms), lines=lines, comb=comb, amplifiers=amplifiers, bands=bands)


def section_launch(batch: SectionBatch, *, aim: LaunchAim) -> SectionLaunch:
    """The best launch powers of each section for an aim, beside those of the rule.

    Parameters
    ----------
    batch
        Sections and their comb.
    aim
        What is to be best.
    """
    goals: dict[LaunchAim, LaunchGoal] = {
        LaunchAim.MARGIN: LeastMargin(),
        LaunchAim.SHANNON: ShannonCapacity(symbol_rate_hz=batch.comb.symbol_rate_hz),
    }
    launched, rule_w = batch.launched, batch.rule_power_w
    return SectionLaunch(
        batch=batch,
        rule_gsnr=launched.gsnr(rule_w),
        plan=optimal_launch_power(launched, goals[aim], start_w=rule_w),
    )


def uncertain_section_gsnr(launch: SectionLaunch, *, with_receiver: bool) -> UncertainGsnr:
    """How the GSNR at the best launch powers is spread, by the uncertainties of refdata.

    Parameters
    ----------
    launch
        Sections and their launch powers.
    with_receiver
        Whether what transceivers lack of their figure counts too.
    """
    batch, records = launch.batch, read_optical_uncertainties()
    uncertainties = engine_uncertainties(records, of_line=True)
    if with_receiver:
        uncertainties += engine_uncertainties(records, of_line=False)
    return uncertain_gsnr(
        PlannedLines(
            lines=batch.lines,
            comb=batch.comb,
            amplifiers=batch.amplifiers,
            launch_power_w=launch.plan.launch_power_w,
            bands=batch.bands,
        ),
        uncertainties,
    )


def engine_uncertainties(
    records: Iterable[OpticalUncertainty], *, of_line: bool
) -> tuple[Uncertainty, ...]:
    """The records as the engine takes them: those of the line, or those of the receiver."""
    return tuple(
        Uncertainty(
            disturbance=Disturbance(record.figure.value),
            shift=record.shift,
            own_spread=record.own_spread,
            common_spread=record.common_spread,
        )
        for record in records
        if (record.figure is not UncertainFigure.RECEIVED_SNR) is of_line
    )


def _comb_of(bands: Sequence[OpticalBand], *, like: Comb, spacing_ghz: float) -> Comb:
    """Every slot of the bands lit as the channels of ``like`` are."""
    symbol_rate_hz = float(like.symbol_rate_hz[0])
    combs = [
        full_comb(
            f_min_hz=hz_from_thz(band.lower_thz),
            f_max_hz=hz_from_thz(band.upper_thz),
            spacing_hz=hz_from_ghz(spacing_ghz),
            symbol_rate_hz=symbol_rate_hz,
            psd_w_per_hz=float(like.launch_power_w[0]) / symbol_rate_hz,
        )
        for band in sorted(bands, key=lambda band: band.lower_thz)
    ]
    return Comb(
        frequency_hz=np.concatenate([comb.frequency_hz for comb in combs]),
        symbol_rate_hz=np.concatenate([comb.symbol_rate_hz for comb in combs]),
        launch_power_w=np.concatenate([comb.launch_power_w for comb in combs]),
        roll_off=np.concatenate([comb.roll_off for comb in combs]),
    )


def _amplified_bands(bands: Sequence[OpticalBand], comb: Comb) -> AmplifiedBands:
    return AmplifiedBands(
        is_in_band=np.array(
            [
                (comb.frequency_hz > hz_from_thz(band.lower_thz))
                & (comb.frequency_hz < hz_from_thz(band.upper_thz))
                for band in bands
            ]
        ),
        power_max_w=watt_from_dbm(np.array([band.output_power_dbm_max for band in bands])),
        noise_factor=linear_from_db(np.array([band.noise_figure_extra_db for band in bands])),
    )
