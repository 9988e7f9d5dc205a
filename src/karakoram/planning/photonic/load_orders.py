"""How does a wavelength that somebody wrote down find its way and its mode?"""

from collections.abc import Iterable

from karakoram.core.cells import did_you_mean
from karakoram.core.errors import InvalidDataError, NotFoundError, RefusedError
from karakoram.core.findings import Finding, Place
from karakoram.core.grid import FrequencySlot
from karakoram.network.photonic.elements import Transceiver
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.load import LitWavelength, NetworkLoad, WavelengthOrder
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.transceivers import TransceiverMode
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.load_light import LoadedPlant

TABLE = "load"


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
        With a finding for every wavelength that cannot be lit.
    """
    load = NetworkLoad() if onto is None else onto
    findings = []
    for order in orders:
        try:
            one = lit_wavelength(plant, order)
            load = load.lit(one, over=tuple(plant.sections_of(one)))
        except (NotFoundError, RefusedError, ValueError) as refusal:
            place = Place(table=TABLE, record=order.wavelength_id)
            findings.append(Finding(code="cannot-be-lit", place=place, message=str(refusal)))
    if findings:
        raise InvalidDataError(tuple(findings))
    return load


def lit_wavelength(plant: LoadedPlant, order: WavelengthOrder) -> LitWavelength:
    """The wavelength on its way.

    Raises
    ------
    NotFoundError
        Where an element or a mode does not exist, or no way leads there.
    ValueError
        Where the wavelength is not sound, as one wider than its slot.
    """
    for word in (order.from_id, order.to_id, *order.via):
        _check_known(plant, word, is_end=word in {order.from_id, order.to_id})
    path = shortest_path(plant.network, from_id=order.from_id, to_id=order.to_id, via=order.via)
    if path is None or len(path) == 1:
        raise NotFoundError(f"no way leads from {order.from_id!r} to {order.to_id!r}.")
    mode = _mode(plant.library, order)
    rate_gbaud = order.symbol_rate_gbaud
    if rate_gbaud is None:
        assert mode is not None, "an order has a symbol rate or a mode"
        rate_gbaud = mode.symbol_rate_gbaud
    return LitWavelength(
        wavelength_id=order.wavelength_id,
        path=path,
        slot=FrequencySlot(n=order.n, m=order.m),
        symbol_rate_gbaud=rate_gbaud,
        power_offset_db=order.power_offset_db,
        tx_osnr_db=plant.library.spectra["default"].tx_osnr_db if mode is None else mode.tx_osnr_db,
        required_osnr_db=None if mode is None else mode.required_osnr_db,
        mode=order.mode,
    )


def _check_known(plant: LoadedPlant, word: ElementId, *, is_end: bool) -> None:
    elements = plant.network.elements
    if word not in elements:
        raise NotFoundError(f"{word!r} is no element of the network{did_you_mean(word, elements)}.")
    if is_end and not isinstance(elements[word], Transceiver):
        raise NotFoundError(f"{word!r} is no transceiver; light begins and ends at transceivers.")


def _mode(library: PhotonicLibrary, order: WavelengthOrder) -> TransceiverMode | None:
    if order.transceiver_type_id is None:
        return None
    kind = library.transceiver_types.get(order.transceiver_type_id)
    if kind is None:
        hint = did_you_mean(order.transceiver_type_id, library.transceiver_types)
        raise NotFoundError(f"{order.transceiver_type_id!r} is no transceiver type{hint}.")
    mode = kind.mode(order.mode)
    if mode is None:
        names = ", ".join(repr(one.name) for one in kind.modes)
        raise NotFoundError(
            f"{order.mode!r} is no mode of {order.transceiver_type_id!r}; it has {names}."
        )
    return mode
