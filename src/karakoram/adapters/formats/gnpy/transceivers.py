"""Which transceivers does an equipment file of GNPy describe?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from karakoram.adapters.formats.gnpy.fields import (
    Entry,
    Field,
    decimal_from,
    find_unknown_members,
    made,
    number,
    text,
    values_of,
)
from karakoram.adapters.formats.gnpy.units import GHZ_FROM_HZ, THZ_FROM_HZ
from karakoram.core.fields import Bounds
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.network.photonic.transceivers import (
    PenaltyTable,
    ReceiverModel,
    TransceiverMode,
    TransceiverType,
)

_BAND = (
    Field(name="lower_thz", key="min", parse=number, scale=THZ_FROM_HZ, unit="Hz"),
    Field(name="upper_thz", key="max", parse=number, scale=THZ_FROM_HZ, unit="Hz"),
)
_ID = (Field(name="transceiver_type_id", key="type_variety", parse=text),)
_MODE = (
    Field(name="name", key="format", parse=text),
    Field(name="symbol_rate_gbaud", key="baud_rate", parse=number, scale=GHZ_FROM_HZ, unit="Bd"),
    Field(name="required_osnr_db", key="OSNR", parse=number, unit="dB"),
    Field(name="bit_rate_gbps", key="bit_rate", parse=number, scale=GHZ_FROM_HZ, unit="bit/s"),
    Field(name="roll_off", key="roll_off", parse=number, default=None),
    Field(name="tx_osnr_db", key="tx_osnr", parse=number, unit="dB"),
    Field(name="spacing_ghz_min", key="min_spacing", parse=number, scale=GHZ_FROM_HZ, unit="Hz"),
    Field(name="cost", key="cost", parse=number, default=None),
    Field(
        name="equalisation_offset_db",
        key="equalization_offset_db",
        parse=number,
        unit="dB",
        default=0.0,
    ),
    *(
        Field(name=name, key=key, parse=number, unit="dBm", default=None)
        for name, key in (
            ("tx_power_dbm_min", "tx-channel-power-min-dbm"),
            ("tx_power_dbm_max", "tx-channel-power-max-dbm"),
            ("rx_power_dbm_min", "rx-channel-power-min-dbm"),
            ("rx_power_dbm_max", "rx-channel-power-max-dbm"),
        )
    ),
)
_RECEIVER = (
    Field(name="k1", key="k1", parse=number),
    Field(name="k2", key="k2", parse=number),
    Field(name="reference_power_dbm", key="rx-ref-channel-power-dbm", parse=number, unit="dBm"),
    Field(name="ber_threshold", key="BER-threshold", parse=number),
    Field(name="transceiver_snr_db", key="snr_trx_db_0.1nm", parse=number, unit="dB"),
    Field(name="receiver_snr_db", key="snr_prx_db_0.1nm", parse=number, unit="dB"),
)
_PENALTIES: Mapping[str, str] = {
    "cd_penalties": "chromatic_dispersion",
    "pmd_penalties": "pmd",
    "pdl_penalties": "pdl",
}
_LARGEST: Mapping[str, Bounds] = {
    "chromatic_dispersion": Bounds(at_least=1.0, at_most=1e6),
    "pmd": Bounds(at_least=0.01, at_most=1e3),
    "pdl": Bounds(at_least=0.01, at_most=50.0),
}
"""Between what the largest figure of a table lies: ps/nm, ps and dB."""
_PENALTY = Field(name="penalty", key="penalty_value", parse=number, unit="dB")
_MODE_KEYS = (*(field.key for field in _MODE), "penalties", "detailed_rx", "other_name")
_TYPE_KEYS = ("type_variety", "other_name", "comment", "frequency", "mode")


def transceiver_type_of(entry: Entry) -> TransceiverType | None:
    """The transceiver that an entry describes; ``None`` where it is in error."""
    find_unknown_members(entry, _TYPE_KEYS)
    values = values_of(entry, _ID, record_type=TransceiverType)
    tuning = entry.child("frequency")
    find_unknown_members(tuning, [field.key for field in _BAND])
    band = made(tuning, FrequencyBand, values_of(tuning, _BAND, record_type=FrequencyBand))
    modes = tuple(mode for part in entry.child("mode").objects() for mode in _modes(part))
    names = [mode.name for mode in modes]
    for name in sorted({name for name in names if names.count(name) > 1}):
        entry.child("mode").find("duplicate-id", f"two modes are named {name!r}; rename one")
    if values is None or band is None:
        return None
    return made(entry, TransceiverType, {**values, "band": band, "modes": modes})


def _modes(entry: Entry) -> Iterator[TransceiverMode]:
    """A mode under each of its names; none where it is in error."""
    find_unknown_members(entry, _MODE_KEYS)
    values = values_of(entry, _MODE, record_type=TransceiverMode)
    if values is None:
        return
    _check_penalties(entry.child("penalties"))
    for name, key in _PENALTIES.items():
        values[name] = _penalty_table(entry.child("penalties"), key)
    values["receiver"] = _receiver(entry.child("detailed_rx"))
    mode = made(entry, TransceiverMode, values)
    if mode is None:
        return
    yield mode
    for part in entry.child("other_name").items():
        alias = values_of(
            replace(part, value={"format": part.value}), (_MODE[0],), record_type=TransceiverMode
        )
        if alias is not None:
            yield replace(mode, name=alias["name"])


def _check_penalties(entry: Entry) -> None:
    """Tell of a penalty of nothing, and of impairments that must be of another unit."""
    for part in entry.objects():
        find_unknown_members(part, (*_PENALTIES.values(), _PENALTY.key))
        if not any(key in part.members for key in _PENALTIES.values()):
            part.find("missing", f"is a penalty of nothing: state {', '.join(_PENALTIES.values())}")
    for key, bounds in _LARGEST.items():
        stated = [
            (abs(float(value)), part.child(key))
            for part in entry.items()
            if (value := decimal_from(part.members.get(key))) is not None
        ]
        largest, member = max(stated, key=lambda pair: pair[0], default=(0.0, entry))
        breach = bounds.breach(largest) if stated else None
        if breach is not None:
            member.find("out-of-bounds", f"the largest of its kind {breach}; check the unit")


def _penalty_table(entry: Entry, key: str) -> PenaltyTable | None:
    """The penalties of one impairment; where all lie above zero, none at zero is added."""
    field = Field(name="impairment", key=key, parse=number)
    rows = [
        values_of(part, (field, _PENALTY), record_type=PenaltyTable)
        for part in entry.items()
        if key in part.members
    ]
    pairs = sorted((row["impairment"], row["penalty"]) for row in rows if row is not None)
    if not pairs:
        return None
    if pairs[0][0] > 0.0:
        pairs = [(0.0, 0.0), *pairs]
    impairments, penalties = zip(*pairs, strict=True)
    return made(entry, PenaltyTable, {"impairments": impairments, "penalties_db": penalties})


def _receiver(entry: Entry) -> ReceiverModel | None:
    find_unknown_members(entry, [field.key for field in _RECEIVER])
    if not entry.members:
        return None
    return made(entry, ReceiverModel, values_of(entry, _RECEIVER, record_type=ReceiverModel))
