"""What all actions of sales share: retries, the log, parties, what lies beneath."""

from dataclasses import replace

import pytest

from karakoram.core.errors import NotFoundError, RefusedError, TakenError
from karakoram.core.identifiers import ExternalId
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.configurations import configuration
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Wish
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.sell.place_order import place_order
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.sell.sales_action import (
    Request,
    done_before,
    known_record,
    remember,
    wished,
)
from karakoram.usecases.sell.selling import fibres_beneath
from tests.support.memory_store import MemoryStore
from tests.support.selling import CARRIER, PERSON, deed, faults, quoted, seller, wave


@pytest.fixture(scope="module")
def selling():
    return seller()


def registered(selling, party):
    return register_party(party, deed=deed(), store=selling.store, ids=selling.ids)


def test_a_request_is_remembered_by_its_content():
    store = MemoryStore()
    first = Request(action="a", buyer_id="b", external_id="x", content={"what": "one"}, deed=deed())
    store.write(lambda tx: remember(tx, first, "subject"))
    assert store.read(lambda tx: done_before(tx, first)) == "subject"
    for other in (replace(first, content={"what": "two"}), replace(first, action="b")):
        with pytest.raises(RefusedError, match="names what is done already: a, which"):
            store.read(lambda tx, other=other: done_before(tx, other))
    assert store.read(lambda tx: done_before(tx, replace(first, external_id="y"))) is None


def test_a_request_is_known_by_what_is_asked_and_not_by_how_it_is_kept():
    asked = {"offering": "LINE", "characteristic a_site": "A"}
    first = Request(action="a", buyer_id="b", external_id="x", content=asked, deed=deed())
    turned = replace(first, content=dict(reversed(asked.items())))
    assert first.digest == turned.digest
    # Written down: where the form of a request changes, so must its number.
    assert first.digest == ("e3e28c12720e54bddc7ed6bdf695f1f9c25a18d35eee49578536bacbf7184bf7")
    wish = Wish(product_offering_id="LINE", configuration=configuration({"a_site": "A"}))
    assert wished(wish) == asked


def test_what_is_not_there_is_named():
    with pytest.raises(NotFoundError, match="there is no product 'p'"):
        MemoryStore().read(lambda tx: known_record(tx, Product, "p"))


def test_a_party_is_registered_once_and_not_otherwise(selling):
    assert registered(selling, CARRIER) == CARRIER
    with pytest.raises(RefusedError, match="otherwise than told") as no:
        registered(selling, replace(CARRIER, name="Another"))
    assert no.value.code == "party-differs"


def test_a_sponsor_comes_first(selling):
    centre = replace(
        PERSON,
        party_id="ILC",
        kind=CustomerKind.CENTRE,
        segment=MarketSegment.PUBLIC_RURAL,
        sponsor_id="NF",
    )
    with pytest.raises(RefusedError, match="sponsor NF is not registered"):
        registered(selling, centre)
    registered(selling, replace(PERSON, party_id="NF"))
    assert registered(selling, centre) == centre


def test_the_fibres_beneath_are_found_through_all_layers(selling):
    found = selling.store.read(
        lambda tx: fibres_beneath(tx, tx.resources([ResourceKind.OMS, ResourceKind.PORT]))
    )
    assert found["oms:A-Z:A-Z"] == {"fibre:A-Z"}
    assert set(found) == {"oms:A-Z:A-Z", "oms:A-B:A-B", "oms:B-Z:B-Z"}


def test_an_order_of_another_buyer_is_refused(selling):
    quote = quoted(selling, wave(), "q-other")
    with pytest.raises(RefusedError, match="not one of P1") as no:
        place_order(
            quote.quote_id,
            "",
            buyer_id="P1",
            external_id=ExternalId("o"),
            deed=deed(),
            selling=selling,
        )
    assert no.value.code == "not-your-quote"


class Raced(MemoryStore):
    """A store in which somebody else is faster, as often as told."""

    losses = 0

    def write(self, action):
        if self.losses:
            self.losses -= 1
            raise TakenError("somebody was faster")
        return super().write(action)


def test_who_loses_a_race_plans_again_and_gives_up_in_the_end():
    racing = seller(Raced())
    racing.store.losses = 2
    assert quoted(racing, wave(), "q1").offers
    racing.store.losses = 3
    with pytest.raises(TakenError, match="3 times in a row") as no:
        quoted(racing, wave(), "q2")
    assert (no.value.code, no.value.where) == ("no-room-left", "WAVE-100G")
    assert "ask again: cheapest has room now" in no.value.alternatives
    assert not faults(racing.store)
