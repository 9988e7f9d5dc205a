"""Which prices of a catalogue contradict each other, count the unknown, or are missing?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from karakoram.core.cells import shown
from karakoram.core.currencies import MINOR_DIGITS, WHAT_IS_RIGHT
from karakoram.core.findings import Finding, Place, Severity
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.configuration import FOUND_BY_CHECK
from karakoram.sales.catalogue.offerings import ProductOfferingPrice
from karakoram.sales.catalogue.specifications import Characteristic
from karakoram.sales.catalogue.value_words import choices_by_name
from karakoram.sales.catalogue.words import PriceBasis, PriceType


def price_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """A finding for each price that cannot be charged, and for each offering without one."""
    for price in catalogue.product_offering_prices.values():
        yield from _currency_findings(price)
        yield from _seller_findings(catalogue, price)
        yield from _counting_findings(catalogue, price)
        yield from _condition_findings(catalogue, price)
    yield from _overlaps(catalogue)
    yield from _missing_prices(catalogue)


def _currency_findings(price: ProductOfferingPrice) -> Iterator[Finding]:
    if not price.currency.strip():
        yield _finding(
            "price-without-currency", (price, "currency"), f"is empty; use {WHAT_IS_RIGHT}"
        )
    elif price.currency not in MINOR_DIGITS:
        yield _finding(
            "unknown-currency",
            (price, "currency"),
            f"{shown(price.currency)} is not known; use {WHAT_IS_RIGHT}",
        )


def _seller_findings(catalogue: Catalogue, price: ProductOfferingPrice) -> Iterator[Finding]:
    offering = catalogue.product_offerings.get(price.product_offering_id)
    if offering is None or price.operator_id is None:
        return
    if price.operator_id not in offering.operator_ids:
        yield _finding(
            "price-of-no-seller",
            (price, "operator_id"),
            f"{price.operator_id!r} does not sell {offering.product_offering_id}; name one of "
            f"{', '.join(offering.operator_ids)}",
        )


def _counting_findings(catalogue: Catalogue, price: ProductOfferingPrice) -> Iterator[Finding]:
    """What a price counts, and nobody states or makes."""
    named = _characteristics(catalogue, price)
    if named is None:
        return
    if price.price_type is PriceType.USAGE:
        made = _usage_made(catalogue, price)
        if price.quantity_of not in made:
            yield _finding(
                "usage-not-made",
                (price, "quantity_of"),
                f"{shown(price.quantity_of)} is not made by the service, which makes "
                f"{', '.join(sorted(made)) or 'no usage'}; change one of the two",
            )
        return
    for name in price.counted:
        if name not in {*named, *FOUND_BY_CHECK}:
            yield _finding(
                "price-counts-nothing",
                (price, "quantity_of"),
                f"{shown(name)} is not counted; write one of "
                f"{', '.join((*named, *FOUND_BY_CHECK))}, or leave it empty for one",
            )


def _condition_findings(catalogue: Catalogue, price: ProductOfferingPrice) -> Iterator[Finding]:
    """Values that a price holds for, and nobody can choose."""
    named = _characteristics(catalogue, price)
    if named is None:
        return
    for name, choices in choices_by_name(price.applies_when).items():
        if name not in named:
            yield _finding(
                "unknown-characteristic",
                (price, "applies_when"),
                f"{shown(name)} is not a characteristic of {price.product_offering_id}; it has "
                f"{', '.join(named) or 'none'}",
            )
            continue
        for word in choices:
            message = named[name].breach(word)
            if message is not None:
                yield _finding("value-not-allowed", (price, "applies_when"), f"{name}: {message}")


def _overlaps(catalogue: Catalogue) -> Iterator[Finding]:
    """Each price that asks for the same units on the same day as an earlier one."""
    by_subject: dict[tuple[object, ...], list[ProductOfferingPrice]] = defaultdict(list)
    for price in catalogue.product_offering_prices.values():
        subject = (*(price.product_offering_id, price.operator_id, price.price_type, price.name),)
        by_subject[subject].append(price)
    for prices in by_subject.values():
        for earlier, later in combinations(prices, 2):
            if (
                earlier.validity.overlaps(later.validity)
                and _tiers_overlap(earlier, later)
                and _may_both_apply(earlier, later)
            ):
                yield _finding(
                    "price-overlap",
                    (later, "valid_from"),
                    f"holds for the same units on days on which {earlier.product_offering_price_id}"
                    " holds too; end one before the other begins, or give it another name",
                )


def _tiers_overlap(one: ProductOfferingPrice, other: ProductOfferingPrice) -> bool:
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: ProductOfferingPrice, other: ProductOfferingPrice) -> bool:
    return other.tier_to is None or one.tier_from < other.tier_to


def _may_both_apply(one: ProductOfferingPrice, other: ProductOfferingPrice) -> bool:
    """Whether some choice of values meets the conditions of both."""
    mine, theirs = choices_by_name(one.applies_when), choices_by_name(other.applies_when)
    return all(set(mine[name]) & set(theirs[name]) for name in mine.keys() & theirs.keys())


def _missing_prices(catalogue: Catalogue) -> Iterator[Finding]:
    """Each offering that the catalogue should price, and does not."""
    priced = {price.product_offering_id for price in catalogue.product_offering_prices.values()}
    for offering in catalogue.product_offerings.values():
        is_priced_here = offering.price_basis is PriceBasis.CATALOGUE
        if is_priced_here and offering.product_offering_id not in priced:
            yield Finding(
                code="offering-without-price",
                place=Place(
                    table="product_offerings",
                    record=offering.product_offering_id,
                    field="price_basis",
                ),
                message="has no price in product_offering_prices; add one, and write 0 where it "
                "is free",
                severity=Severity.WARNING,
            )


def _characteristics(
    catalogue: Catalogue, price: ProductOfferingPrice
) -> Mapping[str, Characteristic] | None:
    """What a price may count, by name; ``None`` where references on the way dangle."""
    offering = catalogue.product_offerings.get(price.product_offering_id)
    if offering is None:
        return None
    product = catalogue.product_specifications.get(offering.product_specification_id)
    if product is None or any(
        key not in catalogue.characteristics for key in product.characteristic_ids
    ):
        return None
    return catalogue.characteristics_of(product)


def _usage_made(catalogue: Catalogue, price: ProductOfferingPrice) -> frozenset[str]:
    offering = catalogue.product_offerings[price.product_offering_id]
    product = catalogue.specification(offering)
    service = catalogue.service_specifications.get(product.service_specification_id)
    return frozenset() if service is None else frozenset(u.value for u in service.usage_kinds)


def _finding(code: str, about: tuple[ProductOfferingPrice, str], message: str) -> Finding:
    price, field = about
    place = Place(
        table="product_offering_prices", record=price.product_offering_price_id, field=field
    )
    return Finding(code=code, place=place, message=message)
