"""What does each owner ask for a wavelength of one bit rate on one day?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from karakoram.core.identifiers import OperatorId
from karakoram.core.money import MINOR_DIGITS
from karakoram.network.network import Network
from karakoram.network.prices import ChargePeriod, PriceItem, PriceUnit

_Key = tuple[OperatorId, PriceUnit, ChargePeriod]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBook:
    """The prices that hold for one question."""

    currency: str
    items: Mapping[_Key, PriceItem]

    def item(
        self, operator_id: OperatorId, unit: PriceUnit, period: ChargePeriod
    ) -> PriceItem | None:
        """What the operator asks for that, or ``None`` when it asks nothing."""
        return self.items.get((operator_id, unit, period))

    def sells(self, owner_id: OperatorId) -> bool:
        """Whether the owner has a price for its fibre at all: by kilometre or by leg."""
        return any(
            (owner_id, unit, ChargePeriod.MONTH) in self.items
            for unit in (PriceUnit.KM, PriceUnit.LEG)
        )

    def term_minor(self, operator_id: OperatorId, unit: PriceUnit, *, term_months: int) -> float:
        """Price of one unit over the whole term in minor units, not rounded; 0 if not charged."""
        monthly = self._amount(operator_id, unit, ChargePeriod.MONTH)
        once = self._amount(operator_id, unit, ChargePeriod.ONCE)
        whole = monthly * term_months + once
        return float(whole.scaleb(MINOR_DIGITS[self.currency]))

    def _amount(self, operator_id: OperatorId, unit: PriceUnit, period: ChargePeriod) -> Decimal:
        item = self.item(operator_id, unit, period)
        return Decimal(0) if item is None else item.amount


def price_book(network: Network, *, bit_rate_gbps: float, on_day: date) -> PriceBook:
    """The prices for a service of ``bit_rate_gbps`` on a day.

    Of each owner's prices for one thing, that of the smallest bit rate that carries the service.
    """
    items: dict[_Key, PriceItem] = {}
    for price in network.prices.values():
        if price.bit_rate_gbps < bit_rate_gbps or not price.validity.holds_on(on_day):
            continue
        key = (price.operator_id, price.unit, price.period)
        if key not in items or price.bit_rate_gbps < items[key].bit_rate_gbps:
            items[key] = price
    return PriceBook(currency=network.currency, items=items)
