"""What does the network look like in an earth viewer (KML 2.2, OGC 07-147r2)?

One folder for each operator, with its sites and its spans; a site of several operators stands with
the first. Spans are straight lines between their sites, marked schematic.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from karakoram.adapters.formats.geojson import geojson_from_network
from karakoram.network.network import Network
from karakoram.network.records import Status

NAMESPACE = "http://www.opengis.net/kml/2.2"
"""Name of the XML vocabulary; nothing asks this address."""

_COLOURS: Mapping[Status, str] = {
    Status.IN_SERVICE: "ffb4771f",
    Status.OPTION: "ff0e7fff",
    Status.PLANNED: "ff2ca02c",
    Status.RETIRED: "ff7f7f7f",
}
"""Opacity, blue, green, red in hexadecimal, as KML writes them."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 (clause 2.2) forbids, even escaped."""

_NO_OPERATOR = ""


def kml_from_network(network: Network) -> str:
    """The text of a KML document, well-formed whatever the records say.

    Parameters
    ----------
    network
        A network that validation found sound: every identifier it names exists.
    """
    collection = geojson_from_network(network)
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    _add_text(document, "name", network.name)
    _add_text(document, "description", _description(network, collection["attribution"]))
    for status, colour in _COLOURS.items():
        style = ET.SubElement(document, "Style", id=status.value)
        line = ET.SubElement(style, "LineStyle")
        _add_text(line, "color", colour)
        _add_text(line, "width", "3")
    folders = _add_folders(document, network)
    for feature in collection["features"]:
        _add_placemark(folders[_operator_id(feature["properties"])], feature)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _description(network: Network, attribution: str) -> str:
    schematic = "Lines are schematic; length_km is the glass length."
    return "\n".join(filter(None, (network.description, schematic, attribution)))


def _add_folders(document: ET.Element, network: Network) -> dict[str, ET.Element]:
    """A folder for each operator, and a last one when some site has none."""
    names: dict[str, str] = {key: operator.name for key, operator in network.operators.items()}
    if not all(site.operator_ids for site in network.sites.values()):
        names[_NO_OPERATOR] = "Without operator"
    folders = {key: ET.SubElement(document, "Folder") for key in names}
    for key, folder in folders.items():
        _add_text(folder, "name", names[key])
    return folders


def _operator_id(properties: Mapping[str, Any]) -> str:
    if properties["what"] == "span":
        return str(properties["operator_id"])
    return str(next(iter(properties["operator_ids"]), _NO_OPERATOR))


def _add_placemark(folder: ET.Element, feature: Mapping[str, Any]) -> None:
    properties: Mapping[str, Any] = feature["properties"]
    geometry: Mapping[str, Any] = feature["geometry"]
    placemark = ET.SubElement(folder, "Placemark")
    _add_text(placemark, "name", properties.get("name", feature["id"]))
    if "status" in properties:
        _add_text(placemark, "styleUrl", f"#{properties['status']}")
    extended = ET.SubElement(placemark, "ExtendedData")
    for key, value in properties.items():
        data = ET.SubElement(extended, "Data", name=key)
        _add_text(data, "value", _word(value))
    shape = ET.SubElement(placemark, geometry["type"])
    points = geometry["coordinates"]
    if geometry["type"] == "LineString":
        _add_text(shape, "tessellate", "1")
    else:
        points = [points]
    _add_text(shape, "coordinates", " ".join(f"{lon!r},{lat!r}" for lon, lat in points))


def _word(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _add_text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _NOT_IN_XML.sub("\ufffd", text)
