"""A ledger in plain dictionaries: balances are added up anew whenever somebody asks."""

from dataclasses import dataclass, field

from karakoram.core.errors import NotFoundError
from karakoram.settlement.ledger.accounts import Balance
from karakoram.settlement.ledger.books import closed_forward, opened
from karakoram.settlement.ledger.posting import LedgerState, posted
from karakoram.settlement.ledger.transfers import TransferKind


@dataclass
class MemoryLedger:
    accounts: dict = field(default_factory=dict)
    transfers: dict = field(default_factory=dict)  # in the order in which they were posted
    closed: dict = field(default_factory=dict)

    def copy(self):
        return MemoryLedger(
            accounts=dict(self.accounts), transfers=dict(self.transfers), closed=dict(self.closed)
        )

    def accounts_of(self, book):
        found = [each for each in self.accounts.values() if book in {None, each.book}]
        return tuple(sorted(found, key=lambda each: (each.book, each.name)))

    def balances(self, account_ids=None, *, book=None, until=None):
        asked = sorted(
            self.accounts if account_ids is None else set(account_ids) & {*self.accounts}
        )
        sums = {each: [0, 0, 0, 0] for each in self.accounts}
        for each in self.transfers.values():
            if until is None or each.booked_on < until:
                self._add(sums, each)
        return {
            each: Balance(
                debits_posted_minor=sums[each][0],
                credits_posted_minor=sums[each][1],
                debits_pending_minor=sums[each][2],
                credits_pending_minor=sums[each][3],
            )
            for each in asked
            if book in {None, self.accounts[each].book}
        }

    def transfers_of(self, question):
        found = list(self.transfers.values())
        if question.after in self.transfers:
            found = found[list(self.transfers).index(question.after) + 1 :]
        return tuple([each for each in found if self._is_asked(each, question)][: question.limit])

    def open_accounts(self, accounts):
        for each in opened(accounts, self.accounts.values()):
            self.accounts[each.account_id] = each
            self.closed.setdefault(each.book, None)

    def post(self, transfers):
        settled = {
            each.pending_id: each.transfer_id for each in self.transfers.values() if each.pending_id
        }
        state = LedgerState(
            accounts=self.accounts,
            balances=self.balances(),
            transfers=self.transfers,
            settled=settled,
            closed_until={book: day for book, day in self.closed.items() if day is not None},
        )
        new = posted(transfers, state).transfers
        self.transfers.update((each.transfer_id, each) for each in new)
        return new

    def close_period(self, book, until):
        if book not in self.closed:
            raise NotFoundError(f"There is no book {book}")
        self.closed[book] = closed_forward(book, until, before=self.closed[book])

    def _add(self, sums, transfer):
        sides = (sums[transfer.debit_account_id], 0), (sums[transfer.credit_account_id], 1)
        for totals, side in sides:
            if transfer.pending_id is not None:
                totals[2 + side] -= self.transfers[transfer.pending_id].amount.minor
            if transfer.kind is TransferKind.PENDING:
                totals[2 + side] += transfer.amount.minor
            elif transfer.kind is not TransferKind.VOID_PENDING:
                totals[side] += transfer.amount.minor

    def _is_asked(self, transfer, question):
        sides = {transfer.debit_account_id, transfer.credit_account_id}
        book = self.accounts[transfer.debit_account_id].book
        start, end = question.booked_from, question.booked_until
        return (
            question.account_id in {None, *sides}
            and question.book in {None, book}
            and question.subject_kind in {None, transfer.subject_kind}
            and question.subject_id in {None, transfer.subject_id}
            and question.corrects in {None, transfer.corrects}
            and (start is None or start <= transfer.booked_on)
            and (end is None or transfer.booked_on < end)
        )
