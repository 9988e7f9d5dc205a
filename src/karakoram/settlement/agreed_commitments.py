"""What has a buyer agreed to use at least, month by month?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.core.money import check_currency, money_exactly
from karakoram.core.provenance import Provenance
from karakoram.core.time import Validity
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.settlement.offered_days import OfferedDays
from karakoram.settlement.rating.commitments import MinimumCommitment


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedCommitment:
    """The least that one usage charge comes to in a month, for each product of a buyer."""

    commitment_id: str
    payer_id: PartyId
    product_offering_id: ProductOfferingId
    operator_id: OperatorId
    """Who earns the charge."""
    charge_name: str
    """As the offer and the invoice have it."""
    monthly: Decimal
    """In major units, of a whole calendar month in service; of some days their share."""
    currency: str
    """ISO 4217, that of the charge."""
    valid_from: date | None = None
    valid_to: date | None = None
    """First day on which nothing is promised any more."""
    provenance: Provenance

    def __post_init__(self) -> None:
        if not self.monthly.is_finite() or self.monthly <= 0:
            raise ValueError(f"AgreedCommitment.monthly must be above 0, got {self.monthly}")
        check_currency(self.currency, field="AgreedCommitment.currency")
        money_exactly(self.monthly, self.currency)
        _ = self.validity

    @property
    def validity(self) -> Validity:
        """The days for which it was promised."""
        return Validity(valid_from=self.valid_from, valid_to=self.valid_to)

    def of(self, offered: OfferedDays) -> MinimumCommitment | None:
        """What it says of one product; ``None`` where no day of the offering was promised."""
        validity = self.validity.common(offered.validity)
        if validity is None:
            return None
        return MinimumCommitment(
            product_id=offered.product_id,
            operator_id=self.operator_id,
            charge_name=self.charge_name,
            monthly=money_exactly(self.monthly, self.currency),
            validity=validity,
            confidence=self.provenance.confidence,
            source=f"commitment {self.commitment_id}: {self.provenance.source}",
        )


def commitments_of(
    offered: Iterable[OfferedDays], agreed: Iterable[AgreedCommitment]
) -> Iterator[MinimumCommitment]:
    """What was promised: for each product of the payer, while it is of the named offering."""
    promised = tuple(agreed)
    for days in offered:
        named = (days.payer_id, days.product_offering_id)
        own = (each for each in promised if (each.payer_id, each.product_offering_id) == named)
        yield from filter(None, (each.of(days) for each in own))
