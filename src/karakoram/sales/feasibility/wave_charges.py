"""What is charged for a wavelength, as the lines of a planned price tell it?"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from karakoram.core.money import total
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.planning.offers import PriceLine
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.plans import Charge

PRICE_TYPES: Mapping[ChargePeriod, PriceType] = {
    ChargePeriod.MONTH: PriceType.RECURRING,
    ChargePeriod.ONCE: PriceType.ONE_TIME,
}


def charges_of_lines(lines: Iterable[PriceLine]) -> tuple[Charge, ...]:
    """What is charged, in the order of the lines; regenerators of one owner and price together.

    Where each of them stands is told as a place of the charge, not by a line of its own.
    """
    groups: dict[object, list[PriceLine]] = {}
    for place, line in enumerate(lines):
        same = (line.role, line.operator_id, line.price_id, line.unit_price, line.confidence)
        groups.setdefault(same if line.unit is PriceUnit.REGENERATOR else place, []).append(line)
    return tuple(map(_charge, groups.values()))


def _charge(lines: Sequence[PriceLine]) -> Charge:
    """The charge of lines that differ in their places alone."""
    line = lines[0]
    quantity = sum((each.quantity for each in lines), start=Decimal(0))
    sites = tuple(dict.fromkeys(each.subject for each in lines))
    subject = sites[0] if len(sites) == 1 else f"{len(sites)} sites"
    return Charge(
        name=f"{line.role.value} {subject}, {quantity} x {line.unit.value}",
        kind=PRICE_TYPES[line.period],
        operator_id=line.operator_id,
        amount=total((each.amount for each in lines), line.amount.currency),
        unit_price=str(line.unit_price),
        unit=line.unit.value,
        places=sites if len(sites) > 1 else (),
        confidence=line.confidence,
        source=f"price book: {line.price_id}",
    )
