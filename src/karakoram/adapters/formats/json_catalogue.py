"""How do offerings read as JSON, in the words of TM Forum 620 (product catalogue, version 4.1)?

What TM Forum has no word for, such as where a figure comes from, stands beside its words.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from karakoram.core.provenance import Confidence, Provenance, weakest
from karakoram.core.time import Validity
from karakoram.network.network import Network
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.offerings import ProductOffering, ProductOfferingPrice
from karakoram.sales.catalogue.service_levels import CreditStep, ServiceLevelObjective
from karakoram.sales.catalogue.specifications import Characteristic, ResourceSpecification
from karakoram.sales.catalogue.value_words import choices_by_name
from karakoram.sales.catalogue.words import PriceType
from karakoram.usecases.catalogue.change_price_list import PriceListAnswer
from karakoram.usecases.catalogue.show_catalogue import OfferingsAnswer

_PRICE_TYPES: Mapping[PriceType, str] = {
    PriceType.ONE_TIME: "oneTime",
    PriceType.RECURRING: "recurring",
    PriceType.USAGE: "usage",
}


def json_from_offerings(answer: OfferingsAnswer) -> dict[str, Any]:
    """Offerings with the prices that hold on the day."""
    return {
        "catalogue": answer.catalogue.name,
        "onDate": answer.on_date.isoformat(),
        "productOffering": [json_from_offering(answer, one) for one in answer.offerings],
    }


def _weakest(trusts: tuple[Confidence, ...]) -> str | None:
    return weakest(trusts).value if trusts else None


def json_from_offering(answer: OfferingsAnswer, offering: ProductOffering) -> dict[str, Any]:
    """One offering, with what it is made of."""
    catalogue = answer.catalogue
    product, service = catalogue.specification(offering), catalogue.service(offering)
    return {
        "id": offering.product_offering_id,
        "name": offering.name,
        "description": product.description,
        "isBundle": False,
        "isSellable": True,
        "lifecycleStatus": offering.lifecycle_status.value,
        "validFor": _period(offering.validity),
        "productSpecification": {
            "id": product.product_specification_id,
            "name": product.name,
            "brand": product.brand,
            "productSpecCharacteristic": [
                _characteristic(one) for one in catalogue.characteristics_of(product).values()
            ],
        },
        "prodSpecCharValueUse": _value_uses(offering.value_uses),
        "serviceSpecification": {
            "id": service.service_specification_id,
            "name": service.name,
            "description": service.realisation,
            "feasibility": service.feasibility.value,
            "usage": [kind.value for kind in service.usage_kinds],
            "resource": [_resource(one) for one in catalogue.resources(offering)],
        },
        "marketSegment": _named(segment.value for segment in offering.segments),
        "customerKind": [kind.value for kind in offering.customer_kinds],
        "channel": _named(channel.value for channel in offering.channels),
        "place": _places(offering, answer.network),
        "seller": [
            {"id": key, "name": answer.network.operators[key].name} for key in offering.operator_ids
        ],
        "sponsor": {"rule": offering.sponsor_rule.value, "account": offering.sponsor_account_id},
        "serviceLevelAgreement": _level(catalogue, offering),
        "priceBasis": offering.price_basis.value,
        "priceConfidence": _weakest(answer.price_trusts(offering)),
        "productOfferingPrice": [_price(price) for price in answer.prices(offering)],
        "provenance": _provenance(offering.provenance),
    }


def json_from_price_changes(answer: PriceListAnswer) -> dict[str, Any]:
    """What a price list changes."""
    return {
        "written": answer.is_written,
        "unchanged": answer.unchanged,
        "changes": [
            {
                "kind": change.kind.value,
                "id": change.price.product_offering_price_id,
                "productOffering": change.price.product_offering_id,
                "before": None if change.before is None else _money(change.before),
                "after": None if change.after is None else _money(change.after),
            }
            for change in answer.changes
        ],
    }


def _price(price: ProductOfferingPrice) -> dict[str, Any]:
    is_recurring = price.price_type is PriceType.RECURRING
    return {
        "id": price.product_offering_price_id,
        "name": price.name,
        "priceType": _PRICE_TYPES[price.price_type],
        "recurringChargePeriodType": "month" if is_recurring else None,
        "recurringChargePeriodLength": 1 if is_recurring else None,
        "price": _money(price),
        "unitOfMeasure": {"amount": 1, "units": price.unit_of_measure.value},
        "quantityOf": list(price.counted),
        "prodSpecCharValueUse": _value_uses(price.applies_when),
        "tier": {"above": _number(price.tier_from), "upTo": _number(price.tier_to)},
        "seller": price.operator_id,
        "validFor": _period(price.validity),
        "provenance": _provenance(price.provenance),
    }


def _money(price: ProductOfferingPrice) -> dict[str, Any]:
    return {"unit": price.currency, "value": _number(price.amount)}


def _number(value: Decimal | None) -> int | float | None:
    """The number of JSON nearest to a decimal; whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _period(validity: Validity) -> dict[str, str | None]:
    return {
        "startDateTime": _moment(validity.valid_from),
        "endDateTime": _moment(validity.valid_to),
    }


def _moment(day: date | None) -> str | None:
    """The beginning of a day in UTC; a period that ends there holds until the day before."""
    return None if day is None else f"{day.isoformat()}T00:00:00Z"


def _characteristic(characteristic: Characteristic) -> dict[str, Any]:
    values: list[dict[str, Any]] = [
        {"value": word, "isDefault": word == characteristic.default}
        for word in characteristic.allowed_values
    ]
    if not values:
        values = [
            {
                "value": characteristic.default or None,
                "isDefault": bool(characteristic.default),
                "valueFrom": _number(characteristic.at_least),
                "valueTo": _number(characteristic.at_most),
            }
        ]
    return {
        "id": characteristic.characteristic_id,
        "name": characteristic.name,
        "description": characteristic.description,
        "valueType": characteristic.value_type.value,
        "unitOfMeasure": characteristic.unit,
        "productSpecCharacteristicValue": values,
    }


def _value_uses(words: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "productSpecCharacteristicValue": [{"value": word} for word in choices]}
        for name, choices in choices_by_name(words).items()
    ]


def _resource(resource: ResourceSpecification) -> dict[str, Any]:
    return {
        "id": resource.resource_specification_id,
        "kind": resource.kind.value,
        "where": resource.where.value,
        "fixedUnits": _number(resource.fixed_units),
        "characteristic": resource.characteristic,
        "unitsPerValue": _number(resource.units_per_value),
        "unitsByValue": list(resource.units_by_value),
        "factorCharacteristic": resource.factor_characteristic,
        "factorByValue": list(resource.factor_by_value),
        "provenance": _provenance(resource.provenance),
    }


def _named(words: Iterable[str]) -> list[dict[str, str]]:
    return [{"id": word, "name": word.replace("_", " ")} for word in words]


def _places(offering: ProductOffering, network: Network) -> list[dict[str, str]]:
    sites = [
        {"id": key, "name": network.sites[key].name, "@referredType": "Site"}
        for key in offering.site_ids
    ]
    return [
        *sites,
        *({"id": key, "name": key, "@referredType": "Region"} for key in offering.regions),
    ]


def _level(catalogue: Catalogue, offering: ProductOffering) -> dict[str, Any] | None:
    if offering.service_level_id is None:
        return None
    level = catalogue.service_levels[offering.service_level_id]
    return {
        "id": level.service_level_id,
        "name": level.name,
        "description": level.scope,
        "objective": [_objective(one) for one in catalogue.objectives_of(level.service_level_id)],
        "credit": [_credit(one) for one in catalogue.credit_steps_of(level.service_level_id)],
    }


def _objective(objective: ServiceLevelObjective) -> dict[str, Any]:
    return {
        "id": objective.objective_id,
        "parameter": objective.parameter.value,
        "conformanceComparator": objective.comparison.value,
        "conformanceTarget": objective.threshold,
        "unit": objective.unit,
        "scope": objective.scope,
        "provenance": _provenance(objective.provenance),
    }


def _credit(step: CreditStep) -> dict[str, Any]:
    return {
        "id": step.credit_step_id,
        "parameter": step.parameter.value,
        "beyond": step.beyond,
        "creditPercent": step.credit_percent,
        "provenance": _provenance(step.provenance),
    }


def _provenance(provenance: Provenance) -> dict[str, str]:
    return {
        "source": provenance.source,
        "sourceDate": provenance.source_date,
        "confidence": provenance.confidence.value,
        "note": provenance.note,
    }
