"""What does an owner pay to its regulator on what it has earned?

Contributions and fees are a share of the adjusted gross revenue of a licensee: what it earned of
the corridor, less the credits that it bears. What other owners earn of a bill is not in it: a
statement tells an owner's own part only. They are accrued when the revenue is, statement by
statement, in the currency of the owner's book; a month with more credits than income takes back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.refdata.levies import Levy, LevyBase
from karakoram.settlement.entries import BookEntry, account_part, moved
from karakoram.settlement.exchange import ExchangeRates, converted
from karakoram.settlement.ledger.accounts import Account, account_named
from karakoram.settlement.statements import EARNED, OwnerStatement, StatementLineKind

_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RevenueLevy:
    """What one levy asks on one sum of revenue."""

    levy_id: str
    name: str
    percent: Decimal
    base: Money
    """The revenue; negative where more was given back than earned."""
    amount: Money
    """Rounded once, half to even."""
    confidence: Confidence
    """Of the levy; the revenue has its own."""
    source: str


def levy_due(book: OperatorId, levy_id: str, currency: str) -> Account:
    """What the owner owes its regulator."""
    return account_named(book, f"Liabilities:Levies:{account_part(levy_id)}:{currency}", currency)


def levy_expense(book: OperatorId, levy_id: str, currency: str) -> Account:
    """What the levy has cost the owner."""
    return account_named(book, f"Expenses:Levies:{account_part(levy_id)}:{currency}", currency)


def statement_revenue(
    statement: OwnerStatement,
    *,
    functional_currency: str,
    exchange_rates: ExchangeRates,
    on_day: date,
) -> Money:
    """What a statement makes the owner earn, less the credits that it bears, in its own currency.

    Parameters
    ----------
    statement
        Agreed by both sides.
    functional_currency
        Of the owner's book.
    exchange_rates
        Exchange rates of all days.
    on_day
        Day on which it is booked.

    Raises
    ------
    NotFoundError
        If the statement is in another currency, and no rate of the day is known.
    """
    parts = (
        statement.sum_of(*EARNED),
        statement.sum_of(StatementLineKind.CREDIT_BORNE),
    )
    if statement.currency == functional_currency:
        return parts[0] + parts[1]
    exchange_rate = exchange_rates.on_day(statement.currency, functional_currency, on_day)
    return converted(parts[0], exchange_rate) + converted(parts[1], exchange_rate)


def revenue_levies(
    revenue: Money, *, levies: Iterable[Levy], jurisdiction: str, on_day: date
) -> tuple[RevenueLevy, ...]:
    """What each levy of the owner's jurisdiction asks on its revenue; none on nothing.

    Parameters
    ----------
    revenue
        In the currency of the owner's book.
    levies
        As ``refdata.levies`` has them, or others.
    jurisdiction
        Where the owner is licensed, e.g. ``PK-GB``.
    on_day
        The day whose levies hold.
    """
    return tuple(
        RevenueLevy(
            levy_id=levy.levy_id,
            name=levy.name,
            percent=levy.percent,
            base=revenue,
            amount=Money(
                round(Fraction(levy.percent) * revenue.minor / _HUNDRED), revenue.currency
            ),
            confidence=levy.provenance.confidence,
            source=levy.provenance.source,
        )
        for levy in levies
        if levy.applies_to is LevyBase.OWNER_REVENUE
        and levy.validity.holds_on(on_day)
        and levy.holds_in(jurisdiction)
        and revenue.minor
    )


def levy_entries(statement: OwnerStatement, levies: Iterable[RevenueLevy]) -> tuple[BookEntry, ...]:
    """The levies on what a statement made the owner earn, as cost and as debt."""
    return tuple(entry for levy in levies for entry in _accrued(statement, levy))


def _accrued(statement: OwnerStatement, levy: RevenueLevy) -> Iterator[BookEntry]:
    book, currency = statement.operator_id, levy.amount.currency
    return moved(
        levy_expense(book, levy.levy_id, currency),
        levy_due(book, levy.levy_id, currency),
        levy.amount,
        memo=f"statement {statement.number}, {levy.percent:f} % of {levy.base}, {levy.levy_id}",
    )
