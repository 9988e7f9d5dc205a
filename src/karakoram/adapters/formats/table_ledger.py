"""How do transfers and balances stand in a table?"""

from collections.abc import Callable
from decimal import Decimal

from karakoram.adapters.formats.table_form import TableForm, itself
from karakoram.core.money import Money, decimal_from_money
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.usecases.settle.keep_ledger import AccountBalance, PeriodBalance

TRANSFERS: TableForm[Transfer, Transfer] = TableForm(
    lines=itself,
    columns={
        "transfer_id": lambda one: one.transfer_id,
        "debit": lambda one: one.debit_account_id,
        "credit": lambda one: one.credit_account_id,
        "amount": lambda one: decimal_from_money(one.amount),
        "currency": lambda one: one.amount.currency,
        "booked_on": lambda one: one.booked_on,
        "kind": lambda one: one.kind.value,
        "pending_id": lambda one: one.pending_id,
        "corrects": lambda one: one.corrects,
        "subject_kind": lambda one: one.subject_kind,
        "subject_id": lambda one: one.subject_id,
        "memo": lambda one: one.memo,
        "exchange_rate": lambda one: one.exchange_rate,
    },
)
"""The columns of ``ledger post``."""


def _major(one: AccountBalance, minor: int) -> Decimal:
    return decimal_from_money(Money(minor, one.account.currency))


BALANCES: TableForm[AccountBalance, AccountBalance] = TableForm(
    lines=itself,
    columns={
        "book": lambda one: one.account.book,
        "account": lambda one: one.account.account_id,
        "kind": lambda one: one.account.kind.value,
        "currency": lambda one: one.account.currency,
        "debits": lambda one: _major(one, one.balance.debits_posted_minor),
        "credits": lambda one: _major(one, one.balance.credits_posted_minor),
        "debits_pending": lambda one: _major(one, one.balance.debits_pending_minor),
        "credits_pending": lambda one: _major(one, one.balance.credits_pending_minor),
        "balance": lambda one: _major(one, one.balance.net_minor),
    },
)


def _period_major(minor: Callable[[PeriodBalance], int]) -> Callable[[PeriodBalance], Decimal]:
    return lambda one: decimal_from_money(Money(minor(one), one.account.currency))


TRIAL_BALANCE: TableForm[PeriodBalance, PeriodBalance] = TableForm(
    lines=lambda one: (one,),
    columns={
        "book": lambda one: one.account.book,
        "account": lambda one: one.account.account_id,
        "kind": lambda one: one.account.kind.value,
        "currency": lambda one: one.account.currency,
        "opening": _period_major(lambda one: one.opening.net_minor),
        "debits": _period_major(lambda one: one.debits_minor),
        "credits": _period_major(lambda one: one.credits_minor),
        "closing": _period_major(lambda one: one.closing.net_minor),
    },
)
"""A line for each account in a period."""
