"""What does a buyer read of an invoice, where each line as it was rated names a part of the way?

Who earns what, and where operators meet, is told to ourselves only. What a buyer is asked by the
month, or once, for one product and the same days is one line for it. Screen, paper, table, JSON and
HTTP tell these lines, in this order, and number them from 1; the third leg of line 2 is 2.3.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from karakoram.core.identifiers import ProductId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, weakest
from karakoram.settlement.rating.rated import RatedCharge, RatedKind

_NAMES: Mapping[RatedKind, str] = {
    RatedKind.RECURRING: "monthly charge",
    RatedKind.ONE_TIME: "one-time charge",
}
"""Kinds whose lines name parts of the way; others say what was used, and stand by themselves."""

_BILLED = "billed:"
"""Begins the key of a line that sums others; the key of the first of them follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledLine:
    """What a buyer is asked for one product, charge and stretch of days."""

    number: str
    """Its place on the invoice, counted from 1."""
    key: str
    """Unique for all time."""
    product_id: ProductId
    name: str
    kind: RatedKind
    from_day: date
    to_day: date
    """First day after."""
    quantity: Decimal
    unit: str
    unit_price: str
    """Major units, exact; tier by tier with ``;`` between for usage."""
    amount: Money
    confidence: Confidence
    """Of the least trustworthy price in it."""
    legs: tuple[RatedCharge, ...]
    """The lines that it sums, as they were rated."""

    @property
    def numbered_legs(self) -> tuple[tuple[str, RatedCharge], ...]:
        """Each with its number, e.g. ``2.3``."""
        return tuple(
            (f"{self.number}.{place}", leg) for place, leg in enumerate(self.legs, start=1)
        )


def billed_lines(lines: Iterable[RatedCharge]) -> tuple[BilledLine, ...]:
    """The lines as a buyer reads them, in their order; they sum to what the rated lines sum to.

    A line that takes another back is never summed with one that asks.
    """
    groups: dict[tuple[object, ...], list[RatedCharge]] = {}
    for line in lines:
        groups.setdefault(_group(line), []).append(line)
    return tuple(_joined(f"{number}", own) for number, own in enumerate(groups.values(), start=1))


def lines_by_word(lines: Iterable[RatedCharge]) -> Mapping[str, BilledLine | RatedCharge]:
    """Every line and every leg of it, by its key and by its number; billed lines first."""
    billed = billed_lines(lines)
    legs = tuple(pair for line in billed for pair in line.numbered_legs)
    by_key = {leg.key: leg for _, leg in legs} | {line.key: line for line in billed}
    by_number = dict(legs) | {line.number: line for line in billed}
    return by_number | by_key


def covered_keys(lines: Iterable[RatedCharge], key: str) -> frozenset[str]:
    """The rated lines that a line is made of; a rated line is made of itself."""
    line = lines_by_word(lines)[key]
    legs = line.legs if isinstance(line, BilledLine) else (line,)
    return frozenset(leg.key for leg in legs)


def _group(line: RatedCharge) -> tuple[object, ...]:
    if line.kind not in _NAMES:
        return (line.key,)
    days = (line.from_day, line.to_day, line.quantity, line.unit)
    return (line.product_id, line.kind, *days, bool(line.reverses), line.amount.currency)


def _joined(number: str, lines: list[RatedCharge]) -> BilledLine:
    first = lines[0]
    is_one = first.kind not in _NAMES
    name = _NAMES.get(first.kind, first.name)
    return BilledLine(
        number=number,
        key=first.key if is_one else f"{_BILLED}{first.key}",
        product_id=first.product_id,
        name=f"taken back: {name}" if first.reverses else name,
        kind=first.kind,
        from_day=first.from_day,
        to_day=first.to_day,
        quantity=first.quantity,
        unit=first.unit,
        unit_price=first.unit_price if is_one else f"{sum(_prices(lines)):f}",
        amount=Money(sum(line.amount.minor for line in lines), first.amount.currency),
        confidence=weakest(tuple(line.confidence for line in lines)),
        legs=tuple(lines),
    )


def _prices(lines: Iterable[RatedCharge]) -> Iterable[Decimal]:
    return (Decimal(line.unit_price) for line in lines)
