"""What do partners answer over MEF LSO Sonata, as far as it is read here?

What is not named is not read. Words that a partner made up are cleaned before they are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic_core import from_json

from karakoram.core.currencies import MINOR_DIGITS, WHAT_IS_RIGHT
from karakoram.core.money import Money, money_exactly, total
from karakoram.sales.purchases import LegPrice
from karakoram.usecases.buy.partner_ports import PartnerError

_WORDS_MAX = 500
"""Characters of a partner's explanation that are kept."""
_AMOUNT_MAX = 10**6
"""Of units of time: more than any offer takes, in days or in minutes."""

Identifier = Annotated[str, Field(min_length=1, max_length=200)]
Word = Annotated[str, Field(max_length=200)]


class _Answer(BaseModel):
    """Something that a partner tells."""

    model_config = ConfigDict(frozen=True)


class AccessToken(_Answer):
    """What a log-in gives (RFC 6749, section 5.1)."""

    access_token: Annotated[str, Field(min_length=1, max_length=10_000)]
    expires_in: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 300.0
    """Seconds; where it is not told, as the specification allows, a short time is assumed."""


class _Amount(_Answer):
    """A sum in major units (``Money``)."""

    unit: Word
    value: Annotated[Decimal, Field(allow_inf_nan=False, ge=0, le=10**12)]


class _Price(_Answer):
    """``Price``."""

    dutyFreeAmount: _Amount  # noqa: N815


class _Duration(_Answer):
    """``Duration``."""

    amount: Annotated[int, Field(ge=0, le=_AMOUNT_MAX)]
    units: Word


class _PriceLine(_Answer):
    """``QuotePrice``, and a price of a product."""

    priceType: Word  # noqa: N815
    price: _Price
    recurringChargePeriod: _Duration | None = None  # noqa: N815


class _Reference(_Answer):
    """Something by its identifier."""

    id: Identifier


class _ProductAnswer(_Answer):
    """A product in an item."""

    id: Word | None = None
    productOffering: _Reference | None = None  # noqa: N815


class _QualificationItem(_Answer):
    """``MEFProductOfferingQualificationItem``."""

    product: _ProductAnswer
    serviceabilityConfidence: Word = ""  # noqa: N815
    serviceabilityConfidenceReason: str = ""  # noqa: N815
    installationInterval: _Duration | None = None  # noqa: N815


class QualificationAnswer(_Answer):
    """``ProductOfferingQualification``."""

    id: Identifier
    externalId: Word = ""  # noqa: N815
    productOfferingQualificationItem: Annotated[  # noqa: N815
        list[_QualificationItem], Field(min_length=1, max_length=1)
    ]


class _Termination(_Answer):
    """``TerminationError``."""

    value: str = ""


class _QuoteItem(_Answer):
    """``QuoteItem``."""

    product: _ProductAnswer
    quoteItemPrice: list[_PriceLine] = []  # noqa: N815
    quoteItemInstallationInterval: _Duration | None = None  # noqa: N815
    terminationError: list[_Termination] = []  # noqa: N815


class _Period(_Answer):
    """``TimePeriod``."""

    endDateTime: Annotated[datetime, Field(strict=True)] | None = None  # noqa: N815


class QuoteAnswer(_Answer):
    """``Quote``."""

    id: Identifier
    externalId: Word = ""  # noqa: N815
    quoteLevel: Word = ""  # noqa: N815
    state: Word
    validFor: _Period | None = None  # noqa: N815
    quoteItem: Annotated[list[_QuoteItem], Field(min_length=1, max_length=1)]  # noqa: N815


class _QuoteReference(_Answer):
    """``MEFQuoteItemRef``."""

    quoteId: Word  # noqa: N815


class _OrderItem(_Answer):
    """``ProductOrderItem``."""

    action: Word
    product: _ProductAnswer
    quoteItem: _QuoteReference | None = None  # noqa: N815


class OrderAnswer(_Answer):
    """``ProductOrder``."""

    id: Identifier
    externalId: Word = ""  # noqa: N815
    state: Word
    productOrderItem: Annotated[list[_OrderItem], Field(min_length=1, max_length=1)]  # noqa: N815


class _OrderReference(_Answer):
    """``MEFProductOrderItemRef``."""

    productOrderId: Word  # noqa: N815


class ProductAnswer(_Answer):
    """``Product`` of the inventory."""

    id: Identifier
    status: Word
    productOffering: _Reference  # noqa: N815
    productOrderItem: list[_OrderReference] = []  # noqa: N815
    productPrice: list[_PriceLine] = []  # noqa: N815


class FoundRecord(_Answer):
    """One line of a list: of quotes, orders or products."""

    id: Identifier
    externalId: Word = ""  # noqa: N815
    state: Word = ""
    status: Word = ""


class FoundList(RootModel[list[FoundRecord]]):
    """A list."""


class Acknowledgement(_Answer):
    """That something was done; what it says besides is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldProblem:
    """Why a partner refuses, in its words."""

    text: str
    where: str = ""
    alternatives: tuple[str, ...] = ()


def told_problem(body: bytes) -> ToldProblem:
    """What an answer that is no success says: ``Error`` of Sonata, or an error of RFC 6749.

    >>> told_problem(b'[{"code": "invalidValue", "reason": "no", "propertyPath": "a.b"}]').where
    'a.b'
    """
    try:
        told = from_json(body)
    except ValueError:
        return ToldProblem(text="it does not say why")
    errors = [each for each in (told if isinstance(told, list) else [told]) if _is_error(each)]
    lines = ["; ".join(dict.fromkeys(_words(each))) for each in errors]
    places = (str(each["propertyPath"]) for each in errors if each.get("propertyPath"))
    more = (str(each["referenceError"]) for each in errors if each.get("referenceError"))
    return ToldProblem(
        text=cleaned(" | ".join(filter(None, lines))) or "it does not say why",
        where=cleaned(", ".join(places)),
        alternatives=tuple(f"see {cleaned(each)}" for each in more),
    )


def cleaned(words: str) -> str:
    r"""Words of a partner, in one line, of letters that a screen may show.

    >>> cleaned("no\x1b[2J way\n")
    'no?[2J way'
    """
    line = " ".join(words.split())[:_WORDS_MAX]
    return "".join(each if each.isprintable() else "?" for each in line)


def price_of(lines: Iterable[_PriceLine]) -> LegPrice | None:
    """What is asked each month, and once; ``None`` where no price is told.

    Raises
    ------
    PartnerError
        With code ``partner-wrong-price``, where it cannot be told in two sums.
    """
    lines = [each for each in lines if each.priceType != "usageBased"]
    if not lines:
        return None
    currencies = {each.price.dutyFreeAmount.unit for each in lines}
    if len(currencies) > 1 or not currencies <= MINOR_DIGITS.keys():
        raise _unread(f"in {cleaned(', '.join(sorted(currencies)))}", WHAT_IS_RIGHT)
    monthly: list[Money] = []
    once: list[Money] = []
    for each in lines:
        amount = each.price.dutyFreeAmount
        period = each.recurringChargePeriod
        if each.priceType == "recurring":
            if period is not None and (period.amount, period.units) != (1, "months"):
                raise _unread(f"each {period.amount} {cleaned(period.units)}", "1 months")
            monthly.append(_money(amount))
        elif each.priceType == "nonRecurring":
            once.append(_money(amount))
        else:
            raise _unread(f"as {cleaned(each.priceType)}", "recurring or nonRecurring")
    (currency,) = currencies
    return LegPrice(mrc=total(monthly, currency), nrc=total(once, currency))


def days_of(told: _Duration | None) -> int | None:
    """Calendar days; ``None`` where nothing is told in days."""
    if told is None or told.units not in {"calendarDays", "days"}:
        return None
    return told.amount


def in_utc(moment: datetime | None) -> datetime | None:
    """The moment in UTC; one without a zone is taken for UTC."""
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _money(amount: _Amount) -> Money:
    try:
        return money_exactly(amount.value, amount.unit)
    except ValueError:
        raise _unread(
            f"as {amount.unit} {amount.value}", f"whole minor units of {amount.unit}"
        ) from None


def _is_error(told: object) -> bool:
    return isinstance(told, dict)


def _words(told: dict[str, Any]) -> list[str]:
    names = ("code", "error", "reason", "message", "detail", "error_description")
    return [str(told[name]) for name in names if told.get(name)]


def _unread(told: str, right: str) -> PartnerError:
    return PartnerError(
        f"a price is told {told}",
        code="partner-wrong-price",
        where="price",
        alternatives=(f"the partner tells it in {right}",),
    )
