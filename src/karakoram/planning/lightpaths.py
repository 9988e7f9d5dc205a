"""Where must a path be regenerated, and which transceiver mode runs on each lightpath?

Among all ways to cut the path at ROADM sites and to choose a mode for each stretch, the one
with the fewest transceivers; of those the least spectrum, of those the widest smallest margin.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, reduce
from math import ceil, sqrt

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.core.identifiers import SiteId, TransceiverModeId
from karakoram.core.units import (
    OSNR_BANDWIDTH_HZ,
    db_from_linear,
    hz_from_ghz,
    linear_from_db,
)
from karakoram.engines.optics import (
    NoiseShares,
    gsnr_from_log_noise,
    osnr_01nm,
    snr_with_terminals,
)
from karakoram.network.network import Network
from karakoram.network.sections import Oms
from karakoram.planning.offers import Lightpath
from karakoram.planning.optical_plant import CombOptics, LineKey, OpticalPlant
from karakoram.refdata.equipment import TransceiverMode

WAVELENGTHS_MAX = 4
"""A service is spread over at most this many wavelengths (inverse multiplexing)."""
ADDING_ERROR = 1e-9
"""More than the error of adding a few hundred shares of a reach."""

_Score = tuple[int, float, float]
"""Transceivers, spectrum in GHz, minus the smallest margin in dB; smaller is better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """One mode on one stretch of the path."""

    first: int
    """Index of the first line."""
    last: int
    """Index after the last line."""
    mode: TransceiverMode
    wavelengths: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Need:
    """What some modes need alike: wavelengths, and the slot width of each."""

    wavelengths: int
    modes: tuple[TransceiverMode, ...]
    reach_shares: Float[np.ndarray, " line"]
    """Of the mode that reaches farthest over each line."""

    @property
    def spacing_ghz(self) -> float:
        """Of the comb that the modes run on."""
        return self.modes[0].spacing_ghz_min


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Closing:
    """The stretches that modes of equal need close, hundreds of a long path."""

    need: _Need
    places: tuple[tuple[int, int], ...]
    """Index of the first line and after the last one, of each stretch."""
    mode_at: tuple[int, ...]
    """Which mode has the widest margin on it."""
    margins_db: tuple[float, ...]

    def stretch(self, which: int) -> _Stretch:
        """One of the stretches."""
        first, last = self.places[which]
        mode = self.need.modes[self.mode_at[which]]
        return _Stretch(first=first, last=last, mode=mode, wavelengths=self.need.wavelengths)

    def extended(self, score: _Score, which: int) -> _Score:
        """The score of a path to the beginning of a stretch, and over it."""
        transceivers, spectrum_ghz, negative_margin_db = score
        first, last = self.places[which]
        return (
            transceivers + 2 * self.need.wavelengths,
            # Slot width times lines crossed, over all wavelengths; equal for all of these modes.
            spectrum_ghz + self.need.wavelengths * self.need.spacing_ghz * (last - first),
            max(negative_margin_db, -self.margins_db[which]),
        )


class LightpathChoice:
    """Which lightpaths carry one bit rate over the paths of a network.

    A stretch that several paths have in common is lit once. Lives while one question is answered.
    """

    def __init__(
        self,
        plant: OpticalPlant,
        network: Network,
        *,
        reach_shares: Float[np.ndarray, "mode line"],
        bit_rate_gbps: float,
    ) -> None:
        """The shares are those of :func:`reach_shares` for this plant and network."""
        self._plant, self._network = plant, network
        self._needs = _needs(network, reach_shares, bit_rate_gbps=bit_rate_gbps)
        self._column = {key: column for column, key in enumerate(plant.lines)}
        self._lit: dict[tuple[tuple[LineKey, ...], TransceiverModeId, int], Lightpath] = {}

    def lightpaths(self, path: Sequence[LineKey]) -> tuple[Lightpath, ...] | None:
        """The lightpaths that carry the bit rate over a path, in travel order.

        Parameters
        ----------
        path
            The lines crossed, each in its direction of travel.

        Returns
        -------
        The lightpaths, or ``None`` when some line alone is too noisy for every mode.
        """
        closing = self._closing_stretches(path)
        chosen = _fewest_transceivers(closing, line_count=len(path))
        if chosen is None:
            return None
        return tuple(self._lightpath(path[each.first : each.last], each) for each in chosen)

    def _closing_stretches(self, path: Sequence[LineKey]) -> list[_Closing]:
        """Every stretch of the path that some mode closes with the margin, and the best mode.

        The needs come with the least first: a mode of fewer transceivers, or as many and less
        spectrum, is better whatever the rest of the path does; among equals, the wider margin is.
        """
        plant, margin_db_min = self._plant, self._network.rules.margin_db.value
        found: list[_Closing] = []
        is_open = np.triu(np.ones((len(path) + 1,) * 2, dtype=np.bool_), k=1)
        sites = [plant.lines[path[0]].a_site_id, *(plant.lines[key].z_site_id for key in path)]
        roadm_osnr = _roadm_osnr_between(plant, sites)
        columns = [self._column[key] for key in path]

        @cache
        def sums_of(spacing_ghz: float) -> _Sums:
            return _sums(plant.by_spacing[spacing_ghz], path=path, roadm_osnr=roadm_osnr)

        for need in self._needs:
            shares = _between(need.reach_shares[columns, None])[..., 0]
            if not (is_open & (shares <= 1.0 + ADDING_ERROR)).any():
                continue
            margins_db = _margins_db(sums_of(need.spacing_ghz), need.modes)
            widest_db = margins_db.max(axis=0)
            closes = is_open & (widest_db >= margin_db_min)
            found.append(
                _Closing(
                    need=need,
                    places=tuple(zip(*(ends.tolist() for ends in np.nonzero(closes)), strict=True)),
                    mode_at=tuple(margins_db.argmax(axis=0)[closes].tolist()),
                    margins_db=tuple(widest_db[closes].tolist()),
                )
            )
            is_open &= ~closes
        return found

    def _lightpath(self, lines: Sequence[LineKey], stretch: _Stretch) -> Lightpath:
        key = (tuple(lines), stretch.mode.transceiver_mode_id, stretch.wavelengths)
        if key not in self._lit:
            self._lit[key] = _lightpath(self._plant, self._network, lines=lines, stretch=stretch)
        return self._lit[key]


def wavelengths_for(mode: TransceiverMode, bit_rate_gbps: float) -> int:
    """How many wavelengths of the mode carry the bit rate."""
    return ceil(bit_rate_gbps / mode.bit_rate_gbps)


def lone_margins_db(plant: OpticalPlant, network: Network) -> Float[np.ndarray, "mode line"]:
    """Margin of every mode on every line alone [dB], in the order of library and plant.

    Of the worse direction, so that it is equal for both.
    Minus infinity where dispersion or PMD is beyond the receiver.
    """
    ends = np.array(
        [_roadm_osnr(plant, (line.a_site_id, line.z_site_id)) for line in plant.lines.values()]
    ).reshape(len(plant.lines), 2)
    return read_only(
        np.array(
            [
                _lone_margins_db(plant, mode, roadm_osnr=ends)
                for mode in network.library.transceiver_modes.values()
            ]
        )
    )


def reach_shares(plant: OpticalPlant, network: Network) -> Float[np.ndarray, "mode line"]:
    """The share of each mode's reach that each line takes at least, in the order of lone margins.

    A lightpath closes only if the shares of its lines add up to 1 at most. With N the noise of a
    line on the channel that is noisiest over all lines, t and e what terminals and each express
    pass add at least, and B = 1/SNR_min - t, a lightpath of k lines needs
    sum(N) <= ln(1 + B - (k-1) e) <= ln(1 + B) - (k-1) e / (1 + B), for ln is concave. So with
    e' = e / (1 + B) the share of a line is (N + e') / (ln(1 + B) + e'). Dispersion is left out.
    """
    if not plant.lines:
        return read_only(np.zeros((len(network.library.transceiver_modes), 0)))
    types = plant.roadm_types.values()
    add_drop, express = (
        1.0 / linear_from_db(max(osnr_db))
        for osnr_db in zip(
            *((kind.add_drop_osnr_db, kind.express_osnr_db) for kind in types), strict=True
        )
    )
    shares = []
    for mode in network.library.transceiver_modes.values():
        optics = plant.by_spacing[mode.spacing_ghz_min]
        noise = np.array([optics.log_noise_both_ways[key] for key in plant.lines])
        noisiest = noise[:, noise.sum(axis=0).argmax()]
        in_signal = hz_from_ghz(mode.symbol_rate_gbaud) / OSNR_BANDWIDTH_HZ
        terminals = in_signal * (1.0 / linear_from_db(mode.tx_osnr_db) + add_drop)
        needed_db = mode.required_gsnr_db + network.rules.margin_db.value
        budget = 1.0 / linear_from_db(needed_db) - terminals
        if budget <= 0.0:
            shares.append(np.full(noisiest.shape, np.inf))
            continue
        passed = in_signal * express / (1.0 + budget)
        shares.append((noisiest + passed) / (np.log1p(budget) + passed))
    return read_only(np.array(shares))


def _lone_margins_db(
    plant: OpticalPlant, mode: TransceiverMode, *, roadm_osnr: Float[np.ndarray, "line 2"]
) -> Float[np.ndarray, " line"]:
    optics = plant.by_spacing[mode.spacing_ghz_min]
    lines = [optics.by_line[key] for key in plant.lines]
    worst = np.array([optics.log_noise_both_ways[key].max() for key in plant.lines])
    tx_osnr = np.full((len(lines), 1), linear_from_db(mode.tx_osnr_db))
    snr = _received_snr(
        mode, log_noise=worst, terminal_osnr=np.concatenate([tx_osnr, roadm_osnr], axis=1)
    )
    within = np.array(
        [
            line.cd_ps_per_nm <= mode.cd_ps_per_nm_max and line.pmd_ps <= mode.pmd_ps_max
            for line in lines
        ]
    )
    return np.where(within, db_from_linear(snr) - mode.required_gsnr_db, -np.inf)


def _received_snr(
    mode: TransceiverMode,
    *,
    log_noise: Float[np.ndarray, "*path"],
    terminal_osnr: Float[np.ndarray, "*path element"],
) -> Float[np.ndarray, "*path"]:
    """SNR of one channel at the receiver [1], in the signal bandwidth."""
    snr = snr_with_terminals(
        gsnr=gsnr_from_log_noise(log_noise)[..., None],
        symbol_rate_hz=np.array([hz_from_ghz(mode.symbol_rate_gbaud)]),
        terminal_osnr=terminal_osnr,
    )
    return np.asarray(snr[..., 0])


def _roadm_osnr(plant: OpticalPlant, site_ids: Sequence[SiteId]) -> Float[np.ndarray, " site"]:
    """OSNR in 0.1 nm of the ROADMs of a lightpath [1]: add, each express pass, drop.

    A ROADM type states its noise of adding and dropping together; each end brings half.
    """
    types = [plant.roadm_types[site_id] for site_id in site_ids]
    ends_db = [types[0].add_drop_osnr_db, types[-1].add_drop_osnr_db]
    add, drop = 2.0 * linear_from_db(np.array(ends_db))
    express = linear_from_db(np.array([kind.express_osnr_db for kind in types[1:-1]]))
    return np.array([add, *express, drop])


def _roadm_osnr_between(
    plant: OpticalPlant, site_ids: Sequence[SiteId]
) -> Float[np.ndarray, "first last"]:
    """OSNR in 0.1 nm [1] of all ROADMs together, from one place of a path to a later one.

    Infinite where the second place is not after the first.
    """
    types = [plant.roadm_types[site_id] for site_id in site_ids]
    end = 0.5 / linear_from_db(np.array([kind.add_drop_osnr_db for kind in types]))
    express = 1.0 / linear_from_db(np.array([kind.express_osnr_db for kind in types]))
    passed = np.cumsum(express)
    between = passed[None, :] - express[None, :] - passed[:, None]
    later = np.triu(np.ones(between.shape, dtype=np.bool_), k=1)
    noise = end[:, None] + end[None, :] + between
    return np.asarray(np.divide(1.0, noise, out=np.full(noise.shape, np.inf), where=later))


def _needs(
    network: Network, reach_shares: Float[np.ndarray, "mode line"], *, bit_rate_gbps: float
) -> tuple[_Need, ...]:
    """The modes that can carry the bit rate, those of equal need together, the least need first."""
    by_need: dict[tuple[int, float], list[tuple[TransceiverMode, int]]] = {}
    for row, mode in enumerate(network.library.transceiver_modes.values()):
        wavelengths = wavelengths_for(mode, bit_rate_gbps)
        if wavelengths <= WAVELENGTHS_MAX:
            by_need.setdefault((wavelengths, mode.spacing_ghz_min), []).append((mode, row))
    return tuple(
        _Need(
            wavelengths=wavelengths,
            modes=tuple(mode for mode, _ in alike),
            reach_shares=read_only(reach_shares[[row for _, row in alike]].min(axis=0)),
        )
        for (wavelengths, _), alike in sorted(by_need.items(), key=lambda entry: entry[0])
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sums:
    """What a path adds up to from before one line to before another, on one comb."""

    gsnr: Float[np.ndarray, "first last"]
    """Of the worst channel of both directions: a wavelength goes there and back."""
    cd_ps_per_nm: Float[np.ndarray, "first last"]
    pmd_squared_ps2: Float[np.ndarray, "first last"]
    roadm_osnr: Float[np.ndarray, "first last"]


def _sums(
    optics: CombOptics, *, path: Sequence[LineKey], roadm_osnr: Float[np.ndarray, "first last"]
) -> _Sums:
    """The sums over every stretch of a path, for the comb of one spacing."""
    lines = [optics.by_line[key] for key in path]
    noise = _between(np.array([optics.log_noise_both_ways[key] for key in path]))
    return _Sums(
        gsnr=gsnr_from_log_noise(noise.max(axis=-1)),
        cd_ps_per_nm=_between(np.array([[line.cd_ps_per_nm] for line in lines]))[..., 0],
        pmd_squared_ps2=_between(np.array([[line.pmd_ps**2] for line in lines]))[..., 0],
        roadm_osnr=roadm_osnr,
    )


def _margins_db(
    sums: _Sums, modes: Sequence[TransceiverMode]
) -> Float[np.ndarray, "mode first last"]:
    """Margin of the worst channel from before line ``first`` to before ``last`` [dB].

    Minus infinity where dispersion or PMD is beyond the receiver, or last <= first.
    """
    figures = [
        (
            hz_from_ghz(mode.symbol_rate_gbaud),
            linear_from_db(mode.tx_osnr_db),
            mode.required_gsnr_db,
            mode.cd_ps_per_nm_max,
            mode.pmd_ps_max,
        )
        for mode in modes
    ]
    symbol_rate_hz, tx_osnr, required_db, cd_max, pmd_max = np.array(figures).T[:, :, None, None]
    shape = (len(modes), *sums.gsnr.shape)
    terminals = (np.broadcast_to(tx_osnr, shape), np.broadcast_to(sums.roadm_osnr, shape))
    snr = snr_with_terminals(
        gsnr=np.broadcast_to(sums.gsnr, shape)[..., None],
        symbol_rate_hz=symbol_rate_hz[..., None],
        terminal_osnr=np.stack(terminals, axis=-1),
    )[..., 0]
    places = np.arange(len(sums.gsnr))
    usable = (
        (places[None, :] > places[:, None])
        & (sums.cd_ps_per_nm <= cd_max)
        & (sums.pmd_squared_ps2 <= pmd_max**2)
    )
    return np.where(usable, db_from_linear(snr) - required_db, -np.inf)


def _way_back(plant: OpticalPlant, key: LineKey) -> LineKey:
    """The key of the same line in the other direction."""
    return plant.lines[key].z_site_id, key[1][::-1]


def _between(per_line: Float[np.ndarray, "line column"]) -> Float[np.ndarray, "first last column"]:
    """Sums over lines first..last-1, for every pair of places."""
    before = np.concatenate([np.zeros((1, per_line.shape[1])), np.cumsum(per_line, axis=0)])
    return np.asarray(before[None, :, :] - before[:, None, :])


def _fewest_transceivers(
    closing: Sequence[_Closing], *, line_count: int
) -> tuple[_Stretch, ...] | None:
    """Dynamic programme over the places of the path; transceivers and spectrum add."""
    ending_at: list[list[tuple[int, int, int]]] = [[] for _ in range(line_count + 1)]
    for number, alike in enumerate(closing):
        for which, (first, last) in enumerate(alike.places):
            ending_at[last].append((first, number, which))
    best: list[tuple[_Score, tuple[int, int]] | None] = [None] * (line_count + 1)
    best[0] = ((0, 0.0, float("-inf")), (-1, -1))
    for place in range(1, line_count + 1):
        least: tuple[_Score, tuple[int, int]] | None = None
        for first, number, which in ending_at[place]:
            reached = best[first]
            if reached is None:
                continue
            score = closing[number].extended(reached[0], which)
            if least is None or score < least[0]:
                least = score, (number, which)
        best[place] = least
    return _traced_back(best, closing)


def _traced_back(
    best: Sequence[tuple[_Score, tuple[int, int]] | None], closing: Sequence[_Closing]
) -> tuple[_Stretch, ...] | None:
    """The stretches that lead to the last place, in travel order."""
    chosen: list[_Stretch] = []
    place = len(best) - 1
    while place:
        reached = best[place]
        if reached is None:
            return None
        number, which = reached[1]
        chosen.append(closing[number].stretch(which))
        place = chosen[-1].first
    return tuple(reversed(chosen))


def _lightpath(
    plant: OpticalPlant, network: Network, *, lines: Sequence[LineKey], stretch: _Stretch
) -> Lightpath:
    mode = stretch.mode
    optics = plant.by_spacing[mode.spacing_ghz_min]
    ways = [optics.by_line[key] for key in lines]
    oms: list[Oms] = [plant.lines[key] for key in lines]
    noise = np.sum([optics.log_noise_both_ways[key] for key in lines], axis=0)
    sites = [oms[0].a_site_id, *(section.z_site_id for section in oms)]
    terminals = np.array([linear_from_db(mode.tx_osnr_db), *_roadm_osnr(plant, sites)])
    snr = _received_snr(
        mode,
        log_noise=noise,
        terminal_osnr=np.broadcast_to(terminals, (noise.size, terminals.size)),
    )
    back = [optics.by_line[_way_back(plant, key)] for key in reversed(lines)]
    osnr = [
        osnr_01nm(
            snr=reduce(NoiseShares.followed_by, (way.shares for way in direction)).osnr,
            symbol_rate_hz=optics.comb.symbol_rate_hz,
        )
        for direction in (ways, back)
    ]
    snr_db = db_from_linear(snr)
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
        osnr_0_1nm_db=float(db_from_linear(np.array(osnr)).min()),
        cd_ps_per_nm=sum(way.cd_ps_per_nm for way in ways),
        pmd_ps=sqrt(sum(way.pmd_ps**2 for way in ways)),
        length_km=sum(section.length_km for section in oms),
    )
