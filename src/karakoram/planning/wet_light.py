"""What do the channels of a submarine line look like at its end, and what could they carry?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from jaxtyping import Float

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.units import (
    OSNR_BANDWIDTH_HZ,
    hz_from_ghz,
    hz_from_thz,
    linear_from_db,
    m2_from_um2,
    m_from_km,
    per_m_from_db_per_km,
    ps_from_s,
    ps_per_nm_from_s_per_m,
    s_per_m2_from_ps_per_nm_km,
    s_per_m3_from_ps_per_nm2_km,
    s_per_sqrt_m_from_ps_per_sqrt_km,
    watt_from_dbm,
)
from karakoram.engines.optics import (
    Comb,
    FibreColumns,
    NoiseShares,
    RepeateredColumns,
    snr_with_terminals,
)
from karakoram.engines.optics.cable import Droop, PreparedCable, prepared_cable
from karakoram.engines.optics.cable_design import CableDesign, best_design
from karakoram.engines.optics.line import section_dispersion_s_per_m
from karakoram.engines.optics.open_cable import OpenCableFigures, designed_figures
from karakoram.network.wet_line import WetLine
from karakoram.refdata.equipment import TransceiverMode

WET_LINE = "wet_line"
"""The table that findings about a line name."""

_POLARISATIONS = 2.0
_SLOT_ROUNDING = 1e-6
"""Part of a slot that forgives the rounding of band edges given as floats."""
_SIGNAL_MIN = 1e-6
"""Of the power that arrives: with less, no figure in dB means anything."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WetLight:
    """Light at the end of a submarine line, at the output power stated and at the best."""

    line: WetLine
    comb: Comb
    """Channels; launch powers are what every repeater puts out."""
    end: NoiseShares
    """After the last repeater, every channel brought back to its launch power; axis [channel]."""
    repeater_input_power_w: Float[np.ndarray, " channel"]
    """Total channel power at the input of every repeater."""
    dispersion_s_per_m: Float[np.ndarray, " channel"]
    """Accumulated over the line."""
    pmd_s: float
    droop: Droop
    """The same where one gain holds the total power of the band; a batch of one line."""
    best: CableDesign
    """At the output power where the mean GSNR in dB is largest; a batch of one line."""
    signal_along: Float[np.ndarray, "repeater channel"]
    """What of each channel's power is signal after every repeater, the launch first [1]."""

    @property
    def figures(self) -> OpenCableFigures:
        """SNR_ASE, SNR_NLI and GSNR of the line [1], in the signal bandwidth."""
        return designed_figures(self.end)

    @property
    def gosnr(self) -> Float[np.ndarray, " channel"]:
        """Design GOSNR [1]: GSNR in 0.1 nm."""
        return np.asarray(self.end.gsnr * self.comb.symbol_rate_hz / OSNR_BANDWIDTH_HZ)

    @property
    def signal_along_w(self) -> Float[np.ndarray, "repeater channel"]:
        """Signal power after every repeater, which brings every channel back to its launch [W]."""
        return np.asarray(self.comb.launch_power_w * self.signal_along)

    @property
    def best_gosnr(self) -> Float[np.ndarray, " channel"]:
        """Design GOSNR at the best output power [1]."""
        return np.asarray(self.best.gosnr(self.comb.symbol_rate_hz)[0])

    @property
    def best_output_power_w(self) -> float:
        """Total output power of a repeater at the best [W]."""
        return float(self.best.launch_power_w.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Which channels are lit in a band: every whole slot of one width."""

    spacing_ghz: float
    symbol_rate_gbaud: float
    """Of every channel, at most the slot width."""
    within_thz: tuple[float, float] | None = None
    """Slots begin at the first and end at the second, as those on land do; ``None``: they stand
    amid the band of the line."""


def wet_comb(line: WetLine, slots: Slots) -> Comb:
    """Every whole slot in the band of the line, at the density of its total output power.

    Where the band is narrower than a slot, the one nearest to its middle is lit.

    Parameters
    ----------
    line
        For the band and the output power.
    slots
        Width and place of the slots.
    """
    spacing_hz, centre_hz = hz_from_ghz(slots.spacing_ghz), hz_from_thz(line.centre_thz.value)
    width_hz = max(hz_from_thz(line.bandwidth_thz.value), spacing_hz)
    lower_hz, upper_hz = centre_hz - width_hz / 2.0, centre_hz + width_hz / 2.0
    if slots.within_thz is None:
        begin_hz = centre_hz - spacing_hz * int(width_hz / spacing_hz + _SLOT_ROUNDING) / 2.0
    else:
        begin_hz = hz_from_thz(slots.within_thz[0])
        upper_hz = min(upper_hz, hz_from_thz(slots.within_thz[1]))
    first = max(0, ceil((lower_hz - begin_hz) / spacing_hz - _SLOT_ROUNDING))
    count = floor((upper_hz - begin_hz) / spacing_hz + _SLOT_ROUNDING) - first
    if count < 1:
        first, count = max(0, ceil((centre_hz - begin_hz) / spacing_hz) - 1), 1
    slot_w = watt_from_dbm(line.repeater_output_power_dbm.value) * spacing_hz / width_hz
    return Comb(
        frequency_hz=begin_hz + spacing_hz * (first + np.arange(count) + 0.5),
        symbol_rate_hz=np.full(count, hz_from_ghz(slots.symbol_rate_gbaud)),
        launch_power_w=np.full(count, slot_w),
    )


def wet_light(line: WetLine, comb: Comb) -> WetLight:
    """Light at the end of a submarine line.

    A branching unit counts at the end of the fibre of its span, so that interference is that of a
    whole span: never less than where the unit stands earlier.

    Parameters
    ----------
    line
        Spans, repeaters and branching units.
    comb
        Channels, with what repeaters put out in each.

    Raises
    ------
    InvalidDataError
        If nothing of the light is left at the end.
    """
    columns = _wet_columns(line)
    extra_loss = linear_from_db(np.array([line.branching_loss_db]))
    prepared = prepared_cable(columns, comb, extra_loss=extra_loss)
    launch_w = np.asarray(comb.launch_power_w[None, :])
    end = prepared.shares(launch_w)
    if float(end.signal.min()) < _SIGNAL_MIN:
        raise InvalidDataError((_dark_finding(line),))
    length_m = m_from_km(np.array([line.length_km.value]))
    band_hz = max(hz_from_thz(line.bandwidth_thz.value), float(comb.symbol_rate_hz.sum()))
    return WetLight(
        line=line,
        comb=comb,
        end=NoiseShares(signal=end.signal[0], ase=end.ase[0], nli=end.nli[0]),
        repeater_input_power_w=prepared.sections.output_power_w(launch_w)[0],
        dispersion_s_per_m=section_dispersion_s_per_m(columns.fibre, comb)[0] * line.span_count,
        pmd_s=float(columns.fibre.pmd_s_per_sqrt_m[0] * np.sqrt(length_m[0])),
        droop=prepared.drooped(launch_w, band_hz=np.array([band_hz])),
        best=best_design(prepared, _balanced_w(prepared, launch_w)),
        signal_along=prepared.signal_along(launch_w)[0],
    )


def _dark_finding(line: WetLine) -> Finding:
    return Finding(
        code="no-light",
        place=Place(table=WET_LINE, record=line.name, field="repeater_output_power_dbm"),
        message=f"nothing of the light is left behind {line.span_count:,} spans of "
        f"{line.span_loss_db:.1f} dB at {line.repeater_output_power_dbm.value:g} dBm; too little "
        "power drowns in noise, and too much in interference",
    )


def _balanced_w(
    prepared: PreparedCable, launch_w: Float[np.ndarray, "1 channel"]
) -> Float[np.ndarray, "1 channel"]:
    """The launch at the height where interference would be half the ASE: near the best.

    ASE falls with the power and interference rises as its square, to first order.
    """
    end = prepared.shares(launch_w)
    ratio = float(end.ase.mean() / np.maximum(2.0 * end.nli.mean(), 1e-30))
    return np.asarray(launch_w * ratio ** (1.0 / 3.0))


def _wet_columns(line: WetLine) -> RepeateredColumns:
    """A submarine line as the engine takes it, a batch of one."""
    fibre = line.fibre_type

    def one(value: float) -> Float[np.ndarray, " 1"]:
        return np.array([value])

    return RepeateredColumns(
        span_count=np.array([line.span_count]),
        fibre=FibreColumns(
            length_m=m_from_km(one(line.span_km)),
            attenuation_per_m=per_m_from_db_per_km(one(line.attenuation_db_per_km.value)),
            input_loss=one(1.0),
            output_loss=one(1.0),
            dispersion_s_per_m2=s_per_m2_from_ps_per_nm_km(one(fibre.dispersion_ps_per_nm_km)),
            dispersion_slope_s_per_m3=s_per_m3_from_ps_per_nm2_km(
                one(fibre.dispersion_slope_ps_per_nm2_km)
            ),
            effective_area_m2=m2_from_um2(one(fibre.effective_area_um2)),
            pmd_s_per_sqrt_m=s_per_sqrt_m_from_ps_per_sqrt_km(one(fibre.pmd_ps_per_sqrt_km)),
        ),
        noise_factor=one(linear_from_db(line.repeater_noise_figure_db.value)),
    )


def shannon_bit_per_s(
    gsnr: Float[np.ndarray, " channel"],
    symbol_rate_hz: Float[np.ndarray, " channel"],
    *,
    gap: float = 1.0,
) -> float:
    """What two polarisations of all channels carry at most [bit/s].

        sum_i 2 R_i log2(1 + GSNR_i / gap)

    Parameters
    ----------
    gsnr, symbol_rate_hz
        GSNR in the signal bandwidth [1], and symbol rate R [Hz].
    gap
        How much more SNR real equipment needs than the bound [1], >= 1.
    """
    assert gap >= 1.0
    return float((_POLARISATIONS * symbol_rate_hz * np.log2(1.0 + gsnr / gap)).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeLoad:
    """How many channels of a fibre pair a transceiver mode serves as the fastest that works."""

    mode: TransceiverMode
    channels: int

    @property
    def bit_rate_gbps(self) -> float:
        """Of all its channels together."""
        return self.mode.bit_rate_gbps * self.channels


def mode_loads(
    gsnr: Float[np.ndarray, " channel"],
    *,
    dispersion_s_per_m: Float[np.ndarray, " channel"],
    pmd_s: float,
    modes: Sequence[TransceiverMode],
    margin_db: float,
) -> tuple[ModeLoad, ...]:
    """Each channel lit by the fastest mode that works on it, most bits first.

    A mode works where the SNR at the receiver, noise of its transmitter included, is what it
    requires and a margin more, and dispersion and PMD are within its limits. At one power
    density the GSNR does not depend on the symbol rate of the mode.

    Parameters
    ----------
    gsnr
        In the signal bandwidth [1].
    dispersion_s_per_m, pmd_s
        Accumulated dispersion of each channel [s/m], and PMD of the line [s].
    modes
        Those of the slot width in hand.
    margin_db
        Above what a mode requires.
    """
    rising = sorted(modes, key=lambda mode: (mode.bit_rate_gbps, -mode.required_gsnr_db))
    most_ps_per_nm = ps_per_nm_from_s_per_m(float(np.abs(dispersion_s_per_m).max()))
    fastest = np.full(gsnr.shape, -1)
    for index, mode in enumerate(rising):
        snr = snr_with_terminals(
            gsnr=gsnr,
            symbol_rate_hz=np.full(gsnr.shape, hz_from_ghz(mode.symbol_rate_gbaud)),
            terminal_osnr=np.array([linear_from_db(mode.tx_osnr_db)]),
        )
        works = (
            (snr >= linear_from_db(mode.required_gsnr_db + margin_db))
            & (most_ps_per_nm <= mode.cd_ps_per_nm_max)
            & (ps_from_s(pmd_s) <= mode.pmd_ps_max)
        )
        fastest[works] = index
    return tuple(
        ModeLoad(mode=mode, channels=count)
        for index, mode in reversed(list(enumerate(rising)))
        if (count := int((fastest == index).sum()))
    )
