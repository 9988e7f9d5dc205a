"""What does a question about routes alone, without light or money, ask and answer?"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from karakoram.core.identifiers import OperatorId, SiteId, SpanId
from karakoram.network.records import Status
from karakoram.network.sections import IN_SERVICE
from karakoram.planning.demand import (
    BIT_RATE_GBPS_DEFAULT,
    Exclusions,
    TransitLimit,
    check_limits_differ,
)
from karakoram.planning.offers import DiversityProof, Reason, SharedRisk

K_MAX = 10_000
"""Routes that one question may ask for: more than anybody reads, and minutes of work."""


class RouteMetric(Enum):
    """What makes one route better than another."""

    LATENCY = "latency"
    LENGTH = "length"
    PRICE = "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteQuestion:
    """The k best loopless routes between two sites, and the most diverse pair if asked for."""

    a_site_id: SiteId
    z_site_id: SiteId
    k: int
    metric: RouteMetric = RouteMetric.LENGTH
    disjoint: bool = False
    """Whether the pair that shares least risk is wanted too."""
    avoid: Exclusions = field(default_factory=Exclusions)
    transit_limits: tuple[TransitLimit, ...] = ()
    """Bounds on what every route takes inside single operators, each quantity once."""
    accepted_statuses: frozenset[Status] = IN_SERVICE
    bit_rate_gbps: float = BIT_RATE_GBPS_DEFAULT
    """Whose price book applies when the metric is the price."""
    on_day: date

    def __post_init__(self) -> None:
        check_limits_differ(self.transit_limits)
        if self.k < 1:
            raise ValueError(f"k must be at least 1, got {self.k}")
        if self.k > K_MAX:  # a number too long to be shown, perhaps
            raise ValueError(f"k must be at most {K_MAX:,}, got more")
        if self.a_site_id == self.z_site_id:
            raise ValueError(f"a route needs two different ends, got {self.a_site_id!r} twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One loopless way over the network."""

    site_ids: tuple[SiteId, ...]
    span_ids: tuple[SpanId, ...]
    length_km: float
    latency_ms: float
    operator_ids: tuple[OperatorId, ...]
    """In travel order, each run of one operator once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisjointRoutes:
    """The pair that shares least risk, and among those the best by the metric."""

    routes: tuple[Route, Route]
    shared_risks: tuple[SharedRisk, ...]
    """Empty when the pair is risk-disjoint."""
    proof: DiversityProof

    @property
    def length_km(self) -> float:
        """Of both routes together."""
        return sum(route.length_km for route in self.routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteAnswer:
    """Best route first; empty when there is none."""

    routes: tuple[Route, ...]
    disjoint: DisjointRoutes | None
    reasons: tuple[Reason, ...] = ()
    """Why there is none, where more can be said than that no fibre joins the two sites."""
