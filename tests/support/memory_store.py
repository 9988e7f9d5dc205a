"""A store of sales in memory: the plain model that real stores are held against."""

from collections import Counter
from dataclasses import dataclass, field, replace

from karakoram.core.errors import ConflictError, NotFoundError, TakenError
from karakoram.sales.jobs import Job
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote
from karakoram.sales.services import legs_carried
from karakoram.sales.submissions import Submission
from karakoram.settlement.viewing import operators_concerned
from karakoram.usecases.sell.sales_ports import LegPart, LegPlace, Rider, Stamp, StampedPart
from tests.support.memory_ledger import MemoryLedger


@dataclass
class Tables:
    """Everything that is stored, in plain dictionaries."""

    records: dict = field(default_factory=dict)  # (type, id) -> record
    resources: dict = field(default_factory=dict)
    claims: dict = field(default_factory=dict)
    replays: dict = field(default_factory=dict)
    log: list = field(default_factory=list)
    job_rows: dict = field(default_factory=dict)  # (job id, row) -> row
    ledger: MemoryLedger = field(default_factory=MemoryLedger)

    def copy(self):
        return Tables(
            records=dict(self.records),
            resources=dict(self.resources),
            claims=dict(self.claims),
            replays=dict(self.replays),
            log=list(self.log),
            job_rows=dict(self.job_rows),
            ledger=self.ledger.copy(),
        )


def identifier(record):
    """The identifier of a record: its first field."""
    return getattr(record, next(iter(record.__dataclass_fields__)))


def buyer_of(record):
    return getattr(record, "buyer_id", None) or getattr(record, "payer_id", None)


def state_of(record):
    state = getattr(record, "state", None)
    return None if state is None else state.value


class MemoryTransaction:
    """Reader and writer at once."""

    def __init__(self, tables):
        self.tables = tables

    def find(self, kind, record_id):
        return self.tables.records.get((kind, record_id))

    def find_some(self, kind, record_ids):
        found = {record_id: self.find(kind, record_id) for record_id in record_ids}
        return {record_id: record for record_id, record in found.items() if record is not None}

    def find_numbered(self, kind, number):
        papers = (each for each in self.find_all(kind) if each.number == number)
        return next(papers, None)

    def last_number(self, kind, series):
        found = (each.number for each in self.find_all(kind))
        behind = [each.removeprefix(series) for each in found if each.startswith(series)]
        counted = [each for each in behind if "-" not in each]
        return series + max(counted, key=int) if counted else None

    def find_all(self, kind, *, offset=0, limit=None, **narrowed):
        return tuple(self._all(kind, **narrowed)[offset:][:limit])

    def _all(self, kind, *, buyer_id=None, operator_id=None, states=()):
        wanted = tuple(states)
        return [
            record
            for (sort, _), record in sorted(
                self.tables.records.items(), key=lambda item: item[0][1]
            )
            if sort is kind
            and buyer_id in {None, buyer_of(record)}
            and operator_id in {None, *operators_concerned(record)}
            and (not wanted or state_of(record) in wanted)
        ]

    def count(self, kind, **narrowed):
        return len(self._all(kind, **narrowed))

    def stamp(self, kind, record_id):
        record = self.tables.records.get((kind, record_id))
        return record and Stamp(
            record_id, record.version, (Submission, record_id) in self.tables.records
        )

    def stamps(self, kind, *, offset=0, limit=None, **narrowed):
        found = self._all(kind, **narrowed)
        told = (self.stamp(kind, identifier(each)) for each in found[offset:][:limit])
        return StampedPart(stamps=tuple(told), total=len(found))

    def legs(self, kind, *, operator_id=None, states=(), offset=0, limit=None):
        wanted = tuple(states)
        found = [
            LegPlace(identifier(record), place)
            for record in self._all(kind)
            for place, leg in enumerate(legs_carried(record), start=1)
            if operator_id in {None, leg.operator_id} and (not wanted or leg.state in wanted)
        ]
        return LegPart(places=tuple(found[offset:][:limit]), total=len(found))

    def resources(self, kinds=(), *, site_ids=(), operator_id=None, offset=0, limit=None):
        kinds, sites = tuple(kinds), set(site_ids)
        found = [
            resource
            for _, resource in sorted(self.tables.resources.items())
            if (not kinds or resource.kind in kinds)
            and (not sites or {resource.a_site_id, resource.z_site_id} & sites)
            and operator_id in {None, resource.operator_id}
        ]
        return tuple(found[offset:][:limit])

    def count_resources(self, kinds=(), *, operator_id=None):
        return len(self.resources(kinds, operator_id=operator_id))

    def resources_by_id(self, resource_ids):
        known = self.tables.resources
        return tuple(known[each] for each in sorted(set(resource_ids)) if each in known)

    def claims_of(self, claimant_ids):
        wanted = set(claimant_ids)
        found = [each for each in self.tables.claims.values() if each.claimant_id in wanted]
        return tuple(sorted(found, key=lambda c: (c.claimant_id, c.side.value, c.hop, c.claim_id)))

    def claims_on(self, resource_ids):
        wanted = set(resource_ids)
        found = [each for each in self.tables.claims.values() if each.resource_id in wanted]
        return tuple(sorted(found, key=lambda c: c.claim_id))

    def quotes_over_at(self, moment, *, states):
        found = self.find_all(Quote, states=states)
        return tuple(each for each in found if each.valid_until <= moment)

    def riders(self, resource_id):
        depth, layer, above = {}, {resource_id}, 0
        while layer:
            above += 1
            claimants = {claim.claimant_id for claim in self.claims_on(layer)}
            layer = claimants - depth.keys()
            depth.update(dict.fromkeys(layer, above))
        found = sorted(depth.items(), key=lambda item: (item[1], item[0]))
        return tuple(self._rider(rider_id, above) for rider_id, above in found)

    def _rider(self, rider_id, depth):
        there, sold = self.tables.resources.get(rider_id), self.find(Product, rider_id)
        return Rider(
            rider_id=rider_id,
            depth=depth,
            kind=there and there.kind,
            name=there.name if there else sold.product_offering_id if sold else "",
            buyer_id=sold and sold.buyer_id,
        )

    def replay(self, buyer_id, external_id):
        return self.tables.replays.get((buyer_id, external_id))

    def log_of(self, subject_id):
        return tuple(entry for entry in self.tables.log if entry.subject_id == subject_id)

    def logs_of(self, subject_ids):
        told = {subject_id: self.log_of(subject_id) for subject_id in subject_ids}
        return {subject_id: entries for subject_id, entries in told.items() if entries}

    def add(self, record):
        key = (type(record), identifier(record))
        if key in self.tables.records:
            raise ConflictError(f"{key[1]} is there already")
        self.tables.records[key] = record

    def replace(self, record):
        key = (type(record), identifier(record))
        self._check_version(self.tables.records.get(key), record)
        newer = replace(record, version=record.version + 1)
        self.tables.records[key] = newer
        return newer

    def add_resources(self, resources):
        for resource in resources:
            if resource.resource_id in self.tables.resources:
                raise ConflictError(f"{resource.resource_id} is there already")
            self.tables.resources[resource.resource_id] = resource

    def replace_resources(self, resources):
        for resource in resources:
            self._check_version(self.tables.resources.get(resource.resource_id), resource)
            newer = replace(resource, version=resource.version + 1)
            self.tables.resources[resource.resource_id] = newer

    def remove_resources(self, resource_ids):
        for resource_id in resource_ids:
            if resource_id not in self.tables.resources:
                raise NotFoundError(f"there is no resource {resource_id}")
            if self.claims_on([resource_id]):
                raise TakenError(f"{resource_id} still carries something")
            del self.tables.resources[resource_id]

    def add_claims(self, claims):
        for claim in claims:
            if claim.claim_id in self.tables.claims:
                raise ConflictError(f"{claim.claim_id} is there already")
            resource = self.tables.resources.get(claim.resource_id)
            if resource is None:
                raise NotFoundError(f"there is no resource {claim.resource_id}")
            if resource.taken & claim.units or claim.units.bit_length() > resource.unit_count:
                raise TakenError(f"units of {resource.name} are taken", where=claim.resource_id)
            self.tables.claims[claim.claim_id] = claim
            self._set(resource, resource.taken | claim.units)

    def release_claims(self, claims):
        for claim in claims:
            held = self._held(claim)
            del self.tables.claims[claim.claim_id]
            resource = self.tables.resources[held.resource_id]
            self._set(resource, resource.taken & ~held.units)

    def keep_claims(self, claims, *, claimant_id):
        for claim in claims:
            held = self._held(claim)
            kept = replace(held, claimant_id=claimant_id, until=None)
            self.tables.claims[claim.claim_id] = kept

    def claims_expired_at(self, moment):
        return tuple(
            claim
            for _, claim in sorted(self.tables.claims.items())
            if claim.until is not None and claim.until <= moment
        )

    def remember(self, buyer_id, external_id, replay):
        if (buyer_id, external_id) in self.tables.replays:
            raise ConflictError(f"{external_id} is used already")
        self.tables.replays[buyer_id, external_id] = replay

    def log(self, entry):
        self.tables.log.append(entry)

    def jobs_due_at(self, moment, *, limit=None):
        due = [job for job in self.find_all(Job) if job.due_at and job.due_at <= moment]
        return tuple(due[:limit])

    def job_rows(self, question):
        rows = [
            row
            for (job_id, _), row in sorted(self.tables.job_rows.items())
            if job_id == question.job_id and not (question.is_open and row.result)
        ]
        return tuple(rows[: question.limit])

    def job_counts(self, job_ids):
        rows = self.tables.job_rows.values()
        return {
            each: Counter(row.result for row in rows if row.job_id == each and row.result)
            for each in job_ids
        }

    def add_job_rows(self, rows):
        self.tables.job_rows.update({(row.job_id, row.row): row for row in rows})

    def replace_job_row(self, row):
        known = self.tables.job_rows.get((row.job_id, row.row))
        if known is None or known.result is not None:
            raise ConflictError(f"row {row.row} has an outcome already")
        self.tables.job_rows[row.job_id, row.row] = row

    def account(self, account_id):
        return self.tables.ledger.accounts.get(account_id)

    def accounts(self, book=None):
        return self.tables.ledger.accounts_of(book)

    def balances(self, account_ids=None, *, book=None, until=None):
        return self.tables.ledger.balances(account_ids, book=book, until=until)

    def transfer(self, transfer_id):
        return self.tables.ledger.transfers.get(transfer_id)

    def transfers_of(self, question):
        return self.tables.ledger.transfers_of(question)

    def closed_until(self, book):
        return self.tables.ledger.closed.get(book)

    def open_accounts(self, accounts):
        self.tables.ledger.open_accounts(accounts)

    def post(self, transfers):
        return self.tables.ledger.post(transfers)

    def close_period(self, book, until):
        self.tables.ledger.close_period(book, until)

    def _held(self, claim):
        if claim.claim_id not in self.tables.claims:
            raise NotFoundError(f"there is no claim {claim.claim_id}")
        return self.tables.claims[claim.claim_id]

    def _set(self, resource, taken):
        newer = replace(resource, taken=taken, version=resource.version + 1)
        self.tables.resources[resource.resource_id] = newer

    @staticmethod
    def _check_version(stored, record):
        if stored is None or stored.version != record.version:
            raise ConflictError(f"{identifier(record)} was changed by somebody else")


class MemoryStore:
    """The store: what an action writes counts only if it comes to its end."""

    def __init__(self):
        self.tables = Tables()

    def read(self, question):
        return question(MemoryTransaction(self.tables))

    def write(self, action):
        tables = self.tables.copy()
        answer = action(MemoryTransaction(tables))
        self.tables = tables
        return answer


class CountingIds:
    """Identifiers that sort by age, as of RFC 9562 version 7."""

    def __init__(self):
        self.count = 0

    def new_id(self):
        self.count += 1
        return f"id-{self.count:08d}"


class FixedMoment:
    """A clock that stands until it is set."""

    def __init__(self, moment):
        self.moment = moment

    def now(self):
        return self.moment
