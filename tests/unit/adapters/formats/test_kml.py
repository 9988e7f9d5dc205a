from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from karakoram.adapters.formats.kml import NAMESPACE, kml_from_network
from tests.support.networks import small_folder_network

NETWORK = small_folder_network()


def folders_of(network):
    root = ET.fromstring(kml_from_network(network).encode())
    assert root.tag == f"{{{NAMESPACE}}}kml"
    return {
        folder.findtext("{*}name"): [
            placemark.findtext("{*}name") for placemark in folder.iterfind("{*}Placemark")
        ]
        for folder in root.iter(f"{{{NAMESPACE}}}Folder")
    }


def test_each_operator_has_a_folder_with_its_sites_and_spans():
    assert folders_of(NETWORK) == {
        "North Fibre": [
            *("Border Pass", "Middle Town", "Valley Town", "Capital"),
            *("BRD-MID", "MID-CAP", "BRD-VLY", "VLY-CAP"),
        ],
        "South Fibre": ["Port Landing Station", "CAP-PRT", "CAP-PRT-W"],
        "Sea Cable Club": ["Far City, Landing Station", "WET-1-PRT-FAR", "WET-2-PRT-FAR"],
    }


def test_a_site_without_operator_stands_in_a_folder_of_its_own():
    sites = {key: replace(site, operator_ids=()) for key, site in NETWORK.sites.items()}
    folders = folders_of(replace(NETWORK, sites=sites))
    assert len(folders["Without operator"]) == 6


def placemark_of(name):
    root = ET.fromstring(kml_from_network(NETWORK).encode())
    return next(
        placemark
        for placemark in root.iter(f"{{{NAMESPACE}}}Placemark")
        if placemark.findtext("{*}name") == name
    )


def test_a_span_is_a_line_with_its_data_and_the_style_of_its_status():
    placemark = placemark_of("CAP-PRT-W")
    data = {
        entry.get("name"): entry.findtext("{*}value")
        for entry in placemark.iterfind("{*}ExtendedData/{*}Data")
    }
    assert placemark.findtext("{*}styleUrl") == "#planned"
    assert placemark.findtext("{*}LineString/{*}coordinates") == "73.05,33.6 67.0,24.8"
    assert data["length_km"] == "1702.0"
    assert data["geometry"] == "schematic"
    assert data["risk_group_ids"] == ""


def test_a_site_is_a_point_whose_unknown_height_is_empty():
    placemark = placemark_of("Middle Town")
    assert placemark.findtext("{*}Point/{*}coordinates") == "74.1,35.4"
    values = [
        entry.findtext("{*}value")
        for entry in placemark.iterfind("{*}ExtendedData/{*}Data[@name='elevation_m']")
    ]
    assert values == [""]


def test_the_document_credits_geonames_and_says_that_lines_are_schematic():
    root = ET.fromstring(kml_from_network(NETWORK).encode())
    description = root.findtext("{*}Document/{*}description")
    assert "GeoNames" in description
    assert "schematic" in description


@given(text=st.text(max_size=20))
def test_any_text_makes_a_well_formed_document(text):
    document = kml_from_network(replace(NETWORK, name=text, description=text))
    ET.fromstring(document.encode())


def test_the_document_says_its_encoding():
    text = kml_from_network(NETWORK)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
