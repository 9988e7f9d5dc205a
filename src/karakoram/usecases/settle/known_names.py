"""Is there anybody or anything of that name, and if not, which name was probably meant?

For whoever may see all names of a store: a question that narrows its answer to a name that nobody
has would else be answered with nothing, as if there were nothing to see.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import AccountId, TransferId, near_misses
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.sell.sales_action import record_words
from karakoram.usecases.sell.sales_ports import RecordT, SalesReader, identifier
from karakoram.usecases.settle.ledger_ports import LedgerReader, SettlementReader, TransferQuestion
from karakoram.usecases.words import Reading, reading, refuse_unread

_COMPARED_MAX = 1_000
"""Names that are compared letter by letter; more would take seconds, and propose noise."""


def refuse_unknown(tx: SalesReader, kind: type[RecordT], word: str) -> None:
    """Refuse a name that no record of a kind has; an empty word names none and is passed over.

    Raises
    ------
    NotFoundError
        With the names most like it.
    """
    if word and tx.find(kind, word) is None:
        names = (identifier(each) for each in tx.find_all(kind, limit=_COMPARED_MAX))
        raise _unknown(record_words(kind), word, names)


def refuse_unknown_names(
    checks: Mapping[str, Callable[[], object]], *, besides: Iterable[Reading[Any]] = ()
) -> None:
    """Refuse every name of a question that nobody has, all of them at once.

    Parameters
    ----------
    checks
        By the field of the question that a name stands in: what raises `NotFoundError` where
        nobody has it.
    besides
        Other words of the question; what is wrong with them is told with the names.

    Raises
    ------
    InvalidDataError
        With a finding for each name, the names most like it among them.
    """
    names = [reading(field, "", partial(_checked, check)) for field, check in checks.items()]
    refuse_unread((*besides, *names))


def _checked(check: Callable[[], object], _word: str) -> object:
    """What a check of its own word says."""
    return check()


def refuse_unknown_owner(tx: SettlementReader, word: str) -> None:
    """Refuse an owner that has neither a statement nor a book; an empty word is passed over.

    Raises
    ------
    NotFoundError
        With the names most like it.
    """
    if word:
        known: set[str] = {each.operator_id for each in tx.find_all(OwnerStatement)}
        known |= {each.book for each in tx.accounts()}
        if word not in known:
            raise _unknown("owner with a statement or a book", word, known)


def refuse_unknown_book(tx: LedgerReader, word: str) -> None:
    """Refuse a book without an account; an empty word is passed over.

    Raises
    ------
    NotFoundError
        With the names most like it.
    """
    if word and not tx.accounts(word):
        raise _unknown("book", word, {each.book for each in tx.accounts()})


def refuse_unknown_account(tx: LedgerReader, word: str) -> None:
    """Refuse an account that was never opened; an empty word is passed over.

    Raises
    ------
    NotFoundError
        With the names most like it.
    """
    if word and tx.account(AccountId(word)) is None:
        raise _unknown("account", word, (each.account_id for each in tx.accounts()))


def refuse_unknown_transfer(tx: LedgerReader, word: str) -> None:
    """Refuse a transfer that was never posted; an empty word is passed over.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    if word and tx.transfer(TransferId(word)) is None:
        raise _unknown("transfer", word, ())


def refuse_unknown_subject(tx: LedgerReader, word: str) -> None:
    """Refuse what no transfer has ever been about; an empty word is passed over.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    if word and not tx.transfers_of(TransferQuestion(subject_id=word, limit=1)):
        raise _unknown("transfer about", word, ())


def _unknown(what: str, word: str, known: Iterable[str]) -> NotFoundError:
    near = near_misses(word, sorted(known)[:_COMPARED_MAX])
    return NotFoundError(f"there is no {what} {word!r}.", near_misses=near)
