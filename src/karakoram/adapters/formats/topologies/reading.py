"""Which topology does a file hold, whatever its format?"""

from dataclasses import replace
from pathlib import Path

from karakoram.adapters.formats.gnpy.reading import Reading
from karakoram.adapters.formats.text_files import read_text
from karakoram.adapters.formats.topologies.edge_list import topology_from_edge_list
from karakoram.core.findings import Finding
from karakoram.network.topology import Topology

_WORDS = {
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
        An edge list in CSV.

    Returns
    -------
    The topology unless something forbids using it, and every finding.
    """
    text = read_text(path.parent, path.name, holds=_EMPTY)
    if isinstance(text, Finding):
        message = _WORDS.get(text.code, text.message)
        return Reading(value=None, findings=(replace(text, message=message),))
    return topology_from_edge_list(text, file=path.name)
