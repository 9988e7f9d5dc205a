"""What is a photonic network as a whole? Elements by identifier and the ways light takes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from karakoram.network.photonic.elements import Element
from karakoram.network.photonic.spectral import ElementId


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Light leaves one element and enters the next."""

    from_id: ElementId
    to_id: ElementId


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotonicNetwork:
    """Elements by identifier and directed connections; its mappings refuse to be written."""

    name: str = ""
    elements: Mapping[ElementId, Element]
    connections: tuple[Connection, ...]

    def __post_init__(self) -> None:
        astray = [key for key, element in self.elements.items() if element.element_id != key]
        if astray:
            raise ValueError(
                f"PhotonicNetwork.elements must stand under their own identifiers, got "
                f"{self.elements[astray[0]].element_id!r} under {astray[0]!r}"
            )
        object.__setattr__(self, "elements", MappingProxyType(dict(self.elements)))


def successors(network: PhotonicNetwork) -> Mapping[ElementId, tuple[ElementId, ...]]:
    """For each element those that light enters next, in the order of the connections."""
    pairs = [(line.from_id, line.to_id) for line in network.connections]
    return _gathered(network, pairs)


def predecessors(network: PhotonicNetwork) -> Mapping[ElementId, tuple[ElementId, ...]]:
    """For each element those that light comes from, in the order of the connections."""
    pairs = [(line.to_id, line.from_id) for line in network.connections]
    return _gathered(network, pairs)


def _gathered(
    network: PhotonicNetwork, pairs: list[tuple[ElementId, ElementId]]
) -> Mapping[ElementId, tuple[ElementId, ...]]:
    gathered: defaultdict[ElementId, list[ElementId]] = defaultdict(list)
    for element_id, other_id in pairs:
        gathered[element_id].append(other_id)
    ids = dict.fromkeys((*network.elements, *gathered))
    return MappingProxyType({key: tuple(gathered[key]) for key in ids})
