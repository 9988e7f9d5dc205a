"""A multiplex to open and move tributaries in, and who checks every slot of it by counting."""

from collections import defaultdict

from karakoram.sales.moving import rider_of
from karakoram.sales.products import Product
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.multiplex.open_tributaries import (
    TributariesAsked,
    TributariesOfRow,
    open_tributaries,
)
from tests.support.memory_store import MemoryStore
from tests.support.sales_stock import joining
from tests.support.selling import deed, seller

CONTAINERS = (ResourceKind.ODU, ResourceKind.STM, ResourceKind.E1)
BLOCKS = {"E1": (1, 1), "E3": (21, 21), "STM-1": (1, 1), "ODU0": (1, 1), "ODU1": (2, 1)}
"""Slots that a signal takes where the tests let it ride, and where they may begin; independent of
the engine: a VC-12 is one TU-12, a VC-3 a whole TUG-3, an ODU1 two slots of 1.25G anywhere."""


def meshed(store=None, *, more=()):
    """The seller of the triangle, with STM-1s along each side, two of them between A and Z."""
    selling = seller(store or MemoryStore(), ports=400)
    side = ("A", "Z"), ("A", "B"), ("B", "Z")
    stms = [joining("STM-1/TU-12", a, z, operator_id="OP1") for a, z in side]
    second = joining("STM-1/TU-12", "A", "Z", resource_id="A-Z second", name="A-Z second")
    odus = [joining("ODU4", a, z, operator_id="OP2") for a, z in side[1:]]
    e1s = [joining("E1", a, z) for a, z in side[1:]]
    selling.store.write(lambda tx: tx.add_resources([*stms, second, *odus, *e1s, *more]))
    return selling


def opened(selling, *rows, name="PO", connected=True, buyer="CT"):
    """What is answered when rows ``(signal, a, z, count)`` are opened."""
    asked = TributariesAsked(
        rows=tuple(
            TributariesOfRow(row=row, signal=signal, a_site=a, z_site=z, count=count)
            for row, (signal, a, z, count) in enumerate(rows, start=2)
        ),
        is_connected=connected,
    )
    return open_tributaries(asked, buyer_id=buyer, external_id=name, deed=deed(), selling=selling)


def everything(store):
    """Resources, claims and products as they are stored."""

    def read(tx):
        resources = tx.resources()
        claims = tx.claims_on(each.resource_id for each in resources)
        return resources, claims, tx.find_all(Product)

    return store.read(read)


def assert_slots_are_right(store):
    """Count every slot by itself: one owner each, and each product whole on one way."""
    resources, claims, products = everything(store)
    containers = {each.resource_id: each for each in resources if each.kind in CONTAINERS}
    owners = defaultdict(list)
    for claim in claims:
        if claim.resource_id in containers:
            for unit in _numbers(claim.units):
                owners[claim.resource_id, unit].append(claim.claimant_id)
    assert all(len(each) == 1 for each in owners.values()), "a slot has two owners"
    assert set(owners) == {
        (key, unit) for key, each in containers.items() for unit in _numbers(each.taken)
    }
    holdings = defaultdict(list)
    for claim in claims:
        holdings[claim.claimant_id].append(claim)
    for product in products:
        held = holdings[product.product_id]
        if product.state.value in {"terminated", "cancelled"}:
            assert not held
            continue
        planned = {
            (each.resource_id, each.units, each.side, each.hop) for each in product.plan.claims
        }
        assert {(each.resource_id, each.units, each.side, each.hop) for each in held} == planned
        _assert_way(product, held, containers)
    known = {each.product_id for each in products} | {each.resource_id for each in resources}
    assert {rider_of(each.claimant_id) for each in claims} <= known


def _assert_way(product, held, containers):
    """The containers lead from end to end, hop by hop, with room for the signal in each."""
    values = product.configuration.by_name
    signal = values.get("signal")
    slots, begin = BLOCKS[signal] if signal else (int(values["timeslots"]), 1)
    for side in {each.side for each in held if each.resource_id in containers}:
        way = sorted(
            (each for each in held if each.resource_id in containers and each.side is side),
            key=lambda each: each.hop,
        )
        _assert_joined(
            way, containers, shape=(slots, begin), ends=(values["a_site"], values["z_site"])
        )
    for sites in product.plan.ways:
        assert (sites[0], sites[-1]) == (values["a_site"], values["z_site"])


def _assert_joined(way, containers, *, shape, ends):
    (slots, begin), (site, last) = shape, ends
    assert [each.hop for each in way] == list(range(len(way)))
    for claim in way:
        container = containers[claim.resource_id]
        joined = [container.a_site_id, container.z_site_id]
        assert site in joined
        site = joined[1 - joined.index(site)]
        units = _numbers(claim.units)
        assert units[-1] < container.unit_count
        assert len(units) == slots
        if begin > 1:
            assert units == list(range(units[0], units[0] + slots))
            assert units[0] % begin == 0
    assert site == last


def _numbers(units):
    """The numbers of the units that are set."""
    return [place for place, bit in enumerate(reversed(f"{units:b}")) if bit == "1"]


class WatchedStore(MemoryStore):
    """Has every slot counted after each step that is written."""

    def __init__(self):
        super().__init__()
        self.written = 0
        self.is_watched = False

    def write(self, action):
        answer = super().write(action)
        self.written += 1
        if self.is_watched:
            assert_slots_are_right(self)
        return answer


class PowerFailureError(Exception):
    """Nothing is written any more."""


class FailingStore(MemoryStore):
    """Loses its power after so many steps."""

    def __init__(self):
        super().__init__()
        self.left = None

    def write(self, action):
        if self.left == 0:
            raise PowerFailureError
        answer = super().write(action)
        if self.left is not None:
            self.left -= 1
        return answer
