"""The log of a product tells every order that it came to."""

from datetime import UTC, datetime

from karakoram.sales.change_log import Deed, LogEntry
from karakoram.sales.product_log import (
    ACCEPTED,
    CEASED,
    ORDERED,
    accepted_words,
    order_of_quote,
    order_words,
    orders_told,
)

AT = datetime(2026, 11, 1, tzinfo=UTC)


def entry(action, detail):
    return LogEntry(
        entry_id="e",
        deed=Deed(who="desk", why="", at=AT),
        action=action,
        subject_kind="product",
        subject_id="P",
        detail=detail,
    )


def test_each_order_is_told_once_and_what_only_mentions_one_is_none():
    log = [
        entry(ORDERED, order_words("O1", doing="add")),
        entry("product.add", "order O1 completed"),
        entry(ORDERED, order_words("O2", doing="modify")),
        entry("product.suspend", ""),
        entry(CEASED, order_words("O3")),
        entry(CEASED, order_words("O3")),
    ]
    assert orders_told(log) == ("O1", "O2", "O3")
    assert orders_told([]) == ()


def test_the_log_of_a_quote_tells_the_order_that_it_became():
    assert order_of_quote([]) is None
    assert order_of_quote([entry("quote.issue", "order O9: x")]) is None
    log = [entry("quote.issue", ""), entry(ACCEPTED, accepted_words("O1", "cheapest: 1+1"))]
    assert order_of_quote(log) == "O1"
