"""Networks that come with GNPy 3.0.1 as topologies, against the fibre in their files."""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from karakoram.adapters.formats.topologies.reading import read_topology
from karakoram.network.topology import SectionLengthBasis

DATA = Path(find_spec("gnpy").origin).parent / "example-data"
PER_KM = {"km": 1.0, "m": 1e-3}


@pytest.mark.parametrize(
    ("name", "sites", "sections"),
    [
        ("CORONET_CONUS_Topology", 75, 99),
        ("CORONET_Global_Topology", 100, 136),
        ("meshTopologyExampleV2", 5, 6),
        ("Sweden_OpenROADMv5_example_network", 15, 22),
    ],
)
def test_each_kilometre_of_fibre_is_in_one_section_each_way(name, sites, sections):
    """Half the fibre of the file, which has each direction by itself."""
    path = DATA / f"{name}.json"
    elements = json.loads(path.read_text(encoding="utf-8"))["elements"]
    fibres = [one["params"] for one in elements if one["type"] == "Fiber"]
    fibre_km = sum(fibre["length"] * PER_KM[fibre["length_units"]] for fibre in fibres)
    topology = read_topology(path).required()
    assert len(topology.sites) == sites == sum(one["type"] == "Roadm" for one in elements)
    assert len(topology.sections) == sections
    assert sum(s.length_km for s in topology.sections) == pytest.approx(fibre_km / 2, rel=1e-12)
    assert topology.length_bases == (SectionLengthBasis.GLASS,)
