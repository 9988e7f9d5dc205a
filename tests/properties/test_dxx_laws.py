"""Whatever is opened, moved and ceased through the store: each slot has one owner, and what fits is
opened, as counting block by block says."""

import numpy as np
import pytest

from karakoram.core.identifiers import ClaimId
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.sales.inventory.resources import Claim
from karakoram.usecases.multiplex.regroom_container import regroom_container
from karakoram.usecases.sell.advance_leg import complete_order
from karakoram.usecases.sell.end_product import cease_product
from tests.support.dxx import BLOCKS, WatchedStore, everything, meshed, opened
from tests.support.selling import deed

DIRECT = ("A-Z STM-1/TU-12", "A-Z second")
AROUND = ("A-B STM-1/TU-12", "B-Z STM-1/TU-12")
SIGNALS = (
    ("E1", "A", "Z"),
    ("E3", "A", "Z"),
    ("E1", "B", "A"),
    ("E3", "Z", "B"),
    ("3x64k", "A", "B"),
)


def taken_of(selling):
    return {each.resource_id: each.taken for each in everything(selling.store)[0]}


def crowded(rng):
    """The multiplex with slots taken at random, each container as full as it happens to be."""
    selling = meshed()

    def write(tx):
        for resource_id in (*DIRECT, *AROUND):
            units = sum(1 << int(u) for u in np.flatnonzero(rng.random(63) < rng.random()))
            if units:
                tx.add_claims(
                    [
                        Claim(
                            claim_id=ClaimId(f"c {resource_id}"),
                            resource_id=resource_id,
                            units=units,
                            claimant_id="A-Z E1",
                        )
                    ]
                )

    selling.store.write(write)
    return selling


def blocks_left(taken, signal):
    """How many of a signal go in what is left, block by block."""
    slots, begin = BLOCKS[signal]
    return sum(
        not taken >> first & ((1 << slots) - 1) for first in range(0, 64 - slots, max(begin, 1))
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("signal", ["E1", "E3"])
def test_exactly_as_many_are_opened_as_block_by_block_there_is_room_for(seed, signal):
    selling = crowded(np.random.default_rng(seed))
    left = {key: blocks_left(taken, signal) for key, taken in taken_of(selling).items()}
    most = sum(left[each] for each in DIRECT) + min(left[each] for each in AROUND)
    before = taken_of(selling)
    assert isinstance(opened(selling, (signal, "A", "Z", most + 1)), NotFeasible)
    assert taken_of(selling) == before
    if most:
        assert len(opened(selling, (signal, "A", "Z", most))) == most
        spent = {key: taken.bit_count() for key, taken in taken_of(selling).items()}
        slots, _ = BLOCKS[signal]
        used = sum(spent[key] - before[key].bit_count() for key in (*DIRECT, *AROUND))
        around = most - sum(left[each] for each in DIRECT)
        assert used == slots * (most + max(around, 0))


@pytest.mark.parametrize("seed", range(2))
def test_each_slot_has_one_owner_whatever_is_opened_moved_and_ceased(seed):
    rng = np.random.default_rng(seed)
    selling = meshed(WatchedStore())
    empty, live, moved = taken_of(selling), [], 0
    selling.store.is_watched = True  # every slot is counted after each step that is written
    for step in range(8):
        signal, a, z = SIGNALS[rng.integers(len(SIGNALS))]
        answer = opened(selling, (signal, a, z, int(rng.integers(1, 3))), name=f"PO-{step}")
        live += [] if isinstance(answer, NotFeasible) else list(answer)
        container = (*DIRECT, *AROUND)[rng.integers(4)]
        found = regroom_container(
            container,
            external_id=f"W-{step}",
            deed=deed(),
            store=selling.store,
            ids=selling.ids,
        )
        if not isinstance(found, NotFeasible):
            assert taken_of(selling)[container] == 0
            moved += len(found.moves)
        if live and rng.random() < 0.3:
            ceased(selling, live.pop(int(rng.integers(len(live)))))
    assert moved
    selling.store.is_watched = False
    for order in live:
        ceased(selling, order)
    assert taken_of(selling) == empty


def ceased(selling, order):
    end = cease_product(
        order.product_id,
        buyer_id="CT",
        external_id=f"END {order.external_id}",
        deed=deed(),
        store=selling.store,
        ids=selling.ids,
    )
    selling.store.write(lambda tx: complete_order(tx, end, deed=deed(), ids=selling.ids))
