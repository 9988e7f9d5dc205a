"""How does a wavelength that somebody wrote down find its way and its mode?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from karakoram.core.cells import did_you_mean
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.core.findings import Finding, Place
from karakoram.core.grid import FrequencySlot
from karakoram.network.photonic.elements import Transceiver
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.load import (
    LitWavelength,
    NetworkLoad,
    WavelengthId,
    WavelengthOrder,
)
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.transceivers import TransceiverMode
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.load_light import LoadedPlant

TABLE = "load"

Breach = tuple[str, str]
"""Field of an order that is wrong, and what is wrong with it."""


def network_load(
    plant: LoadedPlant, orders: Iterable[WavelengthOrder], *, onto: NetworkLoad | None = None
) -> NetworkLoad:
    """The load of a network with these wavelengths lit, one after the other.

    Parameters
    ----------
    plant
        The network and its equipment.
    orders
        What to light.
    onto
        What is lit already; None: nothing.

    Raises
    ------
    InvalidDataError
        With a finding for everything that keeps a wavelength dark.
    """
    load, findings = lit_orders(plant, orders, onto=onto)
    if findings:
        raise InvalidDataError(findings)
    return load


def lit_orders(
    plant: LoadedPlant,
    orders: Iterable[WavelengthOrder],
    *,
    onto: NetworkLoad | None = None,
    places: Mapping[WavelengthId, Place] | None = None,
) -> tuple[NetworkLoad, tuple[Finding, ...]]:
    """The load with every wavelength that can be lit, and a finding for what forbids the others.

    Parameters
    ----------
    plant
        The network and its equipment.
    orders
        What to light, one after the other.
    onto
        What is lit already; None: nothing.
    places
        Where each order is written down; None: only its identifier is known.
    """
    load = NetworkLoad() if onto is None else onto
    findings: list[Finding] = []
    for order in orders:
        unknown = Place(table=TABLE, record=order.wavelength_id)
        place = (places or {}).get(order.wavelength_id, unknown)
        load, breaches = _with_order(plant, load, order)
        findings += (
            Finding(code="cannot-be-lit", place=replace(place, field=field), message=message)
            for field, message in breaches
        )
    return load, tuple(findings)


def _with_order(
    plant: LoadedPlant, load: NetworkLoad, order: WavelengthOrder
) -> tuple[NetworkLoad, tuple[Breach, ...]]:
    """The load with the wavelength, or as it is and why the wavelength stays dark."""
    breaches = (*_unknown_elements(plant, order), *_mode_breaches(plant.library, order))
    if breaches:
        return load, breaches
    path = shortest_path(plant.network, from_id=order.from_id, to_id=order.to_id, via=order.via)
    mode = _mode(plant.library, order)
    rate_gbaud = order.symbol_rate_gbaud
    if rate_gbaud is None:
        assert mode is not None, "an order has a symbol rate or a mode"
        rate_gbaud = mode.symbol_rate_gbaud
    slot = FrequencySlot(n=order.n, m=order.m)
    breaches = (*_way_breaches(order, path), *_width_breaches(order, slot, rate_gbaud))
    if breaches or path is None:
        return load, breaches
    if order.wavelength_id in load.wavelengths:
        return load, (("wavelength_id", f"wavelength {order.wavelength_id!r} is lit already"),)
    spectra = plant.library.spectra
    one = LitWavelength(
        wavelength_id=order.wavelength_id,
        path=path,
        slot=slot,
        symbol_rate_gbaud=rate_gbaud,
        power_offset_db=order.power_offset_db,
        tx_osnr_db=spectra["default"].tx_osnr_db if mode is None else mode.tx_osnr_db,
        required_osnr_db=None if mode is None else mode.required_osnr_db,
        mode=order.mode,
    )
    try:
        return load.lit(one, over=tuple(plant.sections_of(one))), ()
    except RefusedError as refusal:
        return load, (("n", str(refusal)),)


def _unknown_elements(plant: LoadedPlant, order: WavelengthOrder) -> Iterator[Breach]:
    """What the order names that the network has not, or where light cannot begin or end."""
    elements = plant.network.elements
    named: list[tuple[str, ElementId]] = [("from_id", order.from_id), ("to_id", order.to_id)]
    for field, word in (*named, *(("via", stop) for stop in order.via)):
        if word not in elements:
            hint = did_you_mean(word, elements)
            yield field, f"{word!r} is no element of the network{hint}"
        elif field != "via" and not isinstance(elements[word], Transceiver):
            yield field, f"{word!r} is no transceiver; light begins and ends at transceivers"


def _way_breaches(order: WavelengthOrder, path: tuple[ElementId, ...] | None) -> Iterator[Breach]:
    if path is None or len(path) == 1:
        over = f" via {', '.join(map(repr, order.via))}" if order.via else ""
        yield (
            "via" if order.via else "to_id",
            f"no way leads from {order.from_id!r} to {order.to_id!r}{over}",
        )
    elif len(set(path)) < len(path):
        yield "via", "the way passes an element twice, where it meets itself; name other elements"


def _width_breaches(
    order: WavelengthOrder, slot: FrequencySlot, rate_gbaud: float
) -> Iterator[Breach]:
    if rate_gbaud > slot.width_ghz:
        field = "m" if order.symbol_rate_gbaud is None else "symbol_rate_gbaud"
        wide = f"{slot.width_ghz:g} GHz"
        yield field, f"a symbol rate of {rate_gbaud:g} GBd must be at most its slot of {wide}"


def _mode_breaches(library: PhotonicLibrary, order: WavelengthOrder) -> Iterator[Breach]:
    type_id = order.transceiver_type_id
    if type_id is None:
        return
    kind = library.transceiver_types.get(type_id)
    if kind is None:
        hint = did_you_mean(type_id, library.transceiver_types)
        yield "transceiver_type_id", f"{type_id!r} is no transceiver type{hint}"
    elif kind.mode(order.mode) is None:
        names = ", ".join(repr(one.name) for one in kind.modes)
        yield "mode", f"{order.mode!r} is no mode of {type_id!r}; it has {names}"


def _mode(library: PhotonicLibrary, order: WavelengthOrder) -> TransceiverMode | None:
    """The mode of an order without breaches."""
    if order.transceiver_type_id is None:
        return None
    return library.transceiver_types[order.transceiver_type_id].mode(order.mode)
