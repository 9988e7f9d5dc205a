"""The fill of the multiplex and the map of a cross-connect, by command and by hand."""

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.sales.inventory.resources import Claim
from karakoram.usecases.multiplex.show_multiplex import cross_connect_map, multiplex_fill
from tests.support.passing_store import passing_store
from tests.support.sales_stock import joining


@pytest.fixture
def store():
    return passing_store()


def test_the_fill_counts_what_still_fits(store):
    rows = {row.container.name: row for row in multiplex_fill("E1", store=store)}
    west = rows["GIL-RWP STM-1/TU-12"]
    assert (west.riders, west.more, west.stranded) == (2, 63 - 22, 0)
    assert rows["GIL-RWP ODU4"].more == 0  # an E1 rides in an STM-1, not in an ODU
    by_e3 = {row.container.name: row for row in multiplex_fill("E3", store=store)}
    assert (by_e3["GIL-RWP STM-1/TU-12"].more, by_e3["GIL-RWP STM-1/TU-12"].stranded) == (1, 20)


def test_the_fill_tells_what_does_not_fit_as_free_slots_lie(store):
    e1 = joining("E1", "GIL", "RWP")
    claims = [
        Claim(claim_id=f"t{slot}", resource_id=e1.resource_id, units=1 << slot, claimant_id="R")
        for slot in (3, 9, 15)
    ]
    store.write(lambda tx: (tx.add_resources([e1]), tx.add_claims(claims)))
    (row,) = (
        each for each in multiplex_fill("10x64k-c", store=store) if each.container.unit_count == 31
    )
    assert (row.more, row.stranded, row.fragmentation) == (1, 18, 0.5)


def test_the_map_is_in_the_order_of_its_numbers(store):
    e1 = joining("E1", "GIL", "RWP")
    claims = [
        Claim(claim_id=f"t{slot}", resource_id=e1.resource_id, units=1 << slot, claimant_id=f"R{n}")
        for n, slot in enumerate((10, 2, 9))
    ]

    def write(tx):
        tx.add_resources([e1])
        tx.add_claims(claims)

    store.write(write)
    slots = [
        (row.incoming_slots or row.outgoing_slots)[0]
        for row in cross_connect_map("GIL", store=store)
        if row.rider_id.startswith("R")
    ]
    assert slots == sorted(slots, key=lambda label: int(label.split()[-1]))
    assert slots != sorted(slots)


def test_the_map_tells_each_slot_by_its_name(store):
    first, second = cross_connect_map("RWP", store=store)
    assert (first.rider_id, first.incoming_slots) == ("E1-1", ("VC-4 1, TU-12 1.1.1",))
    assert first.outgoing.name == "KHI-RWP STM-1/TU-12"
    assert first.outgoing_slots == ("VC-4 1, TU-12 1.1.2",)
    assert (second.rider_id, len(second.incoming_slots)) == ("E3-1", 21)


def test_the_map_tells_where_something_enters_and_leaves(store):
    at_gilgit, at_karachi = (cross_connect_map(site, store=store) for site in ("GIL", "KHI"))
    assert [row.rider_id for row in at_gilgit] == ["E1-1", "E3-1"]
    assert {(row.incoming, row.incoming_slots) for row in at_gilgit} == {(None, ())}
    assert at_gilgit[0].outgoing_slots == ("VC-4 1, TU-12 1.1.1",)
    assert [row.incoming_slots[0] for row in at_karachi] == [
        "VC-4 1, TU-12 1.1.2",
        "VC-4 1, TU-12 3.1.1",
    ]
    assert {row.outgoing for row in at_karachi} == {None}


def test_what_is_not_there_is_not_found(store):
    with pytest.raises(NotFoundError, match="ends at 'RWQ'. Did you mean RWP"):
        cross_connect_map("RWQ", store=store)
    with pytest.raises(NotFoundError, match="no client signal E9"):
        multiplex_fill("E9", store=store)
