"""Where must a path be regenerated, and which transceiver mode runs on each lightpath?

Among all ways to cut the path at ROADM sites and to choose a mode for each stretch, the one
with the fewest transceivers; of those the least spectrum, of those the widest smallest margin.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil, sqrt

import numpy as np
from jaxtyping import Float

from karakoram.core.units import OSNR_BANDWIDTH_HZ, linear_from_db
from karakoram.engines.optics import NoiseShares, osnr_01nm
from karakoram.network.network import Network
from karakoram.network.sections import Oms
from karakoram.planning.offers import Lightpath
from karakoram.planning.optical_plant import CombOptics, LineKey, OpticalPlant
from karakoram.refdata.equipment import TransceiverMode

WAVELENGTHS_MAX = 4
"""A service is spread over at most this many wavelengths (inverse multiplexing)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """One mode on one stretch of the path."""

    first: int
    """Index of the first line."""
    last: int
    """Index after the last line."""
    mode: TransceiverMode
    wavelengths: int
    margin_db: float

    @property
    def spectrum_ghz(self) -> float:
        """Slot width times lines crossed, over all wavelengths."""
        return self.wavelengths * self.mode.spacing_ghz_min * (self.last - self.first)


_Score = tuple[int, float, float]
"""Transceivers, spectrum in GHz, minus the smallest margin in dB; smaller is better."""


def lightpaths(
    plant: OpticalPlant, network: Network, *, path: Sequence[LineKey], bit_rate_gbps: float
) -> tuple[Lightpath, ...] | None:
    """The lightpaths that carry the bit rate over a path, in travel order.

    Parameters
    ----------
    plant
        Noise of every line.
    network
        For the transceiver library and the margin to keep.
    path
        The lines crossed, each in its direction of travel.
    bit_rate_gbps
        What the lightpaths must carry [Gb/s].

    Returns
    -------
    The lightpaths, or ``None`` when some line alone is too noisy for every mode.
    """
    stretches = _closing_stretches(plant, network, path=path, bit_rate_gbps=bit_rate_gbps)
    chosen = _fewest_transceivers(stretches, line_count=len(path))
    if chosen is None:
        return None
    return tuple(
        _lightpath(plant, network, lines=path[stretch.first : stretch.last], stretch=stretch)
        for stretch in chosen
    )


def wavelengths_for(mode: TransceiverMode, bit_rate_gbps: float) -> int:
    """How many wavelengths of the mode carry the bit rate."""
    return ceil(bit_rate_gbps / mode.bit_rate_gbps)


def lone_margins_db(plant: OpticalPlant, network: Network) -> Float[np.ndarray, "mode line"]:
    """Margin of every mode on every line alone [dB], in the order of library and plant.

    Of the worse direction, so that it is equal for both.
    Minus infinity where dispersion or PMD is beyond the receiver.
    """
    return np.array(
        [
            _lone_margins_db(plant, network, mode)
            for mode in network.library.transceiver_modes.values()
        ]
    )


def _lone_margins_db(
    plant: OpticalPlant, network: Network, mode: TransceiverMode
) -> Float[np.ndarray, " line"]:
    optics = plant.by_spacing[mode.spacing_ghz_min]
    lines = [optics.by_line[key] for key in plant.lines]
    worst = np.array(
        [np.expm1(_log_noise_both_ways(plant, optics, key).max()) for key in plant.lines]
    )
    snr = 1.0 / (worst + terminal_noise(network, mode, express_count=0))
    within = np.array(
        [
            line.cd_ps_per_nm <= mode.cd_ps_per_nm_max and line.pmd_ps <= mode.pmd_ps_max
            for line in lines
        ]
    )
    return np.where(within, 10.0 * np.log10(snr) - mode.required_gsnr_db, -np.inf)


def terminal_noise(network: Network, mode: TransceiverMode, *, express_count: int) -> float:
    """Noise that transmitter and ROADMs add, over signal, in the signal bandwidth [1].

    1/SNR = sum of 1/OSNR, times symbol rate over 12.5 GHz.
    """
    roadm = network.library.roadm_types[network.rules.roadm_type_id]
    inverse = (
        1.0 / linear_from_db(mode.tx_osnr_db)
        + 1.0 / linear_from_db(roadm.add_drop_osnr_db)
        + express_count / linear_from_db(roadm.express_osnr_db)
    )
    return inverse * mode.symbol_rate_gbaud * 1e9 / OSNR_BANDWIDTH_HZ


def _closing_stretches(
    plant: OpticalPlant, network: Network, *, path: Sequence[LineKey], bit_rate_gbps: float
) -> list[_Stretch]:
    """Every stretch of the path with every mode that closes on it with the margin asked for."""
    margin_db_min = network.rules.margin_db.value
    found = []
    for mode in network.library.transceiver_modes.values():
        wavelengths = wavelengths_for(mode, bit_rate_gbps)
        if wavelengths > WAVELENGTHS_MAX:
            continue
        margins_db = _margins_db(plant, network, path=path, mode=mode)
        for first, last in zip(*np.nonzero(margins_db >= margin_db_min), strict=True):
            found.append(
                _Stretch(
                    first=int(first),
                    last=int(last),
                    mode=mode,
                    wavelengths=wavelengths,
                    margin_db=float(margins_db[first, last]),
                )
            )
    return found


def _margins_db(
    plant: OpticalPlant, network: Network, *, path: Sequence[LineKey], mode: TransceiverMode
) -> Float[np.ndarray, "first last"]:
    """Margin of the worst channel from before line ``first`` to before ``last`` [dB].

    Of all channels of both directions: a wavelength is lit there and back.
    Minus infinity where dispersion or PMD is beyond the receiver, or last <= first.
    """
    optics = plant.by_spacing[mode.spacing_ghz_min]
    lines = [optics.by_line[key] for key in path]
    noise = _between(np.array([_log_noise_both_ways(plant, optics, key) for key in path]))
    cd = _between(np.array([[line.cd_ps_per_nm] for line in lines]))[..., 0]
    pmd_squared = _between(np.array([[line.pmd_ps**2] for line in lines]))[..., 0]
    places = np.arange(len(path) + 1)
    crossed = places[None, :] - places[:, None]
    terminal = terminal_noise(network, mode, express_count=0)
    per_express = terminal_noise(network, mode, express_count=1) - terminal
    inverse = np.expm1(noise) + (terminal + per_express * (crossed - 1))[..., None]
    worst = np.where(crossed > 0, inverse.max(axis=-1), np.inf)
    usable = (crossed > 0) & (cd <= mode.cd_ps_per_nm_max) & (pmd_squared <= mode.pmd_ps_max**2)
    margins_db = -10.0 * np.log10(worst) - mode.required_gsnr_db
    return np.where(usable, margins_db, -np.inf)


def _log_noise_both_ways(
    plant: OpticalPlant, optics: CombOptics, key: LineKey
) -> Float[np.ndarray, " channel_of_either_way"]:
    """ln(1 + 1/GSNR) of a line on every channel there, then on every channel back."""
    there, back = optics.by_line[key], optics.by_line[_way_back(plant, key)]
    return np.concatenate([there.log_noise, back.log_noise])


def _way_back(plant: OpticalPlant, key: LineKey) -> LineKey:
    """The key of the same line in the other direction."""
    return plant.lines[key].z_site_id, key[1][::-1]


def _between(per_line: Float[np.ndarray, "line column"]) -> Float[np.ndarray, "first last column"]:
    """Sums over lines first..last-1, for every pair of places."""
    before = np.concatenate([np.zeros((1, per_line.shape[1])), np.cumsum(per_line, axis=0)])
    return np.asarray(before[None, :, :] - before[:, None, :])


def _fewest_transceivers(
    stretches: Sequence[_Stretch], *, line_count: int
) -> tuple[_Stretch, ...] | None:
    """Dynamic programme over the places of the path; transceivers and spectrum add."""
    ending_at: list[list[_Stretch]] = [[] for _ in range(line_count + 1)]
    for stretch in stretches:
        ending_at[stretch.last].append(stretch)
    best: list[tuple[_Score, tuple[_Stretch, ...]] | None] = [None] * (line_count + 1)
    best[0] = ((0, 0.0, float("-inf")), ())
    for place in range(1, line_count + 1):
        options = [
            (_extended(reached[0], stretch), (*reached[1], stretch))
            for stretch in ending_at[place]
            if (reached := best[stretch.first]) is not None
        ]
        best[place] = min(options, key=lambda option: option[0], default=None)
    final = best[line_count]
    return None if final is None else final[1]


def _extended(score: _Score, stretch: _Stretch) -> _Score:
    transceivers, spectrum_ghz, negative_margin_db = score
    return (
        transceivers + 2 * stretch.wavelengths,
        spectrum_ghz + stretch.spectrum_ghz,
        max(negative_margin_db, -stretch.margin_db),
    )


def _lightpath(
    plant: OpticalPlant, network: Network, *, lines: Sequence[LineKey], stretch: _Stretch
) -> Lightpath:
    mode = stretch.mode
    optics = plant.by_spacing[mode.spacing_ghz_min]
    ways = [optics.by_line[key] for key in lines]
    oms: list[Oms] = [plant.lines[key] for key in lines]
    terminal = terminal_noise(network, mode, express_count=len(lines) - 1)
    noise = sum(_log_noise_both_ways(plant, optics, key) for key in lines)
    snr = 1.0 / (np.expm1(noise) + terminal)
    back = [optics.by_line[_way_back(plant, key)] for key in reversed(lines)]
    osnr = [
        osnr_01nm(
            snr=reduce(NoiseShares.followed_by, (way.shares for way in direction)).osnr,
            symbol_rate_hz=optics.comb.symbol_rate_hz,
        )
        for direction in (ways, back)
    ]
    snr_db = 10.0 * np.log10(snr)
    return Lightpath(
        a_site_id=oms[0].a_site_id,
        z_site_id=oms[-1].z_site_id,
        transceiver_mode_id=mode.transceiver_mode_id,
        wavelengths=stretch.wavelengths,
        bit_rate_gbps=stretch.wavelengths * mode.bit_rate_gbps,
        spacing_ghz=mode.spacing_ghz_min,
        gsnr_db=float(snr_db.min()),
        gsnr_db_mean=float(snr_db.mean()),
        required_gsnr_db=mode.required_gsnr_db,
        margin_db=float(snr_db.min()) - mode.required_gsnr_db,
        margin_db_min=network.rules.margin_db.value,
        osnr_0_1nm_db=float(10.0 * np.log10(np.min(osnr))),
        cd_ps_per_nm=sum(way.cd_ps_per_nm for way in ways),
        pmd_ps=sqrt(sum(way.pmd_ps**2 for way in ways)),
        length_km=sum(section.length_km for section in oms),
    )
