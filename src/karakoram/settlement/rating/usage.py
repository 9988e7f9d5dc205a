"""What was used, by which product and when?"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, NewType

from karakoram.core.fields import Bounds, check_fields
from karakoram.core.identifiers import ProductId
from karakoram.sales.catalogue.words import UnitOfMeasure, UsageKind

UsageId = NewType("UsageId", str)

Quantity = Annotated[Decimal, Bounds(at_least=0.0, at_most=1e12)]
"""Of one record; nobody uses a million million units at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRecord:
    """Something counted at a moment: a call, a session, the bandwidth of a month."""

    usage_id: UsageId
    """Given by whoever counted; what is told twice under it counts once."""
    product_id: ProductId
    at: datetime
    """In UTC; a call at its end, a month's bandwidth at the last moment of the month."""
    kind: UsageKind
    unit: UnitOfMeasure
    quantity: Quantity

    def __post_init__(self) -> None:
        check_fields(self)
        if self.at.tzinfo is None:
            raise ValueError(f"UsageRecord.at must say its offset from UTC, got {self.at}")
