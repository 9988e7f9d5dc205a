"""What does each owner ask for a wavelength of one bit rate on one day?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.identifiers import OperatorId
from karakoram.network.network import Network
from karakoram.network.prices import ChargePeriod, PriceItem, PriceUnit

_Key = tuple[OperatorId, PriceUnit, ChargePeriod]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBook:
    """The prices that hold on the day of one question, for a service of one bit rate."""

    currency: str
    bit_rate_gbps: float
    """Of the service; legs are priced by it."""
    items: Mapping[_Key, tuple[PriceItem, ...]]
    """By rising bit rate."""

    def item(
        self,
        operator_id: OperatorId,
        unit: PriceUnit,
        period: ChargePeriod,
        *,
        bit_rate_gbps: float | None = None,
    ) -> PriceItem | None:
        """What the operator asks for that, or ``None`` when it asks nothing.

        Of its prices, that of the smallest bit rate that is enough: for ``bit_rate_gbps`` where
        given (one wavelength of several), else for the service.

        Parameters
        ----------
        operator_id
            Who asks.
        unit, period
            For what, and how often.
        bit_rate_gbps
            Of one wavelength of several; ``None`` for the whole service [Gbit/s].
        """
        needed_gbps = self.bit_rate_gbps if bit_rate_gbps is None else bit_rate_gbps
        by_bit_rate = self.items.get((operator_id, unit, period), ())
        return next((item for item in by_bit_rate if item.bit_rate_gbps >= needed_gbps), None)

    def asked(self) -> tuple[PriceItem, ...]:
        """All that anybody asks for a service of the bit rate, of every unit and period."""
        found = (self.item(*key) for key in self.items)
        return tuple(item for item in found if item is not None)

    def sells(self, owner_id: OperatorId) -> bool:
        """Whether the owner has a monthly price for its fibre at all: by kilometre or by leg."""
        return any(
            self.item(owner_id, unit, ChargePeriod.MONTH) is not None
            for unit in (PriceUnit.KM, PriceUnit.LEG)
        )

    def term_minor(
        self,
        operator_id: OperatorId,
        unit: PriceUnit,
        *,
        term_months: int,
        bit_rate_gbps: float | None = None,
    ) -> float:
        """Price of one unit over the whole term in minor units, not rounded; 0 if not charged.

        Parameters
        ----------
        operator_id
            Who asks.
        unit
            For what.
        term_months
            Months that are paid for.
        bit_rate_gbps
            Of one wavelength of several; ``None`` for the whole service [Gbit/s].
        """
        monthly, once = (
            Decimal(0) if item is None else item.amount
            for item in (
                self.item(operator_id, unit, period, bit_rate_gbps=bit_rate_gbps)
                for period in (ChargePeriod.MONTH, ChargePeriod.ONCE)
            )
        )
        whole = monthly * term_months + once
        return float(whole.scaleb(MINOR_DIGITS[self.currency]))


def price_book(network: Network, *, bit_rate_gbps: float, on_day: date) -> PriceBook:
    """The prices that hold on a day, for a service of ``bit_rate_gbps``."""
    items: dict[_Key, list[PriceItem]] = {}
    for price in network.prices.values():
        if price.validity.holds_on(on_day):
            key = (price.operator_id, price.unit, price.period)
            items.setdefault(key, []).append(price)
    return PriceBook(
        currency=network.currency,
        bit_rate_gbps=bit_rate_gbps,
        items={
            key: tuple(sorted(prices, key=lambda price: price.bit_rate_gbps))
            for key, prices in items.items()
        },
    )
