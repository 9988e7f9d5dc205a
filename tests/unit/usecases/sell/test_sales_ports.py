"""What the parts promise, shown on the store in memory."""

from dataclasses import replace

import pytest

from karakoram.core.errors import ConflictError, TakenError
from karakoram.core.provenance import Confidence, Provenance
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.inventory.resources import Claim, Resource, ResourceStatus
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.sell.sales_ports import (
    IdSource,
    Moments,
    SalesReader,
    SalesStore,
    SalesWriter,
)
from tests.support.memory_store import CountingIds, FixedMoment, MemoryStore, MemoryTransaction

RACK = Resource(
    resource_id="rack",
    kind=ResourceKind.RACK,
    model="42U",
    name="GIL rack 1",
    operator_id="SCO",
    a_site_id="GIL",
    unit_count=42,
    status=ResourceStatus.AVAILABLE,
    provenance=Provenance(source="test", confidence=Confidence.ASSUMED),
)
BUYER = Party(
    party_id="CT",
    name="A buyer",
    role=PartyRole.BUYER,
    kind=CustomerKind.OPERATOR,
    segment=MarketSegment.WHOLESALE,
    country="CN",
    currency="USD",
)


def test_the_parts_can_be_played():
    store = MemoryStore()
    assert isinstance(store, SalesStore)
    assert isinstance(MemoryTransaction(store.tables), SalesReader)
    assert isinstance(MemoryTransaction(store.tables), SalesWriter)
    assert isinstance(CountingIds(), IdSource)
    assert isinstance(FixedMoment(None), Moments)


def test_what_is_refused_half_way_leaves_nothing():
    store = MemoryStore()
    store.write(lambda tx: tx.add_resources([RACK]))

    def twice(tx):
        for claim_id in ("a", "b"):
            tx.add_claims([Claim(claim_id=claim_id, resource_id="rack", units=3, claimant_id="p")])

    with pytest.raises(TakenError, match="taken"):
        store.write(twice)
    assert store.read(lambda tx: tx.claims_on(["rack"])) == ()
    assert store.read(lambda tx: tx.resources_by_id(["rack"])) == (RACK,)


def test_who_writes_an_old_version_is_refused():
    store = MemoryStore()
    store.write(lambda tx: tx.add(BUYER))
    store.write(lambda tx: tx.replace(replace(BUYER, name="Another name")))
    with pytest.raises(ConflictError, match="somebody else"):
        store.write(lambda tx: tx.replace(BUYER))
