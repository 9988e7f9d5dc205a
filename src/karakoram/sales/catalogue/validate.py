"""Which rules does a catalogue break, all of them at once?"""

from collections import Counter
from collections.abc import Collection, Iterator

from karakoram.core.findings import Finding, Severity, finding_at
from karakoram.core.references import Reference, unknown_references
from karakoram.network.network import Network
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.offerings import ProductOffering
from karakoram.sales.catalogue.specifications import (
    Characteristic,
    ProductSpecification,
    ResourceSpecification,
    number_from_word,
)
from karakoram.sales.catalogue.validate_levels import level_findings
from karakoram.sales.catalogue.validate_prices import price_findings
from karakoram.sales.catalogue.value_words import choices_by_name, values_by_word
from karakoram.sales.catalogue.words import NUMBERS, SponsorRule


def validate_catalogue(
    catalogue: Catalogue, *, network: Network | None = None
) -> tuple[Finding, ...]:
    """Every breach of the catalogue's rules; empty when the catalogue is sound.

    Parameters
    ----------
    catalogue
        What is judged.
    network
        Whose sites, regions and operators offerings may name; ``None`` leaves those unjudged.
    """
    return (
        *unknown_references(_references(catalogue, network)),
        *_specification_findings(catalogue),
        *_offering_findings(catalogue),
        *price_findings(catalogue),
        *level_findings(catalogue),
    )


def _references(catalogue: Catalogue, network: Network | None) -> Iterator[Reference]:
    yield from _specification_references(catalogue)
    yield from _offering_references(catalogue)
    yield from _level_references(catalogue)
    if network is not None:
        yield from _network_references(catalogue, network)


def _specification_references(catalogue: Catalogue) -> Iterator[Reference]:
    for product in catalogue.product_specifications.values():
        at = ("product_specifications", product.product_specification_id)
        yield (
            *(*at, "service_specification_id", product.service_specification_id),
            *(catalogue.service_specifications, "service_specifications"),
        )
        for key in product.characteristic_ids:
            yield *at, "characteristic_ids", key, catalogue.characteristics, "characteristics"
    for service in catalogue.service_specifications.values():
        for wanted in service.resource_specification_ids:
            yield (
                *("service_specifications", service.service_specification_id),
                *("resource_specification_ids", wanted),
                *(catalogue.resource_specifications, "resource_specifications"),
            )


def _offering_references(catalogue: Catalogue) -> Iterator[Reference]:
    for offering in catalogue.product_offerings.values():
        at = ("product_offerings", offering.product_offering_id)
        yield (
            *(*at, "product_specification_id", offering.product_specification_id),
            *(catalogue.product_specifications, "product_specifications"),
        )
        if offering.service_level_id is not None:
            yield (
                *(*at, "service_level_id", offering.service_level_id),
                *(catalogue.service_levels, "service_levels"),
            )
    for price in catalogue.product_offering_prices.values():
        yield (
            *("product_offering_prices", price.product_offering_price_id, "product_offering_id"),
            *(price.product_offering_id, catalogue.product_offerings, "product_offerings"),
        )


def _level_references(catalogue: Catalogue) -> Iterator[Reference]:
    known = catalogue.service_levels
    for one in catalogue.service_level_objectives.values():
        yield (
            *("service_level_objectives", one.objective_id, "service_level_id"),
            *(one.service_level_id, known, "service_levels"),
        )
    for step in catalogue.credit_steps.values():
        yield (
            *("credit_steps", step.credit_step_id, "service_level_id"),
            *(step.service_level_id, known, "service_levels"),
        )


def _network_references(catalogue: Catalogue, network: Network) -> Iterator[Reference]:
    regions = {site.region for site in network.sites.values()}
    for offering in catalogue.product_offerings.values():
        at = ("product_offerings", offering.product_offering_id)
        for operator_id in offering.operator_ids:
            yield *at, "operator_ids", operator_id, network.operators, "operators"
        for site_id in offering.site_ids:
            yield *at, "site_ids", site_id, network.sites, "sites"
        for region in offering.regions:
            yield *at, "regions", region, regions, "regions"


def _specification_findings(catalogue: Catalogue) -> Iterator[Finding]:
    for characteristic in catalogue.characteristics.values():
        words = (*characteristic.allowed_values, *filter(None, (characteristic.default,)))
        for word in words:
            message = characteristic.breach(word)
            if message is not None:
                yield finding_at(
                    "characteristic-value",
                    ("characteristics", characteristic.characteristic_id, "allowed_values"),
                    message,
                )
    for product in catalogue.product_specifications.values():
        at = ("product_specifications", product.product_specification_id)
        names = Counter(
            catalogue.characteristics[key].name
            for key in product.characteristic_ids
            if key in catalogue.characteristics
        )
        for name, times in names.items():
            if times > 1:
                yield finding_at(
                    "characteristic-twice",
                    (*at, "characteristic_ids"),
                    f"names {times} characteristics that are called {name!r}; keep one",
                )
        yield from _unstated_needs(catalogue, product)
    for service in catalogue.service_specifications.values():
        if not service.resource_specification_ids or not service.realisation.strip():
            yield finding_at(
                "service-without-realisation",
                (
                    *("service_specifications", service.service_specification_id),
                    "resource_specification_ids",
                ),
                "says not how it is realised; describe it in realisation and name the resources "
                "it takes",
            )


def _unstated_needs(catalogue: Catalogue, product: ProductSpecification) -> Iterator[Finding]:
    """Resources whose amount hangs on what the product lets nobody choose."""
    service = catalogue.service_specifications.get(product.service_specification_id)
    if service is None:
        return
    named = {
        catalogue.characteristics[key].name: catalogue.characteristics[key]
        for key in product.characteristic_ids
        if key in catalogue.characteristics
    }
    at = ("product_specifications", product.product_specification_id, "characteristic_ids")
    for key in service.resource_specification_ids:
        resource = catalogue.resource_specifications.get(key)
        if resource is None:
            continue
        for name, stated in _counted_by(resource):
            if name not in named:
                yield finding_at(
                    "need-without-characteristic",
                    at,
                    f"has no characteristic {name}, by which {key} says how much it takes; add it",
                )
                continue
            for word in _uncounted(named[name], stated):
                yield finding_at(
                    "need-without-units",
                    at,
                    f"lets {name} be {word}, for which {key} says not how much it takes; state "
                    "units for it, or leave it out of allowed_values",
                )


def _counted_by(resource: ResourceSpecification) -> Iterator[tuple[str, Collection[str]]]:
    """The characteristics that say how much a resource takes, and the words that units are for.

    There are no such words where the value itself counts.
    """
    if resource.characteristic:
        yield resource.characteristic, values_by_word(resource.units_by_value)
    if resource.factor_characteristic:
        yield resource.factor_characteristic, values_by_word(resource.factor_by_value)


def _uncounted(characteristic: Characteristic, stated: Collection[str]) -> Iterator[str]:
    """Values that may be chosen and say nothing of an amount."""
    for word in characteristic.allowed_values:
        if word not in stated if stated else number_from_word(word) is None:
            yield word
    if not characteristic.allowed_values and (stated or characteristic.value_type not in NUMBERS):
        yield f"any {characteristic.value_type.value}"


def _offering_findings(catalogue: Catalogue) -> Iterator[Finding]:
    for offering in catalogue.product_offerings.values():
        at = ("product_offerings", offering.product_offering_id)
        for field in ("operator_ids", "segments"):
            if not getattr(offering, field):
                yield finding_at(
                    f"offering-without-{field.partition('_')[0].removesuffix('s')}",
                    (*at, field),
                    "is empty, so nobody sells it or nobody may buy it; name at least one",
                )
        yield from _sponsor_findings(offering)
        yield from _value_findings(catalogue, offering)


def _sponsor_findings(offering: ProductOffering) -> Iterator[Finding]:
    at = ("product_offerings", offering.product_offering_id, "sponsor_account_id")
    if offering.sponsor_rule is SponsorRule.SPONSOR_PAYS and not offering.sponsor_account_id:
        yield finding_at(
            "sponsor-without-account",
            at,
            "is empty, yet the sponsor pays; name the account that is charged",
        )
    if offering.sponsor_rule is SponsorRule.NONE and offering.sponsor_account_id:
        yield finding_at(
            "account-without-sponsor",
            at,
            f"{offering.sponsor_account_id!r} is charged for nothing while sponsor_rule is none; "
            "write sponsor_pays or empty the account",
            severity=Severity.WARNING,
        )


def _value_findings(catalogue: Catalogue, offering: ProductOffering) -> Iterator[Finding]:
    product = catalogue.product_specifications.get(offering.product_specification_id)
    if product is None:
        return
    at = ("product_offerings", offering.product_offering_id, "value_uses")
    named = {
        catalogue.characteristics[key].name: catalogue.characteristics[key]
        for key in product.characteristic_ids
        if key in catalogue.characteristics
    }
    for name, choices in choices_by_name(offering.value_uses).items():
        if name not in named:
            yield finding_at(
                "unknown-characteristic",
                at,
                f"{name!r} is not a characteristic of {product.product_specification_id}; "
                f"it has {', '.join(named) or 'none'}",
            )
            continue
        for word in choices:
            message = named[name].breach(word)
            if message is not None:
                yield finding_at("value-not-allowed", at, f"{name}: {message}")
