"""What does a question about routes over a plain topology ask and answer?"""

from dataclasses import dataclass
from enum import Enum
from math import fsum, inf

from karakoram.core.identifiers import RiskGroupId, SectionId, SiteId
from karakoram.planning.offers import Reason
from karakoram.planning.route_answers import K_MAX


class DisjointKind(Enum):
    """What the two routes of a pair must not share."""

    EDGE = "edge"
    """Sections."""
    SITE = "site"
    """Sections, and sites besides the two ends."""
    SRLG = "srlg"
    """Sections and risk groups; each section is always a risk of its own."""


class TopologyRiskSort(Enum):
    """What a risk that two routes share is."""

    SECTION = "section"
    SITE = "site"
    RISK_GROUP = "risk_group"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyRule:
    """What every route must obey, and what only the first of two disjoint ones."""

    avoid_site_ids: frozenset[SiteId] = frozenset()
    avoid_section_ids: frozenset[SectionId] = frozenset()
    avoid_risk_group_ids: frozenset[RiskGroupId] = frozenset()
    via_site_ids: tuple[SiteId, ...] = ()
    """Sites to pass, in this order; of two disjoint routes the first passes them."""
    latency_ms_max: float = inf
    """One way, in the fibre alone."""

    def __post_init__(self) -> None:
        if not self.latency_ms_max > 0.0:
            raise ValueError(
                f"TopologyRule.latency_ms_max must be greater than 0, got {self.latency_ms_max:g}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyQuestion:
    """The k shortest loopless routes of each pair, and the most disjoint two if asked for."""

    pairs: tuple[tuple[SiteId, SiteId], ...]
    """From where to where, two different sites each."""
    k: int
    disjoint: DisjointKind | None = None
    rule: TopologyRule = TopologyRule()

    def __post_init__(self) -> None:
        if not 1 <= self.k <= K_MAX:
            raise ValueError(f"k must be from 1 to {K_MAX:,}, got {self.k:.12g}")
        same = next((a for a, z in self.pairs if a == z), None)
        if same is not None:
            raise ValueError(f"a route needs two different ends, got {same!r} twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyRoute:
    """One loopless way over a topology."""

    site_ids: tuple[SiteId, ...]
    section_ids: tuple[SectionId, ...]
    length_km: float
    latency_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyRisk:
    """Something that would take both routes of a pair."""

    risk_id: str
    sort: TopologyRiskSort


@dataclass(frozen=True, slots=True, kw_only=True)
class DisjointTopologyRoutes:
    """The two routes that share the fewest risks, and among those are shortest together."""

    routes: tuple[TopologyRoute, TopologyRoute]
    shared_risks: tuple[TopologyRisk, ...]
    """Empty where the routes are disjoint."""
    proof: str
    """What proved it: ``branching``, ``ilp``, or ``capped`` where it was cut short."""

    @property
    def length_km(self) -> float:
        """Of both routes together."""
        return fsum(route.length_km for route in self.routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyPairRoutes:
    """The routes of one pair; none where there is no way."""

    a_site_id: SiteId
    z_site_id: SiteId
    routes: tuple[TopologyRoute, ...]
    """Shortest first."""
    disjoint: DisjointTopologyRoutes | None = None
    reasons: tuple[Reason, ...] = ()
    """Why something that was asked for is not there, or may not be all there is."""
