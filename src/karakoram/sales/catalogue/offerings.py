"""Which product is offered by whom, to whom, where and at which price?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import Provenance
from karakoram.core.time import Validity
from karakoram.sales.catalogue.identifiers import (
    ProductOfferingId,
    ProductOfferingPriceId,
    ProductSpecificationId,
    ServiceLevelId,
    SponsorAccountId,
)
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.value_words import choices_by_name
from karakoram.sales.catalogue.words import (
    Channel,
    CustomerKind,
    MarketSegment,
    PriceBasis,
    PriceType,
    SponsorRule,
    UnitOfMeasure,
)

TIMES = "*"
"""Stands between what is multiplied to count the units of a price."""

AMOUNT_MAX = 10**12
"""No unit of a service costs a thousand milliards of any currency; more is a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOffering:
    """A product as operators sell it: to which customers, where, when and under which promise."""

    product_offering_id: ProductOfferingId
    name: str
    product_specification_id: ProductSpecificationId
    operator_ids: tuple[OperatorId, ...]
    """Who sells it; each may ask another price."""
    segments: tuple[MarketSegment, ...]
    customer_kinds: tuple[CustomerKind, ...] = ()
    """Empty for every kind that the segments allow."""
    site_ids: tuple[SiteId, ...] = ()
    """Empty for any site of the regions."""
    regions: tuple[str, ...] = ()
    """Regions as the network's sites name them; empty for any."""
    value_uses: tuple[str, ...] = ()
    """Values that the offering allows of a characteristic, e.g. ``protection=1+1``."""
    channels: tuple[Channel, ...] = ()
    lifecycle_status: LifecycleStatus
    valid_from: date | None = None
    valid_to: date | None = None
    """First day on which it is no longer sold."""
    service_level_id: ServiceLevelId | None = None
    """What is promised; ``None`` where nothing is, or nothing is published."""
    price_basis: PriceBasis = PriceBasis.CATALOGUE
    sponsor_rule: SponsorRule = SponsorRule.NONE
    sponsor_account_id: SponsorAccountId | None = None
    """Who is charged in the customer's place."""
    provenance: Provenance
    """How it is known that it is sold."""

    def __post_init__(self) -> None:
        _ = self.validity
        choices_by_name(self.value_uses)

    @property
    def validity(self) -> Validity:
        """The days on which it is sold."""
        return Validity(valid_from=self.valid_from, valid_to=self.valid_to)

    def is_sold_on(self, day: date) -> bool:
        """Whether it can be ordered on a day, by whomever and wherever it is for."""
        return self.lifecycle_status is LifecycleStatus.LAUNCHED and self.validity.holds_on(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductOfferingPrice:
    """One price of an offering: so much for each unit.

    Tiers are graduated: an amount is asked for the units above ``tier_from`` up to ``tier_to``
    only, so that what is charged for a whole is the sum of what is charged for its parts.
    """

    product_offering_price_id: ProductOfferingPriceId
    product_offering_id: ProductOfferingId
    operator_id: OperatorId | None = None
    """Whose price it is; ``None`` for that of every seller."""
    name: str
    price_type: PriceType
    unit_of_measure: UnitOfMeasure
    quantity_of: str = ""
    """Characteristic, figure of the feasibility check, or kind of usage that says how many units;
    several with ``*`` between are multiplied, e.g. ``timeslots*length_km``; empty for one."""
    applies_when: tuple[str, ...] = ()
    """Values for which the price holds, e.g. ``bit_rate_gbps=100|400``; empty for any."""
    tier_from: Decimal = Decimal(0)
    tier_to: Decimal | None = None
    """Units up to which the amount is asked; ``None`` without end."""
    amount: Decimal
    """For one unit, in major units of the currency, taxes not included."""
    currency: str
    """ISO 4217."""
    valid_from: date | None = None
    valid_to: date | None = None
    """First day on which the price no longer holds."""
    provenance: Provenance

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or not 0 <= self.amount <= AMOUNT_MAX:
            raise ValueError(
                f"ProductOfferingPrice.amount must be a number from 0 to {AMOUNT_MAX:,}, "
                f"got {self.amount}"
            )
        if self.tier_from < 0:
            raise ValueError(
                f"ProductOfferingPrice.tier_from must be at least 0, got {self.tier_from}"
            )
        if self.tier_to is not None and self.tier_to <= self.tier_from:
            raise ValueError(
                f"ProductOfferingPrice.tier_to must be greater than tier_from {self.tier_from}, "
                f"got {self.tier_to}"
            )
        _ = self.validity
        choices_by_name(self.applies_when)

    @property
    def validity(self) -> Validity:
        """The days on which the price holds."""
        return Validity(valid_from=self.valid_from, valid_to=self.valid_to)

    @property
    def counted(self) -> tuple[str, ...]:
        """What is multiplied to get the number of units; nothing for one unit."""
        return tuple(part.strip() for part in self.quantity_of.split(TIMES) if part.strip())

    def units_charged(self, quantity: Decimal) -> Decimal:
        """How many of ``quantity`` units lie in the tier.

        Parameters
        ----------
        quantity
            Units altogether, 0 or more.
        """
        assert quantity >= 0, f"a quantity is not negative, got {quantity}"
        above = quantity if self.tier_to is None else min(quantity, self.tier_to)
        return max(Decimal(0), above - self.tier_from)
