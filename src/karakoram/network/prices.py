"""What does each owner ask for what it gives?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from karakoram.core.fields import BitRateGbps, check_fields
from karakoram.core.identifiers import OperatorId, PriceId
from karakoram.core.provenance import Provenance
from karakoram.core.time import Validity


class PriceUnit(Enum):
    """What a price is multiplied by."""

    KM = "km"
    """Glass kilometre of a leg."""
    LEG = "leg"
    """A leg: consecutive spans of one owner on one path."""
    END = "end"
    """A transceiver at an end of a lightpath, regenerators not included."""
    REGENERATOR = "regenerator"
    """A regenerator: two transceivers back to back."""


TERMINAL_UNITS = (PriceUnit.END, PriceUnit.REGENERATOR)
"""What every operator of fibre provides besides the fibre, so must have a price for, even of 0."""


class ChargePeriod(Enum):
    """How often a price falls due."""

    MONTH = "month"
    """Monthly recurring charge (MRC)."""
    ONCE = "once"
    """Non-recurring charge (NRC)."""


AMOUNT_MAX = 10**12
"""No unit of a wavelength costs a thousand milliards of any currency; more is a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceItem:
    """One line of an owner's price book for a wavelength of one bit rate."""

    price_id: PriceId
    operator_id: OperatorId
    unit: PriceUnit
    period: ChargePeriod
    bit_rate_gbps: BitRateGbps
    amount: Decimal
    """Price of one unit in major units of the currency; may have more digits than a payment."""
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None
    """First day on which the price no longer holds."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.amount.is_finite() or not 0 <= self.amount <= AMOUNT_MAX:
            raise ValueError(
                f"PriceItem.amount must be a number from 0 to {AMOUNT_MAX:,}, got {self.amount}"
            )
        _ = self.validity

    @property
    def validity(self) -> Validity:
        """The days on which the price holds."""
        return Validity(valid_from=self.valid_from, valid_to=self.valid_to)
