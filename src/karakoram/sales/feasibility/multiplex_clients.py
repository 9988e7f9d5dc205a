"""Which signal does a product or a container send over the multiplex, and how is it sold?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from karakoram.core.cells import did_you_mean
from karakoram.core.errors import NotFoundError
from karakoram.engines.multiplex import client_signal
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.configuration import full_values
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.catalogue.offerings import ProductOffering
from karakoram.sales.catalogue.words import FeasibilityCheck

E1 = "E1"
_TIME_SLOTS_MAX = 31
_FLEX_SLOTS_MAX = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldSignal:
    """A signal of the multiplex, and how often a product has it."""

    name: str
    """In the words of the Recommendations."""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalOffering:
    """The offering under which a signal is sold, and the values that say which it is."""

    product_offering_id: ProductOfferingId
    values: Mapping[str, str]


def sold_signal(values: Mapping[str, str]) -> SoldSignal:
    """The signal that a product with these values sends.

    >>> sold_signal({"timeslots": "2"}).name, sold_signal({"e1_count": "3"})
    ('2x64k', SoldSignal(name='E1', count=3))
    """
    if "timeslots" in values:
        return SoldSignal(name=f"{values['timeslots']}x64k")
    if "odu_slots" in values:
        return SoldSignal(name=f"ODUflex(GFP {values['odu_slots']})")
    return SoldSignal(name=values.get("signal", E1), count=int(values.get("e1_count", "1")))


def model_signal(model: str) -> str | None:
    """The signal that a connection of a model is in its server; ``None`` where it is none.

    >>> model_signal("STM-1/TU-12"), model_signal("voice trunks")
    ('STM-1', None)
    """
    try:
        return client_signal(model.partition("/")[0]).name
    except NotFoundError:
        return None


def signal_offering(signal: str, *, catalogue: Catalogue, on_day: date) -> SignalOffering:
    """The unprotected offering that is sold on a day for a signal; of several the first by name.

    Raises
    ------
    NotFoundError
        If none is sold; with near misses.
    """
    sold = dict(_sold_signals(catalogue, on_day))
    if signal not in sold:
        raise NotFoundError(
            f"no offering is sold for the signal {signal!r}{did_you_mean(signal, sold)}"
        )
    return sold[signal]


def _sold_signals(catalogue: Catalogue, on_day: date) -> Iterator[tuple[str, SignalOffering]]:
    """Every signal with its offering; leased lines before what is sold for one use only."""
    found = sorted(
        (
            each
            for each in catalogue.product_offerings.values()
            if each.is_sold_on(on_day) and _is_line(catalogue, each)
        ),
        key=lambda each: each.product_offering_id,
        reverse=True,  # in a dictionary the last one stays, here the first by name
    )
    for offering in found:
        named = catalogue.characteristics_of(catalogue.specification(offering))
        if "e1_count" in named:
            continue
        for values in _choices(full_values(catalogue, offering, {}), named):
            yield (
                sold_signal(values).name,
                SignalOffering(product_offering_id=offering.product_offering_id, values=values),
            )


def _is_line(catalogue: Catalogue, offering: ProductOffering) -> bool:
    return (
        catalogue.service(offering).feasibility is FeasibilityCheck.MULTIPLEX_PATH
        and full_values(catalogue, offering, {}).get("protection") == "none"
    )


def _choices(fixed: Mapping[str, str], named: Mapping[str, object]) -> Iterator[dict[str, str]]:
    """The values that tell the signals of an offering apart."""
    if "timeslots" in named:
        yield from ({"timeslots": str(n)} for n in range(1, _TIME_SLOTS_MAX + 1))
    elif "odu_slots" in named:
        yield from ({"odu_slots": str(n)} for n in range(2, _FLEX_SLOTS_MAX + 1))
    elif "signal" in fixed:
        yield {"signal": fixed["signal"]}
