"""What does an owner's payment of a tax or levy settle?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import ExternalId, PartyId, near_misses
from karakoram.refdata.levies import Levy
from karakoram.sales.change_log import Deed
from karakoram.settlement.ledger.accounts import Account
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.settlement.levy_payments import (
    LevyPayment,
    LevyStanding,
    booked_payments,
    levy_account,
    levy_accounts,
    levy_by_word,
    levy_payment_entries,
    levy_standing,
)
from karakoram.usecases.sell.sales_action import (
    Change,
    Content,
    Request,
    done_before,
    log_change,
    remember,
)
from karakoram.usecases.settle.ledger_ports import (
    SettlementReader,
    SettlementWriter,
    TransferQuestion,
)
from karakoram.usecases.settle.settling import Settling, book, refuse_future


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owed:
    """The account of a tax or levy, and all that was booked in it."""

    account: Account
    transfers: tuple[Transfer, ...]
    standing: LevyStanding


def pay_levy(asked: LevyPayment, *, deed: Deed, settling: Settling) -> LevyPayment:
    """The payment of a tax or levy to its authority, in the book of the owner that paid it.

    Parameters
    ----------
    asked
        Who paid what, for which period.
    deed
        Who tells it, when and why.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If the terms have no book of the operator, or no such tax or levy.
    RefusedError
        With code ``in-the-future``, ``before-due`` where the period is not over on the day of
        payment, ``paid-already``, ``nothing-due``, ``wrong-currency``, ``other-amount`` or
        ``external-id-reused``.
    BatchRefusedError
        If the day is of a closed period.
    """
    settling.terms.book_of(asked.operator_id)
    levy = _known(asked.levy_id, settling)
    payment = replace(asked, levy_id=levy.levy_id)
    refuse_future(payment.paid_on, today=settling.today(deed), what="the day of payment")
    _refuse_before_due(payment)

    def write(tx: SettlementWriter) -> LevyPayment:
        request = Request(
            action="levy.pay",
            buyer_id=PartyId(f"{payment.operator_id}/levies"),
            external_id=ExternalId(payment.reference),
            content=_content(payment),
            deed=deed,
        )
        if done_before(tx, request) is not None:
            return payment
        owed = _owed(tx, payment, levy, settling=settling)
        _refuse_nothing_due(payment, owed)
        _refuse_other_amount(payment, owed.standing)
        kind, subject_id = payment.subject
        book(
            tx,
            levy_payment_entries(payment, owed.account),
            subject=(kind, subject_id),
            booked_on=payment.paid_on,
            ids=settling.ids,
        )
        remember(tx, request, subject_id)
        change = Change(
            action=request.action,
            subject_kind=kind,
            subject_id=subject_id,
            detail=f"{payment.amount} on {payment.paid_on}, reference {payment.reference}",
        )
        log_change(tx, settling.ids, deed=deed, change=change)
        return payment

    return settling.store.write(write)


def transfers_in(tx: SettlementReader, account: Account) -> tuple[Transfer, ...]:
    """All that was ever booked in an account."""
    return tx.transfers_of(TransferQuestion(account_id=account.account_id))


def _known(word: str, settling: Settling) -> Levy:
    levies = settling.terms.taxes_and_levies
    levy = levy_by_word(word, levies)
    if levy is None:
        raise NotFoundError(
            f"there is no tax or levy {word!r}; karakoram levy report tells those of a book.",
            near_misses=near_misses(word, levies),
        )
    return levy


def _refuse_before_due(payment: LevyPayment) -> None:
    if payment.paid_on < payment.period.to_day:
        raise RefusedError(
            f"{payment.levy_id} of days up to {payment.period.to_day} was not due on "
            f"{payment.paid_on}: more could be booked on them",
            code="before-due",
            where=payment.levy_id,
            alternatives=(
                f"name the day of the bank, {payment.period.to_day} or later",
                "name a period that was over on that day",
            ),
        )


def _owed(tx: SettlementReader, payment: LevyPayment, levy: Levy, *, settling: Settling) -> _Owed:
    """What is owed in the currency of the payment.

    Raises
    ------
    RefusedError
        With code ``wrong-currency`` where it is owed in others only.
    """
    currency = payment.amount.currency
    account = levy_account(payment.operator_id, levy, currency)
    if tx.account(account.account_id) is None:
        known = levy_accounts(tx.accounts(payment.operator_id), settling.levies)
        others = sorted({each.currency for levy_id, each in known if levy_id == levy.levy_id})
        if others:
            raise RefusedError(
                f"{levy.levy_id} of {payment.operator_id} is owed in {', '.join(others)}, the "
                f"payment is in {currency}",
                code="wrong-currency",
                where=levy.levy_id,
                alternatives=(f"say what was paid of it in {others[0]}",),
            )
    transfers = transfers_in(tx, account)
    return _Owed(
        account=account,
        transfers=transfers,
        standing=levy_standing(levy.levy_id, account, transfers, period=payment.period),
    )


def _refuse_nothing_due(payment: LevyPayment, owed: _Owed) -> None:
    if owed.standing.open_amount.minor > 0:
        return
    paid = booked_payments(payment.levy_id, owed.account, owed.transfers)
    meant = [each for each in paid if each.period.to_day >= payment.period.to_day]
    what = f"{payment.levy_id} of {payment.operator_id} up to {payment.period.to_day}"
    if meant:
        last = meant[-1]
        raise RefusedError(
            f"{what} is paid: {last.amount} on {last.paid_on}, reference {last.reference}",
            code="paid-already",
            where=payment.levy_id,
            alternatives=(
                "name a later period",
                "where the bank sent it back, take its transfer back with karakoram ledger reverse",
            ),
        )
    raise RefusedError(
        f"nothing is open of {what}: {_told(owed.standing)}",
        code="nothing-due",
        where=payment.levy_id,
        alternatives=("name a later period",),
    )


def _refuse_other_amount(payment: LevyPayment, standing: LevyStanding) -> None:
    if payment.amount != standing.open_amount:
        raise RefusedError(
            f"{standing.open_amount} is open of {payment.levy_id} of {payment.operator_id} up to "
            f"{payment.period.to_day} ({_told(standing)}), the payment is {payment.amount}",
            code="other-amount",
            where=payment.levy_id,
            alternatives=(
                f"pay {standing.open_amount}",
                "look at each document with karakoram levy report",
            ),
        )


def _told(standing: LevyStanding) -> str:
    parts: Sequence[tuple[str, object]] = (
        ("from before", standing.before),
        ("booked in the period", standing.booked),
        ("paid", standing.paid + standing.paid_later),
    )
    return ", ".join(f"{amount} {what}" for what, amount in parts)


def _content(payment: LevyPayment) -> Content:
    """What is told, so that the same payment told twice counts once."""
    return {
        "operator": payment.operator_id,
        "levy": payment.levy_id,
        "from": f"{payment.period.from_day}",
        "to": f"{payment.period.to_day}",
        "amount": str(payment.amount),
        "paid_on": f"{payment.paid_on}",
    }
