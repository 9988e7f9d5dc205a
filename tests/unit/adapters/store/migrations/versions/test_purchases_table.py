"""The table of purchases holds what it is given, also after it was added to a store."""

from random import Random

from karakoram.adapters.store.migrations.versions import purchases
from karakoram.sales.purchases import OPEN_PURCHASES, Purchase, PurchaseState
from tests.support.sales_records import any_record


def test_purchases_are_found_by_their_state(store):
    rng = Random(3)
    made = [
        any_record(Purchase, rng, purchase_id=f"p:{number}", state=state, version=0)
        for number, state in enumerate(PurchaseState)
    ]
    store.write(lambda tx: [tx.add(each) for each in made])
    still = store.read(lambda tx: tx.find_all(Purchase, states=[e.value for e in OPEN_PURCHASES]))
    assert {each.state for each in still} == set(OPEN_PURCHASES)
    assert store.read(lambda tx: tx.find(Purchase, "p:0")) == made[0]
    assert purchases.down_revision < purchases.revision
