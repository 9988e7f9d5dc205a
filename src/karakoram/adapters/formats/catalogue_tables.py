"""Which tables make a catalogue, and which of them does a field name?"""

from collections.abc import Mapping
from typing import Any

from karakoram.sales.catalogue.offerings import ProductOffering, ProductOfferingPrice
from karakoram.sales.catalogue.service_levels import (
    CreditStep,
    ServiceLevel,
    ServiceLevelObjective,
)
from karakoram.sales.catalogue.specifications import (
    Characteristic,
    ProductSpecification,
    ResourceSpecification,
    ServiceSpecification,
)

PRICES_TABLE = "product_offering_prices"

CATALOGUE_TABLES: Mapping[str, type[Any]] = {
    "characteristics": Characteristic,
    "product_specifications": ProductSpecification,
    "service_specifications": ServiceSpecification,
    "resource_specifications": ResourceSpecification,
    "product_offerings": ProductOffering,
    PRICES_TABLE: ProductOfferingPrice,
    "service_levels": ServiceLevel,
    "service_level_objectives": ServiceLevelObjective,
    "credit_steps": CreditStep,
}
"""Tables that every catalogue folder holds, by the field of ``Catalogue`` that they fill."""

TABLE_NAMED_BY_FIELD: Mapping[str, str] = {
    "product_specification_id": "product_specifications",
    "service_specification_id": "service_specifications",
    "characteristic_ids": "characteristics",
    "resource_specification_ids": "resource_specifications",
    "product_offering_id": "product_offerings",
    "service_level_id": "service_levels",
}
"""Where the record that a field names must stand."""
