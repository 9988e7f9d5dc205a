"""Grooming over an inventory, and the words for what rides there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import ClaimId
from karakoram.engines.multiplex import GroomingLimit
from karakoram.sales.feasibility import groomed as grooming
from karakoram.sales.feasibility.groomed import TributaryDemand, groomed, multiplex_of
from karakoram.sales.feasibility.multiplex_clients import (
    model_signal,
    signal_offering,
    sold_signal,
)
from karakoram.sales.inventory.resources import Claim, ResourceStatus
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.moving import MoveStep, beside, is_beside, rider_of
from karakoram.sales.plans import Refusal
from tests.support.sales_stock import joining, pool
from tests.support.selling import PORT, START, catalogue

STMS = (
    joining("STM-1/TU-12", "A", "Z"),
    joining("STM-1/TU-12", "A", "B", length_km=30.0),
    joining("STM-1/TU-12", "B", "Z", length_km=30.0),
)


def demand(signal="E1", count=1, a="A", z="Z"):
    return TributaryDemand(signal=signal, a_site_id=a, z_site_id=z, count=count)


def ways(*demands, resources=STMS, claims=(), **more):
    found = groomed(demands, stock=stock_of(resources, claims), **more)
    return [tuple(claim.resource_id for claim in each.claims) for each in found]


def test_the_shortest_glass_is_filled_first():
    found = ways(demand(count=64))
    around = ("A-B STM-1/TU-12", "B-Z STM-1/TU-12")
    assert found.count(around) == 63
    assert found.count(("A-Z STM-1/TU-12",)) == 1


def test_what_is_out_of_order_or_no_container_takes_nothing():
    suspended = replace(STMS[1], status=ResourceStatus.SUSPENDED)
    resources = (STMS[0], suspended, STMS[2], pool(PORT, "A", 4))
    assert ways(demand(count=2), resources=resources) == [("A-Z STM-1/TU-12",)] * 2
    multiplex = multiplex_of(stock_of(resources))
    assert [each.resource_id for each in multiplex.resources] == [
        e.resource_id for e in STMS[:1]
    ] + [
        suspended.resource_id,
        STMS[2].resource_id,
    ]
    assert multiplex.containers[1].free_slot_count == 0
    assert multiplex.passage_costs == (101, 31, 31)


def test_an_oduc_takes_so_many_tributaries_however_small():
    oduc = joining("ODUC1", "A", "Z", taken=(1 << 10) - 1)
    claims = [
        Claim(
            claim_id=ClaimId(str(slot)),
            resource_id=oduc.resource_id,
            units=1 << slot,
            claimant_id="x",
        )
        for slot in range(10)
    ]
    (full,) = groomed([demand("ODU0")], stock=stock_of([oduc], claims))
    assert isinstance(full, Refusal)
    assert ways(demand("ODU0"), resources=[replace(oduc, taken=511)], claims=claims[:9]) == [
        ("A-Z ODUC1",)
    ]


def test_a_demand_that_is_short_says_how_short_and_what_helps():
    found = groomed([demand(count=130), demand("E3", a="B", z="Q")], stock=stock_of(STMS))
    full, nowhere = found
    assert (full.code, nowhere.code) == ("no-free-slot", "no-connection")
    assert full.message.startswith("126 of 130 x E1 find a way")
    assert full.alternatives[0] == "ask for 126 x E1"
    assert nowhere.where == "B-Q"
    assert "ask for 0" not in " ".join(nowhere.alternatives)


def test_where_the_search_gave_up_and_room_is_left_the_refusal_says_so(monkeypatch):
    def lazy(problem, limit):
        plan = real(problem, limit=limit)
        return replace(plan, tributaries=plan.tributaries[:1], carried=(1,))

    real = grooming.groom
    monkeypatch.setattr(grooming, "groom", lazy)
    (reason,) = groomed([demand(count=3)], stock=stock_of(STMS), limit=GroomingLimit())
    assert (reason.code, reason.where) == ("not-groomed", "A-Z")
    assert reason.alternatives == ("ask for 2 x E1 by themselves",)


@pytest.mark.parametrize(
    ("values", "signal", "count"),
    [
        ({"timeslots": "6"}, "6x64k", 1),
        ({"odu_slots": "3"}, "ODUflex(GFP 3)", 1),
        ({"signal": "STM-4"}, "STM-4", 1),
        ({"e1_count": "4"}, "E1", 4),
    ],
)
def test_a_product_tells_its_signal(values, signal, count):
    found = sold_signal(values)
    assert (found.name, found.count) == (signal, count)


def test_a_model_tells_its_signal():
    assert model_signal("STM-1/TU-12") == "STM-1"
    assert model_signal("10GbE") == "10GbE"
    assert model_signal("voice trunks") is None


@pytest.mark.parametrize(
    ("signal", "offering", "values"),
    [
        ("E1", "DPLC-E1", {"signal": "E1"}),
        ("31x64k", "DXX-N64", {"timeslots": "31"}),
        ("ODUflex(GFP 3)", "DPLC-ODUFLEX", {"odu_slots": "3"}),
        ("ODU2e", "DPLC-ODU2E", {"signal": "ODU2e"}),
    ],
)
def test_a_signal_is_sold_unprotected_under_one_offering(signal, offering, values):
    found = signal_offering(signal, catalogue=catalogue(), on_day=START.date())
    assert (found.product_offering_id, dict(found.values)) == (offering, values)


def test_a_signal_that_nobody_sells_is_not_found():
    with pytest.raises(
        NotFoundError, match="no offering is sold for the signal 'ODU2E'; did you mean ODU2e"
    ):
        signal_offering("ODU2E", catalogue=catalogue(), on_day=START.date())


def test_slots_beside_a_rider_tell_whose_they_are():
    held = beside(MoveStep.MAKE, "stm:A-Z", "P|1")
    assert rider_of(held) == "P|1"
    assert is_beside(held, "stm:A-Z")
    assert not is_beside(held, "stm:A-Z2")
    assert not is_beside("P", "stm:A-Z")
    assert rider_of("a|b") == "a|b"


def test_what_is_sold_no_more_is_no_offering_for_a_signal():
    sold = catalogue()
    ended = replace(
        sold,
        product_offerings={
            key: replace(each, valid_to=START.date())
            for key, each in sold.product_offerings.items()
        },
    )
    with pytest.raises(NotFoundError, match="no offering is sold for the signal 'E1'"):
        signal_offering("E1", catalogue=ended, on_day=START.date())
    eve = START.date() - timedelta(days=1)
    assert signal_offering("E1", catalogue=ended, on_day=eve)
