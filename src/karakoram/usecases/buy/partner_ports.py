"""What does buying of partners need from outside?

A partner answers in words of MEF LSO Sonata. The adapter makes sure that an answer has the form
that Sonata gives it; whether it says what it must is judged by the use cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ExternalId, OperatorId
from karakoram.core.provenance import Confidence
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.configurations import Configuration
from karakoram.sales.orders import OrderAction
from karakoram.sales.purchases import LegPrice
from karakoram.sales.qualifications import Wish


class PartnerError(RefusedError):
    """A partner could not be asked, refused, or said what cannot be; carries code and place."""


class PartnerSilentError(PartnerError):
    """No answer came, however often it was asked; what was sent may have arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedLeg:
    """How a partner sells a leg of one of our offerings."""

    offering_id: ProductOfferingId
    """In the partner's catalogue."""
    passed: tuple[str, ...]
    """Characteristics of our order that are passed on as they are."""
    fixed: Configuration
    """Characteristics that are the same for each leg."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerTerms:
    """What an operator has written down about a partner; no secret is among it."""

    operator_id: OperatorId
    url: str
    """Where the partner's interface begins."""
    buyer_id: str
    """What the partner calls us."""
    seller_id: str
    client_id: str
    secret_from: str
    """Where the secret stands, in words that may be shown."""
    has_secret: bool
    """Whether one stands there."""
    offerings: Mapping[ProductOfferingId, OfferedLeg]
    """By our offering."""
    sites: Mapping[str, str] = field(default_factory=dict)
    """What the partner calls our sites, where it is another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerContact:
    """Whom a partner turns to, as Sonata wants it with every request."""

    name: str
    email: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerAccount:
    """How we log in to a partner and speak to it."""

    terms: PartnerTerms
    contact: PartnerContact
    token_url: str
    secret: str = field(repr=False)
    """Empty where none was found; kept in no store and never shown."""
    timeout_s: float
    """For each answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldQualification:
    """What a partner says to the question whether something can be had."""

    qualification_id: str
    external_id: str
    offering_id: str
    confidence: str
    """``green``, ``yellow`` or ``red``."""
    reason: str
    installation_days: int | None
    days_confidence: Confidence = Confidence.ASSUMED
    """How far the seller trusts the days; assumed where it does not say, as nothing binds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldQuote:
    """A quote as a partner tells it."""

    quote_id: str
    external_id: str
    offering_id: str
    level: str
    state: str
    price: LegPrice | None
    """``None`` where none is told."""
    installation_days: int | None
    valid_until: datetime | None
    reasons: tuple[str, ...]
    product_id: str = ""
    """Of the product that it changes; empty for a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOrder:
    """An order as a partner tells it."""

    order_id: str
    external_id: str
    action: str
    state: str
    quote_id: str
    """Of the quote that it names; empty where it names none."""
    product_id: str
    """Of the product that it makes or ends; empty until the partner tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldProduct:
    """A product as a partner tells it."""

    product_id: str
    status: str
    offering_id: str
    order_ids: frozenset[str]
    price: LegPrice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One record in a partner's list."""

    record_id: str
    external_id: str
    """What we called it; empty where the list does not say."""
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAsked:
    """What is to be ordered."""

    name: ExternalId
    """What we call the order."""
    action: OrderAction
    wish: Wish
    quote_id: str
    """Empty for an end."""
    product_id: str
    """Of the product that is to change or end; empty for a new one."""
    due_on: date


@runtime_checkable
class Partner(Protocol):
    """An operator that sells over an interface.

    What is asked under a name that was used before gives the record of then, also where the answer
    of then was lost. All raise :class:`PartnerError`, with code, place and what would be right.
    """

    @property
    def terms(self) -> PartnerTerms:
        """What we have written down about it."""

    def qualification(
        self, wish: Wish, name: ExternalId, *, product_id: str = ""
    ) -> ToldQualification:
        """Whether something can be had; or what a product of ours there can become."""

    def new_quote(self, wish: Wish, name: ExternalId, *, product_id: str = "") -> ToldQuote:
        """A firm quote; of what a product of ours there is to become, where one is named."""

    def quote(self, quote_id: str) -> ToldQuote:
        """A quote as it stands."""

    def quote_named(self, name: ExternalId) -> ToldQuote | None:
        """The quote that we gave the name; ``None`` where there is none."""

    def decline(self, quote_id: str, *, is_at_work: bool) -> None:
        """Give back what a quote holds; one that is still worked on is cancelled."""

    def new_order(self, asked: OrderAsked) -> ToldOrder:
        """An order."""

    def order(self, order_id: str) -> ToldOrder:
        """An order as it stands."""

    def order_named(self, name: ExternalId) -> ToldOrder | None:
        """The order that we gave the name; ``None`` where there is none."""

    def cancel(self, order_id: str) -> None:
        """Call an order off."""

    def product(self, product_id: str) -> ToldProduct:
        """A product as it stands."""

    def orders(self) -> tuple[Listed, ...]:
        """All our orders there."""

    def products(self) -> tuple[Listed, ...]:
        """All our products there."""


@runtime_checkable
class Pause(Protocol):
    """Who lets time pass."""

    def wait(self, seconds: float) -> None:
        """Come back after so many seconds."""


@runtime_checkable
class PartnersSource(Protocol):
    """Where it is written down who is a partner."""

    def read_accounts(self) -> tuple[PartnerAccount, ...]:
        """The partners, by operator.

        Raises
        ------
        InvalidDataError
            With every finding.
        """
