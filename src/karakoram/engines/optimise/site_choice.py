"""What is known of the best sites for regenerators, and how was it found?"""

from dataclasses import dataclass
from enum import Enum


class SiteSearch(Enum):
    """How sites and paths were chosen."""

    PROGRAM = "integer-program"
    """By branch and bound (HiGHS)."""
    GREEDY = "greedy"
    """One site after another left out while every demand can do without: no proof of the best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLimit:
    """How much may be spent on the proof."""

    columns_max: int = 20_000
    """Of the integer program, or it is not tried."""
    time_s: float = 10.0
    """For each of its three steps: fewest sites, least length, best light."""

    def __post_init__(self) -> None:
        if not (self.columns_max >= 0 and self.time_s > 0.0):
            raise ValueError(f"a limit needs columns_max >= 0 and time_s > 0, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChoice:
    """Sites with regenerators that serve every demand with its fewest transponders."""

    sites: frozenset[int]
    search: SiteSearch
    site_count_bound: int
    """Proven: with the fewest transponders there are no fewer sites."""
    length_m_bound: float
    """Proven: with as many sites as these the paths are not shorter together."""
