import pytest

from karakoram.core.errors import NotFoundError
from karakoram.network.topology import TopologySite
from karakoram.network.topology_lookup import topology_names
from tests.support.plain_topologies import plain_topology, section, site

TOPOLOGY = plain_topology(
    section("KHI", "RWP", 1.0, "valley", name="s1"),
    section("RWP", "lhe", 1.0, "s1"),
    section("lhe", "LHE", 1.0),
    sites=[TopologySite(site_id="KHI", name="Karachi"), site("RWP"), site("lhe"), site("LHE")],
)
NAMES = topology_names(TOPOLOGY)


@pytest.mark.parametrize(
    ("word", "site_id"),
    [
        *(("KHI", "KHI"), ("khi", "KHI"), ("Karachi", "KHI"), (" karachi ", "KHI")),
        *(("lhe", "lhe"), ("LHE", "LHE"), ("site:RWP", "RWP")),
    ],
)
def test_a_site_is_found_by_identifier_or_name(word, site_id):
    assert NAMES.site_id(word) == site_id


def test_a_word_that_means_two_sites_is_refused_with_both():
    with pytest.raises(NotFoundError, match="may mean site:lhe or site:LHE; write which"):
        NAMES.site_id("Lhe")


def test_a_word_that_means_nothing_is_refused_with_what_is_near():
    with pytest.raises(NotFoundError, match="'Karaci' is no site of the topology.*Karachi"):
        NAMES.site_id("Karaci")
    with pytest.raises(NotFoundError, match="is no site"):
        NAMES.site_id("section:s1")


def test_words_are_sorted_by_what_they_name():
    found, refusals = NAMES.found(["karachi", "VALLEY", "section:s1", "group:s1"])
    assert refusals == ()
    assert found.site_ids == {"KHI"}
    assert found.section_ids == {"s1"}
    assert found.risk_group_ids == {"valley", "s1"}


def test_every_word_that_names_nothing_or_too_much_is_refused():
    _, refusals = NAMES.found(["s1", "nowhere", "site:s1"])
    assert [str(refusal).partition(" is")[0].partition(" may")[0] for refusal in refusals] == [
        *("'s1'", "'nowhere'", "'s1'"),
    ]
    assert "section:s1 or group:s1" in str(refusals[0])
