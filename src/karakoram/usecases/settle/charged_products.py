"""When was each product charged, and at which prices, as the store tells it?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from karakoram.sales.change_log import LogEntry
from karakoram.sales.configurations import Configuration
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.product_log import product_orders
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
PRODUCTS_AT_ONCE = 1_000
"""Products whose log and orders are in memory together."""
_SUSPENDED, _RESUMED = "product.suspend", "product.resume"


def product_intervals(tx: SalesReader, products: Iterable[Product]) -> tuple[ChargedInterval, ...]:
    """When each charge of the products is asked, suspensions and changes of price counted.

    A change of the product holds from the moment in which its order was complete.
    """
    first: list[Product] = []
    changes: list[PriceChange] = []
    suspensions: list[Suspension] = []
    for past in product_pasts(tx, products):
        first.append(past.first_sold)
        changes += past.price_changes
        suspensions += past.suspensions
    return charged_intervals(first, suspensions=suspensions, changes=changes)


def bandwidth_commitments(
    tx: SalesReader, products: Iterable[Product]
) -> tuple[CommittedBandwidth, ...]:
    """What is committed of the bandwidth of those products of which something is, since when."""
    return tuple(
        CommittedBandwidth(product_id=past.product.product_id, mbps=Decimal(word), starts_at=since)
        for past in product_pasts(tx, products)
        for since, configuration in past.configurations
        if (word := configuration.value(COMMITMENT)) is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPast:
    """A product and what became of it."""

    product: Product
    added: ProductOrder | None
    """The order that made it; ``None`` where it is not told, or nothing has changed since."""
    changed: tuple[tuple[datetime, ProductOrder], ...]
    """The orders that changed it, each when it was complete."""
    entries: tuple[LogEntry, ...]

    @property
    def first_sold(self) -> Product:
        """The product with the charges that it was first sold at."""
        plan = None if self.added is None else self.added.plan
        return self.product if plan is None else replace(self.product, plan=plan)

    @property
    def price_changes(self) -> list[PriceChange]:
        """How the charges changed from then on."""
        return [
            PriceChange(
                product_id=self.product.product_id, starts_at=at, charges=order.plan.charges
            )
            for at, order in self.changed
            if order.plan is not None and self.added is not None
        ]

    @property
    def configurations(self) -> Iterator[tuple[datetime, Configuration]]:
        """How the product was configured, from which moment on."""
        if self.product.active_from is not None:
            first = self.product if self.added is None else self.added
            yield self.product.active_from, first.configuration
            if self.added is not None:
                yield from ((at, order.configuration) for at, order in self.changed)

    @property
    def suspensions(self) -> Iterator[Suspension]:
        """What the log tells; it rests on while its cease is ordered, or called off again."""
        product_id, begun = self.product.product_id, None
        for entry in self.entries:
            if entry.action == _SUSPENDED:
                begun = entry.deed.at
            elif entry.action == _RESUMED and begun is not None:
                yield Suspension(product_id=product_id, starts_at=begun, ends_at=entry.deed.at)
                begun = None
        if begun is not None:
            yield Suspension(product_id=product_id, starts_at=begun)


def product_pasts(tx: SalesReader, products: Iterable[Product]) -> Iterator[ProductPast]:
    """What became of each product; a few questions for a thousand of them."""
    every = tuple(products)
    for start in range(0, len(every), PRODUCTS_AT_ONCE):
        lot = every[start : start + PRODUCTS_AT_ONCE]
        logs = tx.logs_of(each.product_id for each in lot)
        order_ids = {
            each.product_id: product_orders(each, logs.get(each.product_id, ())) for each in lot
        }
        several = [each for ids in order_ids.values() if len(ids) > 1 for each in ids]
        orders = tx.find_some(ProductOrder, several)
        completed = tx.logs_of(key for key, order in orders.items() if _is_change(order))
        for product in lot:
            own = [orders[key] for key in order_ids[product.product_id] if key in orders]
            changed = [
                (completed[order.product_order_id][-1].deed.at, order)
                for order in own
                if _is_change(order)
            ]
            yield ProductPast(
                product=product,
                added=_adding(own) if changed else None,
                changed=tuple(sorted(changed, key=lambda each: each[0])),
                entries=logs.get(product.product_id, ()),
            )


def _is_change(order: ProductOrder) -> bool:
    """Whether the order has changed what is charged; the last in its log is when."""
    is_done = order.state is OrderState.COMPLETED and order.plan is not None
    return is_done and order.action is OrderAction.MODIFY


def _adding(orders: Iterable[ProductOrder]) -> ProductOrder | None:
    """The order that made a product."""
    added = (each for each in orders if each.action is OrderAction.ADD and each.plan is not None)
    return next(added, None)
