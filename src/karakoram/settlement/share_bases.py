"""By what is a charge shared between owners, and how many percent does each of them earn?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from karakoram.core.identifiers import AgreementId, OperatorId, ProductId
from karakoram.core.money import Money, allocate
from karakoram.core.provenance import Confidence

_PERCENT_DIGITS = 2
_WHOLE = Money(100 * 10**_PERCENT_DIGITS, "USD")
"""A hundred percent in the smallest parts that are told; any currency with cents does."""
_M_PER_KM = 1000


class ShareBasis(Enum):
    """What an owner's part of a charge is measured by."""

    LEG = "leg"
    """What its own leg was sold for."""
    LENGTH = "length"
    """Glass metres of the working way."""
    COST = "cost"
    """Yearly costs that the owners have told each other."""
    AGREED = "agreed"
    """Shares that stand in the agreement."""
    CHARGES = "charges"
    """Agreed charges for each unit; the seller keeps the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBasis:
    """By what one line is shared."""

    basis: ShareBasis
    agreement_id: AgreementId | None = None
    """``None`` where no agreement is for it."""
    weights: tuple[int, ...] = ()
    """Of each part, in their order; empty where the parts themselves are the measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerShare:
    """What one owner earns of what is shared."""

    operator_id: OperatorId
    weight: int | None
    """Metres, costs or agreed shares; ``None`` where the parts themselves are the measure."""
    percent: Decimal | None
    """``None`` where charges and what was taken back leave no percentage."""
    earned: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCharge:
    """How what one product was charged is shared, by one basis, in one period."""

    product_id: ProductId
    basis: ShareBasis
    agreement_id: AgreementId | None = None
    charged: Money
    shares: tuple[OwnerShare, ...]
    """They earn ``charged`` together, and their percentages sum to 100 exactly."""
    confidence: Confidence | None = None
    """How far the shares may be trusted: as the charge, and as the rule and weights by which it is
    shared; ``None`` in what was stored before it was told, which counts as assumed."""


BASIS_WORDS: Mapping[ShareBasis, str] = {
    ShareBasis.LEG: "by what each leg was sold for",
    ShareBasis.LENGTH: "by glass kilometres of the working way",
    ShareBasis.COST: "by yearly costs",
    ShareBasis.AGREED: "by agreed shares",
    ShareBasis.CHARGES: "by agreed charges, the rest to the seller",
}
"""What a person reads of each basis."""


def percent_sum(charge: SharedCharge) -> Decimal | None:
    """The percentages of all owners together: 100, or ``None`` where they have none."""
    known = [each.percent for each in charge.shares if each.percent is not None]
    return sum(known, start=Decimal(0)) if known else None


def percents_of(weights: Sequence[int]) -> tuple[Decimal | None, ...]:
    """Each weight in percent to two digits, so that they sum to 100 exactly.

    ``None`` for each where all are nothing, or some are above and others below nothing.

    >>> [str(each) for each in percents_of((1, 1, 1))]
    ['33.34', '33.33', '33.33']
    """
    if not any(weights) or min(weights) < 0 < max(weights):
        return (None,) * len(weights)
    parts = allocate(_WHOLE, [abs(weight) for weight in weights])
    return tuple(Decimal(part.minor).scaleb(-_PERCENT_DIGITS) for part in parts)


def measure_text(basis: ShareBasis, weight: int | None) -> str:
    """What a weight says to a person; nothing where the parts themselves are the measure.

    >>> measure_text(ShareBasis.LENGTH, 1_975_600)
    '1,975.600 km'
    """
    if weight is None:
        return ""
    return f"{weight / _M_PER_KM:,.3f} km" if basis is ShareBasis.LENGTH else f"{weight:,}"
