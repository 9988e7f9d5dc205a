import json
from dataclasses import replace

from karakoram.adapters.formats.geojson import geojson_from_network, geojson_text
from tests.support.networks import small_folder_network

NETWORK = small_folder_network()


def features_by_id():
    return {feature["id"]: feature for feature in geojson_from_network(NETWORK)["features"]}


def test_every_site_is_a_point_and_every_span_a_line():
    features = features_by_id()
    kinds = {key: feature["geometry"]["type"] for key, feature in features.items()}
    assert kinds == {
        **dict.fromkeys(NETWORK.sites, "Point"),
        **dict.fromkeys(NETWORK.spans, "LineString"),
    }


def test_positions_are_longitude_then_latitude():
    features = features_by_id()
    assert features["BRD"]["geometry"]["coordinates"] == [75.43, 36.85]
    assert features["BRD-MID"]["geometry"]["coordinates"] == [[75.43, 36.85], [74.1, 35.4]]


def test_a_span_carries_its_glass_length_and_says_that_its_line_is_schematic():
    properties = features_by_id()["MID-CAP"]["properties"]
    assert properties["geometry"] == "schematic"
    assert properties["length_km"] == 433.2
    assert properties["operator"] == properties["owner"] == "North Fibre"
    assert properties["status"] == "in_service"
    assert properties["confidence"] == "assumed"
    assert properties["risk_groups"] == ["Snow and slides of the northern valleys"]


def test_geonames_is_credited_where_it_is_the_source():
    assert "CC BY 4.0" in geojson_from_network(NETWORK)["attribution"]


def test_nobody_is_credited_for_what_he_did_not_give():
    own = {
        key: replace(site, provenance=replace(site.provenance, source="Own survey"))
        for key, site in NETWORK.sites.items()
    }
    assert geojson_from_network(replace(NETWORK, sites=own))["attribution"] == ""


def test_the_text_holds_the_collection():
    assert json.loads(geojson_text(NETWORK)) == geojson_from_network(NETWORK)
