"""How is a line of an invoice or statement disputed, and how does that end?"""

from dataclasses import dataclass, replace

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import DisputeId, OperatorId, near_misses
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.sales.change_log import Deed
from karakoram.settlement.billed_lines import billed_lines, covered_keys, lines_by_word
from karakoram.settlement.disputes import (
    DISPUTE_LIFE,
    Dispute,
    DisputedKind,
    DisputeEvent,
)
from karakoram.settlement.invoices import (
    INVOICE_LIFE,
    CreditLine,
    CreditReason,
    Invoice,
    InvoiceEvent,
    InvoiceState,
    release_event,
)
from karakoram.settlement.statements import (
    STATEMENT_LIFE,
    OwnerStatement,
    StatementEvent,
    StatementLine,
    StatementLineKind,
    StatementState,
)
from karakoram.usecases.sell.sales_action import Change, log_change
from karakoram.usecases.settle.credit_outages import credit_invoice
from karakoram.usecases.settle.ledger_ports import SettlementReader, SettlementWriter
from karakoram.usecases.settle.settling import Settling, found, next_number

_LINES_TOLD_MAX = 3
"""Keys that are told where none is like the one that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Which line is said to be wrong, by how much, and who would pay."""

    kind: DisputedKind
    subject: str
    """Identifier or number of the invoice or statement."""
    line_key: str
    """Key of the line, or its number on the screen, counted from 1; of an invoice also ``2.3``."""
    claimed: Money
    """Positive."""
    against_id: OperatorId
    """For a statement, the owner that would pay; for an invoice, who bears the credit."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeAnswer:
    """How a dispute ends."""

    dispute: str
    """Identifier or number."""
    event: DisputeEvent
    granted: Money | None = None
    """With acceptance: how much, up to what is claimed; ``None`` for all of it."""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What waits for the dispute, and what it is about."""

    subject_id: str
    other_subject_id: str = ""
    raised_by: str
    amount: Money


def open_dispute(objection: Objection, *, deed: Deed, settling: Settling) -> Dispute:
    """The dispute; the invoice is held, or the statements of both owners wait.

    Parameters
    ----------
    objection
        Which line is said to be wrong, by how much, against whom.
    deed
        Who does it, when and why.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If there is no such invoice, statement or line.
    RefusedError
        With code ``too-late``, ``wrong-currency``, ``claim-not-positive``, ``claim-too-large``,
        ``disputed-already`` or ``no-such-owner``.
    IllegalTransitionError
        If the invoice or statement is past being disputed.
    """

    def write(tx: SettlementWriter) -> Dispute:
        keyed = replace(objection, line_key=_key_of_line(tx, objection))
        if keyed.kind is DisputedKind.INVOICE:
            _refuse_stranger(keyed, settling)
            held = _hold_invoice(tx, keyed)
        else:
            held = _hold_statements(tx, keyed, deed=deed)
        _check_claim(tx, keyed, held)
        prefix = f"D{deed.at.year}-"
        dispute = Dispute(
            dispute_id=DisputeId(settling.ids.new_id()),
            number=next_number(tx, Dispute, prefix),
            kind=objection.kind,
            subject_id=held.subject_id,
            other_subject_id=held.other_subject_id,
            line_key=keyed.line_key,
            raised_by=held.raised_by,
            against=objection.against_id,
            claimed=objection.claimed,
            granted=Money(0, objection.claimed.currency),
            reason=objection.reason,
            opened_on=deed.at.date(),
            state=DISPUTE_LIFE.first,
            made_at=deed.at,
        )
        tx.add(dispute)
        _tell(tx, dispute, "dispute.open", before="", deed=deed, settling=settling)
        return dispute

    return settling.store.write(write)


def answer_dispute(answer: DisputeAnswer, *, deed: Deed, settling: Settling) -> Dispute:
    """The dispute, ended; what is granted is credited to the buyer, or moved between the owners.

    Parameters
    ----------
    answer
        How it ends, and what is granted.
    deed
        Who does it, when and why.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If there is no such dispute.
    RefusedError
        With code ``wrong-currency``, ``claim-not-positive``, ``claim-too-large`` or
        ``grants-nothing``.
    IllegalTransitionError
        If the dispute has ended already.
    """

    def write(tx: SettlementWriter) -> Dispute:
        dispute = found(tx, Dispute, answer.dispute)
        state = DISPUTE_LIFE.next_state(dispute.state, answer.event)
        granted = _granted(dispute, answer)
        ended = replace(dispute, state=state, granted=granted, answer=answer.answer)
        stored = tx.replace(ended)
        if dispute.kind is DisputedKind.INVOICE:
            _release_invoice(tx, ended, deed=deed, settling=settling)
        else:
            _resolve_statements(tx, ended)
        _tell(
            tx,
            ended,
            f"dispute.{answer.event.value}",
            before=dispute.state.value,
            deed=deed,
            settling=settling,
        )
        return stored

    return settling.store.write(write)


def _granted(dispute: Dispute, answer: DisputeAnswer) -> Money:
    if answer.event is not DisputeEvent.ACCEPT:
        if answer.granted is not None:
            raise RefusedError(
                f"{dispute.number}: {answer.event.value} grants nothing, got {answer.granted}",
                code="grants-nothing",
                where=dispute.number,
                alternatives=("leave out what is granted", "accept with it"),
            )
        return Money(0, dispute.claimed.currency)
    granted = answer.granted or dispute.claimed
    _check_money(granted, dispute.claimed, where=dispute.number)
    return granted


def _key_of_line(tx: SettlementReader, objection: Objection) -> str:
    """The key of the line that is meant by its key or its number."""
    word = objection.line_key
    if objection.kind is DisputedKind.INVOICE:
        lines = found(tx, Invoice, objection.subject).lines
        by_word = lines_by_word(lines)
        if word in by_word:
            return by_word[word].key
        raise _no_line(objection, tuple(each.key for each in billed_lines(lines)))
    keys = tuple(each.key for each in found(tx, OwnerStatement, objection.subject).lines)
    if word in keys:
        return word
    if word.isdecimal() and 1 <= int(word) <= len(keys):
        return keys[int(word) - 1]
    raise _no_line(objection, keys)


def _refuse_stranger(objection: Objection, settling: Settling) -> None:
    """Refuse who keeps no book: nobody could book a credit for it when the dispute is accepted."""
    owners = settling.terms.owner_books
    if objection.against_id not in owners:
        near = near_misses(objection.against_id, owners)
        raise RefusedError(
            f"{objection.against_id} keeps no book by the settlement terms, and can bear no credit",
            code="no-such-owner",
            where=objection.subject,
            alternatives=(f"name one of {', '.join(near or tuple(sorted(owners)))}",),
        )


def _hold_invoice(tx: SettlementWriter, objection: Objection) -> _Held:
    invoice = found(tx, Invoice, objection.subject)
    line = lines_by_word(invoice.lines)[objection.line_key]
    if invoice.state is not InvoiceState.ON_HOLD:
        state = INVOICE_LIFE.next_state(invoice.state, InvoiceEvent.HOLD)
        tx.replace(replace(invoice, state=state))
    return _Held(subject_id=invoice.invoice_id, raised_by=invoice.payer_id, amount=line.amount)


def _hold_statements(tx: SettlementWriter, objection: Objection, *, deed: Deed) -> _Held:
    ours = found(tx, OwnerStatement, objection.subject)
    line = next(each for each in ours.lines if each.key == objection.line_key)
    if deed.at.date() >= ours.dispute_until:
        raise RefusedError(
            f"lines of statement {ours.number} could be disputed before {ours.dispute_until}",
            code="too-late",
            where=ours.number,
            alternatives=("agree on a correction in the next period",),
        )
    theirs = _other_statement(tx, ours, objection.against_id)
    for statement in (ours, theirs):
        state = STATEMENT_LIFE.next_state(statement.state, StatementEvent.DISPUTE)
        tx.replace(replace(statement, state=state))
    return _Held(
        subject_id=ours.statement_id,
        other_subject_id=theirs.statement_id,
        raised_by=ours.operator_id,
        amount=line.amount,
    )


def _other_statement(
    tx: SettlementReader, ours: OwnerStatement, operator_id: OperatorId
) -> OwnerStatement:
    """The statement of another owner for the same period and currency that is newest."""
    others = [
        each
        for each in tx.find_all(OwnerStatement)
        if each.operator_id == operator_id
        and each.operator_id != ours.operator_id
        and (each.from_day, each.to_day, each.currency)
        == (ours.from_day, ours.to_day, ours.currency)
    ]
    if not others:
        raise RefusedError(
            f"{operator_id} has no statement of its own beside {ours.number}",
            code="no-such-owner",
            where=ours.number,
            alternatives=("name an owner that has one for the same period and currency",),
        )
    return others[-1]


def _check_claim(tx: SettlementReader, objection: Objection, held: _Held) -> None:
    _check_money(objection.claimed, held.amount, where=objection.line_key)
    for other in tx.find_all(Dispute):
        is_same = other.subject_id == held.subject_id and _overlap(tx, objection, other)
        if is_same and not DISPUTE_LIFE.is_final(other.state):
            raise RefusedError(
                f"the line is disputed already, as {other.number}",
                code="disputed-already",
                where=objection.line_key,
                alternatives=(f"answer {other.number} first",),
            )


def _overlap(tx: SettlementReader, objection: Objection, other: Dispute) -> bool:
    """Whether two disputes of one subject are about the same line, or one is of a leg of it."""
    if objection.kind is not DisputedKind.INVOICE or objection.line_key == other.line_key:
        return objection.line_key == other.line_key
    lines = found(tx, Invoice, other.subject_id).lines
    asked = covered_keys(lines, objection.line_key)
    return not asked.isdisjoint(covered_keys(lines, other.line_key))


def _check_money(asked: Money, at_most: Money, *, where: str) -> None:
    """What is asked is positive, of the same currency, and not more than what it is about."""
    if asked.currency != at_most.currency:
        raise RefusedError(
            f"the line is in {at_most.currency}, got {asked.currency}",
            code="wrong-currency",
            where=where,
        )
    if asked.minor <= 0:
        raise RefusedError(
            f"a claim must be more than nothing, got {asked}",
            code="claim-not-positive",
            where=where,
        )
    if asked.minor > abs(at_most.minor):
        limit = Money(abs(at_most.minor), at_most.currency)
        raise RefusedError(
            f"{asked} is more than the {limit} that it is about",
            code="claim-too-large",
            where=where,
            alternatives=(f"claim up to {limit}",),
        )


def _no_line(objection: Objection, keys: tuple[str, ...]) -> NotFoundError:
    near = near_misses(objection.line_key, keys)
    return NotFoundError(
        f"{objection.subject} has no line {objection.line_key!r}; its lines are 1 to {len(keys)}.",
        near_misses=near or keys[:_LINES_TOLD_MAX],
    )


def _release_invoice(
    tx: SettlementWriter, dispute: Dispute, *, deed: Deed, settling: Settling
) -> None:
    invoice = found(tx, Invoice, dispute.subject_id)
    open_disputes = any(
        each.subject_id == invoice.invoice_id
        and not DISPUTE_LIFE.is_final(each.state)
        and each.dispute_id != dispute.dispute_id
        for each in tx.find_all(Dispute)
    )
    if invoice.state is InvoiceState.ON_HOLD and not open_disputes:
        state = INVOICE_LIFE.next_state(invoice.state, release_event(invoice))
        tx.replace(replace(invoice, state=state))
        invoice = found(tx, Invoice, dispute.subject_id)
    if not dispute.granted.minor:
        return
    disputed = lines_by_word(invoice.lines)[dispute.line_key]
    line = CreditLine(
        key=f"dispute/{dispute.number}",
        product_id=disputed.product_id,
        from_day=disputed.from_day,
        to_day=disputed.to_day,
        text=f"dispute {dispute.number}: {dispute.reason}",
        operator_id=OperatorId(dispute.against),
        amount=dispute.granted,
        confidence=Confidence.STATED,
        source=f"dispute {dispute.number}",
    )
    credit_invoice(tx, invoice, (line,), reason=CreditReason.DISPUTE, deed=deed, settling=settling)


def _resolve_statements(tx: SettlementWriter, dispute: Dispute) -> None:
    """Both statements wait no more; what is granted stands on both, with opposite signs."""
    ours = found(tx, OwnerStatement, dispute.subject_id)
    theirs = found(tx, OwnerStatement, dispute.other_subject_id)
    disputed = next(each for each in ours.lines if each.key == dispute.line_key)
    for statement, sign in ((ours, 1), (theirs, -1)):
        lines = statement.lines
        if dispute.granted.minor:
            lines = (*lines, _correction(dispute, disputed, sign=sign))
        state = statement.state
        if state is StatementState.DISPUTED and not _waits(tx, statement, dispute):
            state = STATEMENT_LIFE.next_state(state, StatementEvent.RESOLVE)
        tx.replace(replace(statement, lines=lines, state=state))


def _waits(tx: SettlementReader, statement: OwnerStatement, dispute: Dispute) -> bool:
    """Whether another dispute still concerns the statement."""
    return any(
        statement.statement_id in {other.subject_id, other.other_subject_id}
        for other in tx.find_all(Dispute)
        if other.dispute_id != dispute.dispute_id and not DISPUTE_LIFE.is_final(other.state)
    )


def _correction(dispute: Dispute, disputed: StatementLine, *, sign: int) -> StatementLine:
    return replace(
        disputed,
        key=f"correction:{dispute.number}",
        kind=StatementLineKind.CORRECTION,
        text=f"credit note for dispute {dispute.number}: {dispute.reason}",
        reference=dispute.number,
        basis=None,
        percent=None,
        amount=Money(sign * dispute.granted.minor, dispute.granted.currency),
        confidence=Confidence.STATED,
    )


def _tell(
    tx: SettlementWriter,
    dispute: Dispute,
    action: str,
    *,
    before: str,
    deed: Deed,
    settling: Settling,
) -> None:
    change = Change(
        action=action,
        subject_kind="dispute",
        subject_id=dispute.dispute_id,
        state_before=before,
        state_after=dispute.state.value,
        detail=f"{dispute.number}: {dispute.raised_by} against {dispute.against}, "
        f"{dispute.claimed} claimed, {dispute.granted} granted",
    )
    log_change(tx, settling.ids, deed=deed, change=change)
