"""Who earns how much of what a buyer was charged?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money, allocate, money_from_decimal, total
from karakoram.core.provenance import Confidence, weakest
from karakoram.settlement.agreements import (
    AgreedShare,
    SettlementAgreement,
    SettlementMode,
    ShareRule,
)
from karakoram.settlement.rating.periods import month_of
from karakoram.settlement.rating.rated import RatedCharge, RatedKind
from karakoram.settlement.share_bases import LineBasis, ShareBasis, percents_of

MONTH = "month"
"""The unit of an agreed charge for a product that is charged by the month."""
_BASES: Mapping[ShareRule | None, ShareBasis] = {
    ShareRule.LENGTH: ShareBasis.LENGTH,
    ShareRule.COST: ShareBasis.COST,
    ShareRule.NEGOTIATED: ShareBasis.AGREED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShares:
    """What each operator earns of one line; sums to the line exactly."""

    line: RatedCharge
    parts: tuple[tuple[OperatorId, Money], ...]
    """By operator; an operator may earn nothing, or less than nothing."""
    basis: LineBasis
    confidence: Confidence
    """How far the parts may be trusted: as the charge, and as the rule by which it is shared."""

    @property
    def percents(self) -> tuple[Decimal | None, ...]:
        """Of each part; they sum to 100 exactly, or are ``None`` where no percentage says it."""
        weights = self.basis.weights or tuple(amount.minor for _, amount in self.parts)
        return percents_of(weights)


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
        return _own_leg(line)
    by_units = agreement.mode is not SettlementMode.SPECIAL_ARRANGEMENT
    if by_units and agreement.currency != line.amount.currency:  # its charges say nothing here
        return _own_leg(line)
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
        return _own_leg(line, agreement)
    if agreement.rule is ShareRule.LENGTH:
        weights = dict(lengths_m)
    else:
        weights = {share.operator_id: share.weight for share in shares}
    if not any(weights.values()):
        return _own_leg(line, agreement)
    return LineShares(
        line=line,
        parts=_allocated(line.amount, weights, or_else=line.operator_id),
        basis=LineBasis(
            basis=_BASES[agreement.rule],
            agreement_id=agreement.agreement_id,
            weights=tuple(weights.values()),
        ),
        confidence=_confidence(line, agreement, shares),
    )


def _own_leg(line: RatedCharge, agreement: SettlementAgreement | None = None) -> LineShares:
    agreement_id = None if agreement is None else agreement.agreement_id
    return LineShares(
        line=line,
        parts=((line.operator_id, line.amount),),
        basis=LineBasis(basis=ShareBasis.LEG, agreement_id=agreement_id),
        confidence=_confidence(line, agreement),
    )


def _confidence(
    line: RatedCharge, agreement: SettlementAgreement | None, shares: Sequence[AgreedShare] = ()
) -> Confidence:
    of_shares = (share.provenance.confidence for share in shares)
    of_rule = () if agreement is None else (agreement.provenance.confidence, *of_shares)
    return weakest((line.confidence, *of_rule))


def _by_units(
    line: RatedCharge,
    agreement: SettlementAgreement,
    *,
    shares: Sequence[AgreedShare],
    seller_id: OperatorId,
) -> LineShares:
    """So much for each unit to each party, and the rest to the seller."""
    paid: dict[OperatorId, Money] = {}
    for share in shares:
        amount = _agreed_amount(share, line)
        if agreement.mode is SettlementMode.ACCOUNTING_REVENUE_DIVISION:
            weights = {each.operator_id: each.weight for each in shares}
            parts = _allocated(amount, weights, or_else=seller_id)
        else:
            parts = ((share.operator_id, amount),)
        for operator_id, part in parts:
            paid[operator_id] = paid.get(operator_id, _nothing(line)) + part
    paid.pop(seller_id, None)
    earned = {operator_id: amount for operator_id, amount in paid.items() if amount.minor}
    rest = line.amount + -total(earned.values(), line.amount.currency)
    return LineShares(
        line=line,
        parts=(*sorted(earned.items()), (seller_id, rest)),
        basis=LineBasis(basis=ShareBasis.CHARGES, agreement_id=agreement.agreement_id),
        confidence=_confidence(line, agreement, shares),
    )


def _agreed_amount(share: AgreedShare, line: RatedCharge) -> Money:
    """What the charge for each unit comes to; nothing where the line counts another unit.

    A charge for a month is spread over its days as the line itself is, so that a month that is
    rated in parts earns what the whole month earns.
    """
    if share.charge is None:
        return _nothing(line)
    currency = line.amount.currency
    if line.kind is RatedKind.RECURRING and share.unit == MONTH:
        month = month_of(line.from_day)
        by_day = allocate(
            money_from_decimal(share.charge, currency),
            [1] * (month.to_day - month.from_day).days,
        )
        begin, end = ((day - month.from_day).days for day in (line.from_day, line.to_day))
        amount = total(by_day[begin:end], currency)
    elif line.kind is RatedKind.USAGE and share.unit == line.unit:
        amount = money_from_decimal(share.charge * line.quantity, currency)
    else:
        return _nothing(line)
    return -amount if line.reverses else amount


def _allocated(
    amount: Money, weights: Mapping[OperatorId, int], *, or_else: OperatorId
) -> tuple[tuple[OperatorId, Money], ...]:
    if not any(weights.values()):
        return ((or_else, amount),)
    parts = allocate(amount, list(weights.values()))
    return tuple(zip(weights, parts, strict=True))


def _nothing(line: RatedCharge) -> Money:
    return Money(0, line.amount.currency)
