"""With which values is an offering ordered, what does it then take, and what is asked for it?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from karakoram.core.cells import did_you_mean, shown
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import OperatorId
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.offerings import ProductOffering, ProductOfferingPrice
from karakoram.sales.catalogue.specifications import (
    Characteristic,
    ChosenValues,
    number_from_word,
)
from karakoram.sales.catalogue.value_words import choices_by_name, holds
from karakoram.sales.catalogue.words import NeedPlace, PriceType
from karakoram.sales.resource_kinds import ResourceKind

CONFIGURATION = "configuration"
"""The table that findings about chosen values name."""

FOUND_BY_CHECK = ("length_km",)
"""Figures that a feasibility check finds and nobody states: glass kilometres of the path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceNeed:
    """What an order takes: so many units of a kind of resource at a place."""

    kind: ResourceKind
    where: NeedPlace
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceForQuantity:
    """A price that an order meets, and how many units of it."""

    price: ProductOfferingPrice
    quantity: Decimal | None
    """``None`` for a price of usage, whose units nobody knows before."""

    @property
    def amount(self) -> Decimal | None:
        """What is asked, not rounded, in major units of the price's currency."""
        return None if self.quantity is None else self.price.amount * self.quantity


def full_values(
    catalogue: Catalogue, offering: ProductOffering, values: ChosenValues
) -> dict[str, str]:
    """The chosen values, and for the rest what the offering fixes or the product's default.

    A number is spelt in one way, so that whoever reads it later finds what was checked.
    """
    allowed = choices_by_name(offering.value_uses)
    fixed = {name: choices[0] for name, choices in allowed.items() if len(choices) == 1}
    named = catalogue.characteristics_of(catalogue.specification(offering))
    defaults = {
        name: one.default
        for name, one in named.items()
        if one.default and one.default in allowed.get(name, (one.default,))
    }
    full = {**defaults, **fixed, **values}
    return {
        name: named[name].value(word)
        if name in named and word not in allowed.get(name, ())
        else word
        for name, word in full.items()
    }


def configuration_findings(
    catalogue: Catalogue, offering: ProductOffering, values: ChosenValues
) -> tuple[Finding, ...]:
    """Everything wrong with the values that a customer chose; empty when they can be ordered."""
    named = catalogue.characteristics_of(catalogue.specification(offering))
    allowed = choices_by_name(offering.value_uses)
    full = full_values(catalogue, offering, values)
    findings = []
    for name in values:
        if name not in named:
            message = (
                f"is not a characteristic of {offering.product_offering_id}; it has "
                f"{', '.join(named) or 'none'}{did_you_mean(name, named)}"
            )
            findings.append(_finding("unknown-characteristic", (offering, name), message))
    for name, characteristic in named.items():
        breach = _value_breach(characteristic, full.get(name), allowed.get(name, ()))
        if breach is not None:
            code = "value-not-allowed" if name in full else "value-missing"
            findings.append(_finding(code, (offering, name), breach))
    return tuple(findings)


def resource_needs(
    catalogue: Catalogue, offering: ProductOffering, values: ChosenValues
) -> tuple[ResourceNeed, ...]:
    """What an order takes, in the order of reservation; a need of no units is left out.

    Parameters
    ----------
    catalogue
        A sound one.
    offering
        Of the catalogue.
    values
        As chosen, without an error by ``configuration_findings``.

    Raises
    ------
    ValueError
        Where the values do not say how much is needed.
    """
    full = full_values(catalogue, offering, values)
    needs = (
        ResourceNeed(kind=one.kind, where=one.where, units=one.units(full))
        for one in catalogue.resources(offering)
    )
    return tuple(need for need in needs if need.units)


def prices_for(
    catalogue: Catalogue,
    offering: ProductOffering,
    values: ChosenValues,
    *,
    found: Mapping[str, Decimal],
    operator_id: OperatorId,
    on_date: date,
) -> tuple[PriceForQuantity, ...]:
    """The prices of the catalogue that an order meets, each with its quantity.

    A seller's own price of a name stands in for that of every seller. Prices of usage are among
    them, without quantity.

    Parameters
    ----------
    catalogue
        A sound one.
    offering
        Of the catalogue.
    values
        As chosen.
    found
        Figures of the feasibility check, by the names in ``FOUND_BY_CHECK``.
    operator_id
        Who sells.
    on_date
        The day whose prices hold.

    Raises
    ------
    ValueError
        Where a price counts units that neither states.
    """
    assert found.keys() <= set(FOUND_BY_CHECK)
    full = full_values(catalogue, offering, values)
    holding = [
        price
        for price in catalogue.prices_of(offering.product_offering_id)
        if price.operator_id in {None, operator_id}
        and price.validity.holds_on(on_date)
        and holds(price.applies_when, full)
    ]
    own = {(price.price_type, price.name) for price in holding if price.operator_id is not None}
    counted = {**full, **{name: f"{figure:f}" for name, figure in found.items()}}
    return tuple(_with_quantity(holding, own=own, values=counted))


def _with_quantity(
    prices: list[ProductOfferingPrice],
    *,
    own: set[tuple[PriceType, str]],
    values: ChosenValues,
) -> Iterator[PriceForQuantity]:
    for price in prices:
        if price.operator_id is None and (price.price_type, price.name) in own:
            continue
        if price.price_type is PriceType.USAGE:
            yield PriceForQuantity(price=price, quantity=None)
            continue
        quantity = price.units_charged(_quantity(price, values))
        if quantity:
            yield PriceForQuantity(price=price, quantity=quantity)


def _quantity(price: ProductOfferingPrice, values: ChosenValues) -> Decimal:
    quantity = Decimal(1)
    for name in price.counted:
        word = values.get(name, "")
        number = number_from_word(word)
        if number is None or number < 0:
            raise ValueError(
                f"{price.product_offering_price_id} is for one {price.unit_of_measure.value} and "
                f"needs a number for {name}, got {shown(word)}"
            )
        quantity *= number
    return quantity


def _value_breach(
    characteristic: Characteristic, word: str | None, allowed: tuple[str, ...]
) -> str | None:
    if word is None:
        choices = allowed or characteristic.allowed_values
        right = f"choose one of {', '.join(choices)}" if choices else "give a value"
        return f"is not chosen; {right}"
    if allowed and word not in allowed:
        return f"{shown(word)} must be one of {', '.join(allowed)} in this offering"
    return characteristic.breach(word)


def _finding(code: str, about: tuple[ProductOffering, str], message: str) -> Finding:
    offering, name = about
    place = Place(table=CONFIGURATION, record=offering.product_offering_id, field=name)
    return Finding(code=code, place=place, message=message)
