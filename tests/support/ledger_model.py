"""A ledger as a dictionary, written from the rules on the page and from no code of ours."""

import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import make_store
from karakoram.core.errors import BatchRefusedError, RefusedError
from karakoram.core.money import Money
from karakoram.settlement.ledger.accounts import AccountLimit, account_named
from karakoram.settlement.ledger.transfers import Transfer, TransferKind, reversal
from karakoram.usecases.settle.ledger_ports import TransferQuestion

DAYS = [date(2026, 1, 1) + timedelta(number) for number in range(6)]
ACCOUNTS = (
    ("Assets:Bank", "USD", AccountLimit.CREDITS),
    ("Liabilities:Prepaid", "USD", AccountLimit.DEBITS),
    ("Assets:Owed", "USD", AccountLimit.NONE),
    ("Income:Sales", "USD", AccountLimit.NONE),
    ("Assets:Rupees", "PKR", AccountLimit.NONE),
    ("Income:Rupees", "PKR", AccountLimit.NONE),
)
P, PENDING, POST, VOID = TransferKind


class DictLedger:
    """Accounts by identifier, totals as four numbers, transfers as they were asked for."""

    def __init__(self):
        self.accounts, self.totals, self.transfers = {}, {}, {}
        self.settled, self.closed = set(), {}

    def post(self, batch):
        """Codes of what is refused, by transfer; none where all of it is posted."""
        new, refused = self.copy(), {}
        for each in batch:
            codes = new.codes(each)
            if codes:
                refused[each.transfer_id] = refused.get(each.transfer_id, set()) | codes
            else:
                new.move(each)
        if not refused:
            self.__dict__.update(new.__dict__)
        return refused

    def copy(self):
        new = DictLedger()
        new.accounts, new.closed = self.accounts, self.closed
        new.totals = {each: list(totals) for each, totals in self.totals.items()}
        new.transfers, new.settled = dict(self.transfers), set(self.settled)
        return new

    def codes(self, asked):
        if asked.transfer_id in self.transfers:
            return set() if self.transfers[asked.transfer_id] == asked else {"transfer-id-reused"}
        sides = [asked.debit_account_id, asked.credit_account_id]
        if not all(side in self.accounts for side in sides):
            return {"unknown-account"}
        debit, credit = (self.accounts[side] for side in sides)
        wrong = {
            "same-account": sides[0] == sides[1],
            "other-book": debit.book != credit.book,
            "wrong-currency": {debit.currency, credit.currency} != {asked.amount.currency},
            "transfer-not-positive": asked.amount.minor <= 0,
            "closed-period": asked.booked_on < self.closed.get(debit.book, date.min),
            "corrected-not-found": asked.corrects not in {None, *self.transfers},
        }
        if asked.kind in {POST, VOID}:
            wrong |= self.pending_codes(asked)
        elif asked.pending_id is not None:
            wrong["pending-unwanted"] = True
        if not any(wrong.values()) and asked.kind in {P, PENDING}:
            d, c = self.totals[sides[0]], self.totals[sides[1]]
            wrong["limit-exceeded"] = (
                debit.limit is AccountLimit.DEBITS and d[0] + d[2] + asked.amount.minor > d[1]
            ) or (credit.limit is AccountLimit.CREDITS and c[1] + c[3] + asked.amount.minor > c[0])
        return {code for code, is_so in wrong.items() if is_so}

    def pending_codes(self, asked):
        held = self.transfers.get(asked.pending_id)
        if held is None or held.kind is not PENDING:
            return {"pending-not-found": True}
        sides = (asked.debit_account_id, asked.credit_account_id)
        minor, whole = asked.amount.minor, held.amount.minor
        return {
            "pending-settled": asked.pending_id in self.settled,
            "pending-other-accounts": sides != (held.debit_account_id, held.credit_account_id),
            "settled-before-pending": asked.booked_on < held.booked_on,
            "pending-amount": minor > whole or (asked.kind is VOID and minor != whole),
        }

    def move(self, asked):
        if asked.transfer_id in self.transfers:
            return
        self.transfers[asked.transfer_id] = asked
        for account_id, side in ((asked.debit_account_id, 0), (asked.credit_account_id, 1)):
            totals = self.totals[account_id]
            if asked.kind is PENDING:
                totals[2 + side] += asked.amount.minor
            if asked.kind in {P, POST}:
                totals[side] += asked.amount.minor
            if asked.kind in {POST, VOID}:
                totals[2 + side] -= self.transfers[asked.pending_id].amount.minor
        if asked.kind in {POST, VOID}:
            self.settled.add(asked.pending_id)

    def until(self, day):
        """Totals of what is booked before the day."""
        before = DictLedger()
        before.totals = {each: [0, 0, 0, 0] for each in self.accounts}
        for each in self.transfers.values():
            if each.booked_on < day:
                before.move(each)
        return before.totals


class LedgerMachine:
    """A store and the dictionary, to which the same is done; numbers choose what it is."""

    def __init__(self, store, name):
        self.store, self.model, self.name = store, DictLedger(), name
        self.books = [f"{name}a", f"{name}b"]
        self.asked = []
        for book in self.books:
            self.open(book, range(len(ACCOUNTS) - 2))

    def open(self, book, numbers):
        made = [
            account_named(book, f"{name}:{currency}", currency, limit=limit)
            for name, currency, limit in (ACCOUNTS[number] for number in numbers)
        ]
        self.store.write(lambda tx: tx.open_accounts(made))
        for each in made:
            self.model.accounts[each.account_id] = each
            self.model.totals.setdefault(each.account_id, [0, 0, 0, 0])

    def transfer(self, rng):
        """Any transfer, right or wrong."""
        what = rng.random()
        if self.asked and what < 0.1:  # again, sometimes as another
            again = rng.choice(self.asked)
            return again if rng.random() < 0.7 else replace(again, memo="other")
        posted = list(self.model.transfers.values())
        pending = [each for each in posted if each.kind is PENDING]
        new_id = f"{self.name}-{len(self.asked):06d}"
        day = rng.choice(DAYS)
        if pending and what < 0.4:
            held = rng.choice(pending[-8:])
            made = replace(
                held,
                transfer_id=new_id,
                kind=rng.choice([POST, VOID]),
                pending_id=held.transfer_id,
                booked_on=max(day, held.booked_on) if rng.random() < 0.9 else day,
            )
            if rng.random() < 0.4:
                made = replace(made, amount=Money(rng.randint(1, 60), held.amount.currency))
            return made
        backs = [each for each in posted if each.kind in {P, POST}]
        if backs and what < 0.5:
            return reversal(rng.choice(backs), transfer_id=new_id, booked_on=day)
        names = ACCOUNTS[:4] if rng.random() < 0.8 else ACCOUNTS
        first, second = rng.sample(names, 2) if rng.random() < 0.97 else [names[0]] * 2
        book = rng.choice(self.books)
        other = book if rng.random() < 0.95 else self.books[0]
        return Transfer(
            transfer_id=new_id,
            debit_account_id=f"{book}/{first[0]}:{first[1]}",
            credit_account_id=f"{other}/{second[0]}:{second[1]}",
            amount=Money(rng.randint(0, 50), first[1]),
            booked_on=day,
            kind=rng.choice([P, P, PENDING]),
            corrects=rng.choice([None] * 9 + ["gone"]),
        )

    def post(self, rng, *, size):
        batch = []
        for _ in range(size):
            batch.append(self.transfer(rng))
            self.asked.append(batch[-1])
        right = self.model.post(batch)
        try:
            self.store.write(lambda tx: tx.post(batch))
            refused = {}
        except BatchRefusedError as error:
            refused = {}
            for each in error.findings:
                refused.setdefault(each.place.record, set()).add(each.code)
        assert refused == right

    def close(self, book, day):
        before = self.model.closed.get(book)
        try:
            self.store.write(lambda tx: tx.close_period(book, day))
            assert before is None or before <= day
            self.model.closed[book] = day
        except RefusedError:
            assert before is not None
            assert day < before

    def compare(self, day=None):
        """Balances are those of the dictionary, and every currency adds up to nothing."""
        ids = list(self.model.accounts)
        held = self.store.read(lambda tx: tx.balances(ids, until=day))
        found = {
            each: [
                one.debits_posted_minor,
                one.credits_posted_minor,
                one.debits_pending_minor,
                one.credits_pending_minor,
            ]
            for each, one in held.items()
        }
        assert found == (self.model.totals if day is None else self.model.until(day))
        for currency in ("USD", "PKR"):
            of = [found[each] for each in ids if self.model.accounts[each].currency == currency]
            assert sum(one[0] - one[1] for one in of) == sum(one[2] - one[3] for one in of) == 0

    def compare_transfers(self):
        """The transfers of each book are those of the dictionary, in their order."""
        for book in self.books:
            found = self.store.read(lambda tx, of=book: tx.transfers_of(TransferQuestion(book=of)))
            accounts = self.model.accounts
            mine = [
                each
                for each in self.model.transfers.values()
                if accounts[each.debit_account_id].book == book
            ]
            assert list(found) == mine

    def step(self, rng):
        """One random operation."""
        what = rng.random()
        if what < 0.9:
            self.post(rng, size=rng.choice([1, 1, 1, 2, 3]))
        elif what < 0.93:
            self.open(rng.choice(self.books), [rng.randrange(len(ACCOUNTS))])
        elif what < 0.95 and rng.random() < 0.1:
            self.close(rng.choice(self.books), rng.choice(DAYS[:4]))
        else:
            self.compare(rng.choice(DAYS))


def play(operations, *, of_each=200, seed=1):
    """Random operations against a store in a file, in ledgers of 200 operations each."""
    rng = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "store.db")
        counted = posted = 0
        with closing(make_store(place)) as store:
            while counted < operations:
                machine = LedgerMachine(store, f"m{counted}")
                for _ in range(of_each):
                    machine.step(rng)
                    machine.compare()
                machine.compare_transfers()
                counted, posted = counted + of_each, posted + len(machine.model.transfers)
        assert Keeper(place).check().findings == ()
    return counted, posted
