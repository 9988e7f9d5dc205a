"""What does the placement of regenerators need to know of a network, as columns?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.identifiers import SiteId
from karakoram.core.units import hz_from_ghz, linear_from_db, ps_from_s, ps_per_nm_from_s_per_m
from karakoram.engines.optimise import ModeColumns, PathColumns
from karakoram.network.network import Network
from karakoram.planning.lightpaths import WAVELENGTHS_MAX, wavelengths_for
from karakoram.planning.optical_plant import LineKey, OpticalPlant

_S_PER_M_OF_PS_PER_NM = 1.0 / ps_per_nm_from_s_per_m(1.0)
_S_PER_PS = 1.0 / ps_from_s(1.0)


def mode_columns(network: Network, plant: OpticalPlant) -> ModeColumns:
    """The transceiver modes of the library, in its order; combs in the order of the plant."""
    modes = tuple(network.library.transceiver_modes.values())
    combs = list(plant.by_spacing)

    def figures(name: str) -> Float[np.ndarray, " mode"]:
        return np.array([getattr(mode, name) for mode in modes], dtype=np.float64)

    return ModeColumns(
        comb=np.array([combs.index(mode.spacing_ghz_min) for mode in modes], dtype=np.int64),
        symbol_rate_hz=figures("symbol_rate_gbaud") * hz_from_ghz(1.0),
        slot_width_hz=figures("spacing_ghz_min") * hz_from_ghz(1.0),
        transmitter_osnr=linear_from_db(figures("tx_osnr_db")),
        snr_needed=linear_from_db(figures("required_gsnr_db") + network.rules.margin_db.value),
        dispersion_s_per_m_max=figures("cd_ps_per_nm_max") * _S_PER_M_OF_PS_PER_NM,
        pmd_s_max=figures("pmd_ps_max") * _S_PER_PS,
    )


def wavelengths_needed(network: Network, bit_rate_gbps: float) -> Int[np.ndarray, " mode"]:
    """How many wavelengths of each mode carry the bit rate; 0 where there would be too many."""
    counts = np.array(
        [
            wavelengths_for(mode, bit_rate_gbps)
            for mode in network.library.transceiver_modes.values()
        ],
        dtype=np.int64,
    )
    return np.where(counts <= WAVELENGTHS_MAX, counts, 0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineNoiseTable:
    """Both ways of every line at once: a wavelength is lit there and back."""

    number: dict[LineKey, int]
    log_noise: Float[np.ndarray, "line comb channel"]
    """0 for channels that a comb lacks."""
    dispersion_s_per_m: Float[np.ndarray, "line comb"]
    pmd_s: Float[np.ndarray, "line comb"]


def line_noise_table(plant: OpticalPlant) -> LineNoiseTable:
    """The noise of every line under every comb, axes [line, comb, channel there and back]."""
    combs = list(plant.by_spacing.values())
    width = 2 * max((comb.comb.channel_count for comb in combs), default=0)
    noise = np.zeros((len(plant.lines), len(combs), width))
    dispersion, pmd = np.zeros((2, len(plant.lines), len(combs)))
    for row, key in enumerate(plant.lines):
        way_back = (plant.lines[key].z_site_id, key[1][::-1])
        for column, comb in enumerate(combs):
            there, back = comb.by_line[key], comb.by_line[way_back]
            both = np.concatenate([there.log_noise, back.log_noise])
            noise[row, column, : both.size] = both
            dispersion[row, column] = there.cd_ps_per_nm * _S_PER_M_OF_PS_PER_NM
            pmd[row, column] = there.pmd_ps * _S_PER_PS
    return LineNoiseTable(
        number={key: row for row, key in enumerate(plant.lines)},
        log_noise=noise,
        dispersion_s_per_m=dispersion,
        pmd_s=pmd,
    )


def path_columns(
    plant: OpticalPlant, table: LineNoiseTable, *, path: Sequence[LineKey]
) -> PathColumns:
    """A path as the engine takes it.

    A ROADM type states its noise of adding and dropping together; each end brings half.
    """
    rows = [table.number[key] for key in path]
    types = [plant.roadm_types[site_id] for site_id in roadm_sites(plant, path)]
    ends_db = np.array([kind.add_drop_osnr_db for kind in types])
    passed_db = np.array([kind.express_osnr_db for kind in types])
    return PathColumns(
        log_noise=table.log_noise[rows].swapaxes(0, 1),
        dispersion_s_per_m=table.dispersion_s_per_m[rows].T,
        pmd_s=table.pmd_s[rows].T,
        end_noise=0.5 / linear_from_db(ends_db),
        express_noise=1.0 / linear_from_db(passed_db),
    )


def roadm_sites(plant: OpticalPlant, path: Sequence[LineKey]) -> tuple[SiteId, ...]:
    """The sites where lines of a path begin and end, in travel order."""
    return (path[0][0], *(plant.lines[key].z_site_id for key in path))
