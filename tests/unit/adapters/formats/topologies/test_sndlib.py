import pytest

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.topologies.sndlib import (
    is_sndlib_native,
    topology_from_sndlib_native,
    topology_from_sndlib_xml,
)
from karakoram.adapters.formats.topologies.xml_tree import xml_from_bytes
from karakoram.network.topology import SectionLengthBasis
from tests.support.topology_files import ENDS, LENGTHS_KM, TOWNS, sndlib_native, sndlib_xml

PIXELS = {"Aachen": (604.0, 507.6), "Koeln": (601.0, 503.6), "Trier": (604.0, 500.1)}


def native(text):
    return topology_from_sndlib_native(text, file="small.txt")


def from_xml(text):
    log = Log("small.xml")
    root = xml_from_bytes(text.encode("latin-1"), log, file="small.xml")
    return topology_from_sndlib_xml(root, file="small.xml", log=log)


def found(reading):
    """(code, row, record, field) of every finding."""
    return [(f.code, f.place.row, f.place.record, f.place.field) for f in reading.findings]


@pytest.mark.parametrize("reading", [native(sndlib_native()), from_xml(sndlib_xml())])
def test_both_formats_give_the_same_topology(reading):
    topology = reading.required()
    assert topology.name == "small"
    assert {site.site_id: site.position_deg for site in topology.sites} == TOWNS
    assert [(s.a_site_id, s.z_site_id) for s in topology.sections] == list(ENDS)
    assert [s.section_id for s in topology.sections] == ["L0", "L1"]
    assert [s.length_km for s in topology.sections] == pytest.approx(LENGTHS_KM, abs=0.0006)
    assert topology.length_bases == (SectionLengthBasis.GREAT_CIRCLE,)
    (demand,) = topology.demands
    assert (demand.a_site_id, demand.z_site_id, demand.volume) == ("Koeln", "Trier", 25.5)
    assert topology.demand_unit == "MBITPERSEC"
    assert reading.findings == ()


@pytest.mark.parametrize(
    "reading",
    [native(sndlib_native(towns=PIXELS)), from_xml(sndlib_xml(towns=PIXELS, kind="pixel"))],
)
def test_lengths_made_of_a_drawing_are_told_and_are_no_great_circles(reading):
    topology = reading.required()
    assert [s.length_km for s in topology.sections] == [5.0, 7.5]
    assert topology.length_bases == (SectionLengthBasis.COMPUTED,)
    assert all(site.position_deg is None for site in topology.sites)
    assert [f.code for f in reading.findings] == ["drawing-coordinates"]


def test_coordinates_that_a_file_calls_pixels_are_no_degrees_even_where_they_could_be():
    topology = from_xml(sndlib_xml(kind="pixel")).required()
    assert topology.length_bases == (SectionLengthBasis.COMPUTED,)
    assert from_xml(sndlib_xml(kind="")).required().length_bases == (
        SectionLengthBasis.GREAT_CIRCLE,
    )


def test_names_in_the_encoding_that_an_xml_file_states_are_read():
    towns = {"Köln": (6.96, 50.94), "Trier": (6.68, 49.75)}
    text = sndlib_xml(towns=towns, ends=[("Köln", "Trier")], demand=("Köln", "Trier", 1.0))
    assert [site.site_id for site in from_xml(text).required().sites] == ["Köln", "Trier"]


def test_a_native_file_is_known_by_its_header_or_its_parts():
    assert is_sndlib_native(sndlib_native())
    assert is_sndlib_native(sndlib_native().partition("\n")[2])
    assert not is_sndlib_native("a,z,length_km\nNODES,LINKS,1\n")


def test_a_site_without_coordinates_needs_sections_with_lengths():
    text = sndlib_native().replace("Trier ( 6.68 49.75 )", "Trier")
    assert found(native(text)) == [("missing-length", 15, "L1", None)]
    text = sndlib_native().replace("Trier ( 6.68 49.75 )", "Trier ( )")
    assert found(native(text)) == [("missing-length", 15, "L1", None)]


@pytest.mark.parametrize(
    ("old", "new", "findings"),
    [
        ("( 6.04 50.76 )", "( 6.04 )", [("not-sndlib", 9, None, None)]),
        ("( 6.04 50.76 )", "( 6.04 NaN )", [("not-a-number", 9, None, "y")]),
        ("L1 ( Aachen Trier )", "L1 ( Aachen Trir )", [("unknown-site", 15, "L1", "target")]),
        ("L1 ( Aachen Trier )", "L1 ( Trier Trier )", [
            ("section-loop", 15, "L1", "target"), ("several-components", None, None, None),
        ]),
        ("L1 ( Aachen Trier )", "L0 ( Aachen Trier )", [("duplicate-id", 15, "L0", "section_id")]),
        ("  Koeln (", "  Aachen (", [
            ("unknown-site", 14, "L0", "target"), ("unknown-site", 18, "D0", "source"),
            ("duplicate-id", 10, "Aachen", "site_id"),
        ]),
        ("1 25.5", "1 -25.5", [("broken-rule", 18, "D0", None)]),
        ("1 25.5 UNLIMITED", "1", [("not-sndlib", 18, None, None)]),
        ("NODES (", "PLACES (", [("not-sndlib", row, None, None) for row in range(8, 13)]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_native_file_is_found_in_its_line(old, new, findings):
    text = sndlib_native()
    assert old in text
    reading = native(text.replace(old, new))
    assert found(reading)[: len(findings)] == findings
    assert [f.code for f in reading.findings].count("not-sndlib") == sum(
        code == "not-sndlib" for code, *_ in findings
    )


def test_parts_that_never_end_are_found():
    reading = native(sndlib_native().replace("\n)\n", "\n"))
    assert [code for code, *_ in found(reading)] == ["not-sndlib"] * 5


def test_a_file_of_another_type_is_refused():
    (finding,) = native(sndlib_native(header="solution")).findings
    assert finding.code == "not-a-topology"
    assert "type network" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "findings"),
    [
        ('id="Aachen"', 'id=" "', [("missing-name", 6, None, "id")]),
        ("<x>6.04</x>", "<x></x>", [("not-a-number", 6, "Aachen", "x")]),
        ("<y>50.76</y>", "", [("not-a-number", 6, "Aachen", "y")]),
        ("<target>Koeln</target>", "", [("missing-name", 14, "L0", "target")]),
        ("<target>Koeln</target>", "<target>Koln</target>",
            [("unknown-site", 14, "L0", "target")]),
        ('id="L0"', "", [("missing-name", 14, None, "id")]),
        ("25.5", "many", [("not-a-number", 18, "D0", "demandValue")]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_xml_file_is_found_in_its_line(old, new, findings):
    text = sndlib_xml()
    assert old in text
    assert found(from_xml(text.replace(old, new))) == findings
