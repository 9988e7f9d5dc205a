"""What do the use cases of sales need from outside?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar, runtime_checkable

from karakoram.core.identifiers import ExternalId, OperatorId, PartyId, ResourceId
from karakoram.operations.outages import Outage
from karakoram.sales.api_clients import ApiClient
from karakoram.sales.change_log import LogEntry
from karakoram.sales.inventory.resources import Claim, Resource
from karakoram.sales.jobs import Job
from karakoram.sales.moving import rider_of
from karakoram.sales.orders import ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.products import Product
from karakoram.sales.purchases import Purchase
from karakoram.sales.qualifications import Qualification
from karakoram.sales.quotes import Quote
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.sales.submissions import Submission
from karakoram.settlement.disputes import Dispute
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.statements import OwnerStatement

Record = (
    Party
    | Qualification
    | Quote
    | ProductOrder
    | Product
    | Purchase
    | ApiClient
    | Submission
    | Outage
    | Invoice
    | CreditNote
    | OwnerStatement
    | Dispute
    | Job
)
RecordT = TypeVar(
    "RecordT",
    Party,
    Qualification,
    Quote,
    ProductOrder,
    Product,
    Purchase,
    ApiClient,
    Submission,
    Outage,
    Invoice,
    CreditNote,
    OwnerStatement,
    Dispute,
    Job,
)
AnswerT = TypeVar("AnswerT")


def identifier(record: Record) -> str:
    """The identifier of a record: its first field."""
    return str(getattr(record, fields(record)[0].name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What an external identifier was used for before."""

    action: str
    digest: str
    """SHA-256 of the content of the request."""
    subject_id: str
    """Identifier of the record that was the answer."""


class Stamp(NamedTuple):
    """Which version of a record there is: what tells whether it is known already."""

    record_id: str
    version: int
    is_sent: bool
    """Whether what somebody sent for it is kept beside it, which never changes."""


class StampedPart(NamedTuple):
    """Some records of a list by their versions, and how many there are in all."""

    stamps: tuple[Stamp, ...]
    total: int


class LegPlace(NamedTuple):
    """A leg of an order or a product, by its place in it; the first has place 1."""

    record_id: str
    place: int


class LegPart(NamedTuple):
    """Some legs of a list, and how many there are in all."""

    places: tuple[LegPlace, ...]
    total: int


class Rider(NamedTuple):
    """Something that rides on a resource, with how many layers lie between.

    A tuple, because ten thousand of them answer one question.
    """

    rider_id: str
    depth: int
    """Layers above the resource: 1 for what holds its units itself."""
    kind: ResourceKind | None
    """Of a connection; ``None`` for a product, offer or order."""
    name: str
    """Of a connection, or the offering of a product; empty for an offer or order."""
    buyer_id: PartyId | None
    """Of a product."""

    @property
    def what(self) -> str:
        """Kind and name of a connection, or the offering of a product."""
        if self.kind is not None:
            return f"{self.kind.value} {self.name}"
        if self.name:
            return self.name
        is_moving = rider_of(self.rider_id) != self.rider_id
        return "held while something moves" if is_moving else "held by an offer or order"


@runtime_checkable
class SalesReader(Protocol):
    """What is in the store at one moment."""

    def find(self, kind: type[RecordT], record_id: str) -> RecordT | None:
        """The record, or ``None`` where there is none."""

    def find_some(self, kind: type[RecordT], record_ids: Iterable[str]) -> dict[str, RecordT]:
        """Those of the records that exist, by their identifiers."""

    def find_all(
        self,
        kind: type[RecordT],
        *,
        buyer_id: PartyId | None = None,
        operator_id: OperatorId | None = None,
        states: Iterable[str] = (),
        offset: int = 0,
        limit: int | None = None,
    ) -> tuple[RecordT, ...]:
        """Records of a kind, oldest first; of a buyer, an operator, in some states where given.

        The first ``offset`` of them are passed over, and ``limit`` given at most. Of what is
        billed, the buyer is whoever pays. Of an operator is what it may see, as of
        :func:`karakoram.settlement.viewing.operators_concerned`.
        """

    def count(
        self,
        kind: type[RecordT],
        *,
        buyer_id: PartyId | None = None,
        operator_id: OperatorId | None = None,
        states: Iterable[str] = (),
    ) -> int:
        """How many records of a kind there are; of a buyer, an operator, in states where given."""

    def stamp(self, kind: type[Record], record_id: str) -> Stamp | None:
        """Which version of a record there is; ``None`` where there is no such record."""

    def stamps(
        self,
        kind: type[Record],
        *,
        buyer_id: PartyId | None = None,
        operator_id: OperatorId | None = None,
        states: Iterable[str] = (),
        offset: int = 0,
        limit: int | None = None,
    ) -> StampedPart:
        """Which records :meth:`find_all` would give, each with its version, and how many in all."""

    def legs(
        self,
        kind: type[ProductOrder | Product],
        *,
        operator_id: OperatorId | None = None,
        states: Iterable[str] = (),
        offset: int = 0,
        limit: int | None = None,
    ) -> LegPart:
        """The legs of orders or products, those of the oldest first, and how many in all.

        Where given: of one operator, in some states, which of products are those of the services.
        The first ``offset`` of them are passed over, and ``limit`` given at most.
        """

    def resources(
        self,
        kinds: Iterable[ResourceKind] = (),
        *,
        site_ids: Iterable[str] = (),
        operator_id: OperatorId | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> tuple[Resource, ...]:
        """Resources of these kinds (all where none is named), sorted by identifier.

        Where given: that end at one of the sites, that the operator has. The first ``offset`` of
        them are passed over, and ``limit`` given at most.
        """

    def count_resources(
        self, kinds: Iterable[ResourceKind] = (), *, operator_id: OperatorId | None = None
    ) -> int:
        """How many resources of these kinds there are; of one operator where given."""

    def resources_by_id(self, resource_ids: Iterable[ResourceId]) -> tuple[Resource, ...]:
        """Those of the resources that exist."""

    def claims_of(self, claimant_ids: Iterable[str]) -> tuple[Claim, ...]:
        """What the claimants hold, in the order of their hops."""

    def claims_on(self, resource_ids: Iterable[ResourceId]) -> tuple[Claim, ...]:
        """Who holds units of the resources."""

    def claims_expired_at(self, moment: datetime) -> tuple[Claim, ...]:
        """Reservations whose time is over."""

    def quotes_over_at(self, moment: datetime, *, states: Iterable[str]) -> tuple[Quote, ...]:
        """Quotes in one of the states that no longer hold, oldest first."""

    def riders(self, resource_id: ResourceId) -> tuple[Rider, ...]:
        """Everything that rides on a resource, however many layers up; the nearest first."""

    def replay(self, buyer_id: PartyId, external_id: ExternalId) -> Replay | None:
        """What the buyer used the external identifier for."""

    def log_of(self, subject_id: str) -> tuple[LogEntry, ...]:
        """What was done to a record, oldest first."""

    def logs_of(self, subject_ids: Iterable[str]) -> dict[str, tuple[LogEntry, ...]]:
        """What was done to each of the records to which anything was, oldest first."""


@runtime_checkable
class SalesWriter(SalesReader, Protocol):
    """A transaction: everything written in it counts, or nothing."""

    def add(self, record: Record) -> None:
        """Write a new record."""

    def replace(self, record: RecordT) -> RecordT:
        """The record as it is stored from now on; ``record.version`` is the one that was read.

        Raises
        ------
        ConflictError
            If somebody else has changed the record since.
        """

    def add_resources(self, resources: Iterable[Resource]) -> None:
        """Write new resources."""

    def replace_resources(self, resources: Iterable[Resource]) -> None:
        """Write the next versions of resources.

        Raises
        ------
        ConflictError
            If somebody else has changed one of them since.
        """

    def remove_resources(self, resource_ids: Iterable[ResourceId]) -> None:
        """Remove resources on which nothing rides; the log keeps what was."""

    def add_claims(self, claims: Iterable[Claim]) -> None:
        """Claim units, and set them as taken.

        Raises
        ------
        TakenError
            If a unit is taken already; names the resource, its units and who holds them.
        """

    def release_claims(self, claims: Iterable[Claim]) -> None:
        """Give the units of the claims back."""

    def keep_claims(self, claims: Iterable[Claim], *, claimant_id: str) -> None:
        """Give the claims to another claimant, without an end."""

    def remember(self, buyer_id: PartyId, external_id: ExternalId, replay: Replay) -> None:
        """Write what the external identifier was used for."""

    def log(self, entry: LogEntry) -> None:
        """Write an entry of the change log."""


@runtime_checkable
class SalesStore(Protocol):
    """Where sales are kept."""

    def read(self, question: Callable[[SalesReader], AnswerT]) -> AnswerT:
        """What ``question`` answers at one moment."""

    def write(self, action: Callable[[SalesWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers, everything that it wrote being durable.

        The action may be run again where two writers met, so it must not do anything outside.
        """


@runtime_checkable
class IdSource(Protocol):
    """Who makes new identifiers."""

    def new_id(self) -> str:
        """A new identifier, larger than all earlier ones (RFC 9562, version 7)."""


@runtime_checkable
class Moments(Protocol):
    """Who knows the time."""

    def now(self) -> datetime:
        """The moment in UTC."""
