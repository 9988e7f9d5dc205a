"""Wishes, charges, reservations and the steps of an order, each by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from karakoram.adapters.formats.catalogue_folder import CatalogueFolder
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.refdata.packaged import packaged_folder
from karakoram.sales.catalogue.words import CustomerKind, FeasibilityCheck, MarketSegment, PriceType
from karakoram.sales.catalogue_charges import priced_plan
from karakoram.sales.configurations import configuration
from karakoram.sales.inventory.resources import PlannedClaim
from karakoram.sales.order_steps import cease_legs, leg_orders, overdue, with_jeopardy
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.plans import PlanMeasures, ServicePlan
from karakoram.sales.qualifications import Wish
from karakoram.sales.reservations import Holder, claimants, claims_of_plan
from karakoram.sales.wishes import feasibility_question, with_site_ids
from tests.support.sales_stock import CountedIds, joining
from tests.support.selling import CARRIER, PERSON, triangle
from tests.unit.sales.test_sales_records import leg

CATALOGUE = CatalogueFolder(packaged_folder("catalogue")).read_catalogue()
NETWORK = triangle()
DAY = date(2026, 11, 1)


def question(offering, buyer=CARRIER, **values):
    wish = Wish(product_offering_id=offering, configuration=configuration(values))
    return feasibility_question(wish, buyer, catalogue=CATALOGUE, network=NETWORK, on_day=DAY)


def test_a_wish_gets_its_defaults_its_check_and_its_needs():
    asked = question("DXX-N64", a_site="A", z_site="Z", timeslots="3")
    assert asked.check is FeasibilityCheck.MULTIPLEX_PATH
    assert asked.configuration.text("protection") == "none"
    assert [(need.kind.value, need.units) for need in asked.needs] == [
        ("port", 1),
        ("port", 1),
        ("ds0", 3),
    ]
    assert asked.seller_id == "SCO"


def test_two_ends_are_two_sites_that_are_there():
    with pytest.raises(InvalidDataError) as bad:
        question("DXX-N64", a_site="A", z_site="A", timeslots="3")
    assert [finding.code for finding in bad.value.findings] == ["same-ends"]
    with pytest.raises(InvalidDataError, match="no site of the network is called 'Q'"):
        question("DXX-N64", a_site="Q", z_site="A", timeslots="3")


def test_a_site_is_named_or_identified():
    sites = {each: replace(site, name=f"Town {each}") for each, site in NETWORK.sites.items()}
    towns = replace(NETWORK, sites=sites)
    words = configuration({"a_site": "town a", "z_site": "Z", "timeslots": "3"})
    wish = Wish(product_offering_id="DXX-N64", configuration=words)
    parts = {"catalogue": CATALOGUE, "network": towns}
    asked = feasibility_question(wish, CARRIER, **parts, on_day=DAY)
    assert asked.configuration.text("a_site") == "A"
    assert with_site_ids(wish, **parts).configuration.text("a_site") == "A"
    same = replace(wish, configuration=configuration({**words.by_name, "z_site": "Town A"}))
    with pytest.raises(InvalidDataError, match="another site than a_site"):
        feasibility_question(same, CARRIER, **parts, on_day=DAY)


def test_the_countryside_has_offers_of_its_own():
    peasant = replace(PERSON, segment=MarketSegment.PRIVATE_RURAL)
    assert question("PSTN-LINE-RURAL", peasant, a_site="A").offering.name
    with pytest.raises(RefusedError, match="not for private_rural") as no:
        question("PSTN-LINE", peasant, a_site="A")
    assert "PSTN-LINE-RURAL" in no.value.alternatives


def test_a_centre_has_what_its_sponsor_pays():
    centre = replace(PERSON, kind=CustomerKind.CENTRE, segment=MarketSegment.PUBLIC_RURAL)
    with pytest.raises(RefusedError, match="must be one of the centres of that sponsor"):
        question("CENTRE-LIVING", centre, a_site="A")
    sponsored = replace(centre, sponsor_id="SCO-SOCIAL-LIVING")
    assert question("CENTRE-LIVING", sponsored, a_site="A").check is FeasibilityCheck.SITE_PORT


def test_charges_are_rounded_once_and_usage_never_shows_as_nothing():
    asked = question("DXX-N64", a_site="A", z_site="Z", timeslots="3")
    bare = ServicePlan(claims=(), legs=(), charges=(), measures=PlanMeasures(length_km=100.0))
    charges = priced_plan(bare, asked, CATALOGUE).charges
    assert {charge.kind for charge in charges} >= {PriceType.RECURRING}
    assert all(charge.amount.minor > 0 for charge in charges)
    line = question("PSTN-LINE", PERSON, a_site="A")
    usage = [c for c in priced_plan(bare, line, CATALOGUE).charges if c.kind is PriceType.USAGE]
    assert usage
    assert all(charge.amount.minor >= 1 for charge in usage)
    assert {(c.usage_kind, c.tier_from, c.tier_to) for c in usage} == {("voice_minute", "0", "")}
    assert all((c.usage_kind, c.tier_to) == ("", "") for c in charges)


def test_what_the_network_prices_is_left_alone():
    asked = question("WAVE-400G", a_site="A", z_site="Z")
    bare = ServicePlan(claims=(), legs=(), charges=())
    assert priced_plan(bare, asked, CATALOGUE) is bare


def test_a_plan_is_held_by_its_connections_and_by_its_holder():
    wave = joining("ODU4", "A", "Z", resource_id="new")
    plan = ServicePlan(
        connections=(wave,),
        claims=(
            PlannedClaim(resource_id="below", units=3, claimant_id="new", hop=2),
            PlannedClaim(resource_id="new", units=1, claimant_id=None),
        ),
        legs=(),
        charges=(),
    )
    until = datetime(2026, 12, 1, tzinfo=UTC)
    claims = claims_of_plan(plan, Holder(claimant_id="offer", until=until), new_id=CountedIds())
    assert [(c.resource_id, c.claimant_id, c.hop, c.until) for c in claims] == [
        ("below", "new", 2, until),
        ("new", "offer", 0, until),
    ]
    assert claimants(plan, "offer") == ("offer", "new")


def order_of(*legs):
    return ProductOrder(
        product_order_id="o",
        buyer_id="CT",
        external_id="x",
        seller_id="SCO",
        action=OrderAction.ADD,
        product_id="p",
        plan=ServicePlan(claims=(), legs=legs, charges=()),
        configuration=configuration({}),
        legs=leg_orders(legs, from_day=DAY, new_id=CountedIds()),
        state=OrderState.ACKNOWLEDGED,
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def test_a_leg_is_due_after_those_it_waits_for_whatever_their_order():
    order = order_of(leg("c", after=("b",)), leg("b", after=("a",), lead_days=5), leg("a"))
    assert [each.due_on.day for each in order.legs] == [26, 16, 11]


def test_legs_are_late_from_the_day_after():
    order = order_of(leg("a"))
    assert overdue(order, today=date(2026, 11, 11)) == ()
    late = overdue(order, today=date(2026, 11, 12))
    told = with_jeopardy(order, late, "late")
    assert told.legs[0].jeopardy == "late"
    assert with_jeopardy(told, told.legs, "") == order


def test_a_product_is_taken_down_by_all_who_built_it_at_once():
    plan = ServicePlan(claims=(), legs=(leg("a"), leg("t", after=("a",))), charges=())
    assert [(each.name, each.after) for each in cease_legs(plan)] == [("a", ())]
