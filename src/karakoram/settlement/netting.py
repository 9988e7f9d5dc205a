"""Who pays whom, when each owes and is owed, with few payments (ITU-T D.170)?"""

from collections.abc import Mapping
from dataclasses import dataclass

from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NetPayment:
    """What one owner pays another so that all are even."""

    payer_id: OperatorId
    payee_id: OperatorId
    amount: Money
    """Positive."""

    def __post_init__(self) -> None:
        if self.amount.minor <= 0:
            raise ValueError(f"NetPayment.amount must be greater than 0, got {self.amount}")
        if self.payer_id == self.payee_id:
            raise ValueError(f"NetPayment.payee_id must not be the payer {self.payer_id}")


def net_payments(balances: Mapping[OperatorId, Money]) -> tuple[NetPayment, ...]:
    """Payments that bring every balance to zero; fewer than there are owners.

    Whoever owes most pays whoever is owed most, again and again: each payment brings at least one
    of the two to zero. Fewer payments may exist for many owners; to find the fewest is NP-hard.

    Parameters
    ----------
    balances
        What each owner is owed, negative for what it owes; one currency, sum zero.

    Raises
    ------
    ValueError
        If the balances do not sum to zero.
    """
    left = {operator_id: amount.minor for operator_id, amount in balances.items() if amount.minor}
    currency = next((amount.currency for amount in balances.values()), "")
    if any(amount.currency != currency for amount in balances.values()):
        raise ValueError("balances of several currencies are netted one currency at a time")
    if sum(left.values()):
        raise ValueError(f"balances must sum to zero, got {sum(left.values())} {currency}")
    payments = []
    while left:
        payer = min(left, key=lambda each: (left[each], each))
        payee = max(left, key=lambda each: (left[each], each))
        minor = min(-left[payer], left[payee])
        payments.append(NetPayment(payer_id=payer, payee_id=payee, amount=Money(minor, currency)))
        left[payer] += minor
        left[payee] -= minor
        left = {operator_id: amount for operator_id, amount in left.items() if amount}
    return tuple(payments)
