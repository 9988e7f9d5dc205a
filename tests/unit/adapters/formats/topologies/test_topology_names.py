import pytest

from karakoram.adapters.formats.topologies.library import NamedTopology, packaged_topology
from karakoram.core.errors import InvalidDataError
from karakoram.network.geometry import great_circle_between_km
from karakoram.network.topology import SectionLengthBasis
from karakoram.network.validate_topology import validate_topology
from karakoram.refdata.topologies import packaged_topologies


@pytest.mark.parametrize(
    ("name", "sites", "sections"),
    [
        ("nsfnet-deeprmsa", 14, 22),
        ("cost239-deeprmsa", 11, 26),
        ("usnet-gcn", 24, 43),
        ("jpn48", 48, 82),
        ("germany50", 50, 88),
        ("nobel-eu", 28, 41),
    ],
)
def test_a_name_of_the_library_is_a_topology(name, sites, sections):
    topology, warnings = NamedTopology(name).read_topology()
    assert (topology.name, len(topology.sites), len(topology.sections)) == (name, sites, sections)
    assert warnings == ()
    assert topology.provenance == packaged_topologies()[name].provenance
    assert topology.licence


@pytest.mark.parametrize("name", packaged_topologies())
def test_nothing_is_wrong_with_a_packaged_topology(name):
    topology = packaged_topology(name)
    assert validate_topology(topology) == ()
    positions = {site.site_id: site.position_deg for site in topology.sites}
    for section in topology.sections:
        a, z = positions[section.a_site_id], positions[section.z_site_id]
        if section.length_basis is SectionLengthBasis.GREAT_CIRCLE:
            assert section.length_km == pytest.approx(great_circle_between_km(a, z), abs=0.0051)
        else:
            assert a is None


def test_a_file_goes_before_a_name_and_its_warnings_are_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jpn48").write_text("a,z,length_km\nA,B,1\nC,D,0\n")
    topology, warnings = NamedTopology("jpn48").read_topology()
    assert len(topology.sections) == 2
    assert {finding.code for finding in warnings} == {"several-components", "zero-length"}
    (tmp_path / "germany50").mkdir()
    assert len(NamedTopology("germany50").read_topology()[0].sections) == 88


def test_a_word_that_is_neither_is_refused_with_what_would_be_right(tmp_path):
    with pytest.raises(InvalidDataError, match="did you mean germany50") as refusal:
        NamedTopology("germany5O").read_topology()
    assert refusal.value.findings[0].code == "no-such-topology"
    with pytest.raises(InvalidDataError, match="is a folder"):
        NamedTopology(str(tmp_path)).read_topology()
