"""What can be asked and done inside one transaction of a store?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from karakoram.adapters.store import claims as claim_rows
from karakoram.adapters.store import jobs as job_rows
from karakoram.adapters.store import ledger as ledger_writing
from karakoram.adapters.store import ledger_questions, lists
from karakoram.adapters.store import legs as leg_rows
from karakoram.adapters.store import records as record_rows
from karakoram.adapters.store import resources as resource_rows
from karakoram.core.identifiers import (
    AccountId,
    ExternalId,
    JobId,
    OperatorId,
    PartyId,
    ResourceId,
    TransferId,
)
from karakoram.sales.change_log import LogEntry
from karakoram.sales.inventory.resources import Claim, Resource
from karakoram.sales.jobs import Job, JobRow, RowResult
from karakoram.sales.orders import ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.settlement.ledger.accounts import Account, Balance
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.usecases.desk.job_ports import RowQuestion
from karakoram.usecases.sell.sales_ports import (
    LegPart,
    Record,
    RecordT,
    Replay,
    Rider,
    Stamp,
    StampedPart,
)
from karakoram.usecases.settle.ledger_ports import NumberedT, TransferQuestion


@dataclass(frozen=True, slots=True)
class Transaction:
    """A writer of sales, jobs and the ledger over a connection in its transaction.

    Questions get the same, on a connection whose database refuses to write.
    """

    connection: Connection

    def find(self, kind: type[RecordT], record_id: str) -> RecordT | None:
        """The record, or ``None`` where there is none."""
        return record_rows.found(self.connection, kind, record_id)

    def find_some(self, kind: type[RecordT], record_ids: Iterable[str]) -> dict[str, RecordT]:
        """Those of the records that exist, by their identifiers."""
        return record_rows.found_among(self.connection, kind, record_ids)

    def find_numbered(self, kind: type[NumberedT], number: str) -> NumberedT | None:
        """The paper of that number, or ``None`` where there is none."""
        return record_rows.found_numbered(self.connection, kind, number)

    def last_number(self, kind: type[NumberedT], series: str) -> str | None:
        """The largest number of a series; ``None`` where it has none yet."""
        return record_rows.last_number(self.connection, kind, series)

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
        """Records of a kind, oldest first; of a buyer, an operator, in some states where given."""
        narrowed = lists.Narrowed(buyer_id, operator_id, tuple(states))
        return lists.all_found(self.connection, kind, narrowed, part=(offset, limit))

    def count(
        self,
        kind: type[RecordT],
        *,
        buyer_id: PartyId | None = None,
        operator_id: OperatorId | None = None,
        states: Iterable[str] = (),
    ) -> int:
        """How many records of a kind there are; of a buyer, an operator, in states where given."""
        narrowed = lists.Narrowed(buyer_id, operator_id, tuple(states))
        return lists.count(self.connection, kind, narrowed)

    def stamp(self, kind: type[Record], record_id: str) -> Stamp | None:
        """Which version of a record there is; ``None`` where there is no such record."""
        return lists.stamp(self.connection, kind, record_id)

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
        narrowed = lists.Narrowed(buyer_id, operator_id, tuple(states))
        return lists.stamps(self.connection, kind, narrowed, part=(offset, limit))

    def legs(
        self,
        kind: type[ProductOrder | Product],
        *,
        operator_id: OperatorId | None = None,
        states: Iterable[str] = (),
        offset: int = 0,
        limit: int | None = None,
    ) -> LegPart:
        """The legs of orders or products, those of the oldest first, and how many in all."""
        return leg_rows.found(
            self.connection,
            kind,
            operator_id=operator_id,
            states=states,
            part=(offset, limit),
        )

    def resources(
        self,
        kinds: Iterable[ResourceKind] = (),
        *,
        site_ids: Iterable[str] = (),
        operator_id: OperatorId | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> tuple[Resource, ...]:
        """Resources of these kinds (all where none is named), sorted by identifier."""
        return resource_rows.found(
            self.connection,
            kinds,
            site_ids=site_ids,
            operator_id=operator_id,
            part=(offset, limit),
        )

    def count_resources(
        self, kinds: Iterable[ResourceKind] = (), *, operator_id: OperatorId | None = None
    ) -> int:
        """How many resources of these kinds there are; of one operator where given."""
        return resource_rows.count(self.connection, kinds, operator_id=operator_id)

    def resources_by_id(self, resource_ids: Iterable[ResourceId]) -> tuple[Resource, ...]:
        """Those of the resources that exist."""
        return tuple(resource_rows.by_id(self.connection, resource_ids).values())

    def claims_of(self, claimant_ids: Iterable[str]) -> tuple[Claim, ...]:
        """What the claimants hold, in the order of their hops."""
        return claim_rows.of_claimants(self.connection, claimant_ids)

    def claims_on(self, resource_ids: Iterable[ResourceId]) -> tuple[Claim, ...]:
        """Who holds units of the resources."""
        return claim_rows.on_resources(self.connection, resource_ids)

    def quotes_over_at(self, moment: datetime, *, states: Iterable[str]) -> tuple[Quote, ...]:
        """Quotes in one of the states that no longer hold, oldest first."""
        return record_rows.quotes_over_at(self.connection, moment, states=states)

    def riders(self, resource_id: ResourceId) -> tuple[Rider, ...]:
        """Everything that rides on a resource, however many layers up; the nearest first."""
        return resource_rows.riders(self.connection, resource_id)

    def replay(self, buyer_id: PartyId, external_id: ExternalId) -> Replay | None:
        """What the buyer used the external identifier for."""
        return record_rows.replay(self.connection, buyer_id, external_id)

    def log_of(self, subject_id: str) -> tuple[LogEntry, ...]:
        """What was done to a record, oldest first."""
        return self.logs_of([subject_id]).get(subject_id, ())

    def logs_of(self, subject_ids: Iterable[str]) -> dict[str, tuple[LogEntry, ...]]:
        """What was done to each of the records to which anything was, oldest first."""
        return record_rows.logs_of(self.connection, subject_ids)

    def add(self, record: Record) -> None:
        """Write a new record."""
        record_rows.add(self.connection, record)

    def replace(self, record: RecordT) -> RecordT:
        """The record as it is stored from now on; ``record.version`` is the one that was read."""
        newer = replace(record, version=record.version + 1)
        record_rows.replace_version(self.connection, newer, version=record.version)
        return newer

    def add_resources(self, resources: Iterable[Resource]) -> None:
        """Write new resources."""
        resource_rows.add(self.connection, resources)

    def replace_resources(self, resources: Iterable[Resource]) -> None:
        """Write the next versions of resources."""
        resource_rows.replace_versions(self.connection, resources)

    def remove_resources(self, resource_ids: Iterable[ResourceId]) -> None:
        """Remove resources on which nothing rides; the log keeps what was."""
        resource_rows.remove(self.connection, resource_ids)

    def add_claims(self, claims: Iterable[Claim]) -> None:
        """Claim units, and set them as taken."""
        claim_rows.add(self.connection, claims)

    def release_claims(self, claims: Iterable[Claim]) -> None:
        """Give the units of the claims back."""
        claim_rows.release(self.connection, claims)

    def keep_claims(self, claims: Iterable[Claim], *, claimant_id: str) -> None:
        """Give the claims to another claimant, without an end."""
        claim_rows.keep(self.connection, claims, claimant_id=claimant_id)

    def claims_expired_at(self, moment: datetime) -> tuple[Claim, ...]:
        """Reservations whose time is over."""
        return claim_rows.expired_at(self.connection, moment)

    def remember(self, buyer_id: PartyId, external_id: ExternalId, replay: Replay) -> None:
        """Write what the external identifier was used for."""
        record_rows.remember(self.connection, buyer_id, external_id, used=replay)

    def log(self, entry: LogEntry) -> None:
        """Write an entry of the change log."""
        record_rows.log(self.connection, entry)

    def jobs_due_at(self, moment: datetime, *, limit: int | None = None) -> tuple[Job, ...]:
        """Jobs that a worker may take up: their time has come or a lease is over; oldest first."""
        return job_rows.due_at(self.connection, moment, limit=limit)

    def job_rows(self, question: RowQuestion) -> tuple[JobRow, ...]:
        """The rows that are asked for."""
        return job_rows.rows(self.connection, question)

    def job_counts(self, job_ids: Iterable[JobId]) -> dict[JobId, dict[RowResult, int]]:
        """How many rows of each of the jobs became what; those still to be done are left out."""
        return job_rows.counts(self.connection, job_ids)

    def add_job_rows(self, rows: Iterable[JobRow]) -> None:
        """Write the rows of a new job."""
        job_rows.add(self.connection, rows)

    def replace_job_row(self, row: JobRow) -> None:
        """Write the outcome of a row."""
        job_rows.replace(self.connection, row)

    def account(self, account_id: AccountId) -> Account | None:
        """The account, or ``None`` where there is none."""
        return ledger_questions.account(self.connection, account_id)

    def accounts(self, book: str | None = None) -> tuple[Account, ...]:
        """The accounts of a book, or of all, sorted by book and name."""
        return ledger_questions.accounts(self.connection, book)

    def balances(
        self,
        account_ids: Iterable[AccountId] | None = None,
        *,
        book: str | None = None,
        until: date | None = None,
    ) -> dict[AccountId, Balance]:
        """Balances of accounts, of a book, or of all, sorted; of what is booked till ``until``."""
        return ledger_questions.balances(self.connection, account_ids, book=book, until=until)

    def transfer(self, transfer_id: TransferId) -> Transfer | None:
        """The transfer, or ``None`` where there is none."""
        return ledger_questions.transfers_by_id(self.connection, [transfer_id]).get(transfer_id)

    def transfers_of(self, question: TransferQuestion) -> tuple[Transfer, ...]:
        """The transfers that are asked for, in the order in which they were posted."""
        return ledger_questions.transfers_of(self.connection, question)

    def closed_until(self, book: str) -> date | None:
        """The first day of a book that is open; ``None`` where it has never been closed."""
        return ledger_questions.closed_until(self.connection, book)

    def open_accounts(self, accounts: Iterable[Account]) -> None:
        """Open accounts; one that is open as it is asked for stays as it is."""
        ledger_writing.open_accounts(self.connection, accounts)

    def post(self, transfers: Iterable[Transfer]) -> tuple[Transfer, ...]:
        """The transfers that were not there before; all are posted, or none."""
        return ledger_writing.post(self.connection, transfers)

    def close_period(self, book: str, until: date) -> None:
        """Close a book to all that would be booked before ``until``."""
        ledger_writing.close_period(self.connection, book, until)
