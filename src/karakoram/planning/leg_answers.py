"""What does a question over legs alone ask and answer, and how sure is the answer?"""

from dataclasses import dataclass
from datetime import date

from karakoram.core.identifiers import LegId, OperatorId, RiskToken, SiteId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, derived_confidence
from karakoram.network.records import Status
from karakoram.network.sections import IN_SERVICE
from karakoram.planning.route_answers import K_MAX, RouteMetric


@dataclass(frozen=True, slots=True, kw_only=True)
class LegQuestion:
    """The k best ways between two points over legs of several operators, and the best pair."""

    a_site_id: SiteId
    z_site_id: SiteId
    k: int
    metric: RouteMetric = RouteMetric.LATENCY
    disjoint: bool = False
    """Whether the pair that shares least risk is wanted too."""
    accepted_statuses: frozenset[Status] = IN_SERVICE
    on_day: date

    def __post_init__(self) -> None:
        if self.k < 1:
            raise ValueError(f"k must be at least 1, got {self.k}")
        if self.k > K_MAX:
            raise ValueError(f"k must be at most {K_MAX:,}, got more")
        if self.a_site_id == self.z_site_id:
            raise ValueError(f"a way needs two different ends, got {self.a_site_id!r} twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegWay:
    """One way from end to end, as far as its operators tell."""

    leg_ids: tuple[LegId, ...]
    site_ids: tuple[SiteId, ...]
    """Both ends, and the points between where traffic changes hands."""
    operator_ids: tuple[OperatorId, ...]
    """Of each leg, in travel order."""
    latency_ms: float
    length_km: float | None
    """``None`` where some leg does not tell its length."""
    price: Money | None
    """Of the fibre over the term; ``None`` where some leg is not sold."""
    latency_confidence: Confidence
    length_confidence: Confidence | None
    price_confidence: Confidence | None
    """As the worst of the legs; one that does not say counts as assumed."""
    unproven_leg_ids: tuple[LegId, ...]
    """Legs that do not tell every token: what they share, and whether the way comes back to a
    site, is not proven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedExposure:
    """One thing that takes both ways of a pair, or a leg that both use."""

    token: RiskToken | None
    """``None`` stands for all that only this leg is exposed to."""
    minutes: int
    """What it takes a year."""
    confidence: Confidence
    """As the worst of the legs says of its minutes; one that does not say counts as assumed."""
    site_id: SiteId | None
    """Where the token is that of a hand-over point."""
    leg_ids: tuple[LegId, ...]
    """The legs of either way that are exposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegPair:
    """The pair of ways that shares least by what is told, and costs least among those."""

    ways: tuple[LegWay, LegWay]
    shared: tuple[SharedExposure, ...]
    minutes_at_least: int | None
    """What any pair shares at least, ways included that nobody has told; ``None``: not known."""
    is_best: bool
    """Whether certainly no pair is better, told or not; where the pair is not proven, never."""
    prover: str
    """What proved it to be the best of those told: ``branching``, ``ilp``, or ``capped``."""

    @property
    def shared_minutes(self) -> int:
        """Minutes a year that take both ways, as far as tokens tell."""
        return sum(exposure.minutes for exposure in self.shared)

    @property
    def shared_confidence(self) -> Confidence:
        """How far ``shared_minutes`` may be trusted: as the worst that is shared."""
        return derived_confidence(exposure.confidence for exposure in self.shared)

    @property
    def unproven_leg_ids(self) -> tuple[LegId, ...]:
        """The legs because of which it is not proven what the ways share."""
        return tuple(dict.fromkeys(leg for way in self.ways for leg in way.unproven_leg_ids))

    @property
    def is_proven(self) -> bool:
        """Whether the ways share what ``shared`` says and nothing else."""
        return not self.unproven_leg_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class LegAnswer:
    """Best way first; empty when there is none."""

    ways: tuple[LegWay, ...]
    certain: int
    """How many of the first ways are certainly those that cost least, told or not."""
    pair: LegPair | None
    proven_pair: LegPair | None
    """Where ``pair`` is not proven: the best of those that are, if there is one."""
    silent_operator_ids: tuple[OperatorId, ...]
    """Operators that do not say what else they have."""
    left_out: tuple[LegId, ...]
    """Legs that could not take part: not valid on the day, or without the figure compared by."""
