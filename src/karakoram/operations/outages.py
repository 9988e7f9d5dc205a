"""When did a product not work, in whose part, and does the time count?"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from karakoram.core.identifiers import OperatorId, OutageId, ProductId
from karakoram.core.moments import Interval
from karakoram.core.names import NameFields


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time in which a product gave no service, as measured at its ends.

    Tickets overlap and stay open over night; an outage is of the service, not of a ticket, and
    outages of one product may overlap too: their union counts.
    """

    outage_id: OutageId
    product_id: ProductId
    starts_at: datetime
    """UTC."""
    ends_at: datetime
    """UTC; the first moment at which the service worked again."""
    at_fault_id: OperatorId
    """Whose part failed: who bears the credit."""
    where: str
    """Span, site or equipment that failed, e.g. ``SST-GIL``."""
    cause: str
    is_excused: bool = False
    """Whether it was agreed work or force majeure, so that it does not count."""
    source: str
    """Ticket or measurement that says so."""
    version: int = 0
    NAMED: ClassVar = NameFields(
        identifiers=("outage_id", "product_id", "at_fault_id"), names=("where", "cause", "source")
    )

    def __post_init__(self) -> None:
        self.NAMED.check(self)
        if self.ends_at <= self.starts_at:
            raise ValueError(
                f"Outage.ends_at must be after starts_at {self.starts_at}, got {self.ends_at}"
            )

    @property
    def interval(self) -> Interval:
        """From when to when."""
        return Interval(starts_at=self.starts_at, ends_at=self.ends_at)
