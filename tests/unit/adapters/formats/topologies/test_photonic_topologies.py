import json
from copy import deepcopy
from itertools import pairwise

import pytest

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.topologies.photonic import topology_from_gnpy
from karakoram.network.topology import SectionLengthBasis


def element(uid, kind, **params):
    found = {"uid": uid, "type": kind}
    if kind == "Fiber":
        found["type_variety"] = "SSMF"
        found["params"] = {"length": params["km"], "length_units": "km", "loss_coef": 0.2}
    if "at" in params:
        city, lon, lat = params["at"]
        found["metadata"] = {
            "location": {"city": city, "region": "", "longitude": lon, "latitude": lat}
        }
    return found


def network(*, km_back=50.0, cities=("Aachen", "Koeln")):
    """Two ROADMs with a transceiver each; fibre, amplifier and fibre in both directions."""
    places = [(cities[0], 6.04, 50.76), (cities[1], 6.96, 50.94)]
    elements, lines = [], []
    for i, at in enumerate(places):
        elements += [
            element(f"trx {i}", "Transceiver", at=at),
            element(f"roadm {i}", "Roadm", at=at),
        ]
        lines += [(f"trx {i}", f"roadm {i}"), (f"roadm {i}", f"trx {i}")]
    for there, back, km in ((0, 1, 50.0), (1, 0, km_back)):
        way = [f"roadm {there}", f"f{there}", f"amp{there}", f"g{there}", f"roadm {back}"]
        elements += [
            element(f"f{there}", "Fiber", km=km),
            element(f"amp{there}", "Edfa"),
            element(f"g{there}", "Fiber", km=30.0),
        ]
        lines += pairwise(way)
    return {
        "elements": elements,
        "connections": [{"from_node": a, "to_node": z} for a, z in lines],
    }


def read(document):
    # through text, as a file is read
    return topology_from_gnpy(
        json.loads(json.dumps(document)), file="net.json", log=Log("net.json")
    )


def test_fibre_between_roadms_is_one_section_both_ways():
    reading = read(network())
    topology = reading.required()
    assert reading.findings == ()
    assert [site.site_id for site in topology.sites] == ["Aachen", "Koeln"]
    assert topology.sites[0].position_deg == (6.04, 50.76)
    (section,) = topology.sections
    assert (section.section_id, section.length_km) == ("Aachen-Koeln", 80.0)
    assert section.length_basis is SectionLengthBasis.GLASS


def test_ways_of_other_length_back_are_told_and_the_longer_one_counts():
    reading = read(network(km_back=55.0))
    assert [f.code for f in reading.findings] == ["two-lengths"]
    assert reading.required().sections[0].length_km == 85.0


def test_roadms_name_sites_where_cities_do_not_tell_them_apart():
    topology = read(network(cities=("Aachen", "Aachen"))).required()
    assert [site.site_id for site in topology.sites] == ["roadm 0", "roadm 1"]


def test_coordinates_that_are_the_same_everywhere_are_none():
    document = network()
    for one in document["elements"]:
        if "metadata" in one:
            one["metadata"]["location"] |= {"longitude": 0.0, "latitude": 0.0}
    assert all(site.position_deg is None for site in read(document).required().sites)


def test_a_line_between_transceivers_has_a_site_at_each_end():
    document = network()
    document["elements"] = [e for e in document["elements"] if e["type"] != "Roadm"]
    document["connections"] = [
        {key: end.replace("roadm", "trx") for key, end in line.items()}
        for line in document["connections"]
        if {line["from_node"].split()[0], line["to_node"].split()[0]} != {"trx", "roadm"}
    ]
    topology = read(document).required()
    assert [(s.a_site_id, s.z_site_id, s.length_km) for s in topology.sections] == [
        ("Aachen", "Koeln", 80.0)
    ]


def test_types_that_no_equipment_file_explains_are_no_matter():
    document = network()
    document["elements"][0]["type_variety"] = "vendor X"
    assert read(document).required().sections


@pytest.mark.parametrize("change", ["unknown end", "no elements", "bad length"])
def test_what_is_wrong_is_found_with_the_name_of_the_file(change):
    document = deepcopy(network())
    if change == "unknown end":
        document["connections"].append({"from_node": "roadm 0", "to_node": "nowhere"})
        code = "connection-unknown-element"
    elif change == "no elements":
        document = {"elements": [], "connections": []}
        code = "no-sections"
    else:
        document["elements"][-1]["params"]["length"] = -1
        code = "out-of-bounds"
    reading = read(document)
    assert reading.value is None
    assert [(f.code, f.place.file) for f in reading.findings] == [(code, "net.json")]


def test_a_document_without_elements_is_refused():
    reading = read({"elements": []})
    assert [f.code for f in reading.findings] == ["not-a-network"]
