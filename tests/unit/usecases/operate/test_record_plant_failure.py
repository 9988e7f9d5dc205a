"""A failure of plant takes what has no other way, and the rest switches."""

from datetime import UTC, datetime

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.operations.outages import Outage
from karakoram.sales.change_log import Deed
from karakoram.usecases.operate.record_plant_failure import (
    PlantFailure,
    record_plant_failure,
    struck_products,
)
from tests.support.ports import GivenNetwork
from tests.support.selling import triangle, wave
from tests.support.settling import active, settled_wave

NETWORKS = GivenNetwork(triangle())


def at(day, hour=0, month=11):
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def sold():
    """A wave from A to Z without protection, and one with both ways, active since 2 November."""
    selling, settling, single = settled_wave(started=at(2))
    double = active(selling, wave("1+1"), "double", started=at(2))
    return settling, single, double


def struck(settling, word="A-Z", start=None, end=None, **changes):
    given = {
        "failure_id": "TT-1",
        "plant": word,
        "starts_at": start or at(10),
        "ends_at": end or at(12),
        "at_fault_id": "OP1",
        "where": "A-Z",
        "cause": "landslide",
        "source": "ticket TT-1",
    }
    found = struck_products(
        PlantFailure(**{**given, **changes}), settling=settling, networks=NETWORKS
    )
    return {each.product.product_id: each for each in found}


def test_what_has_no_other_way_is_down_and_the_rest_switches(sold):
    settling, single, double = sold
    found = struck(settling)
    assert found[single.product_id].outage.outage_id == f"TT-1/{single.product_id}"
    assert found[double.product_id].outage is None
    assert found[double.product_id].credits == ()


def test_both_ways_of_a_pair_are_down_where_both_are_hit(sold):
    settling, _, double = sold
    assert struck(settling, "site:A")[double.product_id].outage is not None


def test_the_credit_that_would_follow_is_told_for_each_month(sold):
    settling, single, _ = sold
    found = struck(settling, start=at(28), end=at(3, month=12))[single.product_id]
    assert [each.month.from_day.month for each in found.credits] == [11, 12]
    assert all(each.amount.minor > 0 and "availability" in each.reason for each in found.credits)


def test_what_was_not_in_service_is_not_hit(sold):
    settling, _, _ = sold
    assert struck(settling, start=at(1), end=at(1, 5)) == {}


def test_the_failure_is_recorded_once_for_each_product_that_was_down(sold):
    settling, single, _ = sold
    deed = Deed(who="desk", why="", at=at(20))
    for _ in range(2):
        found = struck(settling).values()
        (recorded,) = record_plant_failure(found, deed=deed, settling=settling)
    assert recorded.product_id == single.product_id
    assert settling.store.read(lambda tx: len(tx.find_all(Outage))) == 1


def test_who_is_at_fault_must_have_a_book(sold):
    with pytest.raises(NotFoundError):
        struck(sold[0], at_fault_id="NOBODY")


def test_a_failure_ends_after_it_starts(sold):
    with pytest.raises(ValueError, match="must be after starts_at"):
        struck(sold[0], start=at(12), end=at(12))
