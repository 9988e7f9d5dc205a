"""When products of a store are charged: suspensions and changes as the log tells them."""

from dataclasses import replace
from importlib.resources import files

from karakoram.core.money import Money
from karakoram.sales.change_log import Deed, LogEntry
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.product_log import ORDERED, order_words
from karakoram.usecases.sell.end_product import resume_product, suspend_product
from karakoram.usecases.settle.charged_products import (
    COMMITMENT,
    PRODUCTS_AT_ONCE,
    bandwidth_commitments,
    product_intervals,
)
from tests.support.memory_store import MemoryStore
from tests.support.rating import at, charge, product
from tests.support.selling import seller

SOLD = product(charge(), active_from=at("2026-07-01"))


def store_of(*records, log=()):
    store = MemoryStore()

    def write(tx):
        for record in records:
            tx.add(record)
        for entry in log:
            tx.log(entry)

    store.write(write)
    return store


def entry(action, day, *, subject="P", kind="product", detail=""):
    return LogEntry(
        entry_id=f"{action}-{day}",
        deed=Deed(who="a clerk", why="", at=at(day)),
        action=action,
        subject_kind=kind,
        subject_id=subject,
        detail=detail,
    )


def told_orders(*orders):
    """What the log of the product says of its orders."""
    return [
        replace(
            entry(
                ORDERED,
                "2026-06-01",
                detail=order_words(each.product_order_id, doing=each.action.value),
            ),
            entry_id=f"of {each.product_order_id}",
        )
        for each in orders
    ]


def order(order_id, action, minor, state=OrderState.COMPLETED, *, values=None):
    return ProductOrder(
        product_order_id=order_id,
        buyer_id="CT",
        external_id=order_id,
        seller_id="SCO",
        action=action,
        product_id="P",
        plan=replace(SOLD.plan, charges=(charge(minor),)),
        configuration=configuration(values or {}),
        legs=(),
        state=state,
        made_at=at("2026-06-01"),
    )


def told(store, *products):
    found = store.read(lambda tx: product_intervals(tx, products or (SOLD,)))
    return [
        (one.charge.amount.minor, f"{one.starts_at:%m-%d}", one.ends_at and f"{one.ends_at:%m-%d}")
        for one in found
    ]


def test_a_product_that_nothing_happened_to_is_charged_from_its_start():
    assert told(store_of(SOLD)) == [(300_000, "07-01", None)]


def test_what_rests_is_not_charged_until_it_is_resumed():
    log = [entry("product.suspend", "2026-07-10"), entry("product.resume", "2026-07-20")]
    assert told(store_of(SOLD, log=log)) == [
        (300_000, "07-01", "07-10"),
        (300_000, "07-20", None),
    ]


def test_what_rests_still_is_charged_no_more_also_when_its_cease_is_ordered_and_called_off():
    log = [
        entry("product.suspend", "2026-07-10"),
        entry("product.cease", "2026-07-15"),
        entry("product.delete", "2026-07-20"),
    ]
    assert told(store_of(SOLD, log=log)) == [(300_000, "07-01", "07-10")]


def test_a_change_holds_from_the_day_its_order_was_complete():
    changed = replace(SOLD, plan=replace(SOLD.plan, charges=(charge(400_000),)))
    orders = [
        order("o1", OrderAction.ADD, 300_000),
        order("o2", OrderAction.MODIFY, 400_000),
        order("o3", OrderAction.MODIFY, 900_000, OrderState.CANCELLED),
    ]
    log = [
        entry("order.leg", "2026-08-01", subject="o2", kind="order"),
        entry("order.leg", "2026-08-05", subject="o2", kind="order"),
    ]
    assert told(store_of(changed, *orders, log=[*told_orders(*orders), *log]), changed) == [
        (300_000, "07-01", "08-05"),
        (400_000, "08-05", None),
    ]


class Counted:
    """A reader that counts what it is asked."""

    def __init__(self, tx):
        self.tx, self.asked = tx, 0

    def __getattr__(self, name):
        question = getattr(self.tx, name)

        def ask(*words, **more):
            self.asked += 1
            return question(*words, **more)

        return ask


def test_a_thousand_products_take_no_more_questions_than_two():
    def asked(count):
        products = [replace(SOLD, product_id=f"P{number}") for number in range(count)]

        def read(tx):
            counted = Counted(tx)
            assert len(product_intervals(counted, products)) == count
            return counted.asked

        return store_of(*products).read(read)

    assert asked(PRODUCTS_AT_ONCE) == asked(2)
    assert asked(PRODUCTS_AT_ONCE + 1) == 2 * asked(2)


def committed(store, *products):
    found = store.read(lambda tx: bandwidth_commitments(tx, products))
    return [(str(each.mbps), f"{each.starts_at:%m-%d}") for each in found]


def test_bandwidth_is_committed_as_it_was_ordered_and_changed_when_the_change_was_complete():
    now = replace(SOLD, configuration=configuration({COMMITMENT: "2000"}))
    assert committed(store_of(now), now) == [("2000", "07-01")]
    orders = [
        order("o1", OrderAction.ADD, 1, values={COMMITMENT: "1000"}),
        order("o2", OrderAction.MODIFY, 1, values={COMMITMENT: "2000"}),
        order("o3", OrderAction.MODIFY, 1, OrderState.CANCELLED, values={COMMITMENT: "9"}),
    ]
    log = [entry("order.leg", "2026-08-05", subject="o2", kind="order")]
    assert committed(store_of(now, *orders, log=[*told_orders(*orders), *log]), now) == [
        ("1000", "07-01"),
        ("2000", "08-05"),
    ]


def test_what_is_not_in_service_yet_or_commits_to_nothing_has_no_bandwidth_committed():
    later = replace(SOLD, active_from=None, configuration=configuration({COMMITMENT: "2000"}))
    assert committed(store_of(SOLD, replace(later, product_id="L")), SOLD, later) == []


def test_the_characteristic_by_which_bandwidth_is_committed_is_that_of_the_catalogue():
    prices = files("karakoram.refdata") / "catalogue" / "product_offering_prices.csv"
    assert f",{COMMITMENT}," in prices.read_text(encoding="utf-8")


def test_what_the_commands_of_resting_log_is_what_is_read():
    selling = seller()
    selling.store.write(lambda tx: tx.add(SOLD))
    for act, day in ((suspend_product, "2026-07-10"), (resume_product, "2026-07-12")):
        deed = Deed(who="a clerk", why="unpaid", at=at(day))
        act("P", deed=deed, store=selling.store, ids=selling.ids)
    assert told(selling.store) == [(300_000, "07-01", "07-10"), (300_000, "07-12", None)]
    assert SOLD.plan.charges[0].amount == Money(300_000, "PKR")
