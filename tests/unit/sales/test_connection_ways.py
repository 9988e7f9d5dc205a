"""Ways over connections that are there."""

from karakoram.sales.feasibility.connection_ways import WayQuestion, connection_ways
from tests.support.sales_stock import joining

A_TO_Z = WayQuestion(a_site_id="A", z_site_id="Z")
TWICE = WayQuestion(a_site_id="A", z_site_id="Z", is_protected=True)
DIRECT = joining("ODU4", "A", "Z", length_km=300.0)
VIA_B = (joining("ODU4", "A", "B"), joining("ODU4", "Z", "B"))
VIA_C = (joining("ODU4", "A", "C", length_km=200.0), joining("ODU4", "C", "Z", length_km=200.0))


def names(found):
    return [tuple(each.name for each in way) for way in found.ways]


def test_the_shortest_glass_counts_whichever_end_a_connection_is_written_from():
    found = connection_ways((DIRECT, *VIA_B), A_TO_Z, beneath={})
    assert names(found) == [("A-B ODU4", "Z-B ODU4")]


def test_among_equals_fewer_connections():
    equal = joining("ODU4", "A", "Z", length_km=200.0)
    assert names(connection_ways((*VIA_B, equal), A_TO_Z, beneath={})) == [("A-Z ODU4",)]


def test_two_ways_share_least_of_what_lies_beneath():
    beneath = {VIA_B[0].resource_id: frozenset({"fibre"}), DIRECT.resource_id: frozenset({"fibre"})}
    found = connection_ways((DIRECT, *VIA_B, *VIA_C), TWICE, beneath=beneath)
    assert names(found) == [("A-B ODU4", "Z-B ODU4"), ("A-C ODU4", "C-Z ODU4")]
    assert found.shared == ()
    found = connection_ways((DIRECT, *VIA_B), TWICE, beneath=beneath)
    assert names(found) == [("A-B ODU4", "Z-B ODU4"), ("A-Z ODU4",)]
    assert found.shared == ("fibre",)


def test_one_way_is_not_two():
    assert connection_ways(VIA_B, TWICE, beneath={}) is None


def test_where_nothing_leads_there_is_no_way():
    assert connection_ways(VIA_B[:1], A_TO_Z, beneath={}) is None
    assert connection_ways((joining("ODU4", "B", "Z"),), A_TO_Z, beneath={}) is None
    parts = (joining("ODU4", "A", "B"), joining("ODU4", "C", "Z"))
    assert connection_ways(parts, A_TO_Z, beneath={}) is None
