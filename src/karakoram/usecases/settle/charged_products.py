"""When was each product charged, and at which prices, as the store tells it?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from karakoram.core.identifiers import ProductId
from karakoram.sales.configurations import Configuration
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.products import Product
from karakoram.settlement.rating.charged import (
    ChargedInterval,
    PriceChange,
    Suspension,
    charged_intervals,
)
from karakoram.settlement.rating.samples import CommittedBandwidth
from karakoram.usecases.sell.sales_ports import SalesReader

COMMITMENT = "commit_mbps"
"""The characteristic by which bandwidth is committed."""
_SUSPENDED, _RESUMED = "product.suspend", "product.resume"


def product_intervals(tx: SalesReader, products: Iterable[Product]) -> tuple[ChargedInterval, ...]:
    """When each charge of the products is asked, suspensions and changes of price counted.

    A change of the product holds from the moment in which its order was complete.
    """
    every = tuple(products)
    first, changes = [], []
    for product in every:
        sold, changed = _history(tx, product)
        first.append(sold)
        changes += changed
    suspensions = [each for product in every for each in _suspensions(tx, product.product_id)]
    return charged_intervals(first, suspensions=suspensions, changes=changes)


def bandwidth_commitments(
    tx: SalesReader, products: Iterable[Product]
) -> tuple[CommittedBandwidth, ...]:
    """What is committed of the bandwidth of those products of which something is, since when."""
    return tuple(
        CommittedBandwidth(product_id=product.product_id, mbps=Decimal(word), starts_at=since)
        for product in products
        if product.active_from is not None
        for since, configuration in _configurations(tx, product, product.active_from)
        if (word := configuration.value(COMMITMENT)) is not None
    )


def _configurations(
    tx: SalesReader, product: Product, since: datetime
) -> Iterator[tuple[datetime, Configuration]]:
    """How the product was configured, from which moment on."""
    added, changed = _orders(tx, product)
    first = product.configuration if added is None or not changed else added.configuration
    yield since, first
    yield from ((at, order.configuration) for at, order in changed if added is not None)


def _history(tx: SalesReader, product: Product) -> tuple[Product, list[PriceChange]]:
    """The product with the charges that it was first sold at, and how they changed."""
    added, changed = _orders(tx, product)
    if not changed or added is None or added.plan is None:
        return product, []
    return replace(product, plan=added.plan), [
        PriceChange(product_id=product.product_id, starts_at=at, charges=order.plan.charges)
        for at, order in changed
        if order.plan is not None
    ]


def _orders(
    tx: SalesReader, product: Product
) -> tuple[ProductOrder | None, list[tuple[datetime, ProductOrder]]]:
    """The order that made the product, and those that changed it, each when it was complete."""
    orders = [
        order
        for order in tx.find_all(ProductOrder, buyer_id=product.buyer_id)
        if order.product_id == product.product_id and order.plan is not None
    ]
    changed = sorted(
        (
            (_completed_at(tx, order), order)
            for order in orders
            if order.action is OrderAction.MODIFY and order.state is OrderState.COMPLETED
        ),
        key=lambda each: each[0],
    )
    return next((order for order in orders if order.action is OrderAction.ADD), None), changed


def _completed_at(tx: SalesReader, order: ProductOrder) -> datetime:
    """When the last leg was complete: the last that was done to the order."""
    return tx.log_of(order.product_order_id)[-1].deed.at


def _suspensions(tx: SalesReader, product_id: ProductId) -> Iterator[Suspension]:
    """What the log tells; a product rests on while its cease is ordered, or called off again."""
    begun: datetime | None = None
    for entry in tx.log_of(product_id):
        if entry.action == _SUSPENDED:
            begun = entry.deed.at
        elif entry.action == _RESUMED and begun is not None:
            yield Suspension(product_id=product_id, starts_at=begun, ends_at=entry.deed.at)
            begun = None
    if begun is not None:
        yield Suspension(product_id=product_id, starts_at=begun)
