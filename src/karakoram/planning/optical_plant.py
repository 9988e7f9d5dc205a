"""How noisy is every line of the network, in both directions, under full load?

One comb for each channel spacing of the transceiver library: every slot lit, equal power
spectral density, so that any mode of that spacing finds its noise here. Lines compose over a
path because every ROADM brings the channels back to the launch profile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from jaxtyping import Float

from karakoram.core.identifiers import SiteId, SpanId
from karakoram.core.units import linear_from_db
from karakoram.engines.optics import (
    AmplifierColumns,
    Comb,
    FibreColumns,
    LineColumns,
    NoiseShares,
    RepeateredColumns,
    full_comb,
    gsnr_from_published_design,
    line_columns,
    line_noise,
    log_noise,
    repeatered_line_noise,
)
from karakoram.network.columns import OtsColumns, ots_columns, repeater_span_columns
from karakoram.network.network import Network
from karakoram.network.records import Status
from karakoram.network.sections import Oms, multiplex_sections
from karakoram.network.submarine import DesignBasis, SubmarineSystem
from karakoram.refdata.equipment import AmplifierType

REFERENCE_SLOT_HZ = 50e9
"""Launch powers are stated for a slot of this width (ITU-T G.694.1, 50 GHz spacing)."""

LineKey = tuple[SiteId, tuple[SpanId, ...]]
"""A line in one direction: the site it starts from, and its spans in travel order."""


_STATUS_SETS = tuple(
    frozenset({Status.IN_SERVICE, *more})
    for count in range(len(Status))
    for more in combinations((Status.OPTION, Status.PLANNED, Status.RETIRED), count)
)
"""What a demand can accept: each cuts the fibre into lines of its own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineOptics:
    """What one line does to the channels of one comb."""

    log_noise: Float[np.ndarray, " channel"]
    """ln(1 + 1/GSNR); adds over lines."""
    shares: NoiseShares
    """Signal, ASE and interference at the end, axis [channel]; follow each other over lines."""
    cd_ps_per_nm: float
    """Largest over the channels."""
    pmd_ps: float
    power_in_dbm: Float[np.ndarray, " powered"]
    """Mean channel power at the end of each section; empty for a line known by its design only."""
    power_out_dbm: Float[np.ndarray, " powered"]
    """Mean channel power into each section."""
    cumulative_log_noise: Float[np.ndarray, "section channel"]
    """After the amplifier that follows each section."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CombOptics:
    """Every line under one comb."""

    spacing_ghz: float
    comb: Comb
    by_line: Mapping[LineKey, LineOptics]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpticalPlant:
    """The lines of a network and their noise, one entry per channel spacing."""

    lines: Mapping[LineKey, Oms]
    """Both directions of every line, whatever must be built for it."""
    keys_when: Mapping[frozenset[Status], frozenset[LineKey]]
    """The lines there are when plant of these statuses stands; in service is always among them."""
    by_spacing: Mapping[float, CombOptics]

    def keys(self, accepted: frozenset[Status]) -> frozenset[LineKey]:
        """The lines there are when plant of the accepted statuses stands."""
        return self.keys_when[accepted | {Status.IN_SERVICE}]


def optical_plant(network: Network) -> OpticalPlant:
    """Noise of every line in both directions; the one expensive step of planning.

    Cost: for each of about three combs one batch over all lines, O(sections x channels²)
    for interference, some tens of milliseconds for the reference corridor.
    """
    when = {
        accepted: [
            line for oms in multiplex_sections(network, accepted) for line in (oms, oms.reversed())
        ]
        for accepted in _STATUS_SETS
    }
    lines = {line_key(line): line for found in when.values() for line in found}
    spacings = sorted({mode.spacing_ghz_min for mode in network.library.transceiver_modes.values()})
    return OpticalPlant(
        lines=lines,
        keys_when={accepted: frozenset(map(line_key, found)) for accepted, found in when.items()},
        by_spacing={
            spacing: _comb_optics(network, tuple(lines.values()), spacing_ghz=spacing)
            for spacing in spacings
        },
    )


def line_key(line: Oms) -> LineKey:
    """The key of a line in its direction of travel."""
    return line.a_site_id, line.span_ids


def terrestrial_comb(network: Network, *, spacing_ghz: float) -> Comb:
    """The full comb on land: the rule's power for 50 GHz, at equal density for wider slots."""
    rules = network.rules
    slot_power_w = 1e-3 * linear_from_db(rules.launch_power_dbm.value)
    return _comb(network, spacing_ghz=spacing_ghz, slot_density=slot_power_w / REFERENCE_SLOT_HZ)


def line_amplifiers(network: Network, lines: LineColumns) -> AmplifierColumns:
    """Booster, line amplifiers and preamplifier of each line, gain matched to the loss before."""
    rules, library = network.rules, network.library
    types = library.amplifier_types
    booster = types[rules.booster_type_id]
    in_line = types[rules.line_amplifier_type_id]
    preamplifier = types[rules.preamplifier_type_id]
    roadm = library.roadm_types[rules.roadm_type_id]
    booster_gain = linear_from_db(rules.launch_power_dbm.value - roadm.output_power_dbm)
    line_count = lines.section_count.size
    gain = np.concatenate([np.full((line_count, 1), booster_gain), lines.fibre.loss], axis=1)
    place = np.arange(gain.shape[1])
    last = place[None, :] == lines.section_count[:, None]

    def chosen(figure: Mapping[str, float]) -> Float[np.ndarray, "line amplifier"]:
        inner = np.where(last, figure["preamplifier"], figure["in_line"])
        return np.where(place == 0, figure["booster"], inner)

    kinds = {"booster": booster, "in_line": in_line, "preamplifier": preamplifier}
    return AmplifierColumns(
        gain=np.minimum(gain, chosen({k: linear_from_db(t.gain_db_max) for k, t in kinds.items()})),
        noise_factor=chosen({k: linear_from_db(t.noise_figure_db) for k, t in kinds.items()}),
        output_power_max_w=chosen({k: _maximum_w(t) for k, t in kinds.items()}),
        restores_profile=np.full(line_count, in_line.restores_profile),
    )


def fibre_columns(columns: OtsColumns) -> FibreColumns:
    """The same sections as the optics engine takes them, axis [section]."""
    return FibreColumns(
        length_m=columns.length_m,
        attenuation_per_m=columns.attenuation_per_m,
        input_loss=columns.connector_loss,
        output_loss=columns.connector_loss,
        dispersion_s_per_m2=columns.dispersion_s_per_m2,
        dispersion_slope_s_per_m3=columns.dispersion_slope_s_per_m3,
        effective_area_m2=columns.effective_area_m2,
        pmd_s_per_sqrt_m=columns.pmd_s_per_sqrt_m,
    )


def _maximum_w(amplifier: AmplifierType) -> float:
    return 1e-3 * linear_from_db(amplifier.output_power_dbm_max)


def _comb(network: Network, *, spacing_ghz: float, slot_density: float) -> Comb:
    """Full comb with ``slot_density`` watts per hertz of slot; symbol rate of the fastest mode."""
    spacing_hz = spacing_ghz * 1e9
    symbol_rate_hz = 1e9 * max(
        mode.symbol_rate_gbaud
        for mode in network.library.transceiver_modes.values()
        if mode.spacing_ghz_min == spacing_ghz
    )
    return full_comb(
        f_min_hz=network.rules.band_lower_thz.value * 1e12,
        f_max_hz=network.rules.band_upper_thz.value * 1e12,
        spacing_hz=spacing_hz,
        symbol_rate_hz=symbol_rate_hz,
        psd_w_per_hz=slot_density * spacing_hz / symbol_rate_hz,
    )


def _comb_optics(network: Network, lines: Sequence[Oms], *, spacing_ghz: float) -> CombOptics:
    comb = terrestrial_comb(network, spacing_ghz=spacing_ghz)
    on_land = [line for line in lines if line.submarine_cable_id is None]
    by_line = _land_optics(network, on_land, comb) if on_land else {}
    for line in lines:
        if line.submarine_cable_id is not None:
            system = network.submarine_systems[line.submarine_cable_id]
            wet = _repeatered if system.design_basis is DesignBasis.REPEATERS else _published
            by_line[line_key(line)] = wet(network, line, system=system, spacing_ghz=spacing_ghz)
    return CombOptics(spacing_ghz=spacing_ghz, comb=comb, by_line=by_line)


def _land_optics(network: Network, lines: Sequence[Oms], comb: Comb) -> dict[LineKey, LineOptics]:
    batch = line_columns([fibre_columns(ots_columns(network, line)) for line in lines])
    noise = line_noise(batch, comb, line_amplifiers(network, batch))
    end_log_noise = log_noise(noise.gsnr)
    with np.errstate(invalid="ignore"):
        cumulative = log_noise(noise.at_amplifier.gsnr)
        power_out_dbm = _mean_dbm(noise.amplifier_output_power_w)
        power_in_dbm = _mean_dbm(noise.section_output_power_w)
    result = {}
    for row, line in enumerate(lines):
        count = len(line.ots)
        result[line_key(line)] = LineOptics(
            log_noise=end_log_noise[row],
            shares=_row(noise.end, row),
            cd_ps_per_nm=float(noise.chromatic_dispersion_s_per_m[row].max() * 1e3),
            pmd_ps=float(noise.pmd_s[row] * 1e12),
            power_in_dbm=power_in_dbm[row, :count],
            power_out_dbm=power_out_dbm[row, :count],
            cumulative_log_noise=cumulative[row, 1 : count + 1],
        )
    return result


def _repeatered(
    network: Network, line: Oms, *, system: SubmarineSystem, spacing_ghz: float
) -> LineOptics:
    columns, count = repeater_span_columns(network, line)
    total_w = 1e-3 * linear_from_db(system.repeater_output_power_dbm)
    density = total_w / (system.usable_bandwidth_thz * 1e12)
    comb = _comb(network, spacing_ghz=spacing_ghz, slot_density=density)
    repeater = network.library.amplifier_types[system.repeater_type_id]
    noise = repeatered_line_noise(
        RepeateredColumns(
            span_count=np.array([count]),
            fibre=fibre_columns(columns),
            noise_factor=np.array([linear_from_db(repeater.noise_figure_db)]),
        ),
        comb,
    )
    end = log_noise(noise.gsnr)
    return LineOptics(
        log_noise=end[0],
        shares=_row(noise.end, 0),
        cd_ps_per_nm=float(noise.chromatic_dispersion_s_per_m[0].max() * 1e3),
        pmd_ps=float(noise.pmd_s[0] * 1e12),
        power_in_dbm=_mean_dbm(noise.repeater_input_power_w),
        power_out_dbm=_mean_dbm(comb.launch_power_w[None, :]),
        cumulative_log_noise=end,
    )


def _published(
    network: Network, line: Oms, *, system: SubmarineSystem, spacing_ghz: float
) -> LineOptics:
    """A line whose GSNR is what its published capacity needs; its noise is counted as ASE."""
    assert system.design_capacity_tbps is not None
    assert system.fibre_pairs is not None
    gsnr = gsnr_from_published_design(
        bit_rate_bps=np.array(system.design_capacity_tbps * 1e12 / system.fibre_pairs),
        bandwidth_hz=np.array(system.usable_bandwidth_thz * 1e12),
        implementation_gap=np.array(linear_from_db(network.rules.published_design_gap_db.value)),
    )
    channels = terrestrial_comb(network, spacing_ghz=spacing_ghz).channel_count
    columns = ots_columns(network, line)
    noise = np.full(channels, float(log_noise(gsnr)))
    none = np.empty(0)
    return LineOptics(
        log_noise=noise,
        shares=NoiseShares(signal=np.exp(-noise), ase=-np.expm1(-noise), nli=np.zeros_like(noise)),
        cd_ps_per_nm=float((columns.dispersion_s_per_m2 * columns.length_m).sum() * 1e3),
        pmd_ps=float((columns.pmd_s_per_sqrt_m * np.sqrt(columns.length_m)).sum() * 1e12),
        power_in_dbm=none,
        power_out_dbm=none,
        cumulative_log_noise=noise[None, :],
    )


def _row(shares: NoiseShares, row: int) -> NoiseShares:
    return NoiseShares(signal=shares.signal[row], ase=shares.ase[row], nli=shares.nli[row])


def _mean_dbm(power_w: Float[np.ndarray, "*shape channel"]) -> Float[np.ndarray, "*shape"]:
    """Mean over the channels of the powers in dBm."""
    return np.asarray((10.0 * np.log10(power_w * 1e3)).mean(axis=-1))
