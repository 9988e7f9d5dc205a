"""Can a product be had here? Green, yellow or red, with the reason (MEF Sonata words)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from karakoram.core.fields import check_rules
from karakoram.core.identifiers import ExternalId, PartyId, QualificationId
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.configurations import Configuration
from karakoram.sales.plans import PlanMeasures, Refusal


class ServiceabilityConfidence(Enum):
    """How sure it is that the product can be had."""

    GREEN = "green"
    """Everything is there and free."""
    YELLOW = "yellow"
    """It can be had once something is built, or by asking a little differently."""
    RED = "red"
    """It cannot be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One product as a buyer asks for it."""

    product_offering_id: ProductOfferingId
    configuration: Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """The answer to one wish at one moment; nothing is reserved."""

    qualification_id: QualificationId
    buyer_id: PartyId
    external_id: ExternalId
    wish: Wish
    confidence: ServiceabilityConfidence
    reasons: tuple[Refusal, ...] = ()
    """Why it is not green, and promises that would, as computed, not be kept."""
    measures: PlanMeasures | None = None
    """Of the best way; ``None`` where there is none."""
    installation_days: int | None = None
    made_at: datetime
    guaranteed_until: date | None = None
    """Last day for which prices and offer hold; free room is not held. ``None`` without a way."""
    version: int = 0

    def __post_init__(self) -> None:
        is_green = self.confidence is ServiceabilityConfidence.GREEN
        days = self.installation_days
        check_rules(
            self,
            (is_green or bool(self.reasons), f"reasons must say why it is {self.confidence.value}"),
            (days is None or days >= 0, f"installation_days must be at least 0, got {days}"),
        )
