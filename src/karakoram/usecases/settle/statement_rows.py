"""How does a statement stand in a table, ours to be sent and theirs to be compared?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.core.money import (
    Money,
    check_currency,
    decimal_from_money,
    money_exactly,
)
from karakoram.core.provenance import Confidence
from karakoram.core.tables import records_from_rows
from karakoram.settlement.amount_trust import line_trust
from karakoram.settlement.reconciling import StatedAmount
from karakoram.settlement.statements import StatementLine
from karakoram.usecases.table_ports import Table, TableRows, table_from_records


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One line of a statement in a table."""

    key: str
    text: str = ""
    amount: Decimal
    """In major units; positive where the owner is owed."""
    currency: str
    shared_by: str = ""
    """What a share is measured by; it and its percentage are told, and not compared."""
    percent: Decimal | None = None
    confidence: Confidence | None = None
    """How far the amount may be trusted; told, and not compared."""

    def __post_init__(self) -> None:
        check_currency(self.currency, field="StatementRow.currency")
        _ = self.money

    @property
    def money(self) -> Money:
        """The amount in whole minor units."""
        try:
            return money_exactly(self.amount, self.currency)
        except ValueError as error:
            raise ValueError(f"StatementRow.amount {error}") from None


def table_from_statement(lines: Iterable[StatementLine]) -> Table:
    """The table of a statement's lines."""
    rows = (
        StatementRow(
            key=line.key,
            text=line.text,
            amount=decimal_from_money(line.amount),
            currency=line.amount.currency,
            shared_by="" if line.basis is None else line.basis.value,
            percent=line.percent,
            confidence=line_trust(line),
        )
        for line in lines
    )
    return table_from_records(rows, StatementRow)


def stated_from_table(table: TableRows) -> tuple[StatedAmount, ...]:
    """What the other side says, line by line.

    Raises
    ------
    InvalidDataError
        If a row is no line of a statement; carries every finding.
    """
    rows, breaches = records_from_rows(
        table.rows, record_type=StatementRow, table=table.table, header=table.header, is_keyed=False
    )
    findings = (*table.findings, *(_named(each, table.file) for each in breaches))
    if errors_of(findings):
        raise InvalidDataError(findings)
    return tuple(StatedAmount(key=row.key, text=row.text, amount=row.money) for row in rows)


def _named(finding: Finding, file: str) -> Finding:
    place: Place = replace(finding.place, file=file)
    return replace(finding, place=place)
