"""Who earns how much of what a buyer was charged?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money, allocate, money_from_decimal
from karakoram.settlement.agreements import (
    AgreedShare,
    SettlementAgreement,
    SettlementMode,
    ShareRule,
)
from karakoram.settlement.rating.periods import month_of
from karakoram.settlement.rating.rated import RatedCharge, RatedKind

MONTH = "month"
"""The unit of an agreed charge for a product that is charged by the month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShares:
    """What each operator earns of one line; sums to the line exactly."""

    line: RatedCharge
    parts: tuple[tuple[OperatorId, Money], ...]
    """By operator; an operator may earn nothing, or less than nothing."""


def line_shares(
    line: RatedCharge,
    *,
    seller_id: OperatorId,
    agreement: SettlementAgreement | None,
    shares: Sequence[AgreedShare] = (),
    lengths_m: Mapping[OperatorId, int] | None = None,
) -> LineShares:
    """What each operator earns of one line.

    Without an agreement, for operators that are no party to it, and where its charges are in
    another currency than the line, each earns what its own leg was sold for.

    Parameters
    ----------
    line
        What the buyer is charged.
    seller_id
        Who billed it, and keeps what the agreement gives to nobody.
    agreement, shares
        The rule, and the weights or charges of its parties.
    lengths_m
        Glass metres of the product's working way by operator, for the rule by length.
    """
    parties = {share.operator_id for share in shares}
    lengths = {} if lengths_m is None else {op: m for op, m in lengths_m.items() if m}
    if agreement is not None and agreement.rule is ShareRule.LENGTH:
        parties = parties & lengths.keys() if parties else set(lengths)
    if agreement is None or line.operator_id not in parties | {seller_id}:
        return LineShares(line=line, parts=((line.operator_id, line.amount),))
    by_units = agreement.mode is not SettlementMode.SPECIAL_ARRANGEMENT
    if by_units and agreement.currency != line.amount.currency:  # its charges say nothing here
        return LineShares(line=line, parts=((line.operator_id, line.amount),))
    if not by_units:
        by_length = {op: lengths.get(op, 0) for op in sorted(parties)}
        return _by_rule(line, agreement, shares=shares, lengths_m=by_length)
    return _by_units(line, agreement, shares=shares, seller_id=seller_id)


def _by_rule(
    line: RatedCharge,
    agreement: SettlementAgreement,
    *,
    shares: Sequence[AgreedShare],
    lengths_m: Mapping[OperatorId, int],
) -> LineShares:
    if agreement.rule is ShareRule.PER_LEG:
        return LineShares(line=line, parts=((line.operator_id, line.amount),))
    if agreement.rule is ShareRule.LENGTH:
        weights = dict(lengths_m)
    else:
        weights = {share.operator_id: share.weight for share in shares}
    return LineShares(line=line, parts=_allocated(line.amount, weights, or_else=line.operator_id))


def _by_units(
    line: RatedCharge,
    agreement: SettlementAgreement,
    *,
    shares: Sequence[AgreedShare],
    seller_id: OperatorId,
) -> LineShares:
    """So much for each unit to each party, and the rest to the seller."""
    units = _units(line)
    charged = [share for share in shares if share.charge is not None and share.unit in units]
    paid: dict[OperatorId, Money] = {}
    for share in charged:
        assert share.charge is not None
        amount = money_from_decimal(share.charge * units[share.unit], line.amount.currency)
        if agreement.mode is SettlementMode.ACCOUNTING_REVENUE_DIVISION:
            weights = {each.operator_id: each.weight for each in shares}
            parts = _allocated(amount, weights, or_else=seller_id)
        else:
            parts = ((share.operator_id, amount),)
        for operator_id, part in parts:
            paid[operator_id] = paid.get(operator_id, _nothing(line)) + part
    paid.pop(seller_id, None)
    given = sum(part.minor for part in paid.values())
    rest = Money(line.amount.minor - given, line.amount.currency)
    return LineShares(line=line, parts=(*sorted(paid.items()), (seller_id, rest)))


def _units(line: RatedCharge) -> dict[str, Decimal]:
    """How many of which unit the line stands for; a month in part counts in part."""
    sign = -1 if line.reverses else 1
    if line.kind is RatedKind.RECURRING:
        month = month_of(line.from_day)
        days = (month.to_day - month.from_day).days
        return {MONTH: sign * line.quantity / days}
    return {line.unit: sign * line.quantity} if line.kind is RatedKind.USAGE else {}


def _allocated(
    amount: Money, weights: Mapping[OperatorId, int], *, or_else: OperatorId
) -> tuple[tuple[OperatorId, Money], ...]:
    if not any(weights.values()):
        return ((or_else, amount),)
    parts = allocate(amount, list(weights.values()))
    return tuple(zip(weights, parts, strict=True))


def _nothing(line: RatedCharge) -> Money:
    return Money(0, line.amount.currency)
