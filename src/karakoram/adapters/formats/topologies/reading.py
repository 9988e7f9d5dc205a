"""Which topology does a file hold, whatever its format?"""

import codecs
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from karakoram.adapters.formats.gnpy.json_file import document_from_text
from karakoram.adapters.formats.gnpy.network import NAMESPACE
from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.text_files import read_bytes, text_from_bytes
from karakoram.adapters.formats.topologies.edge_list import topology_from_edge_list
from karakoram.adapters.formats.topologies.graphml import topology_from_graphml
from karakoram.adapters.formats.topologies.node_link import topology_from_node_link
from karakoram.adapters.formats.topologies.photonic import topology_from_gnpy
from karakoram.adapters.formats.topologies.sndlib import (
    is_sndlib_native,
    topology_from_sndlib_native,
    topology_from_sndlib_xml,
)
from karakoram.adapters.formats.topologies.xml_tree import xml_from_bytes
from karakoram.core.cells import shown
from karakoram.core.findings import Finding
from karakoram.network.topology import Topology

FORMATS = (
    "an edge list (CSV with a,z,length_km), SNDlib (native or XML), GraphML, JSON in node-link "
    "form as of TopoHub, or a network file of GNPy in JSON"
)

_WORDS: Mapping[str, str] = {
    "missing-file": "is missing; name a file that exists",
    "not-a-file": "is a folder, pipe or device; name a file",
}
"""What other formats say in words of their own."""

_EMPTY = "a topology holds at least one section"


def read_topology(path: Path) -> Reading[Topology]:
    """The topology in a file, its format recognised by what stands in it.

    Parameters
    ----------
    path
        Any of ``FORMATS``.

    Returns
    -------
    The topology unless something forbids using it, and every finding.
    """
    data = read_bytes(path.parent, path.name)
    if isinstance(data, Finding):
        return _refused(data)
    if data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        return _from_xml(data, file=path.name)
    text = text_from_bytes(data, path.name, holds=_EMPTY)
    if isinstance(text, Finding):
        return _refused(text)
    return _topology_from_text(text, file=path.name)


def _topology_from_text(text: str, *, file: str) -> Reading[Topology]:
    """The topology in the text of a file that is no XML."""
    begin = text.lstrip()[:1]
    if begin and begin in "{[":
        return _from_json(text, file=file)
    if is_sndlib_native(text):
        return topology_from_sndlib_native(text, file=file)
    if text.split(maxsplit=2)[:2] in (["graph", "["], ["Creator", '"Topology']):
        return _unknown("is GML, which is not read; save it as GraphML", file=file)
    return topology_from_edge_list(text, file=file)


def _from_xml(data: bytes, *, file: str) -> Reading[Topology]:
    log = Log(file)
    root = xml_from_bytes(data, log, file=file)
    if root is None:
        return log.reading(None)
    if root.tag == "graphml":
        return topology_from_graphml(root, file=file, log=log)
    if root.tag == "network" and root.first("networkStructure") is not None:
        return topology_from_sndlib_xml(root, file=file, log=log)
    return _unknown(
        f"is XML of {shown(root.tag)}, which is no topology; one is {FORMATS}", file=file
    )


def _from_json(text: str, *, file: str) -> Reading[Topology]:
    log = Log(file)
    document = document_from_text(text, log, place=log.place(file.rpartition(".")[0] or file))
    if document is None:
        return log.reading(None)
    if NAMESPACE in document or {"elements", "connections"} <= document.keys():
        return topology_from_gnpy(document, file=file, log=log)
    if "nodes" in document and {"edges", "links"} & document.keys():
        return topology_from_node_link(document, file=file, log=log)
    return _unknown(f"is JSON of no topology; one is {FORMATS}", file=file)


def _unknown(message: str, *, file: str) -> Reading[Topology]:
    log = Log(file)
    log.find("not-a-topology", message, place=log.place(file.rpartition(".")[0] or file))
    return log.reading(None)


def _refused(finding: Finding) -> Reading[Topology]:
    message = _WORDS.get(finding.code, finding.message)
    return Reading(value=None, findings=(replace(finding, message=message),))
