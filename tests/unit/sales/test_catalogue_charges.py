"""A change of a product asks once only for what it installs."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache

import pytest

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import PriceId
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.planning.prepare import prepare
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.configurations import configuration
from karakoram.sales.feasibility.planners import planners
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Wish
from tests.support.every_offering import complete
from tests.support.selling import START, channels, glass, ordered, quoted, seller, triangle, wave


@cache
def lighting_costs():
    """The network of the tests, with a price asked once for each leg beside every other price."""
    plain = triangle()
    once = {
        PriceId(f"{key} once"): replace(
            item,
            price_id=PriceId(f"{key} once"),
            unit=PriceUnit.LEG,
            period=ChargePeriod.ONCE,
            amount=Decimal(25_000),
        )
        for key, item in plain.prices.items()
    }
    return prepare(replace(plain, prices={**plain.prices, **once}))


@pytest.fixture
def selling():
    prepared = lighting_costs()
    return replace(seller(ports=12), network=prepared.network, planners=planners(prepared))


def with_values(wish, **values):
    return Wish(
        product_offering_id=wish.product_offering_id,
        configuration=wish.configuration.changed(configuration(values)),
    )


def sold(selling, wish):
    """A product that is up."""
    order = ordered(selling, quoted(selling, wish, "q"), "o")
    complete(order, store=selling.store, ids=selling.ids)
    return order.product_id


def once(quote):
    """What is asked once of each offer [minor units]."""
    assert quote.offers, quote.reasons
    return [offer.nrc.minor for offer in quote.offers]


TERMS = [
    (wave(), {"term_months": "60"}),
    (wave("1+1"), {"term_months": "12"}),
    (channels("2"), {"term_months": "60"}),
    (channels("2"), {"timeslots": "1"}),
    (glass(), {"term_months": "120"}),
]


@pytest.mark.parametrize(("wish", "values"), TERMS)
def test_a_change_that_installs_nothing_asks_nothing_once(selling, wish, values):
    product_id = sold(selling, wish)
    other = with_values(wish, **values)
    new = quoted(selling, other, "as a new one")
    change = quoted(selling, other, "change", product_id=product_id)
    assert min(once(new)) > 0
    assert set(once(change)) == {0}
    kinds = {each.kind for offer in change.offers for each in offer.plan.charges}
    assert PriceType.ONE_TIME not in kinds
    assert change.offers[0].mrc.minor > 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (channels("2"), channels("3")),
        (channels("2"), with_values(channels("2"), z_site="B")),
        (wave(), wave("1+1")),
        (wave(), wave(bit_rate="400")),
    ],
)
def test_a_change_that_installs_something_is_asked_as_of_a_new_product(selling, before, after):
    product_id = sold(selling, before)
    new = quoted(selling, after, "as a new one")
    change = quoted(selling, after, "change", product_id=product_id)
    assert [each.code for each in change.reasons] == [each.code for each in new.reasons]
    assert [offer.nrc for offer in change.offers] == [offer.nrc for offer in new.offers]
    assert all(offer.nrc.minor for offer in change.offers)


def right_of_use(pairs):
    values = {"a_site": "A", "z_site": "Z", "fibre_pairs": pairs}
    return Wish(product_offering_id="FIBRE-IRU", configuration=configuration(values))


def test_what_is_counted_is_asked_for_what_is_added_alone(selling):
    product_id = sold(selling, right_of_use("1"))
    (two,) = quoted(selling, right_of_use("2"), "as a new one").offers
    (change,) = quoted(selling, right_of_use("2"), "change", product_id=product_id).offers
    assert 2 * change.nrc.minor == two.nrc.minor
    assert change.mrc == two.mrc


def test_a_quote_from_before_another_change_of_the_product_is_refused(selling):
    product_id = sold(selling, wave())
    late = quoted(selling, with_values(wave(), term_months="60"), "late", product_id=product_id)
    other = quoted(selling, wave(bit_rate="400"), "other", product_id=product_id)
    at = START + timedelta(hours=1)
    complete(ordered(selling, other, "o-other", at=at), store=selling.store, ids=selling.ids)
    with pytest.raises(RefusedError, match="was changed since quote") as no:
        ordered(selling, late, "o-late", at=at)
    assert (no.value.code, no.value.where) == ("product-changed", product_id)


def test_a_product_is_of_the_offering_that_it_was_changed_to(selling):
    product_id = sold(selling, wave())
    change = quoted(selling, wave("1+1"), "change", product_id=product_id)
    complete(ordered(selling, change, "o-change"), store=selling.store, ids=selling.ids)
    product = selling.store.read(lambda tx: tx.find(Product, product_id))
    assert product.product_offering_id == "WAVE-100G-1P1"
