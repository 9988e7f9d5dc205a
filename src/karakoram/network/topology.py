"""What is a plain topology: sites, sections between them with a length, and what they share?

Published studies and libraries of instances know no operators, cables or equipment; these records
hold what they do know. A record checks only itself; ``validate_topology`` judges them together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from karakoram.core.cells import IDENTIFIER_CHARACTERS_MAX
from karakoram.core.fields import Bounds, Latitude, Longitude, NotNegative, check_fields
from karakoram.core.identifiers import RiskGroupId, SectionId, SiteId
from karakoram.core.provenance import Provenance

SectionKm = Annotated[float, Bounds(at_least=0.0, at_most=40_000.0)]
"""Two sites of one town may be 0 km apart in a file; no section is longer than the equator."""


class SectionLengthBasis(Enum):
    """What the length of a section was taken along; only glass is what light sees."""

    GLASS = "glass"
    ROAD = "road"
    GREAT_CIRCLE = "great_circle"
    """The shortest way on the globe between the coordinates of its ends."""
    PUBLISHED = "published"
    """The source states it and does not say along what."""
    COMPUTED = "computed"
    """Made of coordinates that are not degrees of a globe, or by a rule that the source gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologySite:
    """A place where sections meet; with coordinates where the source has them."""

    site_id: SiteId
    name: str = ""
    """Where it is another than the identifier."""
    longitude_deg: Longitude | None = None
    latitude_deg: Latitude | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        _check_name("TopologySite.site_id", self.site_id)
        if (self.longitude_deg is None) != (self.latitude_deg is None):
            raise ValueError(
                "TopologySite.latitude_deg and longitude_deg must both be there or both be left "
                f"out, got {self.latitude_deg} and {self.longitude_deg}"
            )

    @property
    def position_deg(self) -> tuple[float, float] | None:
        """Longitude and latitude [deg], where they are known."""
        if self.longitude_deg is None or self.latitude_deg is None:
            return None
        return self.longitude_deg, self.latitude_deg


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologySection:
    """What joins two sites both ways; two sections may join the same sites."""

    section_id: SectionId
    a_site_id: SiteId
    z_site_id: SiteId
    length_km: SectionKm
    length_basis: SectionLengthBasis = SectionLengthBasis.PUBLISHED
    risk_group_ids: tuple[RiskGroupId, ...] = ()
    """Shared risk link groups (SRLG), besides the section itself."""

    def __post_init__(self) -> None:
        check_fields(self)
        for field in ("section_id", "a_site_id", "z_site_id"):
            _check_name(f"TopologySection.{field}", getattr(self, field))
        for group_id in self.risk_group_ids:
            _check_name("TopologySection.risk_group_ids", group_id)
        if len(set(self.risk_group_ids)) < len(self.risk_group_ids):
            raise ValueError(
                "TopologySection.risk_group_ids must name each group once, got "
                + ", ".join(self.risk_group_ids)
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyDemand:
    """Traffic that a source asks for between two sites, in its own unit."""

    a_site_id: SiteId
    z_site_id: SiteId
    volume: NotNegative

    def __post_init__(self) -> None:
        check_fields(self)
        for field in ("a_site_id", "z_site_id"):
            _check_name(f"TopologyDemand.{field}", getattr(self, field))


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """Sites and sections of one published or own topology, in the order of their source."""

    name: str
    sites: tuple[TopologySite, ...]
    sections: tuple[TopologySection, ...]
    demands: tuple[TopologyDemand, ...] = ()
    demand_unit: str = ""
    """Of every volume; empty where the source does not say it."""
    licence: str = ""
    """Under which the source gives its data away; empty where it does not say."""
    provenance: Provenance

    @property
    def length_bases(self) -> tuple[SectionLengthBasis, ...]:
        """What the lengths were taken along, each word once, in the order of the sections."""
        return tuple(dict.fromkeys(section.length_basis for section in self.sections))

    @property
    def risk_group_ids(self) -> tuple[RiskGroupId, ...]:
        """Every group that a section names, in the order of the sections."""
        return tuple(
            dict.fromkeys(group for section in self.sections for group in section.risk_group_ids)
        )


def section_ids(ends: Iterable[tuple[str, str]]) -> tuple[SectionId, ...]:
    """Identifiers for sections that have none: both ends, and a number where that is taken.

    >>> section_ids([("A", "B"), ("B", "C"), ("A", "B")])
    ('A-B', 'B-C', 'A-B#2')
    """
    taken: set[str] = set()
    counts: dict[str, int] = {}
    found = []
    for number, (a, z) in enumerate(ends, start=1):
        stem = f"{a}-{z}"
        if len(stem) > IDENTIFIER_CHARACTERS_MAX:
            stem = f"section {number}"
        count = counts.get(stem, 0) + 1
        while (name := stem if count == 1 else f"{stem}#{count}") in taken:
            count += 1
        counts[stem] = count
        taken.add(name)
        found.append(SectionId(name))
    return tuple(found)


def _check_name(field: str, name: str) -> None:
    """Refuse a name that no table could hold.

    Raises
    ------
    ValueError
        If it is empty or has blanks around it.
    """
    if not name or name != name.strip():
        raise ValueError(f"{field} must be a name without blanks around it, got {name!r}")
