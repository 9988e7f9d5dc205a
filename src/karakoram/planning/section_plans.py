"""Which 400G and 800G mode is best on each multiplex section, and what does a fibre pair carry?

A mode counts where its worst channel, in the worse direction, has its required GSNR with the
stated confidence, at the best launch powers. Of those that count the one that carries most is
best; where none does, the one that lacks least is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from jaxtyping import Float

from karakoram.core.identifiers import OperatorId
from karakoram.core.units import (
    db_from_linear,
    hz_from_ghz,
    linear_from_db,
    ps_from_s,
    ps_per_nm_from_s_per_m,
)
from karakoram.engines.optics import line_dispersion_s_per_m, line_pmd_s, snr_with_terminals
from karakoram.engines.optics.uncertainty import Uncertainty
from karakoram.network.network import Network
from karakoram.network.sections import IN_SERVICE, Oms, multiplex_sections
from karakoram.network.standing import standing_roadm_types
from karakoram.planning.section_launch import (
    BandPlan,
    LaunchAim,
    SectionBatch,
    engine_uncertainties,
    section_batch,
    section_launch,
    uncertain_section_gsnr,
)
from karakoram.refdata.equipment import TransceiverMode
from karakoram.refdata.optical_planning import read_optical_uncertainties

CONFIDENCE = 0.95
"""Of the margins of plans, unless asked for another."""

_HOPE_DB = 1.0
"""What a mode may lack by the power rule and yet close, with better powers and 95 % confidence."""
_SURE_DB = 3.0
"""What a mode must have to spare by the power rule to close for sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeOutcome:
    """What one mode comes to on one section, in the worse direction."""

    transceiver_mode_id: str
    bit_rate_gbps: float
    spacing_ghz: float
    channel_count: int
    rule_gsnr_db: float
    """Of the worst channel, terminals included, by the power rule."""
    gsnr_db: float
    """The same, at the best launch powers."""
    required_gsnr_db: float
    margin_db_at_confidence: float
    is_within_receiver: bool
    """Whether dispersion and PMD are within what the receiver bears."""

    @property
    def closes(self) -> bool:
        """Whether the mode runs with the confidence that was asked for."""
        return self.is_within_receiver and self.margin_db_at_confidence >= 0.0

    @property
    def gain_db(self) -> float:
        """What the best launch powers bring to the worst channel."""
        return self.gsnr_db - self.rule_gsnr_db

    @property
    def fibre_pair_tbps(self) -> float:
        """What a fibre pair carries [Tbit/s]; 0 where the mode does not close."""
        return self.channel_count * self.bit_rate_gbps / 1e3 if self.closes else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPlan:
    """The best mode of each bit rate on one section."""

    oms: Oms
    operator_ids: tuple[OperatorId, ...]
    band: BandPlan
    by_bit_rate_gbps: Mapping[float, ModeOutcome]

    @property
    def fibre_pair_tbps(self) -> float:
        """The most that a fibre pair carries by any of the modes [Tbit/s]."""
        return max(mode.fibre_pair_tbps for mode in self.by_bit_rate_gbps.values())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sections:
    """Sections on land; rows 2k and 2k + 1 of a batch are the two directions of section k."""

    network: Network
    band: BandPlan
    oms: tuple[Oms, ...]
    add_drop_noise: Float[np.ndarray, " section"]
    """1/OSNR in 0.1 nm that adding at one end and dropping at the other make [1]."""

    def batch(self, some: Sequence[int], *, spacing_ghz: float) -> SectionBatch:
        """Both directions of some of the sections."""
        both = [way for i in some for way in (self.oms[i], self.oms[i].reversed())]
        return section_batch(self.network, both, band=self.band, spacing_ghz=spacing_ghz)


def section_plans(
    network: Network,
    *,
    band: BandPlan,
    bit_rates_gbps: Sequence[float] = (400.0, 800.0),
    confidence: float = CONFIDENCE,
) -> tuple[SectionPlan, ...]:
    """The best modes of every multiplex section on land that is in service.

    Parameters
    ----------
    network
        Plant, library and design rules.
    band
        What the lines are built for.
    bit_rates_gbps
        Of the modes that are looked for.
    confidence
        With which a mode must have what it requires.

    Returns
    -------
    One plan for each section, in the order of ``multiplex_sections``.
    """
    oms = tuple(
        line for line in multiplex_sections(network, IN_SERVICE) if line.submarine_cable_id is None
    )
    if not oms:
        return ()
    roadms = standing_roadm_types(network)
    ends = np.array(
        [[roadms[site].add_drop_osnr_db for site in (o.a_site_id, o.z_site_id)] for o in oms]
    )
    sections = _Sections(
        network=network,
        band=band,
        oms=oms,
        add_drop_noise=(0.5 / linear_from_db(ends)).sum(axis=1),
    )
    modes = [
        mode
        for mode in network.library.transceiver_modes.values()
        if mode.bit_rate_gbps in bit_rates_gbps
    ]
    outcomes = _outcomes(sections, modes, confidence=confidence)
    return tuple(
        SectionPlan(
            oms=line,
            operator_ids=tuple(
                dict.fromkeys(network.spans[span_id].operator_id for span_id in line.span_ids)
            ),
            band=band,
            by_bit_rate_gbps={
                bit_rate_gbps: max(
                    (one for one in outcomes[k] if one.bit_rate_gbps == bit_rate_gbps), key=_merit
                )
                for bit_rate_gbps in bit_rates_gbps
                if any(one.bit_rate_gbps == bit_rate_gbps for one in outcomes[k])
            },
        )
        for k, line in enumerate(oms)
    )


def _merit(outcome: ModeOutcome) -> tuple[float, bool, float]:
    """What carries most; then what the receiver bears; then what has most to spare."""
    spare_db = outcome.margin_db_at_confidence
    return outcome.fibre_pair_tbps, outcome.is_within_receiver, spare_db


def _outcomes(
    sections: _Sections, modes: Sequence[TransceiverMode], *, confidence: float
) -> list[list[ModeOutcome]]:
    """For each section the outcomes of the modes that may be its best."""
    by_spacing: dict[float, list[TransceiverMode]] = {}
    for mode in modes:
        by_spacing.setdefault(mode.spacing_ghz_min, []).append(mode)
    every = range(len(sections.oms))
    rule_margins_db = {
        mode.transceiver_mode_id: margins_db
        for spacing_ghz, alike in by_spacing.items()
        for mode, margins_db in _rule_margins_db(sections, alike, spacing_ghz=spacing_ghz)
    }
    wanted = {
        (k, mode.transceiver_mode_id)
        for k in every
        for mode in _worth_trying(
            modes, {name: float(db[k]) for name, db in rule_margins_db.items()}
        )
    }
    outcomes: list[list[ModeOutcome]] = [[] for _ in every]
    for spacing_ghz, alike in by_spacing.items():
        some = [k for k in every if any((k, m.transceiver_mode_id) in wanted for m in alike)]
        if some:
            launch = _Launch.of(sections, some, spacing_ghz=spacing_ghz, confidence=confidence)
            for mode in alike:
                for k, outcome in zip(some, launch.outcomes(mode), strict=True):
                    outcomes[k].append(outcome)
    return outcomes


def _rule_margins_db(
    sections: _Sections, alike: Sequence[TransceiverMode], *, spacing_ghz: float
) -> list[tuple[TransceiverMode, Float[np.ndarray, " section"]]]:
    batch = sections.batch(range(len(sections.oms)), spacing_ghz=spacing_ghz)
    gsnr = batch.launched.gsnr(batch.rule_power_w)
    return [
        (
            mode,
            _worse_way(db_from_linear(_received(mode, gsnr, sections.add_drop_noise)))
            - mode.required_gsnr_db,
        )
        for mode in alike
    ]


def _worth_trying(
    modes: Sequence[TransceiverMode], margins_db: Mapping[str, float]
) -> list[TransceiverMode]:
    """The modes that may be best of their bit rate on a section, by their margins by rule."""
    found: list[TransceiverMode] = []
    for bit_rate_gbps in sorted({mode.bit_rate_gbps for mode in modes}):
        alike = [mode for mode in modes if mode.bit_rate_gbps == bit_rate_gbps]
        found.append(max(alike, key=lambda mode: margins_db[mode.transceiver_mode_id]))
        for mode in sorted(alike, key=lambda mode: mode.spacing_ghz_min):
            margin_db = margins_db[mode.transceiver_mode_id]
            if margin_db >= -_HOPE_DB:
                found.append(mode)
            if margin_db >= _SURE_DB:
                break
    return found


def _received(
    mode: TransceiverMode,
    gsnr: Float[np.ndarray, "way channel"],
    add_drop_noise: Float[np.ndarray, " section"],
) -> Float[np.ndarray, "way channel"]:
    """SNR at the receiver [1], in the signal bandwidth; two ways for each section."""
    ends = np.repeat(1.0 / add_drop_noise, 2)[:, None]
    transmitter = np.full_like(ends, linear_from_db(mode.tx_osnr_db))
    return snr_with_terminals(
        gsnr=gsnr,
        symbol_rate_hz=np.full(gsnr.shape[1], hz_from_ghz(mode.symbol_rate_gbaud)),
        terminal_osnr=np.concatenate([ends, transmitter], axis=1),
    )


def _worse_way(values: Float[np.ndarray, "way channel"]) -> Float[np.ndarray, " section"]:
    """The least over the channels of both directions."""
    return np.asarray(values.min(axis=1).reshape(-1, 2).min(axis=1))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Launch:
    """Some sections at their best launch powers under one comb."""

    add_drop_noise: Float[np.ndarray, " section"]
    spacing_ghz: float
    confidence: float
    rule_gsnr: Float[np.ndarray, "way channel"]
    gsnr: Float[np.ndarray, "way channel"]
    mean_gsnr: Float[np.ndarray, "way channel"]
    """With every figure at the mean of its distribution [1]."""
    spread_db: Float[np.ndarray, "way channel"]
    receiver: tuple[Uncertainty, ...]
    cd_ps_per_nm: Float[np.ndarray, " section"]
    pmd_ps: Float[np.ndarray, " section"]

    @classmethod
    def of(
        cls, sections: _Sections, some: Sequence[int], *, spacing_ghz: float, confidence: float
    ) -> "_Launch":
        """Launch powers for the best worst channel, and how sure what they give is.

        Parameters
        ----------
        sections
            All of them.
        some
            Which are lit, by index.
        spacing_ghz
            Between channels.
        confidence
            Probability with which a margin must hold.
        """
        batch = sections.batch(some, spacing_ghz=spacing_ghz)
        found = section_launch(batch, aim=LaunchAim.MARGIN)
        spread = uncertain_section_gsnr(found, with_receiver=False)
        dispersion = np.abs(line_dispersion_s_per_m(batch.lines, batch.comb)).max(axis=1)[::2]
        return cls(
            add_drop_noise=sections.add_drop_noise[list(some)],
            spacing_ghz=spacing_ghz,
            confidence=confidence,
            rule_gsnr=found.rule_gsnr,
            gsnr=found.plan.gsnr,
            mean_gsnr=linear_from_db(spread.mean_db),
            spread_db=spread.spread_db,
            receiver=engine_uncertainties(read_optical_uncertainties(), of_line=False),
            cd_ps_per_nm=np.array([ps_per_nm_from_s_per_m(float(cd)) for cd in dispersion]),
            pmd_ps=np.array([ps_from_s(float(pmd)) for pmd in line_pmd_s(batch.lines)[::2]]),
        )

    def outcomes(self, mode: TransceiverMode) -> list[ModeOutcome]:
        """What the mode comes to on each of the sections."""
        rule, best, mean = (
            _received(mode, gsnr, self.add_drop_noise)
            for gsnr in (self.rule_gsnr, self.gsnr, self.mean_gsnr)
        )
        # Terminals add noise that is sure, so that a dB of the line is less than one in all.
        variance_db2 = (mean / self.mean_gsnr * self.spread_db) ** 2
        shift_db = 0.0
        for one in self.receiver:
            variance_db2 = variance_db2 + one.own_spread**2 + one.common_spread**2
            shift_db += one.shift
        held_db = db_from_linear(mean) - shift_db
        held_db -= NormalDist().inv_cdf(self.confidence) * np.sqrt(variance_db2)
        within = (self.cd_ps_per_nm <= mode.cd_ps_per_nm_max) & (self.pmd_ps <= mode.pmd_ps_max)
        figures = zip(
            _worse_way(db_from_linear(rule)).tolist(),
            _worse_way(db_from_linear(best)).tolist(),
            _worse_way(held_db).tolist(),
            within.tolist(),
            strict=True,
        )
        return [
            ModeOutcome(
                transceiver_mode_id=mode.transceiver_mode_id,
                bit_rate_gbps=mode.bit_rate_gbps,
                spacing_ghz=self.spacing_ghz,
                channel_count=self.gsnr.shape[1],
                rule_gsnr_db=rule_db,
                gsnr_db=best_db,
                required_gsnr_db=mode.required_gsnr_db,
                margin_db_at_confidence=at_db - mode.required_gsnr_db,
                is_within_receiver=is_within,
            )
            for rule_db, best_db, at_db, is_within in figures
        ]
