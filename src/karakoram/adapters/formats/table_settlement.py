"""How do the records of settlement stand in a table for a spreadsheet?

Sums of money stand in major units beside their currency, so that a spreadsheet can add them.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from karakoram.adapters.formats.table_sales import TableForm
from karakoram.core.money import Money, decimal_from_money
from karakoram.usecases.report_levies import LevyLine
from karakoram.usecases.table_ports import TableCell


def _itself(record: LevyLine) -> tuple[LevyLine]:
    return (record,)


def _major(amount: Money | None) -> Decimal | None:
    return None if amount is None else decimal_from_money(amount)


_LEVY_COLUMNS: Mapping[str, Callable[[LevyLine], TableCell]] = {
    "kind": lambda line: line.kind.value,
    "levy": lambda line: line.levy_id,
    "name": lambda line: line.name,
    "booked_on": lambda line: line.booked_on,
    "reference": lambda line: line.reference,
    "percent": lambda line: Decimal(line.percent) if line.percent else None,
    "base": lambda line: _major(line.base),
    "amount": lambda line: _major(line.amount),
    "currency": lambda line: line.amount.currency,
    "confidence": lambda line: line.confidence.value,
    "source": lambda line: line.source,
}

LEVIES: TableForm[LevyLine, LevyLine] = TableForm(lines=_itself, columns=_LEVY_COLUMNS)
