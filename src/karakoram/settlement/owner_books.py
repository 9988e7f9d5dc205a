"""In which currency, zone and jurisdiction does an owner keep its books?"""

from dataclasses import dataclass
from typing import Annotated

from karakoram.core.fields import Bounds, check_fields
from karakoram.core.identifiers import OperatorId
from karakoram.core.money import check_currency
from karakoram.core.provenance import Provenance

DaysToPay = Annotated[int, Bounds(at_least=0.0, at_most=365.0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerBook:
    """How one operator keeps its books."""

    operator_id: OperatorId
    functional_currency: str
    """ISO 4217: what its income is told in."""
    jurisdiction: str
    """ISO 3166-2: whose taxes it collects and whose levies it owes."""
    time_zone: str
    """IANA name; a billing day begins at midnight there."""
    days_to_pay: DaysToPay
    """Calendar days that its buyers have."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        check_currency(self.functional_currency, field="OwnerBook.functional_currency")
