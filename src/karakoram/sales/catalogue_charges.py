"""What does the catalogue charge for a product, or for a change of one, line by line?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from karakoram.core.money import Money, money_at_least, money_from_decimal
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.configuration import (
    PriceForQuantity,
    ResourceNeed,
    prices_for,
    resource_needs,
)
from karakoram.sales.catalogue.identifiers import ProductOfferingPriceId
from karakoram.sales.catalogue.offerings import ProductOfferingPrice
from karakoram.sales.catalogue.words import NeedPlace, PriceBasis, PriceType
from karakoram.sales.configurations import Configuration
from karakoram.sales.feasibility.questions import FeasibilityQuestion
from karakoram.sales.plans import Charge, ServicePlan
from karakoram.sales.products import Product
from karakoram.sales.resource_kinds import ResourceKind

INSTALLED_BY = ("a_site", "z_site", "protection", "bit_rate_gbps", "signal")
"""Values of which another one takes other ports or other transceivers, however many are needed."""


def priced_plan(
    plan: ServicePlan,
    question: FeasibilityQuestion,
    catalogue: Catalogue,
    *,
    product: Product | None = None,
) -> ServicePlan:
    """The plan with the charges of the catalogue; one priced by the network keeps its own.

    A change is charged once only for what it installs, see :func:`installs_anew`; what is counted,
    e.g. pairs of fibres, only for how many more there are.

    Parameters
    ----------
    plan, question, catalogue
        What is priced, as what, and at whose prices.
    product
        The product that would be changed; ``None`` for a new one.
    """
    charges = plan.charges
    if question.offering.price_basis is not PriceBasis.NETWORK:
        prices = _prices(plan.measures.length_km, question, catalogue, product=product)
        charges = tuple(_charge(price, question) for price in prices)
    if product is not None and not installs_anew(question, product, catalogue=catalogue):
        charges = tuple(each for each in charges if each.kind is not PriceType.ONE_TIME)
    return plan if charges is plan.charges else replace(plan, charges=charges)


def installs_anew(question: FeasibilityQuestion, product: Product, *, catalogue: Catalogue) -> bool:
    """Whether a change asks for anything that was not installed for the product before.

    That is another offering, end, protection, bit rate or signal, or more units of anything that
    the offering takes. Another term, or less of what is there, installs nothing.
    """
    if _is_another(question, product):
        return True
    try:
        before = _units(resource_needs(catalogue, question.offering, product.configuration.by_name))
    except ValueError:  # sold by a catalogue that counted otherwise: nobody knows what is there
        return True
    return any(units > before[where] for where, units in _units(question.needs).items())


def _is_another(question: FeasibilityQuestion, product: Product) -> bool:
    """Whether nothing of what was installed serves the product as it would be."""
    new, old = question.configuration, product.configuration
    return question.offering.product_offering_id != product.product_offering_id or any(
        new.value(name) != old.value(name) for name in INSTALLED_BY
    )


def _units(needs: Iterable[ResourceNeed]) -> Counter[tuple[ResourceKind, NeedPlace]]:
    """How many units are needed of each kind at each place."""
    units: Counter[tuple[ResourceKind, NeedPlace]] = Counter()
    for need in needs:
        units[need.kind, need.where] += need.units
    return units


def _prices(
    length_km: float | None,
    question: FeasibilityQuestion,
    catalogue: Catalogue,
    *,
    product: Product | None,
) -> Iterable[PriceForQuantity]:
    """The prices that are met; in a change, those that are asked once for what is more alone."""

    def met(chosen: Configuration, length: float | None) -> tuple[PriceForQuantity, ...]:
        return prices_for(
            catalogue,
            question.offering,
            chosen.by_name,
            found={} if length is None else {"length_km": Decimal(f"{length:.3f}")},
            operator_id=question.seller_id,
            on_date=question.on_day,
        )

    now = met(question.configuration, length_km)
    if product is None or _is_another(question, product):
        return now
    try:
        old = met(product.configuration, product.plan.measures.length_km)
    except ValueError:  # sold by a catalogue that counted otherwise: all is asked
        return now
    paid = {each.price.product_offering_price_id: each.quantity for each in old}
    return filter(None, (_unpaid(each, paid) for each in now))


def _unpaid(
    priced: PriceForQuantity, paid: Mapping[ProductOfferingPriceId, Decimal | None]
) -> PriceForQuantity | None:
    """A price that is asked once with what was not paid before; ``None`` where all was."""
    price, quantity = priced.price, priced.quantity
    if price.price_type is not PriceType.ONE_TIME or not price.counted or quantity is None:
        return priced
    more = quantity - (paid.get(price.product_offering_price_id) or 0)
    return replace(priced, quantity=more) if more > 0 else None


def _charge(priced: PriceForQuantity, question: FeasibilityQuestion) -> Charge:
    price = priced.price
    is_usage = price.price_type is PriceType.USAGE
    quantity = "" if priced.quantity is None else f", {priced.quantity.normalize():f} x"
    return Charge(
        name=f"{price.name}{quantity} {price.unit_of_measure.value}".strip(),
        kind=price.price_type,
        operator_id=price.operator_id or question.seller_id,
        amount=_amount(priced),
        unit_price=str(price.amount),
        unit=price.unit_of_measure.value,
        usage_kind=price.quantity_of if is_usage else "",
        tier_from=str(price.tier_from) if is_usage else "0",
        tier_to=_upper_tier(price) if is_usage else "",
        confidence=price.provenance.confidence,
        source=price.provenance.source,
    )


def _upper_tier(price: ProductOfferingPrice) -> str:
    return "" if price.tier_to is None else str(price.tier_to)


def _amount(priced: PriceForQuantity) -> Money:
    """What is asked, rounded once; of usage one unit, rounded up so that it never shows as 0."""
    price = priced.price
    if priced.amount is not None:
        return money_from_decimal(priced.amount, price.currency)
    return money_at_least(price.amount, price.currency)
