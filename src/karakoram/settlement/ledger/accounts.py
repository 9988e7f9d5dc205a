"""Where can money be, whose is it there, and how much of it is?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from karakoram.core.identifiers import AccountId
from karakoram.core.money import check_currency
from karakoram.core.names import check_names

_BETWEEN = "/"
"""Stands between book and name in the identifier of an account."""
_PART = re.compile(r"[A-Z0-9][A-Za-z0-9-]*")
"""Any further part of a name, as Beancount reads it too."""


class AccountKind(Enum):
    """What stands in an account."""

    ASSET = "asset"
    """What the owner of the book has, or is owed."""
    LIABILITY = "liability"
    """What the owner of the book owes."""
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


class AccountLimit(Enum):
    """How far an account may go; transfers that are pending count against it."""

    NONE = "none"
    DEBITS = "debits_not_above_credits"
    """E.g. what a customer has paid in advance."""
    CREDITS = "credits_not_above_debits"
    """E.g. the cash in hand."""


ROOTS: Mapping[str, AccountKind] = MappingProxyType(
    {
        "Assets": AccountKind.ASSET,
        "Liabilities": AccountKind.LIABILITY,
        "Equity": AccountKind.EQUITY,
        "Income": AccountKind.INCOME,
        "Expenses": AccountKind.EXPENSE,
    }
)
"""The first part of an account's name, and the kind that it says; those of Beancount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A place where money of one currency can be, in one book; never changed once it is opened."""

    account_id: AccountId
    book: str
    """Whose books: the identifier of an operator, or the alliance."""
    name: str
    """Path with colons, unique in its book, e.g. ``Assets:Receivable:CT:USD``."""
    kind: AccountKind
    currency: str
    """ISO 4217: all that stands in it is in this currency."""
    limit: AccountLimit = AccountLimit.NONE

    def __post_init__(self) -> None:
        check_names(self, identifiers=("book",), names=("account_id",))
        if _BETWEEN in self.book:
            raise ValueError(
                f"Account.book must hold no {_BETWEEN!r}, which ends it in an identifier, "
                f"got {self.book!r}"
            )
        root, *parts = self.name.split(":")
        if ROOTS.get(root) is not self.kind:
            right = next(word for word, kind in ROOTS.items() if kind is self.kind)
            raise ValueError(
                f"Account.name must begin with {right}: for kind {self.kind.value}, "
                f"got {self.name!r}"
            )
        if not parts or not all(map(_PART.fullmatch, parts)):
            raise ValueError(
                "Account.name must have parts after the first that begin with a capital or a digit "
                f"and go on with letters, digits and hyphens, got {self.name!r}"
            )
        check_currency(self.currency, field="Account.currency")


def account_named(
    book: str, name: str, currency: str, *, limit: AccountLimit = AccountLimit.NONE
) -> Account:
    """The account of this name, its identifier made of book and name, its kind of the first part.

    Parameters
    ----------
    book
        Whose book it stands in.
    name
        Parts with colons between; the first is the kind.
    currency
        ISO 4217 code.
    limit
        How far it may go; what is pending counts.

    Raises
    ------
    ValueError
        If the name is none of an account.

    Examples
    --------
    >>> account_named("SCO", "Assets:Bank:PKR", "PKR").account_id
    'SCO/Assets:Bank:PKR'
    """
    root = name.partition(":")[0]
    if root not in ROOTS:
        raise ValueError(f"Account.name must begin with one of {', '.join(ROOTS)}, got {name!r}")
    return Account(
        account_id=AccountId(f"{book}/{name}"),
        book=book,
        name=name,
        kind=ROOTS[root],
        currency=currency,
        limit=limit,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What was debited to an account and credited to it, in whole minor units of its currency."""

    debits_posted_minor: int = 0
    credits_posted_minor: int = 0
    debits_pending_minor: int = 0
    """Of transfers that are neither posted nor void yet."""
    credits_pending_minor: int = 0

    @property
    def net_minor(self) -> int:
        """Debits less credits of what is posted; what an asset is worth, less what is owed."""
        return self.debits_posted_minor - self.credits_posted_minor
