"""Which options do the commands of settlement share, and what do they mean together?"""

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.core.cells import shown
from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.money import Money, check_currency, money_exactly
from karakoram.core.time import DAY_MAX, DAY_MIN
from karakoram.interfaces.cli.sales_options import store_word
from karakoram.settlement.rating.periods import BillingPeriod, period_from_word
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.words import reading, refuse_unread

_MONEY = re.compile(
    r"(?P<before>[A-Za-z]{3})? *(?P<amount>-?(\d{1,3}(,\d{3}){1,4}|\d{1,15})(\.\d+)?) *"
    r"(?P<after>[A-Za-z]{3})?",
    re.ASCII,
)
"""Commas stand between thousands alone: a comma before decimals would be read a hundredfold."""

Period = Annotated[
    str,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="Month (2026-07), quarter (2026-Q3), year, or two days FROM/TO, TO not included.",
    ),
]
Statement = Annotated[
    str, typer.Argument(metavar="STATEMENT", help="Identifier or number of the statement.")
]
TERMS_VARIABLE = "KARAKORAM_TERMS"
Terms = Annotated[
    Path | None,
    typer.Option(
        "--terms",
        metavar="FOLDER",
        envvar=TERMS_VARIABLE,
        show_envvar=False,
        help=f"Settlement terms; else ${TERMS_VARIABLE}, or the packaged ones.",
    ),
]
Shares = Annotated[
    bool,
    typer.Option(
        "--shares",
        "--legs",
        help="Show it leg by leg, and who earns or bears each; not for buyers.",
    ),
]


def settling_of(store: str, *, terms: Path | None, catalogue: Path | None = None) -> Settling:
    """Everything that use cases of settlement need."""
    return bootstrap.settling(store_word(store), terms=terms, catalogue=catalogue)


def period_of(word: str) -> BillingPeriod:
    """The period that is meant.

    Raises
    ------
    InvalidDataError
        If the word names none.
    """
    period = reading("period", word, period_from_word)
    refuse_unread((period,))
    return period.value


def money_from_word(word: str) -> Money:
    """The amount that a word such as ``USD 1234.50`` or ``1234.50USD`` names.

    Raises
    ------
    ValueError
        If it names none, or a part of a minor unit; says how to write one.

    Examples
    --------
    >>> money_from_word("USD 1,234.50")
    Money(minor=123450, currency='USD')
    """
    found = _MONEY.fullmatch(word.strip())
    currency = (found["before"] or found["after"] or "").upper() if found else ""
    if found is None or currency not in MINOR_DIGITS:
        raise ValueError(
            "must be an amount of at most 15 digits before the point and a currency of ISO 4217, "
            f"e.g. USD 1,234.50, got {shown(word)}"
        )
    return money_exactly(Decimal(found["amount"].replace(",", "")), currency)


def currency_from_word(word: str) -> str:
    """The currency that a word such as ``usd`` names.

    Raises
    ------
    ValueError
        If the platform knows none of that name; lists those that it knows.
    """
    check_currency(word.strip().upper(), field="currency")
    return word.strip().upper()


def moment_from_word(word: str) -> datetime:
    """The moment that a word such as ``2026-07-31T14:30Z`` names.

    Raises
    ------
    ValueError
        If it names none, or leaves open in which zone; says how to write one.
    """
    try:
        moment = datetime.fromisoformat(word.strip())
    except ValueError:
        moment = None
    if moment is None or not DAY_MIN <= moment.date() <= DAY_MAX:
        raise ValueError(
            f"must be a moment such as 2026-07-31T14:30Z, from {DAY_MIN} to {DAY_MAX}, "
            f"got {shown(word)}"
        )
    if moment.tzinfo is None:
        raise ValueError(
            "must say its zone: end it with Z for UTC, or with an offset such as +05:00, "
            f"got {shown(word)}"
        )
    return moment.astimezone(UTC)
