"""Who buys, who pays, who operates?"""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from karakoram.core.cells import did_you_mean, shown
from karakoram.core.identifiers import PartyId
from karakoram.core.money import check_currency
from karakoram.core.names import NameFields
from karakoram.refdata.countries import country_codes
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment


class PartyRole(Enum):
    """What a party is to the platform."""

    BUYER = "buyer"
    OPERATOR = "operator"
    SPONSOR = "sponsor"
    """Pays for others and is told what they use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A company, body or person that has an account."""

    party_id: PartyId
    name: str
    role: PartyRole
    kind: CustomerKind
    segment: MarketSegment
    """Which public it belongs to; offerings say whom they are for."""
    country: str
    """ISO 3166-1 alpha-2."""
    currency: str
    """ISO 4217: what its bills are in."""
    sponsor_id: PartyId | None = None
    """Who pays in the place of a social centre."""
    version: int = 0
    NAMED: ClassVar = NameFields(identifiers=("party_id", "sponsor_id"), names=("name",))

    def __post_init__(self) -> None:
        self.NAMED.check(self)
        if self.country not in country_codes():
            close = did_you_mean(self.country.upper(), country_codes())
            raise ValueError(
                "Party.country must be a code of ISO 3166-1 alpha-2, e.g. PK, "
                f"got {shown(self.country)}{close}"
            )
        check_currency(self.currency, field="Party.currency")
        if self.sponsor_id is not None and self.kind is not CustomerKind.CENTRE:
            raise ValueError(
                f"Party.sponsor_id must be given for a social centre alone, "
                f"got {self.sponsor_id!r} for one that is {self.kind.value}"
            )
