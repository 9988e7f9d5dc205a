"""63 E1 and 30 x 64 kbit/s from Gilgit to Karachi, a section emptied under them, all given back."""

from collections import Counter

import pytest

from karakoram import bootstrap
from karakoram.planning.prepare import prepare
from karakoram.usecases.multiplex.open_containers import close_container, open_containers
from karakoram.usecases.multiplex.open_tributaries import TributariesAsked, TributariesOfRow
from karakoram.usecases.multiplex.regroom_container import regroom_container
from karakoram.usecases.multiplex.show_multiplex import cross_connect_map, multiplex_fill
from karakoram.usecases.sell.advance_leg import complete_order
from karakoram.usecases.sell.end_product import cease_product
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.store.fill_store import fill_store
from tests.support.dxx import WatchedStore, assert_slots_are_right, everything, opened
from tests.support.memory_store import CountingIds
from tests.support.selling import CARRIER, catalogue, deed

SECTION = "stm:GIL-RWP:STM-1/TU-12:1"
BESIDE = "stm:GIL-RWP:STM-1/TU-12:2"
SITES = ("GIL", "RWP", "KHI")


@pytest.fixture(scope="module")
def selling():
    prepared = prepare(bootstrap.network_source().read_network())
    store = WatchedStore()
    fill_store(bootstrap.inventory_source().read_inventory(prepared), store=store)
    selling = Selling(
        store=store,
        ids=CountingIds(),
        catalogue=catalogue(),
        network=prepared.network,
        planners={},
    )
    register_party(CARRIER, deed=deed(), store=store, ids=selling.ids)
    return selling


def claims_by_holder(store):
    found = {}
    for claim in everything(store)[1]:
        found.setdefault(claim.claimant_id, []).append((claim.resource_id, claim.units, claim.hop))
    return {holder: sorted(held) for holder, held in found.items()}


def emptied(selling, container, name):
    return regroom_container(
        container, external_id=name, deed=deed(), store=selling.store, ids=selling.ids
    )


def switched_twice(rows):
    """Ends of cross-connects that more than one rider has."""
    ends = Counter(
        (container.resource_id, slot)
        for row in rows
        for container, slots in (
            (row.incoming, row.incoming_slots),
            (row.outgoing, row.outgoing_slots),
        )
        if container is not None
        for slot in slots
    )
    return [end for end, count in ends.items() if count > 1]


def test_a_bundle_is_groomed_a_section_is_emptied_under_it_and_all_is_given_back(selling):
    store = selling.store
    store.is_watched = True
    before = taken_without_e1s(store)
    servers = open_containers(
        TributariesAsked(
            rows=tuple(
                TributariesOfRow(row=1, signal="STM-1/TU-12", a_site=a, z_site=z)
                for a, z in (("GIL", "RWP"), ("RWP", "KHI"))
            )
        ),
        asker_id="CT",
        external_id="WORK-1",
        deed=deed(),
        store=store,
        ids=selling.ids,
    )
    orders = opened(selling, ("E1", "GIL", "KHI", 63), ("1x64k", "GIL", "KHI", 30))
    assert len(orders) == 93
    assert {order.plan.ways for order in orders} == {(("GIL", "RWP", "KHI"),)}
    passing = [
        row for row in cross_connect_map("RWP", store=store) if row.incoming and row.outgoing
    ]
    assert len(passing) == 93
    for site in SITES:
        assert not switched_twice(cross_connect_map(site, store=store))
    fill = {row.container.resource_id: row for row in multiplex_fill("E1", store=store)}
    assert (fill[SECTION].riders, fill[SECTION].more) == (63, 0)
    assert (fill[BESIDE].riders, fill[BESIDE].more) == (2, 61)

    held = claims_by_holder(store)
    riding = {h for h, claims in held.items() if any(one == SECTION for one, _, _ in claims)}
    moves = emptied(selling, SECTION, "WORK-2").moves
    assert len(moves) == 63
    now = claims_by_holder(store)
    assert {holder for holder in held if now[holder] != held[holder]} == riding
    assert now.keys() == held.keys()
    fill = {row.container.resource_id: row for row in multiplex_fill("E1", store=store)}
    assert (fill[SECTION].riders, fill[SECTION].more) == (0, 63)
    assert (fill[BESIDE].riders, fill[BESIDE].more) == (63, 0)
    assert fill["stm:GIL-MZD:STM-1/TU-12:1"].riders == 2 + 2  # two go around by Muzaffarabad
    for site in (*SITES, "MZD"):
        assert not switched_twice(cross_connect_map(site, store=store))

    store.is_watched = False  # ceasing is watched by the laws of selling
    for number, order in enumerate(orders):
        ceased = cease_product(
            order.product_id,
            buyer_id="CT",
            external_id=f"END-{number}",
            deed=deed(),
            store=store,
            ids=selling.ids,
        )
        store.write(lambda tx, o=ceased: complete_order(tx, o, deed=deed(), ids=selling.ids))
    emptied(selling, BESIDE, "WORK-3")
    for server in servers:
        close_container(server.resource_id, deed=deed(), store=store, ids=selling.ids)
    assert_slots_are_right(store)
    assert taken_without_e1s(store) == before


def taken_without_e1s(store):
    """What is taken but for the two E1 that were there and move with the section."""
    resources, claims, _ = everything(store)
    own = {(c.resource_id, c.units) for c in claims if c.claimant_id.startswith("e1:GIL-RWP:")}
    assert len(own) >= len(("E1 1", "E1 2"))
    taken = {each.resource_id: each.taken for each in resources}
    for resource_id, units in own:
        taken[resource_id] &= ~units
    return taken
