"""What does a buyer read of an invoice, where each line as it was rated names a part of the way?

Who earns what, and where operators meet, stands on our own paper only. What a buyer is asked by the
month, or once, for one product and the same days is one line for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from karakoram.core.identifiers import ProductId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, weakest
from karakoram.settlement.rating.rated import RatedCharge, RatedKind

_NAMES = {RatedKind.RECURRING: "monthly charge", RatedKind.ONE_TIME: "one-time charge"}
"""Kinds whose lines name parts of the way; others say what was used, and stand by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledLine:
    """What a buyer is asked for one product, charge and stretch of days."""

    product_id: ProductId
    name: str
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


def billed_lines(lines: Iterable[RatedCharge]) -> tuple[BilledLine, ...]:
    """The lines as a buyer reads them, in their order; they sum to what the rated lines sum to.

    A line that takes another back is never summed with one that asks.
    """
    groups: dict[tuple[object, ...], list[RatedCharge]] = {}
    for line in lines:
        groups.setdefault(_group(line), []).append(line)
    return tuple(map(_joined, groups.values()))


def _group(line: RatedCharge) -> tuple[object, ...]:
    if line.kind not in _NAMES:
        return (line.key,)
    days = (line.from_day, line.to_day, line.quantity, line.unit)
    return (line.product_id, line.kind, *days, bool(line.reverses), line.amount.currency)


def _joined(lines: list[RatedCharge]) -> BilledLine:
    first = lines[0]
    is_one = first.kind not in _NAMES
    name = _NAMES.get(first.kind, first.name)
    return BilledLine(
        product_id=first.product_id,
        name=f"taken back: {name}" if first.reverses else name,
        from_day=first.from_day,
        to_day=first.to_day,
        quantity=first.quantity,
        unit=first.unit,
        unit_price=first.unit_price if is_one else f"{sum(_prices(lines)):f}",
        amount=Money(sum(line.amount.minor for line in lines), first.amount.currency),
        confidence=weakest(tuple(line.confidence for line in lines)),
    )


def _prices(lines: Iterable[RatedCharge]) -> Iterable[Decimal]:
    return (Decimal(line.unit_price) for line in lines)
