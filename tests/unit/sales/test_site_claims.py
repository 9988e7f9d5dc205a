"""What a product takes at its sites."""

from dataclasses import replace

from karakoram.sales.feasibility.site_claims import site_claims
from karakoram.sales.inventory.resources import ResourceStatus
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.resource_kinds import ResourceKind
from tests.support.sales_stock import ALONG, UPSTREAM, Z_END, need, pool, question

PORT, NUMBER, RACK, IP = (
    ResourceKind.PORT,
    ResourceKind.NUMBER,
    ResourceKind.RACK,
    ResourceKind.IP,
)


def test_each_need_is_met_at_its_site():
    stock = stock_of([pool(PORT, "GIL", 4, taken=1), pool(PORT, "RWP", 4), pool(IP, "GIL", 9)])
    asked = question(
        need(PORT),
        need(PORT, 2, Z_END),
        need(IP, 3, UPSTREAM),
        need(ResourceKind.WAVE, 1, ALONG),
        z_site="RWP",
    )
    claims, refusals = site_claims(asked, stock)
    assert not refusals
    assert [(c.resource_id, c.units) for c in claims] == [
        ("port:GIL", 0b10),
        ("port:RWP", 0b11),
        ("ip:GIL", 0b111),
    ]


def test_two_needs_of_one_pool_get_different_units():
    claims, _ = site_claims(question(need(PORT), need(PORT)), stock_of([pool(PORT, "GIL", 4)]))
    assert [claim.units for claim in claims] == [1, 2]


def test_numbers_and_rack_units_come_in_one_piece():
    stock = stock_of([pool(NUMBER, "GIL", 6, taken=0b10), pool(RACK, "GIL", 4, taken=0b10)])
    claims, refusals = site_claims(question(need(NUMBER, 3), need(RACK, 3)), stock)
    assert [claim.units for claim in claims] == [0b11100]
    assert [(r.code, r.where) for r in refusals] == [("no-free-rack", "GIL")]
    assert refusals[0].message == "3 of rack needed at GIL; at most 3 are free in one place"


def test_the_fullest_pool_of_the_seller_is_used_first():
    pools = [
        pool(PORT, "GIL", 8, resource_id="large"),
        pool(PORT, "GIL", 8, resource_id="full", taken=0b1111110),
        pool(PORT, "GIL", 1, resource_id="other", operator_id="ONE"),
    ]
    claims, _ = site_claims(question(need(PORT), need(PORT), need(PORT)), stock_of(pools))
    assert [claim.resource_id for claim in claims] == ["full", "full", "large"]
    claims, _ = site_claims(question(need(PORT)), stock_of(pools[2:]))
    assert [claim.resource_id for claim in claims] == ["other"]


def test_what_is_out_of_service_is_not_claimed_and_room_elsewhere_is_told():
    broken = replace(pool(PORT, "GIL", 4), status=ResourceStatus.SUSPENDED)
    claims, refusals = site_claims(
        question(need(PORT, 2)),
        stock_of(
            [
                broken,
                pool(PORT, "HNZ", 2),
                pool(PORT, "X", 1),
                pool(PORT, "DEAD", 9, status=ResourceStatus.SUSPENDED),
                pool(PORT, "SOON", 9, status=ResourceStatus.RESERVED),
            ]
        ),
    )
    assert not claims
    assert refusals[0].message == "no port in service at GIL; 2 needed"
    assert refusals[0].alternatives == ("at HNZ there is room",)
