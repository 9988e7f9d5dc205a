"""What does an owner earn of buyers abroad, how much has come in, and what is it worth at home?

An owner's part of an invoice is what it earns of its lines, less the credits that it bears. What a
buyer pays is everybody's in proportion, to the last minor unit once all is paid. At home each
amount is worth what the rate of its own day says; what is open, what the last day says. The
difference is gain or loss of exchange, and each line of it says where it comes from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.core.money import Money, allocate, total
from karakoram.core.provenance import Confidence, weakest
from karakoram.settlement.conversion import (
    ExchangePosition,
    PositionMove,
    Revaluation,
    revaluation,
)
from karakoram.settlement.exchange import ExchangeRates, converted
from karakoram.settlement.payments import ReceivedPayment
from karakoram.settlement.rating.periods import BillingPeriod

_ONE_DAY = timedelta(days=1)


class EarningKind(Enum):
    """What happens to what a buyer abroad owes."""

    BILLED = "billed"
    CREDITED = "credited"
    """Given back."""
    COLLECTED = "collected"
    """Come in at the bank."""
    WITHHELD = "withheld"
    """Kept back as tax abroad: settled, and never seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningMove:
    """One owner's part of a bill, a credit or a payment."""

    booked_on: date
    kind: EarningKind
    amount: Money
    """Above zero in the ordinary case, whatever the kind."""
    reference: str

    @property
    def change(self) -> Money:
        """By how much more is owed."""
        return self.amount if self.kind is EarningKind.BILLED else -self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAbroad:
    """What one owner earns of one invoice to a buyer abroad."""

    operator_id: OperatorId
    invoice: str
    """Number."""
    payer_id: PartyId
    country: str
    """ISO 3166-1 alpha-2, of the buyer."""
    currency: str
    moves: tuple[EarningMove, ...]
    """In the order of their days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """An amount as it was asked, and what it is worth in the owner's book."""

    original: Money
    in_book: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignEarning:
    """What became of one owner's part of one invoice in a period.

    ``opening`` and what was billed, less what was credited, collected and withheld, is ``closing``,
    in the original currency; in the book's it misses it by the gain.
    """

    part: PartAbroad
    opening: Worth
    by_kind: Mapping[EarningKind, Worth]
    closing: Worth
    exchange: Revaluation | None
    """Gain or loss with its lines; ``None`` where the book is in the currency of the bill."""
    rate_confidence: Confidence | None = None
    """As the worst of the exchange rates that made the worth at home; ``None`` without any."""


def shared_payments(
    payments: Iterable[ReceivedPayment], weights: Mapping[OperatorId, int], *, rest: int
) -> Iterator[tuple[OperatorId, EarningMove]]:
    """Each owner's part of every payment; what is paid so far is divided, never one payment alone.

    Parameters
    ----------
    payments
        In order.
    weights
        What each owner earns in the end [minor units]; those below zero get nothing.
    rest
        What of the bill is nobody's, e.g. taxes [minor units].
    """
    owners = list(weights)
    shares = [*(max(0, weights[owner]) for owner in owners), max(0, rest)]
    if not any(shares):
        return
    settled, withheld = 0, 0
    given: dict[tuple[OperatorId, EarningKind], int] = {}
    for payment in payments:
        currency = payment.amount.currency
        settled += payment.settled.minor
        withheld += payment.withheld.minor
        of_all = allocate(Money(settled, currency), shares)
        of_tax = allocate(Money(withheld, currency), shares)
        for owner, whole, kept_back in zip(owners, of_all, of_tax, strict=False):
            for kind, so_far in (
                (EarningKind.COLLECTED, whole.minor - kept_back.minor),
                (EarningKind.WITHHELD, kept_back.minor),
            ):
                new = so_far - given.get((owner, kind), 0)
                given[owner, kind] = so_far
                if new:
                    yield owner, _received(payment, kind, Money(new, currency))


def _received(payment: ReceivedPayment, kind: EarningKind, amount: Money) -> EarningMove:
    return EarningMove(
        booked_on=payment.paid_on, kind=kind, amount=amount, reference=payment.reference
    )


def foreign_earning(
    part: PartAbroad,
    *,
    period: BillingPeriod,
    functional_currency: str,
    exchange_rates: ExchangeRates,
) -> ForeignEarning | None:
    """What became of a part in a period; ``None`` where nothing was open and nothing happened.

    Parameters
    ----------
    part
        With all its moves, those of other periods included.
    period
        Days of the book.
    functional_currency
        Of the owner's book.
    exchange_rates
        Exchange rates of all days.

    Raises
    ------
    NotFoundError
        If no rate of a day that matters is known.
    """
    before = [each for each in part.moves if each.booked_on < period.from_day]
    within = [each for each in part.moves if period.holds(each.booked_on)]
    opening = total((each.change for each in before), part.currency)
    if not opening.minor and not within:
        return None

    used: list[Confidence] = []

    def worth(amount: Money, day: date) -> Money:
        if part.currency == functional_currency or not amount.minor:
            return Money(amount.minor, functional_currency)
        exchange_rate = exchange_rates.on_day(part.currency, functional_currency, day)
        used.append(exchange_rate.provenance.confidence)
        return converted(amount, exchange_rate)

    last = period.to_day - _ONE_DAY
    closing = total((opening, *(each.change for each in within)), part.currency)
    began = Worth(original=opening, in_book=worth(opening, period.from_day - _ONE_DAY))
    valued = [(each, worth(each.amount, each.booked_on)) for each in within]
    made = None
    if part.currency != functional_currency:
        made = revaluation(
            ExchangePosition(held=began.original, kept=began.in_book),
            _position_moves(valued),
            exchange_rate=exchange_rates.on_day(part.currency, functional_currency, last),
        )
    ended = Worth(original=closing, in_book=worth(closing, last))
    return ForeignEarning(
        part=part,
        opening=began,
        by_kind=_by_kind(valued, (part.currency, functional_currency)),
        closing=ended,
        exchange=made,
        rate_confidence=weakest(tuple(used)) if used else None,
    )


def _position_moves(valued: Iterable[tuple[EarningMove, Money]]) -> Iterator[PositionMove]:
    for move, in_book in valued:
        is_more = move.kind is EarningKind.BILLED
        yield PositionMove(
            booked_on=move.booked_on,
            what=f"{move.kind.value} {move.reference}",
            change=ExchangePosition(held=move.change, kept=in_book if is_more else -in_book),
        )


def _by_kind(
    valued: Sequence[tuple[EarningMove, Money]], currencies: tuple[str, str]
) -> dict[EarningKind, Worth]:
    return {
        kind: Worth(
            original=total((m.amount for m, _ in valued if m.kind is kind), currencies[0]),
            in_book=total((worth for m, worth in valued if m.kind is kind), currencies[1]),
        )
        for kind in EarningKind
    }
