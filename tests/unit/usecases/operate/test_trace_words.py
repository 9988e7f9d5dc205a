"""What is hit where a span, a site, a cable or a common cause is meant by a person's word."""

from dataclasses import replace

import pytest

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import Place
from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.records import RiskGroup, RiskKind
from karakoram.planning.path_side import PathSide
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.operate.trace_words import plant_meant, plants_meant, riders_on, told_riders
from tests.support.ports import GivenNetwork
from tests.support.sales_records import claim
from tests.support.sales_stock import pool
from tests.support.selling import seller, triangle
from tests.unit.usecases.sell.test_orders import active, ordered, quoted, wave

SLIDE = RiskGroup(
    risk_group_id="RG1",
    name="Landslide at B",
    kind=RiskKind.CORRIDOR,
    failures_per_year=0.1,
    mttr_h=24.0,
    provenance=Provenance(source="a test", confidence=Confidence.ASSUMED),
)


HERE = Place(table="works", field="what")


@pytest.fixture
def selling():
    return seller()


def network():
    """The triangle, one side of which a landslide can take."""
    plain = triangle()
    spans = {
        key: replace(span, risk_group_ids=("RG1",)) if "B" in str(key) else span
        for key, span in plain.spans.items()
    }
    return replace(plain, spans=spans, risk_groups={"RG1": SLIDE})


def told_by_id(selling, *resource_ids):
    told = told_riders(resource_ids, store=selling.store)
    return {each.rider.rider_id: each for each in told}


def meant(word, selling):
    source = GivenNetwork(network())
    return plant_meant(word, store=selling.store, networks=source)


@pytest.mark.parametrize(
    ("word", "fibres"),
    [
        ("fibre:A-Z", ["fibre:A-Z"]),
        ("a-z", ["fibre:A-Z"]),
        ("site:B", ["fibre:A-B", "fibre:B-Z"]),
        ("landslide at b", ["fibre:A-B", "fibre:B-Z"]),
        ("operator:OP1", ["fibre:A-Z"]),
    ],
)
def test_a_word_means_the_fibres_that_are_hit(selling, word, fibres):
    assert list(meant(word, selling)) == fibres


def test_a_word_that_means_nothing_is_told_with_what_is_called_alike(selling):
    with pytest.raises(NotFoundError, match=r"A-Zz.*Did you mean .*A-Z"):
        meant("A-Zz", selling)


def test_several_words_mean_all_their_fibres_each_once(selling):
    asked = dict.fromkeys(("A-B", "site:B", "fibre:A-Z"), HERE)
    source = GivenNetwork(network())
    found = plants_meant(asked, store=selling.store, networks=source)
    assert found == ("fibre:A-B", "fibre:A-Z", "fibre:B-Z")


def test_every_word_that_means_nothing_is_told_where_it_stands(selling):
    asked = {"A-Zz": replace(HERE, row=2), "A-B": HERE, "nobody": replace(HERE, row=4)}
    with pytest.raises(InvalidDataError) as refused:
        plants_meant(asked, store=selling.store, networks=GivenNetwork(network()))
    assert [(one.code, one.place.row) for one in refused.value.findings] == [
        ("unknown-plant", 2),
        ("unknown-plant", 4),
    ]


def test_what_lies_on_plant_with_both_its_ways_is_told_with_both(selling):
    order = active(selling, wave("1+1"))
    alone = told_by_id(selling, "fibre:A-Z")[order.product_id]
    both = told_by_id(selling, "fibre:A-B", "fibre:A-Z")[order.product_id]
    assert len(alone.sides) == 1
    assert both.sides == (PathSide.WORKING, PathSide.PROTECTION)


def test_what_rides_on_several_fibres_is_told_once_the_nearest_first(selling):
    active(selling, wave("1+1"))
    riders = riders_on(["fibre:A-B", "fibre:B-Z"], store=selling.store)
    assert len({each.rider_id for each in riders}) == len(riders)
    assert [each.depth for each in riders] == sorted(each.depth for each in riders)


def test_products_and_offers_are_told_with_ends_buyer_and_second_way(selling):
    order = active(selling)
    quote = quoted(selling, wave("1+1"), "another")
    told = told_by_id(selling, "fibre:A-Z")
    product = told[order.product_id]
    assert (product.buyer_id, product.a_site, product.z_site) == ("CT", "A", "Z")
    assert product.is_protected is False
    offer = told[quote.offers[0].offer_id]
    assert (offer.record, offer.buyer_id) == (f"quote {quote.quote_id}", "CT")
    assert offer.is_protected is True
    plant = next(each for each in told.values() if each.rider.kind is not None)
    assert (plant.record, plant.buyer_id, plant.is_protected) == ("", None, None)


def test_a_change_that_is_ordered_is_told_as_its_order(selling):
    first = active(selling)
    quote = quoted(selling, wave("1+1"), "change", product_id=first.product_id)
    order = ordered(selling, quote, "o-change")
    told = told_by_id(selling, "fibre:A-B")
    assert told[order.product_order_id].record == f"order {order.product_order_id}"


def test_what_lies_on_the_protection_alone_is_told_so(selling):
    product_id = active(selling, wave("1+1")).product_id
    quote = quoted(selling, wave("1+1"), "another")

    def sides(*resource_ids):
        told = told_by_id(selling, *resource_ids)
        assert all(not each.sides for each in told.values() if each.rider.kind is not None)
        return {key: [side.value for side in told[key].sides] for key in told.keys() & sold}

    sold = {product_id, quote.offers[0].offer_id}
    assert sides("fibre:A-Z") == {key: ["working"] for key in sold}
    assert sides("fibre:A-B") == sides("fibre:A-B", "fibre:B-Z")
    assert sides("fibre:A-B") == {key: ["protection"] for key in sold}
    assert sides("fibre:A-Z", "fibre:A-B") == {key: ["working", "protection"] for key in sold}


def test_a_circle_above_plant_is_told_with_its_sides_and_comes_to_an_end(selling):
    product_id = active(selling, wave("1+1")).product_id
    ring = [pool(ResourceKind.PORT, site, 4, resource_id=f"odd:{site}") for site in "AB"]
    claims = [
        claim("c1", on="fibre:A-Z", units=1 << 7, by="odd:A"),
        claim("c2", on="odd:A", by="odd:B", side=PathSide.PROTECTION),
        claim("c3", on="odd:B", by="odd:A"),
        claim("c4", on="odd:B", units=2, by="offer nobody knows"),
    ]

    def write(tx):
        tx.add_resources(ring)
        tx.add_claims(claims)

    selling.store.write(write)
    told = told_by_id(selling, "fibre:A-Z")
    assert [side.value for side in told["offer nobody knows"].sides] == ["protection"]
    assert [side.value for side in told[product_id].sides] == ["working"]
