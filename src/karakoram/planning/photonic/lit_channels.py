"""Which channels does somebody light, in the units of the engines?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.arrays import read_only
from karakoram.core.units import hz_from_ghz, hz_from_thz, linear_from_db, watt_from_dbm
from karakoram.engines.optics.amplifier_types import ChannelColumns
from karakoram.engines.optics.spectrum import Comb
from karakoram.network.photonic.equipment import SpectrumInformation
from karakoram.network.photonic.spectrum import SpectrumPart

_COLUMNS = (
    "frequency_hz",
    "symbol_rate_hz",
    "slot_width_hz",
    "power_w",
    "transmitter_osnr",
    "launch_offset",
    "roll_off",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LitChannels:
    """Channels as their transmitters send them, in ascending order of frequency."""

    frequency_hz: Float[np.ndarray, " channel"]
    symbol_rate_hz: Float[np.ndarray, " channel"]
    slot_width_hz: Float[np.ndarray, " channel"]
    power_w: Float[np.ndarray, " channel"]
    """Out of the transmitter."""
    transmitter_osnr: Float[np.ndarray, " channel"]
    """In 0.1 nm [1]."""
    launch_offset: Float[np.ndarray, " channel"]
    """Power over that of a channel without offset, wherever ROADMs level [1]."""
    roll_off: Float[np.ndarray, " channel"]
    labels: tuple[str, ...]
    """Of the part of the spectrum that each channel belongs to."""

    def __post_init__(self) -> None:
        for name in _COLUMNS:
            object.__setattr__(self, name, read_only(getattr(self, name)))
        assert len(self.labels) == self.frequency_hz.size

    @property
    def columns(self) -> ChannelColumns:
        """Where the channels are and how wide."""
        return ChannelColumns(
            frequency_hz=self.frequency_hz,
            symbol_rate_hz=self.symbol_rate_hz,
            slot_width_hz=self.slot_width_hz,
        )

    @property
    def comb(self) -> Comb:
        """The channels as fibres see them."""
        return Comb(
            frequency_hz=self.frequency_hz,
            symbol_rate_hz=self.symbol_rate_hz,
            launch_power_w=self.power_w,
            roll_off=self.roll_off,
        )

    def kept(self, chosen: Bool[np.ndarray, " channel"]) -> "LitChannels":
        """The chosen channels only."""
        return LitChannels(
            **{name: getattr(self, name)[chosen] for name in _COLUMNS},
            labels=tuple(
                label for label, keep in zip(self.labels, chosen.tolist(), strict=True) if keep
            ),
        )


def channels_of_comb(comb: SpectrumInformation) -> LitChannels:
    """The comb that a network is designed for, fully lit.

    The first channel stands at the lower edge of the band, the last not above the upper one.

    >>> from karakoram.network.photonic.spectral import FrequencyBand
    >>> from karakoram.network.photonic.equipment import SweepDb
    >>> comb = SpectrumInformation(
    ...     band=FrequencyBand(lower_thz=191.3, upper_thz=196.1), symbol_rate_gbaud=32.0,
    ...     spacing_ghz=50.0, power_dbm=0.0, roll_off=0.15, tx_osnr_db=40.0, system_margin_db=2.0,
    ...     power_sweep=SweepDb(lowest_db=0.0, highest_db=0.0, step_db=1.0))
    >>> lit = channels_of_comb(comb)
    >>> lit.frequency_hz.size, float(lit.frequency_hz[0]), float(lit.frequency_hz[-1])
    (97, 191300000000000.0, 196100000000000.0)
    """
    first_hz, last_hz, step_hz = (
        round(value)
        for value in (
            hz_from_thz(comb.band.lower_thz),
            hz_from_thz(comb.band.upper_thz),
            hz_from_ghz(comb.spacing_ghz),
        )
    )
    count = (last_hz - first_hz) // step_hz + 1
    power_dbm = comb.power_dbm if comb.tx_power_dbm is None else comb.tx_power_dbm
    return LitChannels(
        frequency_hz=first_hz + step_hz * np.arange(count, dtype=np.float64),
        symbol_rate_hz=np.full(count, hz_from_ghz(comb.symbol_rate_gbaud)),
        slot_width_hz=np.full(count, float(step_hz)),
        power_w=np.full(count, watt_from_dbm(power_dbm)),
        transmitter_osnr=np.full(count, linear_from_db(comb.tx_osnr_db)),
        launch_offset=np.ones(count),
        roll_off=np.full(count, comb.roll_off),
        labels=(f"{comb.symbol_rate_gbaud:.2f}G",) * count,
    )


def channels_of_parts(parts: Sequence[SpectrumPart]) -> LitChannels:
    """The channels of a spectrum of several parts that do not overlap."""
    assert parts, "a spectrum has at least one part"
    rising = sorted(parts, key=lambda part: part.band.lower_thz)
    columns: dict[str, list[float]] = {name: [] for name in _COLUMNS}
    labels: list[str] = []
    for part in rising:
        centres_hz = [float(round(hz_from_thz(centre))) for centre in part.centres_thz]
        columns["frequency_hz"] += centres_hz
        for name, value in (
            ("symbol_rate_hz", hz_from_ghz(part.symbol_rate_gbaud)),
            ("slot_width_hz", hz_from_ghz(part.slot_ghz)),
            ("power_w", watt_from_dbm(part.tx_power_dbm)),
            ("transmitter_osnr", linear_from_db(part.tx_osnr_db)),
            ("launch_offset", linear_from_db(part.launch_offset_db)),
            ("roll_off", part.roll_off),
        ):
            columns[name] += [value] * len(centres_hz)
        labels += [part.label] * len(centres_hz)
    return LitChannels(
        **{name: np.array(values) for name, values in columns.items()}, labels=tuple(labels)
    )
