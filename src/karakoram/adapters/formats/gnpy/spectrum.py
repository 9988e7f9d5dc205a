"""Which channels does an initial-spectrum file of GNPy light?"""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from karakoram.adapters.formats.gnpy.fields import (
    Entry,
    Field,
    assume,
    find_unknown_members,
    made,
    number,
    text,
    values_of,
)
from karakoram.adapters.formats.gnpy.json_file import read_document
from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.gnpy.spectral import BAND_KEYS, band_of
from karakoram.adapters.formats.gnpy.units import GHZ_FROM_HZ
from karakoram.network.photonic.spectrum import SpectrumPart

NAMESPACE = "gnpy-spectrum:spectrum"
CHANNELS_MAX = 20_000
"""More do not fit in silica's bands; a slot in GHz where Hz is asked for gives more."""

_PART = (
    Field(name="slot_ghz", key="slot_width", parse=number, scale=GHZ_FROM_HZ, unit="Hz"),
    Field(name="symbol_rate_gbaud", key="baud_rate", parse=number, scale=GHZ_FROM_HZ, unit="Bd"),
    Field(name="roll_off", key="roll_off", parse=number),
    Field(name="tx_osnr_db", key="tx_osnr", parse=number, unit="dB", default=40.0),
    Field(name="tx_power_dbm", key="tx_power_dbm", parse=number, unit="dBm", default=0.0),
    Field(name="launch_offset_db", key="delta_pdb", parse=number, unit="dB", default=0.0),
)
_LABEL = Field(name="label", key="label", parse=text, default=None)


def read_gnpy_spectrum(path: Path) -> Reading[tuple[SpectrumPart, ...]]:
    """The parts of a spectrum, by rising frequency; of either style.

    Parts that overlap are an error, as are files that light nothing.
    """
    log = Log(path.name)
    document = read_document(path, log)
    if document is None:
        return log.reading(None)
    root = Entry(value=document, path="", log=log)
    key = NAMESPACE if NAMESPACE in document else "spectrum"
    listed = root.child(key)
    if not isinstance(listed.value, list) or not listed.value:
        listed.find("not-a-spectrum", "holds no list named spectrum; name a spectrum file of GNPy")
        return log.reading(None)
    find_unknown_members(root, (key,))
    parts = [(entry, part) for entry in listed.objects() if (part := _part(entry)) is not None]
    rising = sorted(parts, key=lambda pair: pair[1].band.lower_thz)
    for (_, before), (entry, part) in pairwise(rising):
        if before.occupied[1] > part.occupied[0] + _TOLERANCE_THZ:
            entry.find(
                "parts-overlap",
                f"its first slot begins at {part.occupied[0]:.7g} THz, but another part occupies "
                f"up to {before.occupied[1]:.7g} THz; move one of them",
            )
    if log.has_errors:
        return log.reading(None)
    return log.reading(tuple(_labelled(entry, part, at) for at, (entry, part) in enumerate(rising)))


_TOLERANCE_THZ = 1e-9
"""A kilohertz: slots that touch do not overlap."""


def _part(entry: Entry) -> SpectrumPart | None:
    find_unknown_members(entry, (*BAND_KEYS, *(field.key for field in (*_PART, _LABEL))))
    band = band_of(entry)
    values = values_of(entry, (*_PART, _LABEL), record_type=SpectrumPart)
    if band is None or values is None:
        return None
    values["label"] = values["label"] or ""
    part = made(entry, SpectrumPart, {**values, "band": band})
    if part is not None and len(part.centres_thz) > CHANNELS_MAX:
        entry.find("out-of-bounds", f"lights more than {CHANNELS_MAX} channels; check the units")
        return None
    return part


def _labelled(entry: Entry, part: SpectrumPart, position: int) -> SpectrumPart:
    """The part with a label: its own, or one made of its position and symbol rate."""
    if part.label:
        return part
    label = f"{position}-{part.symbol_rate_gbaud:.2f}G"
    assume(entry.child(_LABEL.key), label, name=_LABEL.name)
    return replace(part, label=label)
