"""How noisy is every line of the network, in both directions, under full load?

One comb for each channel spacing of the transceiver library: every slot lit, equal power
spectral density, so that any mode of that spacing finds its noise here. Lines compose over a
path because every ROADM brings the channels back to the launch profile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.identifiers import CableId, SiteId, SpanId
from karakoram.core.units import (
    bit_per_s_from_tbps,
    dbm_from_watt,
    hz_from_ghz,
    hz_from_thz,
    linear_from_db,
    ps_from_s,
    ps_per_nm_from_s_per_m,
    watt_from_dbm,
)
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
    line_dispersion_s_per_m,
    line_noise,
    line_pmd_s,
    log_noise,
    repeatered_line_noise,
)
from karakoram.network.columns import OtsColumns, ots_columns, repeater_span_columns
from karakoram.network.network import REFERENCE_SLOT_GHZ, Network
from karakoram.network.records import EquipmentKind, Status
from karakoram.network.sections import Oms, multiplex_sections
from karakoram.network.standing import (
    line_amplifier_types,
    standing_roadm_types,
    standing_type_ids,
)
from karakoram.network.submarine import DesignBasis, SubmarineSystem
from karakoram.refdata.equipment import RoadmType

LineKey = tuple[SiteId, tuple[SpanId, ...]]
"""A line in one direction: the site it starts from, and its spans in travel order."""


_STATUS_SETS = tuple(
    frozenset({Status.IN_SERVICE, *more})
    for count in range(len(Status))
    for more in combinations((Status.OPTION, Status.PLANNED, Status.RETIRED), count)
)
"""What a demand can accept: each cuts the fibre into lines of its own."""


GSNR_LOST = 1e-15
"""Stands for the GSNR of light of which nothing is left: less than the rounding of its noise."""

UNPROVEN_GSNR = 1e-9
"""Of slots that a published design says nothing about: too little for any mode."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineOptics:
    """What one line does to the channels of one comb."""

    log_noise: Float[np.ndarray, " channel"]
    """ln(1 + 1/GSNR); adds over lines. A channel outside the band of a submarine cable counts
    as noisy as the cable's worst, so that all lines have the same channels."""
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

    def __post_init__(self) -> None:
        for name in ("log_noise", "power_in_dbm", "power_out_dbm", "cumulative_log_noise"):
            object.__setattr__(self, name, read_only(getattr(self, name)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CombOptics:
    """Every line under one comb."""

    spacing_ghz: float
    comb: Comb
    lines: tuple[Oms, ...]
    """In both directions."""
    by_line: Mapping[LineKey, LineOptics]
    log_noise_both_ways: Mapping[LineKey, Float[np.ndarray, " channel_of_either_way"]] = field(
        init=False
    )
    """ln(1 + 1/GSNR) of each line on every channel there, then on every channel back."""

    def __post_init__(self) -> None:
        both_ways = {
            line_key(line): read_only(
                np.concatenate(
                    [self.by_line[line_key(way)].log_noise for way in (line, line.reversed())]
                )
            )
            for line in self.lines
        }
        object.__setattr__(self, "log_noise_both_ways", both_ways)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpticalPlant:
    """The lines of a network and their noise, one entry per channel spacing."""

    lines: Mapping[LineKey, Oms]
    """Both directions of every line, whatever must be built for it."""
    keys_when: Mapping[frozenset[Status], frozenset[LineKey]]
    """The lines there are when plant of these statuses stands; in service is always among them."""
    by_spacing: Mapping[float, CombOptics]
    roadm_types: Mapping[SiteId, RoadmType]
    """Of every site; that of the design rules where no record names one."""

    def keys(self, accepted: frozenset[Status]) -> frozenset[LineKey]:
        """The lines there are when plant of the accepted statuses stands."""
        return self.keys_when[accepted | {Status.IN_SERVICE}]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Land:
    """The lines on land as the engine takes them, whatever the comb."""

    lines: tuple[Oms, ...]
    columns: LineColumns
    amplifiers: AmplifierColumns


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
    land = _land(network, tuple(lines.values()))
    return OpticalPlant(
        lines=lines,
        keys_when={accepted: frozenset(map(line_key, found)) for accepted, found in when.items()},
        by_spacing={
            spacing: _comb_optics(network, tuple(lines.values()), land=land, spacing_ghz=spacing)
            for spacing in spacings
        },
        roadm_types=standing_roadm_types(network),
    )


def line_key(line: Oms) -> LineKey:
    """The key of a line in its direction of travel."""
    return line.a_site_id, line.span_ids


def terrestrial_comb(network: Network, *, spacing_ghz: float) -> Comb:
    """The full comb on land: the rule's power for 50 GHz, at equal density for wider slots."""
    slot_power_w = watt_from_dbm(network.rules.launch_power_dbm.value)
    slot_density = slot_power_w / hz_from_ghz(REFERENCE_SLOT_GHZ)
    return _comb(network, spacing_ghz=spacing_ghz, slot_density=slot_density)


def line_amplifiers(
    network: Network, lines: Sequence[Oms], columns: LineColumns
) -> AmplifierColumns:
    """Booster, line amplifiers and preamplifier of each line, gain matched to the loss before.

    Line amplifiers are of the type that stands at their site; derived huts, boosters and
    preamplifiers of that of the design rules. The booster lifts what the ROADM at the line's
    start puts out to the launch power.

    Parameters
    ----------
    network
        For equipment, library and design rules.
    lines
        Lines on land.
    columns
        The same lines as columns, in the same order.
    """
    standing = standing_type_ids(network, EquipmentKind.LINE_AMPLIFIER)
    roadms = standing_roadm_types(network)
    types = [line_amplifier_types(network, line, standing=standing) for line in lines]
    width = columns.fibre.length_m.shape[1] + 1
    launch_dbm = network.rules.launch_power_dbm.value
    booster_gain = linear_from_db(
        np.array([launch_dbm - roadms[line.a_site_id].output_power_dbm for line in lines])
    )
    gain = np.concatenate([booster_gain[:, None], columns.fibre.loss], axis=1)
    return AmplifierColumns(
        gain=np.minimum(
            gain, linear_from_db(_figures([[t.gain_db_max for t in row] for row in types], width))
        ),
        noise_factor=linear_from_db(
            _figures([[t.noise_figure_db for t in row] for row in types], width)
        ),
        output_power_max_w=watt_from_dbm(
            _figures([[t.output_power_dbm_max for t in row] for row in types], width)
        ),
        restores_profile=_figures(
            [[float(t.restores_profile) for t in row] for row in types], width
        ).astype(np.bool_),
    )


def _figures(rows: Sequence[Sequence[float]], width: int) -> Float[np.ndarray, "line amplifier"]:
    """Rows of unequal length; the last figure repeated is valid, never read."""
    return np.array([[*row, *[row[-1]] * (width - len(row))] for row in rows])


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


def _comb(network: Network, *, spacing_ghz: float, slot_density: float) -> Comb:
    """Full comb with ``slot_density`` watts per hertz of slot; symbol rate of the fastest mode."""
    spacing_hz = hz_from_ghz(spacing_ghz)
    symbol_rate_hz = hz_from_ghz(
        max(
            mode.symbol_rate_gbaud
            for mode in network.library.transceiver_modes.values()
            if mode.spacing_ghz_min == spacing_ghz
        )
    )
    return full_comb(
        f_min_hz=hz_from_thz(network.rules.band_lower_thz.value),
        f_max_hz=hz_from_thz(network.rules.band_upper_thz.value),
        spacing_hz=spacing_hz,
        symbol_rate_hz=symbol_rate_hz,
        psd_w_per_hz=slot_density * spacing_hz / symbol_rate_hz,
    )


def _land(network: Network, lines: Sequence[Oms]) -> _Land | None:
    on_land = tuple(line for line in lines if line.submarine_cable_id is None)
    if not on_land:
        return None
    columns = line_columns([fibre_columns(ots_columns(network, line)) for line in on_land])
    return _Land(
        lines=on_land,
        columns=columns,
        amplifiers=line_amplifiers(network, on_land, columns),
    )


def _comb_optics(
    network: Network, lines: Sequence[Oms], *, land: _Land | None, spacing_ghz: float
) -> CombOptics:
    comb = terrestrial_comb(network, spacing_ghz=spacing_ghz)
    by_line = {} if land is None else _land_optics(land, comb)
    for line in lines:
        if line.submarine_cable_id is not None:
            system = network.submarine_systems[line.submarine_cable_id]
            wet = _repeatered if system.design_basis is DesignBasis.REPEATERS else _published
            by_line[line_key(line)] = wet(network, line, system=system, spacing_ghz=spacing_ghz)
    return CombOptics(
        spacing_ghz=spacing_ghz,
        comb=comb,
        lines=tuple(lines),
        by_line=by_line,
    )


def _land_optics(land: _Land, comb: Comb) -> dict[LineKey, LineOptics]:
    noise = line_noise(land.columns, comb, land.amplifiers)
    with np.errstate(divide="ignore", invalid="ignore"):  # light of which nothing is left
        end, at_amplifier = noise.end, noise.at_amplifier
        end_log_noise = log_noise(np.fmax(noise.gsnr, GSNR_LOST))
        cumulative = log_noise(np.fmax(at_amplifier.gsnr, GSNR_LOST))
    dispersion_s_per_m = line_dispersion_s_per_m(land.columns, comb)
    pmd_s = line_pmd_s(land.columns)
    result = {}
    for row, line in enumerate(land.lines):
        count = len(line.ots)
        result[line_key(line)] = LineOptics(
            log_noise=end_log_noise[row],
            shares=_channels(end, row, slice(None)),
            cd_ps_per_nm=_largest_ps_per_nm(dispersion_s_per_m[row]),
            pmd_ps=ps_from_s(float(pmd_s[row])),
            power_in_dbm=_mean_dbm(noise.section_output_power_w[row, :count]),
            power_out_dbm=_mean_dbm(noise.amplifier_output_power_w[row, :count]),
            cumulative_log_noise=cumulative[row, 1 : count + 1],
        )
    return result


def _repeatered(
    network: Network, line: Oms, *, system: SubmarineSystem, spacing_ghz: float
) -> LineOptics:
    """A line of equal repeater spans, lit at the density of its total power over its own band."""
    columns, count = repeater_span_columns(network, line)
    width_hz = max(hz_from_thz(system.usable_bandwidth_thz), hz_from_ghz(spacing_ghz))
    density = watt_from_dbm(system.repeater_output_power_dbm) / width_hz
    whole = _comb(network, spacing_ghz=spacing_ghz, slot_density=density)
    carried = _carried(network, whole, spacing_ghz=spacing_ghz, width_hz=width_hz)
    comb = Comb(
        frequency_hz=whole.frequency_hz[carried],
        symbol_rate_hz=whole.symbol_rate_hz[carried],
        launch_power_w=whole.launch_power_w[carried],
        roll_off=whole.roll_off[carried],
    )
    repeater = network.library.amplifier_types[system.repeater_type_id]
    noise = repeatered_line_noise(
        RepeateredColumns(
            span_count=np.array([count]),
            fibre=fibre_columns(columns),
            noise_factor=np.array([linear_from_db(repeater.noise_figure_db)]),
        ),
        comb,
    )
    end = log_noise(np.fmax(noise.gsnr, GSNR_LOST))[0]
    stands_for = np.full(whole.channel_count, int(end.argmax()))
    stands_for[carried] = np.arange(carried.size)
    return LineOptics(
        log_noise=end[stands_for],
        shares=_channels(noise.end, 0, stands_for),
        cd_ps_per_nm=_largest_ps_per_nm(noise.chromatic_dispersion_s_per_m[0]),
        pmd_ps=ps_from_s(float(noise.pmd_s[0])),
        power_in_dbm=_mean_dbm(noise.repeater_input_power_w),
        power_out_dbm=_mean_dbm(comb.launch_power_w[None, :]),
        cumulative_log_noise=end[None, stands_for],
    )


def _carried(
    network: Network, comb: Comb, *, spacing_ghz: float, width_hz: float
) -> Int[np.ndarray, " carried"]:
    """The channels whose whole slot lies in a band of ``width_hz`` amid the band; one at least."""
    rules = network.rules
    centre_hz = hz_from_thz((rules.band_lower_thz.value + rules.band_upper_thz.value) / 2.0)
    offset_hz = np.abs(comb.frequency_hz - centre_hz)
    # A millionth of a slot forgives the rounding of band edges given as floats.
    spacing_hz = hz_from_ghz(spacing_ghz) * (1.0 - 1e-6)
    carried = np.flatnonzero(2.0 * offset_hz + spacing_hz <= width_hz)
    return carried if carried.size else np.array([int(offset_hz.argmin())])


def _published(
    network: Network, line: Oms, *, system: SubmarineSystem, spacing_ghz: float
) -> LineOptics:
    """A line of a system whose GSNR, end to end, is what its published capacity needs.

    Noise grows with distance, so a line has the share of ln(1 + 1/GSNR) that it has of the
    system's kilometres. All of it is counted as ASE. Nothing is known of slots wider than 50 GHz,
    which no such system was made for, so none is lit.
    """
    assert system.design_capacity_tbps is not None
    assert system.fibre_pairs is not None
    gsnr = gsnr_from_published_design(
        bit_rate_bit_per_s=np.array(
            bit_per_s_from_tbps(system.design_capacity_tbps / system.fibre_pairs)
        ),
        bandwidth_hz=np.array(hz_from_thz(system.usable_bandwidth_thz)),
        implementation_gap=np.array(linear_from_db(network.rules.published_design_gap_db.value)),
    )
    is_proven = spacing_ghz <= REFERENCE_SLOT_GHZ
    whole = float(log_noise(gsnr if is_proven else np.array(UNPROVEN_GSNR)))
    share = line.length_km / _system_length_km(network, system.cable_id) if is_proven else 1.0
    channels = terrestrial_comb(network, spacing_ghz=spacing_ghz).channel_count
    columns = ots_columns(network, line)
    noise = np.full(channels, share * whole)
    none = np.empty(0)
    return LineOptics(
        log_noise=noise,
        shares=NoiseShares(signal=np.exp(-noise), ase=-np.expm1(-noise), nli=np.zeros_like(noise)),
        cd_ps_per_nm=ps_per_nm_from_s_per_m(
            float(np.abs(columns.dispersion_s_per_m2 * columns.length_m).sum())
        ),
        pmd_ps=ps_from_s(float((columns.pmd_s_per_sqrt_m * np.sqrt(columns.length_m)).sum())),
        power_in_dbm=none,
        power_out_dbm=none,
        cumulative_log_noise=noise[None, :],
    )


def _system_length_km(network: Network, cable_id: CableId) -> float:
    """The length that the owner publishes, else that of the spans of the cable."""
    published_km = network.cables[cable_id].published_length_km
    if published_km is not None:
        return published_km
    return sum(span.length_km for span in network.spans.values() if span.cable_id == cable_id)


def _channels(
    shares: NoiseShares, row: int, channels: slice | Int[np.ndarray, " channel"]
) -> NoiseShares:
    return NoiseShares(
        signal=shares.signal[row][channels],
        ase=shares.ase[row][channels],
        nli=shares.nli[row][channels],
    )


def _largest_ps_per_nm(dispersion_s_per_m: Float[np.ndarray, " channel"]) -> float:
    """Magnitude: a receiver undoes as much of either sign."""
    return ps_per_nm_from_s_per_m(float(np.abs(dispersion_s_per_m).max()))


def _mean_dbm(power_w: Float[np.ndarray, "*shape channel"]) -> Float[np.ndarray, "*shape"]:
    """Mean over the channels of the powers in dBm."""
    return np.asarray(dbm_from_watt(power_w).mean(axis=-1))
