"""Which mode of a transceiver works over a path, by how much, and what takes its margin?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.units import OSNR_BANDWIDTH_HZ, dbm_from_watt, linear_from_db, watt_from_dbm
from karakoram.engines.optics.filter_penalty import FilteredSignal, filtered_snr
from karakoram.engines.optics.filtering import ApertureFilter
from karakoram.engines.optics.method import PropagationMethod
from karakoram.engines.optics.mode_choice import (
    ModeChoice,
    ModeFailure,
    ReceivedColumns,
    mode_choice,
)
from karakoram.engines.optics.mode_choice import TransceiverMode as ModeColumns
from karakoram.engines.optics.receiver import PenaltyCurve
from karakoram.network.photonic.elements import Roadm
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.transceivers import TransceiverMode, TransceiverType
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.mode_columns import channels_in_mode, mode_columns
from karakoram.planning.photonic.propagation import propagated
from karakoram.planning.photonic.propagation_records import PathPropagation
from karakoram.planning.photonic.receiver_records import (
    ReceivedInMode,
    ReceiverChoice,
    SwitchFilters,
)

FAILURE_WORDS: Mapping[ModeFailure, str] = {
    ModeFailure.GSNR: "GSNR",
    ModeFailure.CHROMATIC_DISPERSION: "CD",
    ModeFailure.PMD: "PMD",
    ModeFailure.PDL: "PDL",
    ModeFailure.POWER: "power",
    ModeFailure.SPACING: "spacing",
    ModeFailure.FILTERING: "filtering",
}
TUNING = "tuning"
"""A channel that the transceiver cannot be tuned to."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReceiverQuestion:
    """A path, the channels asked for on it, and the transceivers at its ends."""

    path: tuple[ElementId, ...]
    spectrum: LitChannels
    transceiver: TransceiverType
    modes: tuple[TransceiverMode, ...]
    """Those to choose among, at least one."""
    filters: SwitchFilters | None
    method: PropagationMethod


def receiver_choice(
    network: PhotonicNetwork, library: PhotonicLibrary, question: ReceiverQuestion
) -> ReceiverChoice:
    """The modes of a transceiver over a path, each with all channels sent in it.

    A mode works on a channel where  GSNR - penalties - system margin >= required OSNR  in
    0.1 nm, the received power is in its window, the slot is wide enough and the transceiver
    tunes to it. Neighbours are taken to be in the same mode; channels whose slot is too
    narrow for it are lit as they were asked for.

    Parameters
    ----------
    network, library, question
        As of :func:`propagated`.

    Raises
    ------
    InvalidDataError
        As of :func:`propagated`.
    """
    assert question.modes, "there must be a mode to choose"
    margin_db = library.spectra["default"].system_margin_db
    lit = [channels_in_mode(question.spectrum, mode) for mode in question.modes]
    light = _propagations(network, library, question=question, lit=lit)
    count = switch_count(network, question.path, question.filters)
    received = _columns(question, lit=lit, light=light, count=count)
    columns = [mode_columns(mode) for mode in question.modes]
    choice = mode_choice(columns, received, margin_db=margin_db)
    modes = tuple(
        _in_mode(question, light[at], received=received, choice=choice, at=at)
        for at in range(len(lit))
    )
    everywhere = _best(modes, columns, channels=slice(None))
    shown = 0 if everywhere is None else everywhere
    frequency_thz = light[0].frequency_thz
    return ReceiverChoice(
        transceiver_type_id=question.transceiver.transceiver_type_id,
        frequency_thz=frequency_thz,
        modes=modes,
        best=tuple(
            _best(modes, columns, channels=slice(at, at + 1)) for at in range(frequency_thz.size)
        ),
        best_everywhere=everywhere,
        system_margin_db=margin_db,
        filters=question.filters,
        filter_count=count,
        propagation=light[shown],
        shown=shown,
        warnings=tuple(_warnings(question)),
    )


def switch_count(
    network: PhotonicNetwork, path: Sequence[ElementId], filters: SwitchFilters | None
) -> int:
    """Wavelength-selective switches on a path: one to add, one to drop, and those of express ways.

    Parameters
    ----------
    network, path
        From transceiver to transceiver.
    filters
        How many an express path has; 2 where nothing is said.
    """
    per_express = 2 if filters is None else filters.per_express
    places = [
        at for at, element_id in enumerate(path) if isinstance(network.elements[element_id], Roadm)
    ]
    ends = {1, len(path) - 2}
    return sum(1 if place in ends else per_express for place in places)


def _propagations(
    network: PhotonicNetwork,
    library: PhotonicLibrary,
    *,
    question: ReceiverQuestion,
    lit: Sequence[LitChannels],
) -> list[PathPropagation]:
    """Light of each mode; modes that send the same are computed once."""
    known: dict[bytes, PathPropagation] = {}
    found = []
    for channels in lit:
        key = b"".join(
            column.tobytes()
            for column in (
                channels.symbol_rate_hz,
                channels.transmitter_osnr,
                channels.launch_offset,
                channels.roll_off,
            )
        )
        if key not in known:
            known[key] = propagated(
                network,
                library,
                path=question.path,
                spectrum=channels,
                method=question.method,
            )
        found.append(known[key])
    return found


def _columns(
    question: ReceiverQuestion,
    *,
    lit: Sequence[LitChannels],
    light: Sequence[PathPropagation],
    count: int,
) -> ReceivedColumns:
    """Channels that arrived in each mode, axes [channel, mode]."""
    arrived = [one.received for one in light]
    kept = np.isin(lit[0].frequency_hz, np.round(light[0].frequency_thz * 1e12))
    # In the bandwidth of the mode, for the engine to bring it back to 0.1 nm.
    per_band = [OSNR_BANDWIDTH_HZ / (mode.symbol_rate_gbaud * 1e9) for mode in question.modes]
    gsnr = [
        linear_from_db(one.gsnr_01nm_db) * scale
        for one, scale in zip(arrived, per_band, strict=True)
    ]
    nothing = np.zeros((kept.sum(), 1))
    penalties = None
    if question.filters is not None and count > 0:
        penalties = np.stack(
            [
                filter_penalty_db(
                    channels.kept(kept), one.gsnr_db, count=count, filters=question.filters
                )
                for channels, one in zip(lit, arrived, strict=True)
            ],
            axis=1,
        )
    return ReceivedColumns(
        gsnr=np.stack(gsnr, axis=1),
        inverse_osnr=nothing,  # GSNR at the receiver has it already
        dispersion_s_per_m=np.stack([one.cd_ps_per_nm for one in arrived], axis=1) * 1e-3,
        pmd_s=np.stack([one.pmd_ps for one in arrived], axis=1) * 1e-12,
        pdl_db=np.stack([one.pdl_db for one in arrived], axis=1),
        power_w=watt_from_dbm(np.stack([one.power_dbm for one in arrived], axis=1)),
        slot_width_hz=lit[0].kept(kept).slot_width_hz[:, None],
        filter_penalty_db=penalties,
    )


def filter_penalty_db(
    lit: LitChannels,
    gsnr_db: Float[np.ndarray, " channel"],
    *,
    count: int,
    filters: SwitchFilters,
) -> Float[np.ndarray, " channel"]:
    """What a cascade of switches takes from the SNR of each channel [dB].

    Every switch opens the channel's slot; all noise joins behind the last, the worst case.

    Parameters
    ----------
    lit
        The channels.
    gsnr_db
        At the receiver, in the signal bandwidth, filters apart.
    count
        Switches on the way.
    filters
        What they are like.
    """
    snr = linear_from_db(gsnr_db)
    left = np.empty(snr.shape)
    kinds = np.stack([lit.slot_width_hz, lit.symbol_rate_hz, lit.roll_off], axis=1)
    for slot_hz, rate_hz, roll_off in np.unique(kinds, axis=0).tolist():
        here = (kinds == (slot_hz, rate_hz, roll_off)).all(axis=1)
        left[here] = filtered_snr(
            snr[here],
            np.full(int(here.sum()), count),
            shape=ApertureFilter(
                aperture_hz=slot_hz, beam_width_hz=filters.otf_bandwidth_ghz * 1e9
            ),
            signal=FilteredSignal(symbol_rate_hz=rate_hz, roll_off=roll_off),
        )
    return np.asarray(10.0 * np.log10(snr / left))


def _in_mode(
    question: ReceiverQuestion,
    light: PathPropagation,
    *,
    received: ReceivedColumns,
    choice: ModeChoice,
    at: int,
) -> ReceivedInMode:
    columns = mode_columns(question.modes[at])
    arrived = light.received
    filtering = received.filter_penalty_db
    nothing = np.zeros(arrived.power_dbm.shape)
    band = question.transceiver.band
    tunes = (light.frequency_thz >= band.lower_thz - 1e-9) & (
        light.frequency_thz <= band.upper_thz + 1e-9
    )
    return ReceivedInMode(
        mode=question.modes[at],
        gsnr_01nm_db=arrived.gsnr_01nm_db,
        cd_penalty_db=_penalty(columns.dispersion_penalty, received.dispersion_s_per_m[:, at]),
        pmd_penalty_db=_penalty(columns.pmd_penalty, received.pmd_s[:, at]),
        pdl_penalty_db=_penalty(columns.pdl_penalty, received.pdl_db[:, at]),
        filter_penalty_db=nothing if filtering is None else filtering[:, at],
        margin_db=choice.margin_db[:, at],
        power_dbm=arrived.power_dbm,
        failures=tuple(
            (
                *(word for flag, word in FAILURE_WORDS.items() if failure & flag),
                *(() if tuned else (TUNING,)),
            )
            for failure, tuned in zip(choice.failure[:, at].tolist(), tunes.tolist(), strict=True)
        ),
    )


def _penalty(
    curve: PenaltyCurve | None, impairment: Float[np.ndarray, " channel"]
) -> Float[np.ndarray, " channel"]:
    return np.zeros(impairment.shape) if curve is None else curve.at(impairment)


def _best(
    modes: Sequence[ReceivedInMode], columns: Sequence[ModeColumns], *, channels: slice
) -> int | None:
    """The mode that carries most on all of these channels; of equal ones the first."""
    working = [at for at, one in enumerate(modes) if not any(one.failures[channels])]
    return min(
        working,
        key=lambda at: (
            -columns[at].bit_rate_bit_per_s,
            columns[at].slot_width_hz,
            columns[at].cost,
        ),
        default=None,
    )


def _warnings(question: ReceiverQuestion) -> Iterator[Finding]:
    """Figures that a mode does not state, and transmitters that do not give the power asked for."""
    power_dbm = dbm_from_watt(question.spectrum.power_w)
    for mode in question.modes:
        place = Place(
            table="transceiver_types",
            record=question.transceiver.transceiver_type_id,
            field=f"mode[{mode.name}]",
        )
        if mode.roll_off is None:
            message = f"mode {mode.name!r} states no roll-off; that of the channels counts"
            yield Finding(
                code="roll-off-assumed", place=place, message=message, severity=Severity.WARNING
            )
        least, most = mode.tx_power_dbm_min, mode.tx_power_dbm_max
        below = least is not None and power_dbm.min() < least
        above = most is not None and power_dbm.max() > most
        if below or above:
            message = (
                f"channels leave their transmitters with {power_dbm.min():.2f} to "
                f"{power_dbm.max():.2f} dBm, and mode {mode.name!r} gives "
                f"{'any' if least is None else f'{least:g}'} to "
                f"{'any' if most is None else f'{most:g}'} dBm; state another tx_power_dbm"
            )
            yield Finding(
                code="tx-power-out-of-window",
                place=place,
                message=message,
                severity=Severity.WARNING,
            )
