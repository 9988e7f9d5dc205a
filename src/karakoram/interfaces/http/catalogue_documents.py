"""How do the records of a catalogue stand in the words of TM Forum 620, version 4?"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from karakoram.core.provenance import Confidence, Provenance
from karakoram.core.time import Validity
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.listing import Document
from karakoram.interfaces.http.parts import midnight, price_trust
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.offerings import ProductOffering, ProductOfferingPrice
from karakoram.sales.catalogue.specifications import Characteristic, ProductSpecification
from karakoram.sales.catalogue.value_words import choices_by_name
from karakoram.sales.catalogue.words import MarketSegment, PriceType, ValueType

Href = Callable[[str], str]
CATALOGUE_ID = "karakoram"
_NUMBERS = frozenset({ValueType.WHOLE, ValueType.NUMBER})


def catalogue_documents(
    catalogue: Catalogue, *, href: Href, network_trusts: Mapping[ProductOfferingId, Confidence]
) -> Mapping[str, Mapping[str, Document]]:
    """Every document by its collection and identifier.

    Categories are the market segments; that is how buyers look for an offering.

    Parameters
    ----------
    catalogue
        What is sold.
    href
        The address of a path.
    network_trusts
        How far prices of the network may be trusted, by each offering that has them.
    """
    parts = _Parts(catalogue, href, network_trusts)
    offerings = [parts.offering(each) for each in catalogue.product_offerings.values()]
    prices = [parts.price(each) for each in catalogue.product_offering_prices.values()]
    specifications = [
        parts.specification(each) for each in catalogue.product_specifications.values()
    ]
    categories = [parts.category(each) for each in MarketSegment]
    whole = parts.catalogue(categories)
    return {
        "catalog": {CATALOGUE_ID: whole},
        "category": _by_id(categories),
        "productOffering": _by_id(offerings),
        "productOfferingPrice": _by_id(prices),
        "productSpecification": _by_id(specifications),
    }


def _by_id(documents: Iterable[Document]) -> dict[str, Document]:
    return {each["id"]: each for each in documents}


class _Parts:
    """Documents of one catalogue; they refer to each other by address."""

    def __init__(
        self,
        catalogue: Catalogue,
        href: Href,
        network_trusts: Mapping[ProductOfferingId, Confidence],
    ) -> None:
        """Take the catalogue, what makes an address of a path, and trust in other prices."""
        self._catalogue = catalogue
        self._href = href
        self._network_trusts = network_trusts

    def catalogue(self, categories: Iterable[Document]) -> Document:
        """The catalogue itself."""
        return {
            **self._head("catalog", CATALOGUE_ID, "Catalog"),
            "name": self._catalogue.name,
            "description": self._catalogue.description,
            "lifecycleStatus": LifecycleStatus.LAUNCHED.value,
            "category": [
                {"id": each["id"], "href": each["href"], "name": each["name"]}
                for each in categories
            ],
        }

    def category(self, segment: MarketSegment) -> Document:
        """The offerings for one market segment."""
        return {
            **self._head("category", segment.value, "Category"),
            "name": segment.value.replace("_", " "),
            "lifecycleStatus": LifecycleStatus.LAUNCHED.value,
            "isRoot": True,
            "productOffering": [
                self._reference("productOffering", each.product_offering_id, each.name)
                for each in self._catalogue.product_offerings.values()
                if segment in each.segments
            ],
        }

    def offering(self, one: ProductOffering) -> Document:
        """An offering."""
        specification = self._catalogue.specification(one)
        document = {
            **self._head("productOffering", one.product_offering_id, "ProductOffering"),
            "name": one.name,
            "lifecycleStatus": one.lifecycle_status.value,
            "isBundle": False,
            "isSellable": one.lifecycle_status is LifecycleStatus.LAUNCHED,
            "category": [
                self._reference("category", each.value, each.value.replace("_", " "))
                for each in one.segments
            ],
            "channel": [{"id": each.value, "name": each.value} for each in one.channels],
            "productSpecification": self._reference(
                "productSpecification",
                specification.product_specification_id,
                specification.name,
            ),
            "productOfferingPrice": [
                self._reference("productOfferingPrice", each.product_offering_price_id, each.name)
                for each in self._catalogue.prices_of(one.product_offering_id)
            ],
            "prodSpecCharValueUse": [
                {
                    "name": name,
                    "productSpecCharacteristicValue": [{"value": value} for value in values],
                }
                for name, values in choices_by_name(one.value_uses).items()
            ],
            "place": [
                {"id": each, "name": each, "@referredType": "GeographicSite"}
                for each in one.site_ids
            ],
            **_valid_for(one.validity),
        }
        trust = self._network_trusts.get(one.product_offering_id)
        if trust is not None:
            (known,) = price_trust(trust).values()
            document["description"] = f"priced by the network, leg by leg; {known}"
        level = one.service_level_id
        if level is not None:
            name = self._catalogue.service_levels[level].name
            document["serviceLevelAgreement"] = {"id": level, "name": name}
        return document

    def price(self, one: ProductOfferingPrice) -> Document:
        """A price of an offering, for one unit; taxes are not in it."""
        monthly = {"recurringChargePeriodType": "month", "recurringChargePeriodLength": 1}
        return {
            **self._head(
                "productOfferingPrice", one.product_offering_price_id, "ProductOfferingPrice"
            ),
            "name": one.name,
            "description": _known(one.provenance),
            "lifecycleStatus": LifecycleStatus.LAUNCHED.value,
            "isBundle": False,
            "priceType": one.price_type.value,
            **(monthly if one.price_type is PriceType.RECURRING else {}),
            "price": {"unit": one.currency, "value": float(one.amount)},
            "unitOfMeasure": {"amount": 1.0, "units": one.unit_of_measure.value},
            "prodSpecCharValueUse": [
                {
                    "name": name,
                    "productSpecCharacteristicValue": [{"value": value} for value in values],
                }
                for name, values in choices_by_name(one.applies_when).items()
            ],
            **_valid_for(one.validity),
        }

    def specification(self, one: ProductSpecification) -> Document:
        """What a product is, with what can be chosen of it."""
        named = self._catalogue.characteristics_of(one).values()
        return {
            **self._head(
                "productSpecification", one.product_specification_id, "ProductSpecification"
            ),
            "name": one.name,
            "brand": one.brand,
            "description": one.description,
            "lifecycleStatus": LifecycleStatus.LAUNCHED.value,
            "isBundle": False,
            "productSpecCharacteristic": [_characteristic(each) for each in named],
        }

    def _head(self, collection: str, record_id: str, kind: str) -> dict[str, Any]:
        return {
            "id": record_id,
            "href": self._href(f"{paths.CATALOGUE}/{collection}/{record_id}"),
            "@type": kind,
        }

    def _reference(self, collection: str, record_id: str, name: str) -> dict[str, Any]:
        href = self._href(f"{paths.CATALOGUE}/{collection}/{record_id}")
        return {"id": record_id, "href": href, "name": name}


def _known(provenance: Provenance) -> str:
    """How far a price may be trusted, a word that programs can read, and where it comes from."""
    (trust,) = price_trust(provenance.confidence).values()
    return "; ".join(filter(None, (trust, f"source: {provenance.source}", provenance.note)))


def _characteristic(one: Characteristic) -> dict[str, Any]:
    unit = {"unitOfMeasure": one.unit} if one.unit else {}
    values: list[dict[str, Any]] = [
        {"value": word, "isDefault": word == one.default, **unit} for word in one.allowed_values
    ]
    if not values and one.value_type in _NUMBERS:
        limits = (("valueFrom", one.at_least), ("valueTo", one.at_most))
        values = [{**{name: int(limit) for name, limit in limits if limit is not None}, **unit}]
    return {
        "id": one.characteristic_id,
        "name": one.name,
        "description": one.description,
        "valueType": "number" if one.value_type in _NUMBERS else "string",
        "configurable": True,
        "minCardinality": 0 if one.default else 1,
        "maxCardinality": 1,
        "productSpecCharacteristicValue": values,
    }


def _valid_for(validity: Validity) -> dict[str, Any]:
    ends = (("startDateTime", validity.valid_from), ("endDateTime", validity.valid_to))
    told = {name: midnight(day) for name, day in ends if day is not None}
    return {"validFor": told} if told else {}
