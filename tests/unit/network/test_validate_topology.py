import pytest

from karakoram.core.findings import Severity
from karakoram.core.identifiers import SiteId
from karakoram.network.topology import TopologyDemand
from karakoram.network.validate_topology import components, validate_topology
from tests.support.plain_topologies import plain_topology, section, site, square


def found(topology):
    """(code, severity, table, record, field) of every finding."""
    return [
        (f.code, f.severity.value, f.place.table, f.place.record, f.place.field)
        for f in validate_topology(topology)
    ]


def test_nothing_is_wrong_with_a_sound_topology():
    assert validate_topology(square("g")) == ()


def test_a_site_or_section_that_stands_twice_is_found():
    topology = plain_topology(
        section("A", "B", name="s"),
        section("B", "C", name="s"),
        sites=[site("A"), site("B"), site("C"), site("B")],
    )
    assert found(topology) == [
        ("duplicate-id", "error", "sites", "B", "site_id"),
        ("duplicate-id", "error", "sections", "s", "section_id"),
    ]


def test_an_end_that_is_no_site_is_found_and_the_nearest_name_proposed():
    topology = plain_topology(
        section("Koeln", "Aachn"),
        section("Aachen", "Koeln"),
        sites=[site("Aachen"), site("Koeln")],
        demands=(TopologyDemand(a_site_id=SiteId("Koln"), z_site_id=SiteId("Aachen"), volume=1.0),),
    )
    first, second = validate_topology(topology)
    assert (first.code, first.place.record, first.place.field) == (
        *("unknown-site", "Koeln-Aachn", "z_site_id"),
    )
    assert first.message.endswith("did you mean Aachen?")
    assert (second.place.table, second.place.record) == ("demands", "0")


def test_many_unknown_ends_are_all_found_though_not_all_get_a_proposal():
    wrong = [section("Aachen", f"Aachen{i}") for i in range(40)]
    topology = plain_topology(*wrong, sites=[site("Aachen")])
    messages = [finding.message for finding in validate_topology(topology)]
    assert len(messages) == 40
    assert sum("did you mean" in message for message in messages) == 20


def test_a_section_from_a_site_to_itself_is_found():
    topology = plain_topology(section("A", "B"), section("B", "B", 0.0))
    assert found(topology) == [("section-loop", "error", "sections", "B-B", "z_site_id")]


def test_a_topology_without_sections_is_found():
    topology = plain_topology(sites=[site("A")])
    assert found(topology) == [("no-sections", "error", "sections", None, None)]


def test_a_section_of_no_length_and_one_that_stands_twice_are_told():
    topology = plain_topology(
        section("A", "B", 0.0),
        section("B", "C", 5.0),
        section("C", "B", 5.0),
        section("C", "B", 6.0, name="another way"),
    )
    assert found(topology) == [
        ("zero-length", "warning", "sections", "A-B", "length_km"),
        ("section-twice", "warning", "sections", "C-B", "length_km"),
    ]


@pytest.mark.parametrize(("length_km", "told"), [(90.0, True), (102.0, False), (500.0, False)])
def test_a_section_shorter_than_the_globe_allows_is_told(length_km, told):
    """One degree of latitude is 111.2 km."""
    topology = plain_topology(
        section("A", "B", length_km), sites=[site("A", 7.0, 50.0), site("B", 7.0, 51.0)]
    )
    messages = [f.message for f in validate_topology(topology)]
    assert bool(messages) is told
    assert all("111.2 km apart" in message for message in messages)


def test_sites_that_no_section_joins_are_told():
    topology = plain_topology(
        section("A", "B"),
        section("B", "C"),
        section("D", "E"),
        sites=[site(name) for name in "DABCEF"],
    )
    (finding,) = validate_topology(topology)
    assert (finding.code, finding.severity) == ("several-components", Severity.WARNING)
    assert "3 groups of sites apart, the largest of 3, the smallest with F" in finding.message
    groups = [[one.site_id for one in group] for group in components(topology)]
    assert groups == [["A", "B", "C"], ["D", "E"], ["F"]]


def test_a_demand_from_a_site_to_itself_is_told():
    demand = TopologyDemand(a_site_id=SiteId("A"), z_site_id=SiteId("A"), volume=1.0)
    assert found(plain_topology(section("A", "B"), demands=(demand,))) == [
        ("demand-loop", "warning", "demands", "0", "z_site_id")
    ]
