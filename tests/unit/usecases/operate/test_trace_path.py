"""What a product rides on, and what rides on a resource, through all layers."""

import pytest

from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.operate.trace_path import trace_product
from karakoram.usecases.operate.trace_words import riders_on
from karakoram.usecases.sell.selling import fibres_beneath
from tests.support.every_offering import complete
from tests.support.sales_records import claim
from tests.support.sales_stock import pool
from tests.support.selling import ordered, quoted, seller, wave


@pytest.fixture
def selling():
    return seller()


def active(selling, wish=None):
    order = ordered(selling, quoted(selling, wish or wave(), "q"), "o")
    complete(order, store=selling.store, ids=selling.ids)
    return order


def test_a_product_is_traced_down_to_the_glass(selling):
    order = active(selling, wave("1+1"))
    hops = trace_product(order.product_id, store=selling.store)
    told = [(hop.depth, hop.side.value, hop.resource.kind.value) for hop in hops]
    assert [(side, kind) for depth, side, kind in told if depth == 1] == [
        ("working", "port"),
        ("working", "port"),
        ("working", "wave"),
        ("protection", "wave"),
    ]
    assert [kind for depth, _, kind in told if depth == 2] == ["oms"] * 3
    assert [kind for depth, _, kind in told if depth == 3] == ["fibre"] * 3
    assert all(hop.gap_before is None for hop in hops)


def test_all_that_lies_beneath_a_protection_is_told_to_be_protection(selling):
    order = active(selling, wave("1+1"))
    hops = trace_product(order.product_id, store=selling.store)
    glass = {hop.resource_id: hop.side.value for hop in hops if hop.depth > 1}
    assert glass == {
        "oms:A-Z:A-Z": "working",
        "fibre:A-Z": "working",
        "oms:A-B:A-B": "protection",
        "fibre:A-B": "protection",
        "oms:B-Z:B-Z": "protection",
        "fibre:B-Z": "protection",
    }


def test_a_circle_of_claims_is_told_once_and_ends_a_trace(selling):
    order = active(selling)
    hops = trace_product(order.product_id, store=selling.store)
    wave_id = next(each.resource_id for each in hops if each.resource.kind is ResourceKind.WAVE)
    spare = [pool(ResourceKind.PORT, site, 4, resource_id=f"odd:{site}") for site in "AB"]
    ring = [
        claim("c1", on="odd:A", by=wave_id),
        claim("c2", on="odd:B", by="odd:A"),
        claim("c3", units=2, on="odd:A", by="odd:B"),
    ]

    def write(tx):
        tx.add_resources(spare)
        tx.add_claims(ring)

    selling.store.write(write)
    hops = trace_product(order.product_id, store=selling.store)
    odd = [(hop.depth, hop.resource_id) for hop in hops if hop.resource_id.startswith("odd")]
    assert odd == [(2, "odd:A"), (3, "odd:B"), (4, "odd:A")]
    waves = selling.store.read(lambda tx: tx.resources([ResourceKind.WAVE]))
    beneath = selling.store.read(lambda tx: fibres_beneath(tx, waves))
    assert beneath[wave_id] == {"fibre:A-Z"}


def test_what_rides_on_a_fibre_is_told_through_all_layers(selling):
    order = active(selling)
    riders = riders_on(["fibre:A-Z"], store=selling.store)
    assert [(rider.depth, rider.what.split()[0]) for rider in riders] == [
        (1, "oms"),
        (2, "wave"),
        (3, "WAVE-100G"),
    ]
    assert (riders[-1].rider_id, riders[-1].buyer_id) == (order.product_id, "CT")
