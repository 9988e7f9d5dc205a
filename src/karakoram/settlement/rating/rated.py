"""What is one line of what is owed, and what is it called for all time?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from karakoram.core.fields import check_rules
from karakoram.core.identifiers import OperatorId, PartyId, ProductId
from karakoram.core.money import Money, decimal_from_money
from karakoram.core.provenance import Confidence
from karakoram.settlement.record_rules import ends_after

REVERSAL = "/reversal"
"""Ends the key of a line that takes another back."""


class RatedKind(Enum):
    """Why a line is owed."""

    ONE_TIME = "one_time"
    RECURRING = "recurring"
    USAGE = "usage"
    SHORTFALL = "shortfall"
    """What usage fell short of the least that was agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedCharge:
    """One line of what a payer owes: never changed, taken back by another if it was wrong."""

    product_id: ProductId
    payer_id: PartyId
    operator_id: OperatorId
    """Who earns it."""
    name: str
    kind: RatedKind
    from_day: date
    to_day: date
    """First day after; days are those of the billing time zone."""
    quantity: Decimal
    unit: str
    """What ``quantity`` counts: ``of 31 days`` for what recurs, the unit of usage, or nothing."""
    unit_price: str
    """Major units, exact: of a whole month for what recurs, of one unit for usage, tier by tier
    with ``;`` between; of the whole line elsewhere."""
    amount: Money
    """Taxes not included; negative where it takes something back."""
    confidence: Confidence
    source: str
    place: str
    """Product, charge and days: what the line is for."""
    revision: int = 0
    """How often lines were put in this place before."""
    reverses: str = ""
    """Key of the line that it takes back; empty for one that stands by itself."""

    def __post_init__(self) -> None:
        # a period has a hundred thousand of them: no words are made where nothing is wrong
        if self.to_day <= self.from_day or self.revision < 0:
            check_rules(
                self,
                ends_after(self.from_day, self.to_day),
                (self.revision >= 0, f"revision must be at least 0, got {self.revision}"),
            )

    @property
    def key(self) -> str:
        """Unique for all time: the same line rated again has the same key."""
        return f"{self.place}/{self.revision}{REVERSAL if self.reverses else ''}"


@lru_cache(maxsize=4_096)
def major_text(amount: Money) -> str:
    """An amount in major units as plain digits, exact.

    >>> major_text(Money(123450, "PKR"))
    '1234.50'
    """
    return f"{decimal_from_money(amount):f}"
