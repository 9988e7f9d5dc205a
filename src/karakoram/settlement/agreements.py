"""By which rule do operators share what a product earns (ITU-T D.150)?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from karakoram.core.fields import check_rules
from karakoram.core.identifiers import AgreementId, OperatorId
from karakoram.core.money import check_currency
from karakoram.core.provenance import Provenance
from karakoram.core.time import Validity
from karakoram.sales.catalogue.identifiers import ProductOfferingId

WEIGHT_MAX = 1_000_000_000
"""A weight larger than this is a slip; lengths are weighed in metres."""


class SettlementMode(Enum):
    """What is divided, in the words of ITU-T D.150."""

    SPECIAL_ARRANGEMENT = "special_arrangement"
    """What the buyer pays is shared by a rule of the owners' own."""
    ACCOUNTING_REVENUE_DIVISION = "accounting_revenue_division"
    """An accounting rate for each unit, whatever the buyer pays, is divided by weights."""
    TERMINATION_CHARGE = "termination_charge"
    """Each operator is paid its own charge for each unit; the seller keeps the rest."""
    SETTLEMENT_RATE = "settlement_rate"
    """Each other operator is paid the same rate for each unit; the seller keeps the rest."""


class ShareRule(Enum):
    """How a special arrangement shares a price."""

    PER_LEG = "per_leg"
    """To each what its own leg was sold for."""
    LENGTH = "length"
    """By glass kilometres of the working way."""
    COST = "cost"
    """By the yearly costs that the owners have told each other."""
    NEGOTIATED = "negotiated"
    """By shares that stand in the agreement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedShare:
    """The weight of one operator, or its charge for each unit."""

    share_id: str
    agreement_id: AgreementId
    operator_id: OperatorId
    weight: int = 0
    """In per mille, costs a year or any other unit: only ratios count."""
    unit: str = ""
    """What ``charge`` is for, e.g. ``month`` or ``minute``; empty where weights count alone."""
    charge: Decimal | None = None
    """In major units of the agreement's currency for each unit."""
    provenance: Provenance

    def __post_init__(self) -> None:
        if not 0 <= self.weight <= WEIGHT_MAX:
            raise ValueError(f"AgreedShare.weight must be 0 to {WEIGHT_MAX:,}, got {self.weight}")
        if self.charge is not None and (not self.charge.is_finite() or self.charge < 0):
            raise ValueError(f"AgreedShare.charge must be at least 0, got {self.charge}")
        if (self.charge is None) != (not self.unit):
            raise ValueError("AgreedShare.unit must be given with a charge, and only with one")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementAgreement:
    """How some products are settled between their operators."""

    agreement_id: AgreementId
    name: str
    mode: SettlementMode
    rule: ShareRule | None = None
    """Of a special arrangement; ``None`` for the other modes."""
    product_offering_ids: tuple[ProductOfferingId, ...] = ()
    """Products that it is for; empty for all that no other agreement names."""
    currency: str
    """ISO 4217 of the charges; a line in another currency is shared leg by leg."""
    days_to_dispute: int
    """Calendar days from a statement within which a line can be disputed (ITU-T D.170)."""
    days_to_pay: int
    valid_from: date | None = None
    valid_to: date | None = None
    provenance: Provenance

    def __post_init__(self) -> None:
        if (self.rule is None) == (self.mode is SettlementMode.SPECIAL_ARRANGEMENT):
            raise ValueError(
                "SettlementAgreement.rule must be given for a special arrangement, and only there"
            )
        check_currency(self.currency, field="SettlementAgreement.currency")
        check_rules(
            self,
            (
                self.days_to_dispute >= 0,
                f"days_to_dispute must be at least 0, got {self.days_to_dispute}",
            ),
            (self.days_to_pay >= 0, f"days_to_pay must be at least 0, got {self.days_to_pay}"),
        )
        _ = self.validity

    @property
    def validity(self) -> Validity:
        """The days for whose service it holds."""
        return Validity(valid_from=self.valid_from, valid_to=self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """Every agreement with its shares."""

    agreements: tuple[SettlementAgreement, ...]
    shares: tuple[AgreedShare, ...]

    def for_product(
        self, offering_id: ProductOfferingId, *, on_day: date
    ) -> SettlementAgreement | None:
        """The agreement that names the product, else the one for all; ``None`` without one."""
        valid = [each for each in self.agreements if each.validity.holds_on(on_day)]
        named = [each for each in valid if offering_id in each.product_offering_ids]
        general = [each for each in valid if not each.product_offering_ids]
        return next(iter(named or general), None)

    def shares_of(self, agreement_id: AgreementId) -> tuple[AgreedShare, ...]:
        """The shares of one agreement, in the order of their table."""
        return tuple(each for each in self.shares if each.agreement_id == agreement_id)
