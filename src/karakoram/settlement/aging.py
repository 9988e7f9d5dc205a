"""How long has what buyers owe been due?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.core.money import Money, total
from karakoram.settlement.invoices import Invoice

_BANDS_DAYS = (0, 30, 60, 90)
"""Last day past due of each band but the last; the months that books of receivables tell apart."""


class AgeBand(Enum):
    """How many days past due."""

    NOT_DUE = "not due"
    TO_30 = "1 to 30"
    TO_60 = "31 to 60"
    TO_90 = "61 to 90"
    OVER_90 = "over 90"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedInvoice:
    """An invoice of which something is open on a day."""

    invoice: Invoice
    open_amount: Money
    """On that day."""
    overdue_days: int
    """Since the day on which it was due; below 0 before it."""

    @property
    def band(self) -> AgeBand:
        """The band of its days."""
        passed = sum(self.overdue_days > last for last in _BANDS_DAYS)
        return tuple(AgeBand)[passed]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedTotal:
    """What one payer owes one seller in one currency, by how long it has been due."""

    seller_id: OperatorId
    payer_id: PartyId
    by_band: Mapping[AgeBand, Money]

    @property
    def total(self) -> Money:
        """All that is open."""
        amounts = tuple(self.by_band.values())
        return total(amounts, amounts[0].currency)


def aged_totals(aged: Iterable[AgedInvoice]) -> tuple[AgedTotal, ...]:
    """What each payer owes, by seller, payer and currency."""
    groups: dict[tuple[OperatorId, PartyId, str], list[AgedInvoice]] = {}
    for each in aged:
        invoice = each.invoice
        key = (invoice.seller_id, invoice.payer_id, invoice.currency)
        groups.setdefault(key, []).append(each)
    return tuple(
        AgedTotal(
            seller_id=seller_id,
            payer_id=payer_id,
            by_band={
                band: total((each.open_amount for each in own if each.band is band), currency)
                for band in AgeBand
            },
        )
        for (seller_id, payer_id, currency), own in sorted(groups.items())
    )
