"""Is the ledger in a store what its transfers make it?

All transfers are posted once more, by the rules that they were posted by, to balances that begin
at nothing; what comes out must be the balances that are kept, and every currency must add up to
nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from karakoram.adapters.store.dump import ROWS_AT_ONCE
from karakoram.adapters.store.ledger_rows import (
    TOTALS,
    account_from_cells,
    balance_from_cells,
    cells_from_balance,
    transfer_from_cells,
)
from karakoram.adapters.store.tables import ACCOUNT, BALANCE, BOOK_CLOSE, TRANSFER
from karakoram.core.errors import BatchRefusedError, RefusedError
from karakoram.core.findings import Finding, finding_at
from karakoram.core.identifiers import AccountId, TransferId
from karakoram.settlement.ledger.accounts import Account, Balance
from karakoram.settlement.ledger.posting import LedgerState, posted
from karakoram.settlement.ledger.transfers import Transfer, TransferKind

RecordT = TypeVar("RecordT")


@dataclass(slots=True)
class _Replayed:
    """The ledger as far as it has been posted once more, and what is wrong with it."""

    accounts: dict[AccountId, Account]
    balances: dict[AccountId, Balance]
    named: frozenset[TransferId]
    """Identifiers that corrections name."""
    transfers: dict[TransferId, Transfer] = field(default_factory=dict)
    """Those that a later one may name."""
    settled: dict[TransferId, TransferId] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def post(self, batch: Sequence[Transfer]) -> None:
        """Post a batch, without those that are refused."""
        state = LedgerState(
            accounts=self.accounts,
            balances=self.balances,
            transfers=self.transfers,
            settled=self.settled,
            closed_until={},
        )
        try:
            self.balances.update(posted(batch, state).balances)
        except BatchRefusedError as error:
            refused = {each.place.record for each in error.findings}
            self.findings += [
                finding_at(
                    "transfer-unsound", (TRANSFER.name, each.place.record, None), each.message
                )
                for each in error.findings
            ]
            self.post([each for each in batch if each.transfer_id not in refused])
            return
        for each in batch:
            if each.kind is TransferKind.PENDING or each.transfer_id in self.named:
                self.transfers[each.transfer_id] = each
            if each.pending_id is not None:
                self.settled[each.pending_id] = each.transfer_id


def ledger_findings(connection: Connection) -> Iterator[Finding]:
    """Every broken rule of the ledger."""
    unread: list[Finding] = []
    rows = connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.account_id)).mappings()
    accounts = list(_read(rows, account_from_cells, key="account_id", unread=unread))
    corrections = select(TRANSFER.c.corrects).where(TRANSFER.c.corrects.is_not(None))
    replayed = _Replayed(
        accounts={each.account_id: each for each in accounts},
        balances={each.account_id: Balance() for each in accounts},
        named=frozenset(connection.scalars(corrections)),
    )
    streamed = connection.execution_options(yield_per=ROWS_AT_ONCE)
    transfers = streamed.execute(select(TRANSFER).order_by(TRANSFER.c.place)).mappings()
    for part in transfers.partitions(ROWS_AT_ONCE):
        replayed.post(list(_read(part, transfer_from_cells, key="transfer_id", unread=unread)))
    yield from unread
    yield from replayed.findings
    yield from _balance_findings(connection, replayed)
    yield from _book_findings(connection, {each.book for each in accounts})


def _read(
    rows: Iterable[Any],
    read: Callable[[Any], RecordT],
    *,
    key: str,
    unread: list[Finding],
) -> Iterator[RecordT]:
    """What the rows are; a finding is added for each that cannot be read."""
    table = ACCOUNT if key == "account_id" else TRANSFER
    for row in rows:
        try:
            yield read(row)
        except RefusedError as error:
            unread.append(finding_at("row-unreadable", (table.name, row[key], None), str(error)))


def _balance_findings(connection: Connection, replayed: _Replayed) -> Iterator[Finding]:
    kept = {
        row["account_id"]: balance_from_cells(row)
        for row in connection.execute(select(BALANCE)).mappings()
    }
    sums: Counter[tuple[str, str]] = Counter()
    for account_id, account in sorted(replayed.accounts.items()):
        stored, right = kept.get(account_id), replayed.balances[account_id]
        if stored is None:
            yield finding_at(
                "balance-unlike-transfers",
                (BALANCE.name, account_id, None),
                "the balance is missing",
            )
            continue
        totals = cells_from_balance(stored)
        unlike = [
            f"{name} is {totals[name]:,} and the transfers make {minor:,}"
            for name, minor in cells_from_balance(right).items()
            if minor != totals[name]
        ]
        if unlike:
            yield finding_at(
                "balance-unlike-transfers", (BALANCE.name, account_id, None), "; ".join(unlike)
            )
        sums.update({(account.currency, name): minor for name, minor in totals.items()})
    for currency in sorted({each.currency for each in replayed.accounts.values()}):
        for debits, credits_ in zip(TOTALS[::2], TOTALS[1::2], strict=True):
            over = sums[currency, debits] - sums[currency, credits_]
            if over:
                yield finding_at(
                    "currency-not-zero",
                    (BALANCE.name, currency, None),
                    f"{debits} less {credits_} of all accounts is {over:,}, and must be 0",
                )


def _book_findings(connection: Connection, books: set[str]) -> Iterator[Finding]:
    for row in connection.execute(select(BOOK_CLOSE).order_by(BOOK_CLOSE.c.book)).mappings():
        books.discard(row["book"])
        try:
            if row["closed_until"] is not None:
                date.fromisoformat(row["closed_until"])
        except ValueError as error:
            yield finding_at("row-unreadable", (BOOK_CLOSE.name, row["book"], None), str(error))
    for book in sorted(books):
        yield finding_at(
            "book-missing",
            (BOOK_CLOSE.name, book, None),
            "the book has accounts and cannot be closed",
        )
