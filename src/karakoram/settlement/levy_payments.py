"""What does an owner owe to an authority for a tax or levy, and what does paying it move?

An account of a tax or levy runs on: what is left open of one period is owed with the next, and what
was given back in one is set off against the next. A payment is for all that was booked before the
end of a period, and pays what is oldest first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from karakoram.core.identifiers import ExternalId, OperatorId
from karakoram.core.money import Money
from karakoram.core.names import check_names
from karakoram.core.provenance import Confidence
from karakoram.refdata.levies import Levy, LevyBase
from karakoram.settlement.entries import BookEntry, account_part, bank, moved, tax_due
from karakoram.settlement.ledger.accounts import Account
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.settlement.revenue_levies import levy_due

LEVY = "levy"
"""What transfers that pay a tax or levy are about."""
_PLACES = ("Liabilities:Levies:", "Liabilities:Tax:")
_DAYS = 2
"""First and last day at the end of what a payment is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyPayment:
    """What an owner has paid to an authority for one tax or levy."""

    operator_id: OperatorId
    levy_id: str
    period: BillingPeriod
    """It pays all that was booked before the end of it and is open."""
    amount: Money
    paid_on: date
    reference: ExternalId
    """Of the bank, or the number of the receipt: a payment that is told twice counts once."""

    def __post_init__(self) -> None:
        check_names(self, identifiers=("reference",))

    @property
    def subject(self) -> tuple[str, str]:
        """Kind and identifier of what its transfer is about."""
        days = f"{self.period.from_day}/{self.period.to_day}"
        return LEVY, f"{self.operator_id}/{self.levy_id}/{days}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedLevyPayment:
    """A payment of a tax or levy as a book tells it."""

    period: BillingPeriod
    amount: Money
    """Below nothing for what was taken back."""
    paid_on: date
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyStanding:
    """What is owed to an authority for one tax or levy at the end of a period."""

    levy_id: str
    before: Money
    """Open from before the period; below nothing where more was paid or given back."""
    booked: Money
    """Collected or accrued in the period, less what was given back."""
    paid: Money
    """With what was due by the end of the period."""
    paid_later: Money
    """Of it, with a later period's payment."""
    confidence: Confidence = Confidence.ASSUMED
    """How far what is owed may be trusted; assumed where nobody has told it."""

    @property
    def open_amount(self) -> Money:
        """What is to be paid; below nothing for what is set off against the next period."""
        return self.before + self.booked + -self.paid + -self.paid_later

    @property
    def says(self) -> bool:
        """Whether anything was owed, booked or paid."""
        return any(each.minor for each in (self.before, self.booked, self.paid))


def levy_account(book: OperatorId, levy: Levy, currency: str) -> Account:
    """Where the owner's debt for a tax or levy stands."""
    is_own = levy.applies_to is LevyBase.OWNER_REVENUE
    return (levy_due if is_own else tax_due)(book, levy.levy_id, currency)


def levy_accounts(
    accounts: Iterable[Account], levies: Iterable[Levy]
) -> tuple[tuple[str, Account], ...]:
    """Identifier of the levy, and account, of every tax and levy that a book tells."""
    names = {account_part(levy.levy_id): levy.levy_id for levy in levies}
    return tuple(
        (names.get(part, part), account)
        for account in accounts
        if account.name.startswith(_PLACES)
        for part in account.name.split(":")[2:3]
    )


def levy_payment_entries(payment: LevyPayment, account: Account) -> tuple[BookEntry, ...]:
    """The owner owes the authority less, and has less at the bank."""
    at_bank = bank(payment.operator_id, payment.amount.currency)
    memo = f"{_memo(payment.levy_id)}{payment.reference}"
    return tuple(moved(account, at_bank, payment.amount, memo=memo))


def levy_standing(
    levy_id: str, account: Account, transfers: Iterable[Transfer], *, period: BillingPeriod
) -> LevyStanding:
    """What is owed for a tax or levy at the end of a period, and what it is made of.

    Parameters
    ----------
    levy_id
        Which one.
    account
        Where it stands.
    transfers
        All that touch the account.
    period
        Of the days on which something was booked.
    """
    before = booked = paid = later = 0
    for each in transfers:
        owed_minor = _owed_minor(each, account)
        paid_for = _period_paid(each)
        if paid_for is None:
            before += owed_minor * (each.booked_on < period.from_day)
            booked += owed_minor * period.holds(each.booked_on)
        elif paid_for.to_day <= period.from_day:
            before += owed_minor
        elif paid_for.to_day <= period.to_day:
            paid -= owed_minor
        else:
            later -= owed_minor
    open_minor = max(before + booked - paid, 0)
    currency = account.currency
    return LevyStanding(
        levy_id=levy_id,
        before=Money(before, currency),
        booked=Money(booked, currency),
        paid=Money(paid, currency),
        paid_later=Money(min(open_minor, max(later, 0)), currency),
    )


def booked_payments(
    levy_id: str, account: Account, transfers: Iterable[Transfer]
) -> tuple[BookedLevyPayment, ...]:
    """What was paid of a tax or levy, in the order of the book.

    Parameters
    ----------
    levy_id
        Which one.
    account
        Where it stands.
    transfers
        All that touch the account.
    """
    return tuple(
        BookedLevyPayment(
            period=paid_for,
            amount=Money(-_owed_minor(each, account), account.currency),
            paid_on=each.booked_on,
            reference=each.memo.removeprefix(_memo(levy_id)),
        )
        for each in transfers
        if (paid_for := _period_paid(each)) is not None
    )


def levy_by_word(word: str, levies: Mapping[str, Levy]) -> Levy | None:
    """The tax or levy of that identifier, in capitals or not; ``None`` where there is none."""
    return levies.get(word) or levies.get(word.upper())


def _owed_minor(transfer: Transfer, account: Account) -> int:
    sign = (transfer.credit_account_id == account.account_id) - (
        transfer.debit_account_id == account.account_id
    )
    return sign * transfer.amount.minor


def _period_paid(transfer: Transfer) -> BillingPeriod | None:
    """The period that a transfer pays; ``None`` where it is no payment of a tax or levy."""
    if transfer.subject_kind != LEVY:
        return None
    words = transfer.subject_id.rsplit("/", _DAYS)[1:]
    try:
        first, after = map(date.fromisoformat, words)
        return BillingPeriod(from_day=first, to_day=after)
    except ValueError:  # posted by hand, about a levy in words of its own
        return None


def _memo(levy_id: str) -> str:
    return f"paid {levy_id}, reference "
