"""What does a whole catalogue hold, and how is one thing found in it?"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import near_misses
from karakoram.sales.catalogue.identifiers import (
    CharacteristicId,
    CreditStepId,
    ObjectiveId,
    ProductOfferingId,
    ProductOfferingPriceId,
    ProductSpecificationId,
    ResourceSpecificationId,
    ServiceLevelId,
    ServiceSpecificationId,
)
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
from karakoram.sales.catalogue.words import LevelParameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Records by identifier; the mappings are copied and read-only.

    The lookups below take identifiers of a sound catalogue, one that ``validate_catalogue`` finds
    no error in.
    """

    name: str
    description: str
    characteristics: Mapping[CharacteristicId, Characteristic]
    product_specifications: Mapping[ProductSpecificationId, ProductSpecification]
    service_specifications: Mapping[ServiceSpecificationId, ServiceSpecification]
    resource_specifications: Mapping[ResourceSpecificationId, ResourceSpecification]
    product_offerings: Mapping[ProductOfferingId, ProductOffering]
    product_offering_prices: Mapping[ProductOfferingPriceId, ProductOfferingPrice]
    service_levels: Mapping[ServiceLevelId, ServiceLevel]
    service_level_objectives: Mapping[ObjectiveId, ServiceLevelObjective]
    credit_steps: Mapping[CreditStepId, CreditStep]

    def __post_init__(self) -> None:
        for entry in fields(self):
            value = getattr(self, entry.name)
            if isinstance(value, Mapping) and not isinstance(value, MappingProxyType):
                object.__setattr__(self, entry.name, MappingProxyType(dict(value)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Itself from plain dictionaries, so that it survives the way between processes."""
        parts = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        plain = {
            name: dict(value) if isinstance(value, Mapping) else value
            for name, value in parts.items()
        }
        return _catalogue_from_parts, (plain,)

    def offering(self, word: str) -> ProductOffering:
        """The offering with this identifier, in any case of letters.

        Raises
        ------
        NotFoundError
            When there is none, with those most like it.
        """
        by_folded = {key.casefold(): key for key in self.product_offerings}
        key = by_folded.get(word.strip().casefold())
        if key is None:
            raise NotFoundError(
                f"no offering is called {word!r}.",
                near_misses=near_misses(word, self.product_offerings),
            )
        return self.product_offerings[key]

    def specification(self, offering: ProductOffering) -> ProductSpecification:
        """What is sold."""
        return self.product_specifications[offering.product_specification_id]

    def service(self, offering: ProductOffering) -> ServiceSpecification:
        """How it is realised."""
        return self.service_specifications[self.specification(offering).service_specification_id]

    def resources(self, offering: ProductOffering) -> tuple[ResourceSpecification, ...]:
        """What it takes, in the order of reservation."""
        wanted = self.service(offering).resource_specification_ids
        return tuple(self.resource_specifications[key] for key in wanted)

    def characteristics_of(
        self, specification: ProductSpecification
    ) -> Mapping[str, Characteristic]:
        """The characteristics of a product by their names, in its order."""
        found = (self.characteristics[key] for key in specification.characteristic_ids)
        return {characteristic.name: characteristic for characteristic in found}

    def prices_of(self, offering_id: ProductOfferingId) -> tuple[ProductOfferingPrice, ...]:
        """Every price of an offering, also those that do not hold today."""
        return tuple(
            price
            for price in self.product_offering_prices.values()
            if price.product_offering_id == offering_id
        )

    def objectives_of(self, level_id: ServiceLevelId) -> tuple[ServiceLevelObjective, ...]:
        """The figures that a service level promises."""
        return tuple(
            objective
            for objective in self.service_level_objectives.values()
            if objective.service_level_id == level_id
        )

    def objective(
        self, level_id: ServiceLevelId, parameter: LevelParameter
    ) -> ServiceLevelObjective | None:
        """What a service level promises of one parameter; ``None`` where it is silent."""
        return next(
            (one for one in self.objectives_of(level_id) if one.parameter is parameter), None
        )

    def credit_steps_of(self, level_id: ServiceLevelId) -> tuple[CreditStep, ...]:
        """What is given back when a service level is broken."""
        return tuple(
            step for step in self.credit_steps.values() if step.service_level_id == level_id
        )


def _catalogue_from_parts(parts: Mapping[str, Any]) -> Catalogue:
    return Catalogue(**parts)
