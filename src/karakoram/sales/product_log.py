"""Which orders have a product made, changed or ended, as the change log tells it?"""

import re
from collections.abc import Iterable

from karakoram.core.identifiers import ProductOrderId
from karakoram.sales.change_log import LogEntry
from karakoram.sales.products import Product

ORDERED, CEASED = "product.order", "product.cease"
"""Actions by which an order comes to a product."""
_TOLD = re.compile(r"\border (\S+)$")


def order_words(order_id: ProductOrderId, *, doing: str = "") -> str:
    """What the entry of a product's log says of the order that it comes from.

    >>> order_words("O1", doing="add")
    'add by order O1'
    """
    return f"{doing} by order {order_id}" if doing else f"order {order_id}"


def orders_told(entries: Iterable[LogEntry]) -> tuple[ProductOrderId, ...]:
    """Every order of a product, as its entries tell them, oldest first."""
    details = (each.detail for each in entries if each.action in {ORDERED, CEASED})
    found = (told[1] for detail in details if (told := _TOLD.search(detail)) is not None)
    return tuple(dict.fromkeys(map(ProductOrderId, found)))


def product_orders(product: Product, entries: Iterable[LogEntry]) -> tuple[ProductOrderId, ...]:
    """Every order of a product, oldest first; its latest also where the entries do not tell it."""
    return tuple(dict.fromkeys((*orders_told(entries), product.product_order_id)))
