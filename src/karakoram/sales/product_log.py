"""Which orders have made, changed or ended a product, or come of a quote, as the log tells it?"""

import re
from collections.abc import Iterable

from karakoram.core.identifiers import ProductOrderId
from karakoram.sales.change_log import LogEntry
from karakoram.sales.products import Product

ORDERED, CEASED = "product.order", "product.cease"
"""Actions by which an order comes to a product."""
ACCEPTED = "quote.accept"
"""The action by which a quote becomes an order."""
_TOLD = re.compile(r"\border (\S+)$")
_TOLD_OF_QUOTE = re.compile(r"order (\S+): ")


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


def accepted_words(order_id: ProductOrderId, label: str) -> str:
    """What the entry of a quote's log says of the order that it became.

    >>> accepted_words("O1", "cheapest")
    'order O1: cheapest'
    """
    return f"order {order_id}: {label}"


def order_of_quote(entries: Iterable[LogEntry]) -> ProductOrderId | None:
    """The order that a quote became, as its entries tell it; ``None`` while it is none."""
    details = (each.detail for each in entries if each.action == ACCEPTED)
    found = (told[1] for detail in details if (told := _TOLD_OF_QUOTE.match(detail)) is not None)
    return next(map(ProductOrderId, found), None)
