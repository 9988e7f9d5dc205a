"""What is a product made of: its characteristics, the service behind it and what that takes?"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Annotated

from karakoram.core.cells import DECIMAL_PLACES_MAX, did_you_mean, shown
from karakoram.core.fields import Bounds, check_fields
from karakoram.core.provenance import Provenance
from karakoram.sales.catalogue.identifiers import (
    CharacteristicId,
    ProductSpecificationId,
    ResourceSpecificationId,
    ServiceSpecificationId,
)
from karakoram.sales.catalogue.value_words import values_by_word
from karakoram.sales.catalogue.words import (
    NUMBERS,
    FeasibilityCheck,
    NeedPlace,
    UsageKind,
    ValueType,
)
from karakoram.sales.resource_kinds import ResourceKind

Units = Annotated[Decimal, Bounds(at_least=0.0, at_most=1e9)]
"""Units of a resource; nobody sells a milliard of anything at once."""

ChosenValues = Mapping[str, str]
"""The values that a customer chose, in words, by the name of the characteristic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """One quality of a product that a customer may choose, within limits."""

    characteristic_id: CharacteristicId
    name: str
    """What it is called in orders, e.g. ``bit_rate_gbps``; unique within a product."""
    value_type: ValueType
    unit: str = ""
    allowed_values: tuple[str, ...] = ()
    """The only words it takes; empty for any of the type."""
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    default: str = ""
    """What stands where nothing is chosen; empty where the customer must choose."""
    description: str = ""

    def breach(self, word: str) -> str | None:
        """What would be right, when ``word`` is no value of this; else ``None``.

        >>> from karakoram.sales.catalogue.words import ValueType
        >>> term = Characteristic(
        ...     characteristic_id="term", name="term_months", value_type=ValueType.WHOLE,
        ...     at_least=Decimal(1),
        ... )
        >>> term.breach("12"), term.breach("0")
        (None, "'0' must be at least 1")
        """
        if not word.strip():
            return f"{shown(word)} must not be empty"
        if self.allowed_values and word not in self.allowed_values:
            near = did_you_mean(word, self.allowed_values)
            return f"{shown(word)} must be one of {', '.join(self.allowed_values)}{near}"
        if self.value_type not in NUMBERS:
            return None
        value = number_from_word(word)
        if value is None:
            return f"{shown(word)} must be a number without its unit"
        return self._limit_breach(value, word)

    def value(self, word: str) -> str:
        """The word as it is stored: a number in its one spelling, anything else as it is.

        >>> from karakoram.sales.catalogue.words import ValueType
        >>> term = Characteristic(
        ...     characteristic_id="term", name="term_months", value_type=ValueType.WHOLE
        ... )
        >>> term.value("12.0"), term.value("1e1"), term.value(" 036 "), term.value("a year")
        ('12', '10', '36', 'a year')
        """
        number = number_from_word(word) if self.value_type in NUMBERS else None
        if number is None or word in self.allowed_values:
            return word
        return f"{number.normalize() + 0:f}"  # + 0, because -0 is 0

    def _limit_breach(self, value: Decimal, word: str) -> str | None:
        if self.value_type is ValueType.WHOLE and value != value.to_integral_value():
            return f"{shown(word)} must be a whole number"
        if self.at_least is not None and value < self.at_least:
            return f"{shown(word)} must be at least {self.at_least}"
        if self.at_most is not None and value > self.at_most:
            return f"{shown(word)} must be at most {self.at_most}"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductSpecification:
    """What a product is, whoever sells it to whom at which price."""

    product_specification_id: ProductSpecificationId
    name: str
    brand: str = ""
    description: str
    service_specification_id: ServiceSpecificationId
    characteristic_ids: tuple[CharacteristicId, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSpecification:
    """How a product is realised: who checks that it can be built, and what it takes."""

    service_specification_id: ServiceSpecificationId
    name: str
    realisation: str
    """How it is built, in words."""
    feasibility: FeasibilityCheck
    resource_specification_ids: tuple[ResourceSpecificationId, ...]
    """What it takes, in the order in which it is reserved."""
    usage_kinds: tuple[UsageKind, ...] = ()
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceSpecification:
    """One thing that a service takes: of which kind, where, and how much of it.

    units = ceil((fixed_units + units_per_value · value) · factor), where ``value`` is that of
    ``characteristic`` as a number, or what ``units_by_value`` says for its word, and ``factor``
    what ``factor_by_value`` says for the word of ``factor_characteristic``, else 1.
    """

    resource_specification_id: ResourceSpecificationId
    kind: ResourceKind
    where: NeedPlace
    fixed_units: Units = Decimal(0)
    characteristic: str = ""
    """Name of the characteristic that says how much; empty where ``fixed_units`` says all."""
    units_per_value: Units = Decimal(0)
    units_by_value: tuple[str, ...] = ()
    """Words such as ``STM-4=4``, where the characteristic is no number."""
    factor_characteristic: str = ""
    factor_by_value: tuple[str, ...] = ()
    """Words such as ``1+1=2``."""
    description: str = ""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        for name in ("units_by_value", "factor_by_value"):
            for word, units in values_by_word(getattr(self, name)).items():
                if number_from_word(units) is None or Decimal(units) < 0:
                    raise ValueError(
                        f"ResourceSpecification.{name} must say a number, 0 or more, for "
                        f"{shown(word)}, as in STM-4=4, got {shown(units)}"
                    )
        if (self.units_per_value or self.units_by_value) and not self.characteristic:
            raise ValueError(
                "ResourceSpecification.characteristic must name what units_per_value or "
                "units_by_value are of"
            )
        if self.factor_by_value and not self.factor_characteristic:
            raise ValueError(
                "ResourceSpecification.factor_characteristic must name what factor_by_value is of"
            )

    def units(self, values: ChosenValues) -> int:
        """How many units the chosen values take, rounded up to whole ones.

        Parameters
        ----------
        values
            Every characteristic that this specification names, with a value it allows.

        Raises
        ------
        ValueError
            Where a value is missing, or is not one that units are stated for.
        """
        amount = self.fixed_units
        if self.units_by_value:
            amount += self._stated(self.characteristic, self.units_by_value, values)
        elif self.characteristic:
            amount += self.units_per_value * self._number(values)
        if self.factor_characteristic:
            amount *= self._stated(self.factor_characteristic, self.factor_by_value, values)
        return ceil(amount)

    def _number(self, values: ChosenValues) -> Decimal:
        number = number_from_word(values.get(self.characteristic, ""))
        if number is None:
            raise ValueError(
                f"{self.resource_specification_id} needs a number for {self.characteristic}, "
                f"got {shown(values.get(self.characteristic, ''))}"
            )
        return number

    def _stated(self, name: str, words: tuple[str, ...], values: ChosenValues) -> Decimal:
        stated = values_by_word(words)
        chosen = values.get(name, "")
        if chosen not in stated:
            raise ValueError(
                f"{self.resource_specification_id} states no units for {name} = {shown(chosen)}; "
                f"it does for {', '.join(stated)}"
            )
        return Decimal(stated[chosen])


def number_from_word(word: str) -> Decimal | None:
    """The number that a word is; ``None`` where it is none, or one too long to mean anything.

    >>> number_from_word("2.5"), number_from_word("E1"), number_from_word("NaN")
    (Decimal('2.5'), None, None)
    """
    try:
        value = Decimal(word.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > DECIMAL_PLACES_MAX:
        return None
    return value
