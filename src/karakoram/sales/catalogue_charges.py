"""What does the catalogue charge for a product, line by line?"""

from dataclasses import replace
from decimal import Decimal

from karakoram.core.money import Money, money_at_least, money_from_decimal
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.configuration import PriceForQuantity, prices_for
from karakoram.sales.catalogue.offerings import ProductOfferingPrice
from karakoram.sales.catalogue.words import PriceBasis, PriceType
from karakoram.sales.feasibility.questions import FeasibilityQuestion
from karakoram.sales.plans import Charge, ServicePlan


def priced_plan(
    plan: ServicePlan, question: FeasibilityQuestion, catalogue: Catalogue
) -> ServicePlan:
    """The plan with the charges of the catalogue; one priced by the network keeps its own."""
    if question.offering.price_basis is PriceBasis.NETWORK:
        return plan
    length_km = plan.measures.length_km
    found = {} if length_km is None else {"length_km": Decimal(f"{length_km:.3f}")}
    prices = prices_for(
        catalogue,
        question.offering,
        question.configuration.by_name,
        found=found,
        operator_id=question.seller_id,
        on_date=question.on_day,
    )
    return replace(plan, charges=tuple(_charge(price, question) for price in prices))


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
