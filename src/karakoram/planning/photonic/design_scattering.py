"""What does Raman scattering do in a span, as far as the design of its amplifiers asks?

Two things: how much gain the pumps of a fibre give, and by how much the bands of a multiband
line drift apart. Both by one solution of the power equations, pumps and channels together.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.core.units import hz_from_ghz, hz_from_thz, linear_from_db, watt_from_dbm
from karakoram.engines.optics.raman_boundary import RamanCollocation
from karakoram.engines.optics.raman_waves import RamanWaves
from karakoram.network.photonic.elements import Fibre, Fused
from karakoram.network.photonic.figures import fibre_figures
from karakoram.planning.photonic.design_bands import LitBand, channel_count
from karakoram.planning.photonic.design_columns import LineGroup
from karakoram.planning.photonic.design_records import DesignBasis
from karakoram.planning.photonic.design_spans import loss_db_of
from karakoram.planning.photonic.fibre_columns import fibre_piece, fibre_pumps, glass

_THINNED = 3
"""Channels that stand for one when pump gain is estimated, with their power together: the
tilt over three channels is far below the estimate's own worth (GNPy 3.0.1, the same)."""
_SHARE_OF_STRONGEST = 0.86
"""Of the strongest band's power, to which the others are lifted (GNPy 3.0.1, so that designs
agree; no source is known)."""
_LEVEL_DB = 1e-9
"""Bands that tilt less are level."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SpanScattering:
    """Raman scattering at the combs of a design."""

    basis: DesignBasis

    def pump_gain_db(self, group: LineGroup, *, place: tuple[int, int], launch_dbm: float) -> float:
        """Gain of the pumps of a run at a power of its channels [dB], over the whole comb."""
        comb = self.basis.spectrum
        spacing_hz = hz_from_ghz(comb.spacing_ghz) * _THINNED
        count = channel_count(comb.band, comb.spacing_ghz * _THINNED)
        frequency_hz = hz_from_thz(comb.band.lower_thz) + spacing_hz * np.arange(count)
        launched_w = np.full(count, _THINNED * watt_from_dbm(launch_dbm))
        gained_db = 0.0
        power_w = launched_w
        for element in group.pumped[place].elements:
            before_w = power_w
            power_w = self._passed(element, frequency_hz, power_w, with_connectors=True)
            if isinstance(element, Fibre) and element.raman_pumping:
                lost_db = 10.0 * float(np.log10(before_w.sum() / power_w.sum()))
                gained_db += loss_db_of(element, self.basis.library) - lost_db
        return gained_db

    def band_shift(
        self, group: LineGroup, *, run: int, launch_dbm: Float[np.ndarray, "section band"]
    ) -> tuple[Float[np.ndarray, "section band"], Float[np.ndarray, "section band"]]:
        """Power that bands lack after a run, and how far each falls over its width [dB].

        Zero after a run that does not end with fibre, and where nothing makes bands differ.
        """
        short_db, fallen_db = np.zeros_like(launch_dbm), np.zeros_like(launch_dbm)
        for index, section in enumerate(group.sections[: len(launch_dbm)]):
            elements = section.spanned.runs[run].elements
            if elements and isinstance(elements[-1], Fibre) and self._matters(elements):
                short_db[index], fallen_db[index] = self._drift(
                    elements, section.bands, launch_dbm[index]
                )
        return short_db, fallen_db

    def _matters(self, elements: tuple[Fibre | Fused, ...]) -> bool:
        if self.basis.counts_scattering:
            return True
        library = self.basis.library
        return any(
            not isinstance(fibre_figures(element, library).loss_db_per_km, float | int)
            for element in elements
            if isinstance(element, Fibre)
        )

    def _drift(
        self,
        elements: tuple[Fibre | Fused, ...],
        bands: tuple[LitBand, ...],
        launch_dbm: Float[np.ndarray, " band"],
    ) -> tuple[Float[np.ndarray, " band"], Float[np.ndarray, " band"]]:
        """The same for one run, from the powers at which its bands are launched."""
        launched_w = np.asarray(watt_from_dbm(launch_dbm))
        combs_hz = [
            hz_from_thz(one.band.lower_thz)
            + hz_from_ghz(self.basis.spectrum.spacing_ghz)
            * np.arange(channel_count(one.band, self.basis.spectrum.spacing_ghz))
            for one in bands
        ]
        frequency_hz = np.concatenate(combs_hz)
        power_w = np.repeat(launched_w, [comb.size for comb in combs_hz])
        entering_w = power_w
        for element in elements:
            entering_w = power_w
            power_w = self._passed(element, frequency_hz, power_w, with_connectors=False)
        edges = [
            [int(np.abs(frequency_hz - hz_from_thz(at)).argmin()) for at in (low, middle, high)]
            for low, middle, high in (
                (one.band.lower_thz, one.band.centre_thz, one.band.upper_thz) for one in bands
            )
        ]
        low, middle, high = np.array(edges).T
        fallen_db = 10.0 * np.log10(power_w[low] / power_w[high])
        assert entering_w.shape == power_w.shape
        if np.abs(fallen_db).max() <= _LEVEL_DB:
            return np.zeros_like(fallen_db), np.zeros_like(fallen_db)
        passed = power_w[middle] / launched_w
        return 10.0 * np.log10(_SHARE_OF_STRONGEST * passed.max() / passed), fallen_db

    def _passed(
        self,
        element: Fibre | Fused,
        frequency_hz: Float[np.ndarray, " channel"],
        power_w: Float[np.ndarray, " channel"],
        *,
        with_connectors: bool,
    ) -> Float[np.ndarray, " channel"]:
        """Power of the channels behind an element [W]."""
        if isinstance(element, Fused):
            return power_w / linear_from_db(element.loss_db)
        figures = fibre_figures(element, self.basis.library)
        piece, made_of = fibre_piece(figures, frequency_hz), glass(figures, frequency_hz)
        ends = (piece.input_loss, piece.output_loss) if with_connectors else (1.0, 1.0)
        launched_w, counter = power_w / ends[0], np.zeros(frequency_hz.size, dtype=np.bool_)
        attenuation = np.broadcast_to(made_of.fibre_type.attenuation_per_m, frequency_hz.shape)
        pumped = figures.raman_pumping is not None
        if pumped:
            pumps = fibre_pumps(figures, made_of, frequency_hz)
            launched_w = np.concatenate([launched_w, pumps.power_w])
            counter = np.concatenate([counter, pumps.is_counter])
            attenuation = np.concatenate([attenuation, pumps.attenuation_per_m])
            gain_per_w_m = pumps.gain_per_w_m
        elif self.basis.counts_scattering:
            gain_per_w_m = made_of.raman_gain_per_w_m(frequency_hz)
        else:
            gain_per_w_m = np.zeros((frequency_hz.size, frequency_hz.size))
        none = np.zeros((1, 0))
        waves = RamanWaves(
            launch_power_w=launched_w[None],
            is_counter=counter,
            attenuation_per_m=attenuation[None],
            length_m=np.array([piece.length_m]),
            gain_per_w_m=gain_per_w_m[None],
            type_index=np.zeros(1, dtype=np.int64),
            lumped_position_m=none if piece.lumped is None else piece.lumped.position_m,
            lumped_loss=none if piece.lumped is None else piece.lumped.loss,
        )
        leaving_w = RamanCollocation().power_profile(waves).output_power_w[0]
        return np.asarray(leaving_w[: frequency_hz.size] / ends[1])
