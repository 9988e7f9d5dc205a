"""Which transfers do the rows of a table ask for, and which rows make no sense?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NewType

from karakoram.core.errors import BatchRefusedError, InvalidDataError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.core.identifiers import AccountId, TransferId
from karakoram.core.money import (
    Money,
    check_currency,
    money_exactly,
)
from karakoram.core.tables import records_from_rows
from karakoram.settlement.ledger.transfers import Transfer, TransferKind
from karakoram.usecases.table_ports import TableRows

CurrencyCode = NewType("CurrencyCode", str)

_COLUMN_BY_FIELD: Mapping[str, str] = {"debit_account_id": "debit", "credit_account_id": "credit"}
"""Where a row calls what a transfer has by another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRow:
    """A transfer as a person writes it: the amount in major units."""

    transfer_id: TransferId
    debit: AccountId
    credit: AccountId
    amount: Decimal
    currency: CurrencyCode
    booked_on: date
    kind: TransferKind = TransferKind.POSTED
    pending_id: TransferId | None = None
    corrects: TransferId | None = None
    subject_kind: str = ""
    subject_id: str = ""
    memo: str = ""
    exchange_rate: str = ""

    def __post_init__(self) -> None:
        self.transfer()

    def transfer(self) -> Transfer:
        """The transfer.

        Raises
        ------
        ValueError
            If the currency is unknown, the amount has more digits than it, or a rate is none.
        """
        check_currency(self.currency, field="currency")
        try:
            amount = money_exactly(self.amount, self.currency)
        except ValueError as error:
            raise ValueError(f"amount {error}") from None
        return self._with(amount)

    def _with(self, amount: Money) -> Transfer:
        return Transfer(
            transfer_id=self.transfer_id,
            debit_account_id=self.debit,
            credit_account_id=self.credit,
            amount=amount,
            booked_on=self.booked_on,
            kind=self.kind,
            pending_id=self.pending_id,
            corrects=self.corrects,
            subject_kind=self.subject_kind,
            subject_id=self.subject_id,
            memo=self.memo,
            exchange_rate=self.exchange_rate,
        )


def transfers_from_rows(table: TableRows) -> tuple[Transfer, ...]:
    """The transfers of a table, every row of which makes sense.

    Raises
    ------
    InvalidDataError
        With every finding of every row, if there is one, or if there is no row.
    """
    rows, found = records_from_rows(
        table.rows, record_type=TransferRow, table=table.table, header=table.header
    )
    findings = (*found, *_no_row(table))
    if errors_of((*findings, *table.findings)):
        named = (replace(each, place=replace(each.place, file=table.file)) for each in findings)
        raise InvalidDataError((*table.findings, *named))
    return tuple(each.transfer() for each in rows)


def refused_rows(error: BatchRefusedError, table: TableRows) -> BatchRefusedError:
    """The refusals of a batch at the rows and columns that asked for it."""
    numbers = {cells["transfer_id"].strip(): number for number, cells in reversed(table.rows)}
    findings = tuple(
        replace(
            each,
            place=Place(
                table=table.table,
                file=table.file,
                row=numbers.get(each.place.record or ""),
                record=each.place.record,
                field=_COLUMN_BY_FIELD.get(each.place.field or "", each.place.field),
            ),
        )
        for each in error.findings
    )
    return BatchRefusedError(error.message, findings)


def _no_row(table: TableRows) -> Iterator[Finding]:
    if not table.rows and not table.findings:
        yield Finding(
            code="no-rows",
            place=Place(table=table.table, file=table.file),
            message="holds no transfer below its first row; write at least one",
        )
