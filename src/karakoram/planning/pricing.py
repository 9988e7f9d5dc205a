"""What does an offer cost, and who earns what, exact to the minor unit?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.money import Money, total
from karakoram.engines.costing import charge, totals_by_owner
from karakoram.network.network import Network
from karakoram.network.prices import TERMINAL_UNITS, ChargePeriod, PriceItem, PriceUnit
from karakoram.planning.offers import Leg, Lightpath, OfferPrice, OperatorShare, PriceLine
from karakoram.planning.path_plan import PathPlan
from karakoram.planning.path_side import PathSide
from karakoram.planning.price_book import PriceBook


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quantity:
    """Something to be charged for."""

    operator_id: OperatorId
    """Who is paid."""
    unit: PriceUnit
    subject: str
    count: Decimal
    """In units."""
    bit_rate_gbps: float | None = None
    """Of one wavelength; ``None`` is charged by the bit rate of the service."""


def offer_price(
    network: Network, book: PriceBook, *, paths: Sequence[tuple[PathSide, PathPlan]]
) -> OfferPrice:
    """Every charge of the paths, and the sums by operator and altogether.

    Each line is rounded once, half to even; all sums are sums of integers, so the split adds up
    to the price exactly. Fibre is sold by kilometre or by leg, so one price of the two is enough;
    an end or a regenerator without any price counts as 0 and is told in ``not_priced``.
    """
    needed = [(role, quantity) for role, path in paths for quantity in _quantities(network, path)]
    lines = tuple(line for role, quantity in needed for line in _lines(book, role, quantity))
    mrc = _by_operator(lines, ChargePeriod.MONTH, book.currency)
    nrc = _by_operator(lines, ChargePeriod.ONCE, book.currency)
    nothing = Money(0, book.currency)
    return OfferPrice(
        mrc=total(mrc.values(), book.currency),
        nrc=total(nrc.values(), book.currency),
        split=tuple(
            OperatorShare(
                operator_id=operator_id,
                mrc=mrc.get(operator_id, nothing),
                nrc=nrc.get(operator_id, nothing),
            )
            for operator_id in dict.fromkeys(line.operator_id for line in lines)
        ),
        lines=lines,
        not_priced=tuple(
            dict.fromkeys(
                (quantity.operator_id, quantity.unit)
                for _, quantity in needed
                if quantity.unit in TERMINAL_UNITS and not any(_items(book, quantity))
            )
        ),
    )


def price_over_term(price: OfferPrice, *, term_months: int) -> int:
    """What the customer pays over the whole term, in minor units."""
    return price.mrc.minor * term_months + price.nrc.minor


def _by_operator(
    lines: Iterable[PriceLine], period: ChargePeriod, currency: str
) -> dict[OperatorId, Money]:
    charged = ((line.operator_id, line.amount) for line in lines if line.period is period)
    return totals_by_owner(charged, currency)


class PathPrices:
    """What the customer pays over one term for paths, in minor units.

    Lines are rounded one by one, so the price of two paths is the sum of their prices; what
    several paths have in common is charged once. Lives while one question is answered.
    """

    def __init__(self, network: Network, book: PriceBook, *, term_months: int) -> None:
        self._network, self._book, self._term_months = network, book, term_months
        self._charged_minor: dict[_Quantity, int] = {}

    def minor(self, path: PathPlan) -> int:
        """All that is paid for one path."""
        return sum(map(self._minor_of, _quantities(self._network, path)))

    def _minor_of(self, quantity: _Quantity) -> int:
        if quantity not in self._charged_minor:
            self._charged_minor[quantity] = sum(
                line.amount.minor * (self._term_months if line.period is ChargePeriod.MONTH else 1)
                for line in _lines(self._book, PathSide.WORKING, quantity)
            )
        return self._charged_minor[quantity]


def _quantities(network: Network, path: PathPlan) -> Iterator[_Quantity]:
    """What is charged for: legs by kilometre and as such, ends and regenerators."""
    yield from _fibre(network, path.legs)
    first, last = path.lightpaths[0], path.lightpaths[-1]
    yield _transceivers(path.legs[0].operator_id, PriceUnit.END, first.a_site_id, over=first)
    yield _transceivers(path.legs[-1].operator_id, PriceUnit.END, last.z_site_id, over=last)
    for before, after in pairwise(path.lightpaths):
        # A regenerator is two transceivers back to back; each side's wavelengths pay half.
        site_id = before.z_site_id
        operator_id = _operator_arriving_at(path, site_id)
        for side in (before, after):
            yield _transceivers(operator_id, PriceUnit.REGENERATOR, site_id, over=side)


def _fibre(network: Network, legs: Iterable[Leg]) -> Iterator[_Quantity]:
    """The glass of each leg, by kilometre and as a leg."""
    for leg in legs:
        glass_km = sum(
            (Decimal(str(network.spans[span_id].length_km)) for span_id in leg.span_ids),
            start=Decimal(0),
        )
        for unit, count in ((PriceUnit.KM, glass_km), (PriceUnit.LEG, Decimal(1))):
            yield _Quantity(
                operator_id=leg.owner_id,
                unit=unit,
                subject=f"{leg.a_site_id}-{leg.z_site_id}",
                count=count,
            )


def _transceivers(
    operator_id: OperatorId, unit: PriceUnit, site_id: SiteId, *, over: Lightpath
) -> _Quantity:
    """One transceiver for each wavelength of a lightpath, at one of its ends."""
    wavelengths = Decimal(over.wavelengths)
    return _Quantity(
        operator_id=operator_id,
        unit=unit,
        subject=site_id,
        count=wavelengths / 2 if unit is PriceUnit.REGENERATOR else wavelengths,
        bit_rate_gbps=over.bit_rate_gbps / over.wavelengths,
    )


def _operator_arriving_at(path: PathPlan, site_id: SiteId) -> OperatorId:
    """The operator whose leg reaches the site, who houses the regenerator."""
    place = path.site_ids.index(site_id)
    spans_before = 0
    for leg in path.legs:
        spans_before += len(leg.span_ids)
        if place <= spans_before:
            return leg.operator_id
    raise AssertionError("a regenerator stands on its path")


def _items(book: PriceBook, quantity: _Quantity) -> Iterator[PriceItem]:
    """The prices, monthly and once, that the quantity is charged by."""
    for period in ChargePeriod:
        item = book.item(
            quantity.operator_id,
            quantity.unit,
            period,
            bit_rate_gbps=quantity.bit_rate_gbps,
        )
        if item is not None:
            yield item


def _lines(book: PriceBook, role: PathSide, quantity: _Quantity) -> Iterator[PriceLine]:
    for item in _items(book, quantity):
        yield PriceLine(
            operator_id=quantity.operator_id,
            role=role,
            subject=quantity.subject,
            price_id=item.price_id,
            unit=quantity.unit,
            period=item.period,
            quantity=quantity.count,
            unit_price=item.amount,
            amount=charge(quantity.count, unit_price=item.amount, currency=book.currency),
            confidence=item.provenance.confidence,
        )
