"""How do owners agree to their statements, and how are all of them paid with few payments?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, weakest
from karakoram.sales.change_log import Deed
from karakoram.settlement.amount_trust import statement_trust
from karakoram.settlement.entries import BookEntry, net_payment_entries
from karakoram.settlement.netting import NetPayment, net_payments
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.settlement.reconciling import (
    StatedAmount,
    StatementDifference,
    stated,
    statement_differences,
)
from karakoram.settlement.revenue_levies import (
    RevenueLevy,
    levy_entries,
    revenue_levies,
    statement_revenue,
)
from karakoram.settlement.statement_entries import statement_entries
from karakoram.settlement.statements import (
    STATEMENT_LIFE,
    OwnerStatement,
    StatementEvent,
    StatementState,
)
from karakoram.usecases.sell.sales_action import Change, log_change
from karakoram.usecases.settle.ledger_ports import SettlementReader, SettlementWriter
from karakoram.usecases.settle.settling import Settling, book, found, refuse_future

_SHOWN_MAX = 5
_OPEN = (StatementState.ISSUED, StatementState.DISPUTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Netting:
    """What settles a period."""

    payments: tuple[NetPayment, ...]
    statements: tuple[OwnerStatement, ...]
    """Settled by them."""

    @property
    def confidence(self) -> Confidence:
        """How far the payments may be trusted: as the worst of the balances that they settle."""
        return weakest(tuple(map(statement_trust, self.statements)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NetPaid:
    """That the payments of a netting were made."""

    on_day: date
    reference: str
    """Of the banks; stands in every book."""

    def __post_init__(self) -> None:
        if not self.reference.strip():
            raise ValueError("NetPaid.reference must be the banks' reference, got nothing")


def reconciled(
    word: str, theirs: Iterable[StatedAmount], *, settling: Settling
) -> tuple[StatementDifference, ...]:
    """Every line on which an owner's own statement differs from ours; empty when they reconcile.

    Parameters
    ----------
    word
        Identifier or number of ours.
    theirs
        What the owner says, line by line.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If there is no such statement.
    """
    ours = settling.store.read(lambda tx: found(tx, OwnerStatement, word))
    return statement_differences(stated(ours.lines), theirs)


def agree_statement(
    word: str,
    *,
    theirs: Sequence[StatedAmount] | None = None,
    deed: Deed,
    settling: Settling,
) -> OwnerStatement:
    """The statement, agreed and in the owner's book, with the levies on what it earned.

    Parameters
    ----------
    word
        Identifier or number.
    theirs
        What the owner says itself; ``None`` where it takes ours as it is.
    deed
        Who agrees, when and why; its day is the day in the book.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If there is no such statement, or no exchange rate of the day.
    RefusedError
        With code ``statements-differ``; names the first lines that do.
    IllegalTransitionError
        If it is disputed, or agreed already.
    """

    def write(tx: SettlementWriter) -> OwnerStatement:
        statement = found(tx, OwnerStatement, word)
        state = STATEMENT_LIFE.next_state(statement.state, StatementEvent.AGREE)
        if theirs is not None:
            _refuse_differences(statement, theirs)
        agreed = replace(statement, state=state)
        stored = tx.replace(agreed)
        entries = (
            *_statement_entries(statement, deed.at.date(), settling=settling),
            *levy_entries(
                statement, levies_of(statement, on_day=deed.at.date(), settling=settling)
            ),
        )
        book(
            tx,
            entries,
            subject=("statement", statement.statement_id),
            booked_on=deed.at.date(),
            ids=settling.ids,
        )
        _tell(tx, agreed, "statement.agree", before=statement.state, deed=deed, settling=settling)
        return stored

    return settling.store.write(write)


def levies_of(
    statement: OwnerStatement, *, on_day: date, settling: Settling
) -> tuple[RevenueLevy, ...]:
    """What the owner owes its regulator on what a statement makes it earn.

    Parameters
    ----------
    statement
        What the owner earns.
    on_day
        Day of the levies and of the exchange rate.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If the terms have no book of the owner, or no exchange rate of the day is known.
    """
    terms = settling.terms
    owner = terms.book_of(statement.operator_id)
    revenue = statement_revenue(
        statement,
        functional_currency=owner.functional_currency,
        exchange_rates=terms.dated_rates,
        on_day=on_day,
    )
    return revenue_levies(
        revenue, levies=settling.levies, jurisdiction=owner.jurisdiction, on_day=on_day
    )


def net_statements(period: BillingPeriod, currency: str, *, settling: Settling) -> Netting:
    """The payments that would bring all agreed statements of a period to zero; nothing is booked.

    Parameters
    ----------
    period, currency
        Of the statements.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If no statement of the period waits to be settled.
    RefusedError
        With code ``statements-open`` where one is not agreed yet; names each.
    """
    return settling.store.read(lambda tx: _netting(tx, period, currency))


def settle_statements(
    period: BillingPeriod, currency: str, *, paid: NetPaid, deed: Deed, settling: Settling
) -> Netting:
    """The netting of a period, paid: booked on both sides, its statements settled.

    Parameters
    ----------
    period, currency
        Of the statements.
    paid
        When the payments were made, and the banks' reference.
    deed
        Who tells it, when and why.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If no statement of the period waits to be settled.
    RefusedError
        With code ``statements-open`` where one is not agreed yet, ``in-the-future``, or
        ``before-statement`` where the payment is older than a statement that it would settle.
    BatchRefusedError
        If the day is of a closed period.
    """
    refuse_future(paid.on_day, today=settling.today(deed), what="the day of the payments")

    def write(tx: SettlementWriter) -> Netting:
        netting = _netting(tx, period, currency)
        _refuse_before_statement(paid.on_day, netting.statements)
        for payment in netting.payments:
            reference = f"netting {period.from_day} to {period.to_day}, {paid.reference}"
            book(
                tx,
                net_payment_entries(payment, reference=reference),
                subject=("netting", f"{period.from_day}/{period.to_day}/{currency}"),
                booked_on=paid.on_day,
                ids=settling.ids,
            )
        settled = (
            _settle_one(tx, each, deed=deed, settling=settling) for each in netting.statements
        )
        return replace(netting, statements=tuple(settled))

    return settling.store.write(write)


def _netting(tx: SettlementReader, period: BillingPeriod, currency: str) -> Netting:
    """The agreed statements of a period, and the payments that bring them to zero."""
    days = (period.from_day, period.to_day)
    meant = [
        each
        for each in tx.find_all(OwnerStatement)
        if (each.from_day, each.to_day) == days and each.currency == currency
    ]
    _refuse_open(meant)
    agreed = tuple(each for each in meant if each.state is StatementState.AGREED)
    if not agreed:
        settled = ", ".join(each.number for each in meant)
        already = f"; settled already: {settled}" if meant else ""
        raise NotFoundError(
            f"no agreed statement from {period.from_day} to {period.to_day} in {currency} "
            f"waits to be settled{already}."
        )
    return Netting(payments=net_payments(_balances(agreed)), statements=agreed)


def _statement_entries(
    statement: OwnerStatement, on_day: date, *, settling: Settling
) -> tuple[BookEntry, ...]:
    terms = settling.terms
    return statement_entries(
        statement,
        functional_currency=terms.book_of(statement.operator_id).functional_currency,
        exchange_rates=terms.dated_rates,
        on_day=on_day,
    )


def _balances(statements: Iterable[OwnerStatement]) -> dict[OperatorId, Money]:
    """What each owner is owed over all of its statements."""
    balances: dict[OperatorId, Money] = {}
    for each in statements:
        before = balances.get(each.operator_id, Money(0, each.currency))
        balances[each.operator_id] = before + each.balance
    return balances


def _refuse_open(statements: Iterable[OwnerStatement]) -> None:
    waiting = [each for each in statements if each.state in _OPEN]
    if waiting:
        listed = ", ".join(f"{each.number} is {each.state.value}" for each in waiting)
        raise RefusedError(
            f"not all statements are agreed: {listed}",
            code="statements-open",
            where=waiting[0].number,
            alternatives=("agree to them, or answer their disputes, first",),
        )


def _refuse_before_statement(paid_on: date, statements: Iterable[OwnerStatement]) -> None:
    newest = max(statements, key=lambda each: each.issued_on)
    if paid_on < newest.issued_on:
        raise RefusedError(
            f"{newest.number} is of {newest.issued_on}, and would have been paid on {paid_on}",
            code="before-statement",
            where=newest.number,
            alternatives=(f"give the day of the bank, {newest.issued_on} or later",),
        )


def _refuse_differences(statement: OwnerStatement, theirs: Sequence[StatedAmount]) -> None:
    differences = statement_differences(stated(statement.lines), theirs)
    if differences:
        first = "; ".join(
            f"{each.key}: {each.what}, ours {each.ours or '-'}, theirs {each.theirs or '-'}"
            for each in differences[:_SHOWN_MAX]
        )
        raise RefusedError(
            f"{len(differences)} lines of {statement.number} differ: {first}",
            code="statements-differ",
            where=statement.number,
            alternatives=("dispute the lines that are wrong", "send a statement that is right"),
        )


def _settle_one(
    tx: SettlementWriter, statement: OwnerStatement, *, deed: Deed, settling: Settling
) -> OwnerStatement:
    state = STATEMENT_LIFE.next_state(statement.state, StatementEvent.SETTLE)
    settled = replace(statement, state=state)
    stored = tx.replace(settled)
    _tell(tx, settled, "statement.settle", before=statement.state, deed=deed, settling=settling)
    return stored


def _tell(
    tx: SettlementWriter,
    statement: OwnerStatement,
    action: str,
    *,
    before: StatementState,
    deed: Deed,
    settling: Settling,
) -> None:
    change = Change(
        action=action,
        subject_kind="statement",
        subject_id=statement.statement_id,
        state_before=before.value,
        state_after=statement.state.value,
        detail=f"{statement.number}: {statement.balance} to {statement.operator_id}",
    )
    log_change(tx, settling.ids, deed=deed, change=change)
