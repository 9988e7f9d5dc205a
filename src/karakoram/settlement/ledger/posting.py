"""What do balances become when transfers are posted one after another, and what is refused?

The rules are those of TigerBeetle (docs/reference/requests/create_transfers): a batch is posted
whole or not at all, and a transfer that is asked for again does nothing twice. All state that a
batch needs is an argument, so that every store follows the same rules.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from karakoram.core.errors import BatchRefusedError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import AccountId, TransferId
from karakoram.core.money import Money
from karakoram.settlement.ledger.accounts import Account, AccountLimit, Balance
from karakoram.settlement.ledger.transfers import SETTLING, Transfer, TransferKind

TOTAL_MINOR_MAX = 2**63 - 1
"""What databases keep in one whole number."""

_DEBITS_POSTED, _CREDITS_POSTED, _DEBITS_PENDING, _CREDITS_PENDING = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerState:
    """What a ledger holds of all that a batch names."""

    accounts: Mapping[AccountId, Account]
    balances: Mapping[AccountId, Balance]
    """One for each of the accounts."""
    transfers: Mapping[TransferId, Transfer]
    """Those that are there of :func:`named_transfers`."""
    settled: Mapping[TransferId, TransferId]
    """By pending transfer, the one that posted it or made it void."""
    closed_until: Mapping[str, date]
    """By book, the first day that is open; a book that is missing has never been closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What a batch adds to a ledger."""

    transfers: tuple[Transfer, ...]
    """The new ones, in their order; what was there already is left out."""
    balances: Mapping[AccountId, Balance]
    """Of every account that they touch."""


def named_accounts(transfers: Iterable[Transfer]) -> set[AccountId]:
    """The accounts that must be known before the transfers can be posted."""
    named: set[AccountId] = set()
    for each in transfers:
        named.add(each.debit_account_id)
        named.add(each.credit_account_id)
    return named


def named_transfers(transfers: Iterable[Transfer]) -> set[TransferId]:
    """The transfers that must be looked for before these can be posted, themselves among them."""
    named: set[TransferId] = set()
    for each in transfers:
        named.add(each.transfer_id)
        if each.pending_id is not None:
            named.add(each.pending_id)
        if each.corrects is not None:
            named.add(each.corrects)
    return named


def posted(transfers: Iterable[Transfer], state: LedgerState) -> Posting:
    """What the transfers add to the ledger, each seeing what those before it did.

    Raises
    ------
    BatchRefusedError
        If one of them is refused; names every one that is, by its own fault.
    """
    batch = _Batch.begun(state)
    findings: list[Finding] = []
    for transfer in transfers:
        refusals = batch.post(transfer)
        if refusals:
            findings += refusals
    if findings:
        many = f"{len(findings)} refusals" if len(findings) > 1 else findings[0].message
        raise BatchRefusedError(f"nothing was posted: {many}", tuple(findings))
    return Posting(
        transfers=tuple(batch.new),
        balances={each: _balance(totals) for each, totals in batch.touched.items()},
    )


@dataclass(slots=True)
class _Batch:
    """The state while a batch is posted; it begins and ends in :func:`posted`."""

    state: LedgerState
    known: dict[TransferId, Transfer]
    settled: dict[TransferId, TransferId]
    touched: dict[AccountId, list[int]]
    new: list[Transfer]

    @staticmethod
    def begun(state: LedgerState) -> "_Batch":
        return _Batch(state, dict(state.transfers), dict(state.settled), {}, [])

    def post(self, transfer: Transfer) -> list[Finding]:
        """Why the transfer cannot be posted; nothing where it is posted, now or before."""
        there = self.known.get(transfer.transfer_id)
        if there is not None:
            return [] if there == transfer else [_reused(transfer, there)]
        accounts = self.state.accounts
        debit = accounts.get(transfer.debit_account_id)
        credit = accounts.get(transfer.credit_account_id)
        if debit is None or credit is None:
            return list(_unknown_accounts(transfer, debit, credit))
        refusals = [
            *_amount_refusals(transfer, debit, credit),
            *_book_refusals(transfer, (debit, credit), self.state.closed_until),
            *self._named_refusals(transfer),
        ]
        if not refusals:
            refusals += self._total_refusals(transfer, debit, credit)
        if not refusals:
            self._apply(transfer)
        return refusals

    def totals(self, account_id: AccountId) -> list[int]:
        """The running totals of an account."""
        running = self.touched.get(account_id)
        if running is None:
            before = self.state.balances[account_id]
            running = self.touched[account_id] = [
                before.debits_posted_minor,
                before.credits_posted_minor,
                before.debits_pending_minor,
                before.credits_pending_minor,
            ]
        return running

    def _named_refusals(self, transfer: Transfer) -> Iterator[Finding]:
        if transfer.corrects is not None and transfer.corrects not in self.known:
            yield _refusal(
                transfer,
                "corrected-not-found",
                f"corrects {transfer.corrects}, which is not in the ledger; name one that is",
                field="corrects",
            )
        if transfer.kind in SETTLING or transfer.pending_id is not None:
            yield from _pending_refusals(transfer, self.known, self.settled)

    def _total_refusals(
        self, transfer: Transfer, debit: Account, credit: Account
    ) -> Iterator[Finding]:
        if transfer.kind in SETTLING:  # was counted when it was set aside
            return
        minor = transfer.amount.minor
        debited, credited = self.totals(debit.account_id), self.totals(credit.account_id)
        debits = debited[_DEBITS_POSTED] + debited[_DEBITS_PENDING] + minor
        credits_ = credited[_CREDITS_POSTED] + credited[_CREDITS_PENDING] + minor
        if max(debits, credits_) > TOTAL_MINOR_MAX:
            yield _refusal(
                transfer,
                "amount-too-large",
                f"{transfer.amount} takes an account beyond {TOTAL_MINOR_MAX:,} minor units",
                field="amount",
            )
            return
        room = debited[_CREDITS_POSTED] - debits
        if debit.limit is AccountLimit.DEBITS and room < 0:
            yield _beyond_limit(transfer, debit, room)
        room = credited[_DEBITS_POSTED] - credits_
        if credit.limit is AccountLimit.CREDITS and room < 0:
            yield _beyond_limit(transfer, credit, room)

    def _apply(self, transfer: Transfer) -> None:
        debited = self.totals(transfer.debit_account_id)
        credited = self.totals(transfer.credit_account_id)
        if transfer.pending_id is not None:
            pending_minor = self.known[transfer.pending_id].amount.minor
            debited[_DEBITS_PENDING] -= pending_minor
            credited[_CREDITS_PENDING] -= pending_minor
            self.settled[transfer.pending_id] = transfer.transfer_id
        if transfer.kind is TransferKind.PENDING:
            debited[_DEBITS_PENDING] += transfer.amount.minor
            credited[_CREDITS_PENDING] += transfer.amount.minor
        elif transfer.kind is not TransferKind.VOID_PENDING:
            debited[_DEBITS_POSTED] += transfer.amount.minor
            credited[_CREDITS_POSTED] += transfer.amount.minor
        self.known[transfer.transfer_id] = transfer
        self.new.append(transfer)


def _unknown_accounts(
    transfer: Transfer, debit: Account | None, credit: Account | None
) -> Iterator[Finding]:
    for side, account_id, account in (
        ("debit_account_id", transfer.debit_account_id, debit),
        ("credit_account_id", transfer.credit_account_id, credit),
    ):
        if account is None:
            yield _refusal(
                transfer,
                "unknown-account",
                f"there is no account {account_id}; open it first",
                field=side,
            )


def _amount_refusals(transfer: Transfer, debit: Account, credit: Account) -> Iterator[Finding]:
    amount = transfer.amount
    if amount.minor <= 0:
        yield _refusal(
            transfer,
            "transfer-not-positive",
            f"the amount must be more than nothing, got {amount}; to move it the other way "
            "change the two accounts over",
            field="amount",
        )
    for account in (debit, credit):
        if account.currency != amount.currency:
            yield _refusal(
                transfer,
                "wrong-currency",
                f"{account.account_id} is in {account.currency}, the amount in {amount.currency}; "
                "convert it first",
                field="amount",
            )


def _book_refusals(
    transfer: Transfer, accounts: tuple[Account, Account], closed_until: Mapping[str, date]
) -> Iterator[Finding]:
    debit, credit = accounts
    if debit.account_id == credit.account_id:
        yield _refusal(
            transfer,
            "same-account",
            f"both accounts are {debit.account_id}; name two",
            field="credit_account_id",
        )
    if debit.book != credit.book:
        yield _refusal(
            transfer,
            "other-book",
            f"{debit.account_id} is in the book {debit.book}, {credit.account_id} in "
            f"{credit.book}; post one transfer in each book",
            field="credit_account_id",
        )
    open_from = closed_until.get(debit.book)
    if open_from is not None and transfer.booked_on < open_from:
        yield _refusal(
            transfer,
            "closed-period",
            f"{transfer.booked_on} lies in a closed period of {debit.book}; book it on "
            f"{open_from} or later",
            field="booked_on",
        )


def _pending_refusals(
    transfer: Transfer,
    known: Mapping[TransferId, Transfer],
    settled: Mapping[TransferId, TransferId],
) -> Iterator[Finding]:
    """What is wrong with the pending transfer that a transfer names, or ought to name."""
    if transfer.kind not in SETTLING:
        yield _refusal(
            transfer,
            "pending-unwanted",
            f"a transfer that is {transfer.kind.value} names no pending one; leave it out",
            field="pending_id",
        )
        return
    pending_id = transfer.pending_id
    pending = None if pending_id is None else known.get(pending_id)
    if pending is None or pending_id is None or pending.kind is not TransferKind.PENDING:
        yield _refusal(
            transfer,
            "pending-not-found",
            f"there is no pending transfer {pending_id or '(none is named)'}; name one",
            field="pending_id",
        )
        return
    if pending_id in settled:
        yield _refusal(
            transfer,
            "pending-settled",
            f"{pending_id} was settled by {settled[pending_id]} already; nothing is left of it",
            field="pending_id",
        )
    yield from _unlike_pending(transfer, pending)


def _unlike_pending(transfer: Transfer, pending: Transfer) -> Iterator[Finding]:
    theirs = (pending.debit_account_id, pending.credit_account_id)
    if (transfer.debit_account_id, transfer.credit_account_id) != theirs:
        yield _refusal(
            transfer,
            "pending-other-accounts",
            f"{pending.transfer_id} debits {theirs[0]} and credits {theirs[1]}; so must this",
            field="debit_account_id",
        )
    if transfer.booked_on < pending.booked_on:
        yield _refusal(
            transfer,
            "settled-before-pending",
            f"{pending.transfer_id} is booked on {pending.booked_on}; settle it then or later",
            field="booked_on",
        )
    too_much = transfer.amount.minor > pending.amount.minor
    is_void = transfer.kind is TransferKind.VOID_PENDING
    if too_much or (is_void and transfer.amount.minor != pending.amount.minor):
        right = f"make all of {pending.amount} void" if is_void else f"at most {pending.amount}"
        yield _refusal(
            transfer,
            "pending-amount",
            f"{pending.transfer_id} set {pending.amount} aside, this is {transfer.amount}; {right}",
            field="amount",
        )


def _beyond_limit(transfer: Transfer, account: Account, room_minor: int) -> Finding:
    side = account.limit.value.replace("_", " ")
    left = Money(transfer.amount.minor + room_minor, account.currency)
    return _refusal(
        transfer,
        "limit-exceeded",
        f"{account.account_id} keeps {side}: {transfer.amount} is asked for and {left} is left",
        field="amount",
    )


def _reused(transfer: Transfer, there: Transfer) -> Finding:
    fields = (name for name in Transfer.__slots__ if name != "transfer_id")
    unlike = [name for name in fields if getattr(transfer, name) != getattr(there, name)]
    return _refusal(
        transfer,
        "transfer-id-reused",
        f"{transfer.transfer_id} is in the ledger with another {', '.join(unlike)}; take a new "
        "identifier for a new transfer",
        field=unlike[0],
    )


def _refusal(transfer: Transfer, code: str, message: str, *, field: str) -> Finding:
    place = Place(table="transfers", record=transfer.transfer_id, field=field)
    return Finding(code=code, place=place, message=message)


def _balance(totals: list[int]) -> Balance:
    return Balance(
        debits_posted_minor=totals[_DEBITS_POSTED],
        credits_posted_minor=totals[_CREDITS_POSTED],
        debits_pending_minor=totals[_DEBITS_PENDING],
        credits_pending_minor=totals[_CREDITS_PENDING],
    )
