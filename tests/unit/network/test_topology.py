import pytest

from karakoram.core.identifiers import SiteId
from karakoram.network.topology import (
    SectionLengthBasis,
    TopologyDemand,
    TopologySite,
    section_ids,
)
from tests.support.plain_topologies import plain_topology, section


@pytest.mark.parametrize(
    ("length_km", "told"),
    [
        (-1.0, "must be at least 0, got -1"),
        (float("nan"), "must be a finite number"),
        (float("inf"), "must be a finite number"),
        (40_001.0, "must be at most 40000"),
    ],
)
def test_no_section_has_a_length_that_nothing_on_earth_has(length_km, told):
    with pytest.raises(ValueError, match=told):
        section("A", "B", length_km)


@pytest.mark.parametrize("name", ["", " A", "A "])
def test_a_name_that_no_table_could_hold_is_refused(name):
    with pytest.raises(ValueError, match="site_id must be a name"):
        TopologySite(site_id=SiteId(name))
    with pytest.raises(ValueError, match="z_site_id must be a name"):
        section("A", name, name="s")
    with pytest.raises(ValueError, match="risk_group_ids must be a name"):
        section("A", "B", 1.0, name)
    with pytest.raises(ValueError, match="a_site_id must be a name"):
        TopologyDemand(a_site_id=SiteId(name), z_site_id=SiteId("B"), volume=1.0)


def test_a_site_has_both_coordinates_or_none():
    with pytest.raises(ValueError, match="must both be there"):
        TopologySite(site_id=SiteId("A"), longitude_deg=7.0)
    with pytest.raises(ValueError, match="latitude_deg must be at most 90"):
        TopologySite(site_id=SiteId("A"), longitude_deg=7.0, latitude_deg=91.0)
    assert TopologySite(site_id=SiteId("A")).position_deg is None
    placed = TopologySite(site_id=SiteId("A"), longitude_deg=7.0, latitude_deg=51.0)
    assert placed.position_deg == (7.0, 51.0)


def test_a_section_names_a_risk_group_once():
    with pytest.raises(ValueError, match="must name each group once, got x, x"):
        section("A", "B", 1.0, "x", "x")


def test_a_demand_is_not_negative():
    with pytest.raises(ValueError, match="volume must be at least 0"):
        TopologyDemand(a_site_id=SiteId("A"), z_site_id=SiteId("B"), volume=-1.0)


def test_sections_without_identifiers_get_one_each_even_where_names_collide():
    ids = section_ids([("A", "B"), ("A", "B#2"), ("A", "B"), ("A-B", "C"), ("A", "B-C")])
    assert ids == ("A-B", "A-B#2", "A-B#3", "A-B-C", "A-B-C#2")
    assert section_ids([("a" * 90, "b" * 90)]) == ("section 1",)


def test_a_topology_says_on_what_its_lengths_rest_and_which_groups_it_has():
    topology = plain_topology(
        section("A", "B", 1.0, "y", "x", length_basis=SectionLengthBasis.ROAD),
        section("B", "C", 1.0, "x"),
        section("C", "D", 1.0, "z", length_basis=SectionLengthBasis.ROAD),
    )
    assert topology.length_bases == (SectionLengthBasis.ROAD, SectionLengthBasis.PUBLISHED)
    assert topology.risk_group_ids == ("y", "x", "z")
