"""What does each owner earn of a period, what has it collected, and who owes whom?

All that is billed is credited to a common clearing account and divided there. A statement says what
the clearing account owes an owner: what it earned, less what it collected from buyers and less the
credits that it bears. The balances of all owners sum to zero exactly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from karakoram.core.fields import check_rules
from karakoram.core.identifiers import OperatorId, ProductId, StatementId
from karakoram.core.life import Life
from karakoram.core.money import Money, total
from karakoram.core.provenance import Confidence, weakest
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.record_rules import each_once, ends_after, one_currency
from karakoram.settlement.share_bases import OwnerShare, ShareBasis, SharedCharge, percents_of
from karakoram.settlement.shares import LineShares


class StatementState(Enum):
    """Where a statement stands."""

    ISSUED = "issued"
    DISPUTED = "disputed"
    """A line is disputed; the statement waits for the answer (ITU-T D.170)."""
    AGREED = "agreed"
    """Both sides say the same; it is in the books."""
    SETTLED = "settled"
    """Netted and paid."""


class StatementEvent(Enum):
    """What can happen to a statement."""

    DISPUTE = "dispute"
    RESOLVE = "resolve the dispute of"
    AGREE = "agree to"
    SETTLE = "settle"


STATEMENT_LIFE: Life[StatementState, StatementEvent] = Life(
    subject="statement",
    first=StatementState.ISSUED,
    transitions={
        StatementState.ISSUED: {
            StatementEvent.DISPUTE: StatementState.DISPUTED,
            StatementEvent.AGREE: StatementState.AGREED,
        },
        StatementState.DISPUTED: {
            StatementEvent.DISPUTE: StatementState.DISPUTED,
            StatementEvent.RESOLVE: StatementState.ISSUED,
        },
        StatementState.AGREED: {StatementEvent.SETTLE: StatementState.SETTLED},
        StatementState.SETTLED: {},
    },
)


class StatementLineKind(Enum):
    """Why a line stands on a statement."""

    SHARE = "share"
    """Earned: what was billed for this owner's part."""
    COLLECTED = "collected"
    """Billed by this owner to a buyer, so owed to the clearing account."""
    CREDIT_BORNE = "credit_borne"
    """Given back to a buyer for this owner's fault."""
    CREDIT_GIVEN = "credit_given"
    """Given back to a buyer by this owner, so no longer collected."""
    CORRECTION = "correction"
    """What a dispute moved from one owner to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One amount that the clearing account owes an owner, or is owed."""

    key: str
    """Unique on the statement, and the same on what the other side says of it."""
    kind: StatementLineKind
    product_id: ProductId
    from_day: date
    to_day: date
    text: str
    reference: str
    """Number of the invoice, credit note or dispute."""
    amount: Money
    """Positive where the owner is owed."""
    basis: ShareBasis | None = None
    """By what a share was measured; ``None`` for other lines."""
    percent: Decimal | None = None
    """Of what the buyer was charged; those of all owners sum to 100."""
    confidence: Confidence | None = None
    """How far the amount may be trusted; ``None`` in what was stored before it was told, which
    counts as assumed."""

    def __post_init__(self) -> None:
        check_rules(self, ends_after(self.from_day, self.to_day))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerStatement:
    """What one owner is owed for one period in one currency."""

    statement_id: StatementId
    number: str
    operator_id: OperatorId
    from_day: date
    to_day: date
    currency: str
    lines: tuple[StatementLine, ...]
    shared: tuple[SharedCharge, ...] = ()
    """How what this owner has a part in is shared between all owners."""
    issued_on: date
    dispute_until: date
    """First day on which no line can be disputed any more."""
    due_on: date
    state: StatementState
    made_at: datetime
    version: int = 0

    def __post_init__(self) -> None:
        check_rules(
            self,
            ends_after(self.from_day, self.to_day),
            each_once([line.key for line in self.lines], of="lines"),
            one_currency(self.currency, [line.amount for line in self.lines], of="lines"),
            (
                min(self.dispute_until, self.due_on) >= self.issued_on,
                f"dispute_until and due_on must not be before issued_on {self.issued_on}",
            ),
        )

    @property
    def balance(self) -> Money:
        """What the owner is owed; negative for what it owes."""
        return total((line.amount for line in self.lines), self.currency)

    @property
    def open_balance(self) -> Money:
        """What the owner is owed still: nothing once the statement is netted and paid."""
        is_settled = self.state is StatementState.SETTLED
        return Money(0, self.currency) if is_settled else self.balance

    def sum_of(self, *kinds: StatementLineKind) -> Money:
        """Sum of the lines of some kinds."""
        return total((line.amount for line in self.lines if line.kind in kinds), self.currency)


EARNED = (StatementLineKind.SHARE, StatementLineKind.CORRECTION)
"""An owner's income; what it bears of credits is an expense, the rest moves what buyers paid."""


def owner_lines(
    invoices: Iterable[Invoice], shares: Sequence[LineShares], notes: Iterable[CreditNote]
) -> dict[OperatorId, tuple[StatementLine, ...]]:
    """The lines of every owner, by owner; all together they sum to zero.

    Parameters
    ----------
    invoices
        What was billed.
    shares
        Who earns how much of every line of those invoices.
    notes
        What was given back.
    """
    lines: dict[OperatorId, list[StatementLine]] = {}
    numbers: dict[str, str] = {}
    for invoice in invoices:
        for line in invoice.lines:
            numbers[line.key] = invoice.number
            lines.setdefault(invoice.seller_id, []).append(
                StatementLine(
                    key=f"collected:{line.key}",
                    kind=StatementLineKind.COLLECTED,
                    product_id=line.product_id,
                    from_day=line.from_day,
                    to_day=line.to_day,
                    text=line.name,
                    reference=invoice.number,
                    amount=-line.amount,
                    confidence=line.confidence,
                )
            )
    for share in shares:
        for (operator_id, amount), percent in zip(share.parts, share.percents, strict=True):
            line_of_share = _share_line(share, amount, numbers)
            lines.setdefault(operator_id, []).append(replace(line_of_share, percent=percent))
    for note in notes:
        _add_credit(lines, note)
    return {operator_id: tuple(lines[operator_id]) for operator_id in sorted(lines)}


def share_key(share: LineShares) -> str:
    """The key of what an owner earns of a line."""
    return f"share:{share.line.key}"


def shared_charges(
    shares: Iterable[LineShares], operator_id: OperatorId
) -> tuple[SharedCharge, ...]:
    """How what an owner has a part in is shared, by product and basis, in the order of the lines.

    Parameters
    ----------
    shares
        Who earns how much of every line.
    operator_id
        The owner.
    """
    groups: dict[tuple[object, ...], list[LineShares]] = {}
    for share in shares:
        owners = tuple(owner for owner, _ in share.parts)
        measured = owners if share.basis.weights else ()
        groups.setdefault((share.line.product_id, share.basis, measured), []).append(share)
    every = map(_shared, groups.values())
    return tuple(
        each for each in every if any(one.operator_id == operator_id for one in each.shares)
    )


def _shared(lines: Sequence[LineShares]) -> SharedCharge:
    """Lines of one product and basis together; where weights measure them, they are the same."""
    first = lines[0]
    currency = first.line.amount.currency
    earned: dict[OperatorId, int] = {}
    for share in lines:
        for owner, amount in share.parts:
            earned[owner] = earned.get(owner, 0) + amount.minor
    weights = first.basis.weights
    return SharedCharge(
        product_id=first.line.product_id,
        basis=first.basis.basis,
        agreement_id=first.basis.agreement_id,
        charged=total((share.line.amount for share in lines), currency),
        confidence=weakest(tuple(share.confidence for share in lines)),
        shares=tuple(
            OwnerShare(
                operator_id=owner,
                weight=weights[place] if weights else None,
                percent=percent,
                earned=Money(minor, currency),
            )
            for place, ((owner, minor), percent) in enumerate(
                zip(earned.items(), percents_of(weights or tuple(earned.values())), strict=True)
            )
        ),
    )


def clearing_difference(statements: Iterable[OwnerStatement]) -> dict[str, Money]:
    """By how much the balances of all owners miss zero, by currency; empty when all is right."""
    sums: dict[str, int] = {}
    for statement in statements:
        sums[statement.currency] = sums.get(statement.currency, 0) + statement.balance.minor
    return {currency: Money(minor, currency) for currency, minor in sums.items() if minor}


def _share_line(share: LineShares, amount: Money, numbers: dict[str, str]) -> StatementLine:
    line = share.line
    return StatementLine(
        key=share_key(share),
        kind=StatementLineKind.SHARE,
        product_id=line.product_id,
        from_day=line.from_day,
        to_day=line.to_day,
        text=line.name,
        reference=numbers[line.key],
        amount=amount,
        basis=share.basis.basis,
        confidence=share.confidence,
    )


def _add_credit(lines: dict[OperatorId, list[StatementLine]], note: CreditNote) -> None:
    for line in note.lines:
        for operator_id, kind, amount in (
            (line.operator_id, StatementLineKind.CREDIT_BORNE, -line.amount),
            (note.seller_id, StatementLineKind.CREDIT_GIVEN, line.amount),
        ):
            lines.setdefault(operator_id, []).append(
                StatementLine(
                    key=f"{kind.value}:{line.key}",
                    kind=kind,
                    product_id=line.product_id,
                    from_day=line.from_day,
                    to_day=line.to_day,
                    text=line.text,
                    reference=note.number,
                    amount=amount,
                    confidence=line.confidence,
                )
            )
