"""How does a person read what is sold?"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.offerings import ProductOffering, ProductOfferingPrice
from karakoram.sales.catalogue.specifications import Characteristic, ResourceSpecification
from karakoram.sales.catalogue.words import (
    MarketSegment,
    PriceBasis,
    PriceType,
    SponsorRule,
)
from karakoram.usecases.catalogue.change_price_list import PriceListAnswer
from karakoram.usecases.catalogue.show_catalogue import OfferingsAnswer

_NETWORK_PRICE = "price book of the network"
_PERIODS: Mapping[PriceType, str] = {
    PriceType.ONE_TIME: "once",
    PriceType.RECURRING: "month",
    PriceType.USAGE: "as used",
}
CHANGES_ON_SCREEN_MAX = 50


def show_offerings(console: Console, answer: OfferingsAnswer) -> None:
    """Print a line for each offering."""
    show_title(
        console,
        f"{answer.catalogue.name}: {texts.counted(len(answer.offerings), 'offering')} on "
        f"{answer.on_date}",
    )
    if not answer.offerings:
        show_lines(console, "None fits; leave out a filter, or see --all.")
        return
    show_table(
        console,
        ("Offering", "What", "Sold by", "For", "Service level", "Prices"),
        (
            (
                offering.product_offering_id,
                offering.name,
                " ".join(offering.operator_ids),
                _segments(offering.segments),
                offering.service_level_id or "-",
                _trust_of_prices(answer, offering),
            )
            for offering in answer.offerings
        ),
    )
    if any(each.price_basis is PriceBasis.NETWORK for each in answer.offerings):
        show_lines(console, "", f"network = from the {_NETWORK_PRICE}, leg by leg", indent=0)
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def show_one_offering(console: Console, answer: OfferingsAnswer, *, sources: bool) -> None:
    """Print all that is known of an offering.

    Parameters
    ----------
    console
        Where to.
    answer
        With one offering.
    sources
        Whether the source of each price is printed too.
    """
    (offering,) = answer.offerings
    catalogue = answer.catalogue
    show_title(console, f"{offering.name} ({offering.product_offering_id})")
    show_lines(console, *_facts(answer, offering))
    product = catalogue.specification(offering)
    show_title(console, "To choose")
    show_table(
        console,
        ("Name", "Values", "Else", "Unit", "Meaning"),
        (
            (one.name, _values(one), one.default or "-", one.unit, one.description)
            for one in catalogue.characteristics_of(product).values()
        ),
    )
    if offering.value_uses:
        show_lines(console, f"Here: {', '.join(offering.value_uses)}")
    show_title(console, "Takes, in the order of reservation")
    show_table(
        console,
        ("Resource", "Where", "Units", "What"),
        (
            (
                one.kind.value.replace("_", " "),
                one.where.value.replace("_", " "),
                _units(one),
                one.description,
            )
            for one in catalogue.resources(offering)
        ),
    )
    _show_prices(console, answer, sources=sources)
    _show_level(console, catalogue, offering)
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def show_price_changes(console: Console, answer: PriceListAnswer, *, folder: str) -> None:
    """Print what a price list changes in the catalogue of a folder."""
    done = "changed" if answer.is_written else "would change"
    show_title(
        console,
        f"{folder} {done}: {texts.counted(len(answer.changes), 'price')}, "
        f"{answer.unchanged:,} stay as they are",
    )
    if answer.changes:
        show_table(
            console,
            ("", "Price", "#Before", "#After", "Confidence"),
            (
                (
                    change.kind.value,
                    change.price.product_offering_price_id,
                    "-" if change.before is None else _amount(change.before),
                    "-" if change.after is None else _amount(change.after),
                    change.price.provenance.confidence.value,
                )
                for change in answer.changes[:CHANGES_ON_SCREEN_MAX]
            ),
        )
    more = len(answer.changes) - CHANGES_ON_SCREEN_MAX
    if more > 0:
        show_lines(console, f"and {more} more; --json shows all")
    for finding in answer.warnings:
        show_lines(console, f"Warning: {finding.where}: {finding.message}")


def _facts(answer: OfferingsAnswer, offering: ProductOffering) -> list[str]:
    catalogue, network = answer.catalogue, answer.network
    product, service = catalogue.specification(offering), catalogue.service(offering)
    brand = f" ({product.brand})" if product.brand else ""
    lines = [
        f"What: {product.description}{brand}",
        f"How: {service.realisation}; checked by {service.feasibility.value.replace('_', ' ')}",
        f"Sold by: {', '.join(texts.operator_text(network, key) for key in offering.operator_ids)}",
        f"For: {_segments(offering.segments)}; {_words(offering.customer_kinds) or 'any customer'}",
        f"Where: {', '.join((*offering.site_ids, *offering.regions)) or 'everywhere'}",
        f"Status: {offering.lifecycle_status.value}, {_days(offering)}",
        f"Known: {offering.provenance.confidence.value}, {offering.provenance.source}",
    ]
    if offering.provenance.note:
        lines.append(f"Note: {offering.provenance.note}")
    if offering.sponsor_rule is SponsorRule.SPONSOR_PAYS:
        lines.append(
            f"Sponsor: {offering.sponsor_account_id} is charged; what is used is reported to it"
        )
    return lines


def _show_prices(console: Console, answer: OfferingsAnswer, *, sources: bool) -> None:
    (offering,) = answer.offerings
    show_title(console, f"Prices on {answer.on_date}, without taxes")
    if offering.price_basis is PriceBasis.NETWORK:
        trust = texts.confidence_text(answer.price_trusts(offering)) or "none"
        show_lines(console, f"From the {_NETWORK_PRICE}, leg by leg: karakoram design")
        show_lines(console, f"What stands there for it: {trust}")
    prices = answer.prices(offering)
    if not prices:
        return
    show_table(
        console,
        ("What", "#Amount", "For one", "Due", "Counts", "Where", "Whose", "Confidence"),
        (
            (
                price.name,
                _amount(price),
                price.unit_of_measure.value,
                _PERIODS[price.price_type],
                " x ".join(price.counted) or "-",
                _condition(price),
                price.operator_id or "all",
                price.provenance.confidence.value,
            )
            for price in prices
        ),
    )
    if sources:
        show_title(console, "Where the prices come from")
        for price in prices:
            known = price.provenance
            show_lines(
                console,
                f"{price.product_offering_price_id} ({known.confidence.value}): "
                f"{known.note or '-'} [{known.source} {known.source_date}]",
            )


def _show_level(console: Console, catalogue: Catalogue, offering: ProductOffering) -> None:
    if offering.service_level_id is None:
        show_title(console, "Service level: none is published")
        return
    level = catalogue.service_levels[offering.service_level_id]
    show_title(console, f"Service level: {level.name}")
    show_table(
        console,
        ("What", "Promise", "Where", "Confidence"),
        (
            (
                one.parameter.value.replace("_", " "),
                f"{one.comparison.value} {one.threshold:g} {one.unit}",
                one.scope,
                one.provenance.confidence.value,
            )
            for one in catalogue.objectives_of(level.service_level_id)
        ),
    )
    steps = catalogue.credit_steps_of(level.service_level_id)
    if steps:
        show_title(console, "Given back of the month's charge; the largest step counts")
        show_table(
            console,
            ("What", "#Beyond", "#Percent", "Confidence"),
            (
                (
                    step.parameter.value.replace("_", " "),
                    f"{step.beyond:g}",
                    f"{step.credit_percent:g}",
                    step.provenance.confidence.value,
                )
                for step in steps
            ),
        )


def _trust_of_prices(answer: OfferingsAnswer, offering: ProductOffering) -> str:
    trust = texts.confidence_text(answer.price_trusts(offering)) or "none"
    return f"network: {trust}" if offering.price_basis is PriceBasis.NETWORK else trust


def _amount(price: ProductOfferingPrice) -> str:
    return f"{price.currency} {price.amount:,f}"


def _condition(price: ProductOfferingPrice) -> str:
    """The values and units for which a price holds."""
    parts = list(price.applies_when)
    if price.tier_to is not None:
        parts.append(f"{price.tier_from:,f} to {price.tier_to:,f}")
    elif price.tier_from:
        parts.append(f"above {price.tier_from:,f}")
    return ", ".join(parts) or "-"


def _values(characteristic: Characteristic) -> str:
    if characteristic.allowed_values:
        return ", ".join(characteristic.allowed_values)
    low, high = characteristic.at_least, characteristic.at_most
    if low is not None and high is not None:
        return f"{low:,f} to {high:,f}"
    return characteristic.value_type.value


def _units(resource: ResourceSpecification) -> str:
    """How much of a resource is taken, in words."""
    parts = [f"{resource.fixed_units:f}"] if resource.fixed_units else []
    if resource.units_by_value:
        parts.append(f"by {resource.characteristic}: {', '.join(resource.units_by_value)}")
    elif resource.characteristic:
        each = resource.units_per_value
        name = resource.characteristic
        parts.append(name if each == Decimal(1) else f"{each:f} x {name}")
    factor = (
        f"; times {resource.factor_characteristic}: {', '.join(resource.factor_by_value)}"
        if resource.factor_characteristic
        else ""
    )
    return " + ".join(parts) + factor


def _days(offering: ProductOffering) -> str:
    if offering.valid_from is None and offering.valid_to is None:
        return "without a first or last day"
    start = f"from {offering.valid_from}" if offering.valid_from else "since ever"
    return f"{start} until {offering.valid_to}" if offering.valid_to else start


def _segments(segments: Iterable[MarketSegment]) -> str:
    """Market segments in as few words as say them."""
    words = {segment.value for segment in segments}
    if len(words) == len(MarketSegment):
        return "everybody"
    parts = [MarketSegment.WHOLESALE.value] if MarketSegment.WHOLESALE.value in words else []
    for sector in ("public", "private"):
        areas = [area for area in ("urban", "rural") if f"{sector}_{area}" in words]
        if areas:
            parts.append(sector if len(areas) > 1 else f"{sector} {areas[0]}")
    return ", ".join(parts)


def _words(members: Iterable[Enum]) -> str:
    return ", ".join(str(member.value).replace("_", " ") for member in members)
