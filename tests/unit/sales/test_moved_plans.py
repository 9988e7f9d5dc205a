"""A plan whose way has changed tells the new way, and nothing else is new."""

from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.operator_legs import SoldBetween
from karakoram.sales.inventory.resources import PlannedClaim
from karakoram.sales.moved_plans import moved_plan, shared_by, ways_of
from karakoram.sales.plans import PlanMeasures, PlannedLeg, ServicePlan
from tests.support.sales_stock import joining

DIRECT = joining("E1", "A", "Z", length_km=100.0, latency_ms=0.5)
SECOND = joining("E1", "A", "Z", resource_id="second", length_km=90.0)
A_B = joining("E1", "A", "B", length_km=30.0, latency_ms=0.25, operator_id="OP1")
B_Z = joining("E1", "B", "Z", length_km=40.0, latency_ms=0.25, operator_id="OP2")
CONTAINERS = {each.resource_id: each for each in (DIRECT, SECOND, A_B, B_Z)}
SOLD = SoldBetween(seller_id="SCO", a_site_id="A", z_site_id="Z")
WORKING, PROTECTION = PathSide.WORKING, PathSide.PROTECTION


def claim(resource, hop=0, side=WORKING, units=1):
    return PlannedClaim(
        resource_id=getattr(resource, "resource_id", resource),
        units=units,
        claimant_id=None,
        side=side,
        hop=hop,
    )


def plan(*claims):
    leg = PlannedLeg(
        name="x", operator_id="SCO", a_site_id="A", z_site_id="Z", work="set it", lead_days=10
    )
    return ServicePlan(
        claims=claims, legs=(leg,), charges=(), measures=PlanMeasures(availability=0.5)
    )


def moved(before, *after, beneath=None):
    return moved_plan(before, after, containers=CONTAINERS, sold=SOLD, beneath=beneath or {})


def test_the_new_way_has_its_sites_its_length_and_its_operators():
    before = plan(claim("port:A"), claim(DIRECT))
    now = moved(before, claim(A_B), claim(B_Z, hop=1))
    assert now.claims == (claim("port:A"), claim(A_B), claim(B_Z, hop=1))
    assert now.ways == (("A", "B", "Z"),)
    assert (now.measures.length_km, now.measures.latency_ms) == (70.0, 0.5)
    assert now.measures.availability == before.measures.availability
    assert [leg.operator_id for leg in now.legs] == ["OP1", "OP2", "SCO"]
    assert now.legs[0].work == "set it"


def test_one_way_of_a_protected_product_moves_and_the_other_stays():
    before = plan(claim(DIRECT), claim(A_B, side=PROTECTION), claim(B_Z, hop=1, side=PROTECTION))
    now = moved(
        before,
        claim(SECOND),
        beneath={"second": frozenset({"f"}), A_B.resource_id: frozenset({"f"})},
    )
    assert ways_of(now.claims, CONTAINERS) == ((SECOND,), (A_B, B_Z))
    assert now.measures.shared_risks == ("f",)
    other = moved(before, claim(SECOND, side=PROTECTION))
    assert other.ways == (("A", "Z"), ("A", "Z"))
    assert other.measures.length_km == DIRECT.length_km


def test_hops_are_followed_in_their_order_and_one_way_shares_nothing():
    claims = (claim(B_Z, hop=1), claim(A_B))
    assert ways_of(claims, CONTAINERS) == ((A_B, B_Z),)
    assert shared_by([(DIRECT,)], {}) == frozenset()
    assert shared_by([(DIRECT,), (DIRECT,)], {}) == {DIRECT.resource_id}
