"""Of which offering was each product on which days, as the store tells it?"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, tzinfo
from itertools import pairwise

from karakoram.core.identifiers import OperatorId, ProductId
from karakoram.core.time import Validity
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.orders import ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote
from karakoram.settlement.invoices import CreditLine
from karakoram.settlement.offered_days import OfferedDays, offering_on
from karakoram.settlement.rating.periods import day_of
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.statements import StatementLine
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesReader
from karakoram.usecases.settle.charged_products import ProductPast, product_pasts

BilledLine = RatedCharge | CreditLine | StatementLine
"""A line of a bill, a credit note or a statement."""


def offered_days(
    tx: SalesReader, products: Iterable[Product], *, zone_of: Callable[[OperatorId], tzinfo]
) -> dict[ProductId, tuple[OfferedDays, ...]]:
    """Every day of each product, by the offering that it was of, oldest first.

    A change holds from the day on which its order was complete, as its prices do; days before and
    after one that kept the offering are told together, so that a month is promised once.

    Parameters
    ----------
    tx
        What is stored.
    products
        As they stand now.
    zone_of
        The zone in which a seller's days begin; asked where something was changed.
    """
    pasts = tuple(product_pasts(tx, products))
    orders = [order for past in pasts for order in _orders(past)]
    quotes = tx.find_some(Quote, {each.quote_id for each in orders if each.quote_id is not None})
    return {past.product.product_id: tuple(_days(past, quotes, zone_of=zone_of)) for past in pasts}


def offerings_billed(
    tx: SalesReader, lines: Iterable[BilledLine], *, zone_of: Callable[[OperatorId], tzinfo]
) -> dict[ProductId, ProductOfferingId]:
    """What each product was when the first of its lines began.

    Parameters
    ----------
    tx
        What is stored.
    lines
        Of one bill, note or statement.
    zone_of
        As of :func:`offered_days`.
    """
    first: dict[ProductId, date] = {}
    for line in lines:
        first[line.product_id] = min(line.from_day, first.get(line.product_id, line.from_day))
    products = [known_record(tx, Product, each) for each in first]
    offered = offered_days(tx, products, zone_of=zone_of)
    return {each: offering_on(offered[each], day) for each, day in first.items()}


def _orders(past: ProductPast) -> Iterator[ProductOrder]:
    """The orders by which a product that was changed came to its offerings."""
    if past.added is not None:
        yield past.added
        yield from (order for _, order in past.changed)


def _days(
    past: ProductPast, quotes: dict[str, Quote], *, zone_of: Callable[[OperatorId], tzinfo]
) -> Iterator[OfferedDays]:
    def offering(order: ProductOrder) -> ProductOfferingId:
        quote = None if order.quote_id is None else quotes.get(order.quote_id)
        return product.product_offering_id if quote is None else quote.wish.product_offering_id

    product = past.product
    since: dict[date | None, ProductOfferingId] = {None: product.product_offering_id}
    if past.added is not None:
        zone = zone_of(product.seller_id)
        since[None] = offering(past.added)
        since |= {day_of(at, zone): offering(order) for at, order in past.changed}
    told = list(since.items())
    changed = [told[0], *(later for last, later in pairwise(told) if later[1] != last[1])]
    ends = (*(begun for begun, _ in changed[1:]), None)
    for (begun, offering_id), ended in zip(changed, ends, strict=True):
        yield OfferedDays(
            product_id=product.product_id,
            payer_id=product.payer_id,
            product_offering_id=offering_id,
            validity=Validity(valid_from=begun, valid_to=ended),
        )
