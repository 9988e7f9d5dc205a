"""What is light like on a network whose OMSs carry each its own load, and what changes it?

An OMS is computed for what is lit on it. A change of the load computes those OMSs again that it
touches, and no other; what it means for every wavelength is the difference of two states.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.units import OSNR_BANDWIDTH_HZ, linear_from_db, watt_from_dbm
from karakoram.engines.optics.compose import gsnr_from_log_noise
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.receiver import receiver_snr
from karakoram.network.photonic.elements import Roadm
from karakoram.network.photonic.equipment import PhotonicLibrary, RoadmPath
from karakoram.network.photonic.load import (
    LineKey,
    LineLoad,
    LitWavelength,
    NetworkLoad,
    WavelengthId,
)
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.walk import MultiplexSection
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.section_ends import SectionEnds, lit_sections, section_ends
from karakoram.planning.photonic.transits import Transit, TransitColumns, transit_columns


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineLight:
    """Light of one OMS under its load; channels in the order of the load."""

    load: LineLoad
    ends: SectionEnds
    """One section."""

    def place_of(self, wavelength_id: WavelengthId) -> int:
        """Which channel a wavelength is."""
        return [one.wavelength_id for one in self.load.wavelengths].index(wavelength_id)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WavelengthLight:
    """A wavelength at its receiver, noise of terminals included."""

    wavelength: LitWavelength
    gsnr_db: float
    """In the signal bandwidth."""
    gsnr_01nm_db: float
    margin_db: float | None
    """GSNR in 0.1 nm above what the mode requires, penalties apart; None without a mode."""
    is_exact: bool
    """Whether every ROADM on the way has power enough for its target."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadLight:
    """Light on every OMS of a network under its load; its mappings refuse to be written."""

    load: NetworkLoad
    lines: Mapping[LineKey, LineLight]
    wavelengths: Mapping[WavelengthId, WavelengthLight]

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", MappingProxyType(dict(self.lines)))
        object.__setattr__(self, "wavelengths", MappingProxyType(dict(self.wavelengths)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadedPlant:
    """What is lit: a network with every setting stated, and by which models."""

    network: PhotonicNetwork
    library: PhotonicLibrary
    method: PropagationMethod = DEFAULT_METHOD

    def parts_of(self, wavelength: LitWavelength) -> tuple[MultiplexSection, ...]:
        """The path of a wavelength from ROADM to ROADM, its terminals' own fibres included."""
        path, found, begin = wavelength.path, [], 0
        for place in range(1, len(path)):
            if place == len(path) - 1 or isinstance(self.network.elements[path[place]], Roadm):
                found.append(
                    MultiplexSection(
                        from_id=path[begin], to_id=path[place], element_ids=path[begin + 1 : place]
                    )
                )
                begin = place
        return tuple(found)

    def sections_of(self, wavelength: LitWavelength) -> dict[LineKey, MultiplexSection]:
        """The OMSs of a wavelength, in the order of light.

        What joins a transceiver and its ROADM is none: wavelengths of the same slot may begin
        at one place and leave it by different degrees.
        """
        ends = {wavelength.path[0], wavelength.path[-1]}
        return {
            _line_key(section): section
            for section in self.parts_of(wavelength)
            if section.element_ids or ends.isdisjoint((section.from_id, section.to_id))
        }


def _line_key(section: MultiplexSection) -> LineKey:
    """What names an OMS: where it begins, and its first element."""
    return section.from_id, (*section.element_ids, section.to_id)[0]


LineComputer = Callable[[LoadedPlant, MultiplexSection, LineLoad], LineLight]


def line_light(plant: LoadedPlant, section: MultiplexSection, load: LineLoad) -> LineLight:
    """Light of one OMS under its load.

    Raises
    ------
    InvalidDataError
        Where a setting is missing, or an amplifier does not pass some of the channels.
    """
    lit = _channels_of_load(load, plant.library)
    made = lit_sections(
        plant.network, plant.library, sections=[section], spectrum=lit, method=plant.method
    )
    if made.unlit is not None:
        _refuse_unlit(made.unlit, section)
    return LineLight(load=load, ends=section_ends(made))


def _channels_of_load(load: LineLoad, library: PhotonicLibrary) -> LitChannels:
    """The wavelengths of an OMS as channels."""
    comb, lit = library.spectra["default"], load.wavelengths
    power_dbm = comb.power_dbm if comb.tx_power_dbm is None else comb.tx_power_dbm
    return LitChannels(
        frequency_hz=np.array([round(one.slot.centre_ghz * 1e9) for one in lit], dtype=np.float64),
        symbol_rate_hz=np.array([one.symbol_rate_gbaud * 1e9 for one in lit]),
        slot_width_hz=np.array([one.slot.width_ghz * 1e9 for one in lit]),
        power_w=np.full(len(lit), watt_from_dbm(power_dbm)),
        transmitter_osnr=linear_from_db(np.array([one.tx_osnr_db for one in lit])),
        launch_offset=linear_from_db(np.array([one.power_offset_db for one in lit])),
        roll_off=np.full(len(lit), comb.roll_off),
        labels=tuple(one.mode for one in lit),
    )


def _refuse_unlit(unlit: LitChannels, section: MultiplexSection) -> None:
    first_thz = float(unlit.frequency_hz[0]) / 1e12
    finding = Finding(
        code="not-passed",
        place=Place(table="spectrum"),
        message=f"some amplifier between {section.from_id!r} and {section.to_id!r} does not pass "
        f"{unlit.frequency_hz.size} of the wavelengths, the first at {first_thz:.4f} THz; "
        "light them elsewhere in the spectrum",
    )
    raise InvalidDataError((finding,))


def load_light(
    plant: LoadedPlant, load: NetworkLoad, *, compute: LineComputer = line_light
) -> LoadLight:
    """Light everywhere, every OMS computed.

    Parameters
    ----------
    plant, load
        What is lit, and with what.
    compute
        Computes one OMS.
    """
    nothing = LoadLight(load=NetworkLoad(), lines={}, wavelengths={})
    return relit(plant, nothing, load, compute=compute)


def relit(
    plant: LoadedPlant,
    before: LoadLight,
    load: NetworkLoad,
    *,
    compute: LineComputer = line_light,
) -> LoadLight:
    """Light under another load: OMSs whose load is the same are taken over as they are.

    Parameters
    ----------
    plant
        What is lit; the same as for ``before``.
    before
        Light under the load so far.
    load
        The load from now on.
    compute
        Computes one OMS; called once for each OMS that the change touches.
    """
    sections = {
        key: section
        for one in load.wavelengths.values()
        for key, section in plant.sections_of(one).items()
    }
    lines: dict[LineKey, LineLight] = {}
    touched: set[LineKey] = set()
    for key, line in load.lines.items():
        known = before.lines.get(key)
        if known is not None and known.load == line:
            lines[key] = known
        else:
            lines[key] = compute(plant, sections[key], line)
            touched.add(key)
    wavelengths = {}
    for wavelength_id, one in load.wavelengths.items():
        seen = before.wavelengths.get(wavelength_id)
        is_same = seen is not None and seen.wavelength == one
        if seen is not None and is_same and touched.isdisjoint(plant.sections_of(one)):
            wavelengths[wavelength_id] = seen
        else:
            wavelengths[wavelength_id] = _received(plant, one, lines=lines)
    return LoadLight(load=load, lines=lines, wavelengths=wavelengths)


def _received(
    plant: LoadedPlant, one: LitWavelength, *, lines: Mapping[LineKey, LineLight]
) -> WavelengthLight:
    alone = _channels_of_load(LineLoad((one,)), plant.library)
    noise, inverse_osnr, is_exact = 0.0, float(1.0 / alone.transmitter_osnr[0]), True
    arriving_w = []
    for section in plant.parts_of(one):
        light = lines.get(_line_key(section))
        if light is None:  # between a transceiver and its ROADM
            arriving_w.append(float(alone.power_w[0]))
            continue
        place = light.place_of(one.wavelength_id)
        noise += float(light.ends.log_noise[0, place])
        arriving_w.append(float(light.ends.power_w[0, place]))
    passed = _transits(plant, one, lit=alone, arriving_w=arriving_w)
    if passed is not None:
        noise += float(passed.log_noise.sum())
        inverse_osnr += float(passed.inverse_osnr.sum())
        # Power of the last drop makes no difference to noise.
        levelled = passed.meets_target[:-1] if _drops(plant, one) else passed.meets_target
        is_exact = bool(levelled.all())
    gsnr = receiver_snr(
        gsnr=gsnr_from_log_noise(np.array([noise])),
        symbol_rate_hz=alone.symbol_rate_hz,
        inverse_osnr=np.array([inverse_osnr]),
    )
    gsnr_db = 10.0 * float(np.log10(gsnr[0]))
    in_01nm_db = gsnr_db + 10.0 * float(np.log10(alone.symbol_rate_hz[0] / OSNR_BANDWIDTH_HZ))
    return WavelengthLight(
        wavelength=one,
        gsnr_db=gsnr_db,
        gsnr_01nm_db=in_01nm_db,
        margin_db=None if one.required_osnr_db is None else in_01nm_db - one.required_osnr_db,
        is_exact=is_exact,
    )


def _drops(plant: LoadedPlant, one: LitWavelength) -> bool:
    return isinstance(plant.network.elements[one.path[-2]], Roadm)


def _transits(
    plant: LoadedPlant, one: LitWavelength, *, lit: LitChannels, arriving_w: list[float]
) -> TransitColumns | None:
    """What the ROADMs on the way add, at the power that arrives; None where there is none."""
    path, elements = one.path, plant.network.elements
    places = [i for i in range(1, len(path) - 1) if isinstance(elements[path[i]], Roadm)]
    if not places:
        return None
    return transit_columns(
        [_transit(plant, path, place) for place in places],
        library=plant.library,
        lit=lit,
        arriving_w=np.array(arriving_w[: len(places)])[:, None],
    )


def _transit(plant: LoadedPlant, path: tuple[ElementId, ...], place: int) -> Transit:
    roadm = plant.network.elements[path[place]]
    assert isinstance(roadm, Roadm)
    way = RoadmPath.EXPRESS
    if place == 1:
        way = RoadmPath.ADD
    elif place == len(path) - 2:
        way = RoadmPath.DROP
    return Transit(roadm=roadm, before_id=path[place - 1], after_id=path[place + 1], way=way)


@dataclass(frozen=True, slots=True, kw_only=True)
class WavelengthChange:
    """What a change of the load does to a wavelength that is lit before and after."""

    wavelength_id: WavelengthId
    gsnr_01nm_db_before: float
    gsnr_01nm_db_after: float
    margin_db_after: float | None

    @property
    def change_db(self) -> float:
        """How much GSNR rises; negative where the wavelength loses."""
        return self.gsnr_01nm_db_after - self.gsnr_01nm_db_before

    @property
    def is_lost(self) -> bool:
        """Whether its mode no longer closes."""
        return self.margin_db_after is not None and self.margin_db_after < 0.0


def wavelength_changes(before: LoadLight, after: LoadLight) -> tuple[WavelengthChange, ...]:
    """What becomes of every wavelength lit before and after; who loses most comes first."""
    found = (
        WavelengthChange(
            wavelength_id=key,
            gsnr_01nm_db_before=before.wavelengths[key].gsnr_01nm_db,
            gsnr_01nm_db_after=light.gsnr_01nm_db,
            margin_db_after=light.margin_db,
        )
        for key, light in after.wavelengths.items()
        if key in before.wavelengths
    )
    return tuple(sorted(found, key=lambda one: (one.change_db, one.wavelength_id)))


def touched_lines(before: LoadLight, after: LoadLight) -> Iterable[LineKey]:
    """OMSs whose load is not what it was, lit now or dark."""
    keys = dict.fromkeys((*before.load.lines, *after.load.lines))
    return tuple(key for key in keys if before.load.lines.get(key) != after.load.lines.get(key))
