"""Which number does the next paper of a series bear, without reading all papers each time?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from karakoram.usecases.sell.sales_ports import RecordT
from karakoram.usecases.settle.ledger_ports import SettlementReader

SEPARATOR = "-"
"""Between a series and the number in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersGiven:
    """How far each series of numbers of one kind of record has come."""

    count: int = 0
    """Records of the kind that are counted in."""
    last: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """The largest number of each series, by what stands before it."""

    def known_by(
        self, tx: SettlementReader, kind: type[RecordT], number_of: Callable[[RecordT], str]
    ) -> "NumbersGiven":
        """These, or those of the store where somebody has given others meanwhile.

        Records of papers are never removed, so as many as are counted in are those.
        """
        if tx.count(kind) == self.count:
            return self
        return numbers_given(number_of(each) for each in tx.find_all(kind))

    def next_of(self, series: str) -> tuple[str, "NumbersGiven"]:
        """The next number of a series, and the numbers that are given then.

        >>> NumbersGiven(count=1, last={"SCO-2026-": 9}).next_of("SCO-2026-")[0]
        'SCO-2026-0010'
        """
        number = self.last.get(series, 0) + 1
        last = MappingProxyType({**self.last, series: number})
        return f"{series}{number:04d}", replace(self, count=self.count + 1, last=last)


def numbers_given(numbers: Iterable[str]) -> NumbersGiven:
    """How far each series has come that some of the numbers are of.

    >>> numbers_given(["SCO-2026-0009", "SCO-2026-0007", "SCO-2025-0012"]).last["SCO-2026-"]
    9
    """
    count, last = 0, dict[str, int]()
    for number in numbers:
        series, _, counted = number.rpartition(SEPARATOR)
        series += SEPARATOR
        count += 1
        last[series] = max(int(counted), last.get(series, 0))
    return NumbersGiven(count=count, last=MappingProxyType(last))


def next_number(series: str, numbers: Iterable[str]) -> str:
    """The number after the largest of those of a series.

    >>> next_number("SCO-2026-", ["SCO-2026-0009", "SCO-2025-0012"])
    'SCO-2026-0010'
    """
    return numbers_given(numbers).next_of(series)[0]
