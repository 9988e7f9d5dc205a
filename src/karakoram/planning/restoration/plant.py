"""What can fail, and over which ways may connections be lit, whatever the network came from?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from jaxtyping import Float, UInt64

from karakoram.core.arrays import read_only
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import Confidence, derived_confidence
from karakoram.engines.restoration.candidates import ExposedPaths, risk_words
from karakoram.engines.restoration.policy import Scheme

Pair = tuple[SiteId, SiteId]
"""Two different sites, in the order of their identifiers."""


class FailureSort(Enum):
    """What kind of thing fails."""

    SECTION = "section"
    """The fibre between two sites."""
    RISK_GROUP = "risk group"
    SITE = "site"
    EQUIPMENT = "equipment"
    """The amplifiers of a multiplex section."""
    REGION = "region"
    """Everything within some distance of a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureComponent:
    """Something that fails as one."""

    component_id: str
    name: str
    sort: FailureSort
    risks: tuple[int, ...]
    """The risks that are down with it, by their numbers."""
    owner_ids: tuple[OperatorId, ...] = ()
    """Whose glass it takes down; empty where nobody owns it."""
    failures_per_year: float = 0.0
    mttr_h: float = 0.0
    confidence: Confidence
    """Of rate and repair time: the weakest of all figures in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """The spectrum of one multiplex section, both ways."""

    name: str
    length_km: float
    owner_ids: tuple[OperatorId, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RestorablePlant:
    """Ways, spectrum and what can fail, ready for drills."""

    name: str
    components: tuple[FailureComponent, ...]
    pairs: tuple[Pair, ...]
    bit_rates_gbps: tuple[float, ...]
    """Ascending; the grades of the candidate paths."""
    paths: ExposedPaths
    path_latency_ms: Float[np.ndarray, " path"]
    """One way."""
    path_owner_ids: tuple[tuple[OperatorId, ...], ...]
    """Owners of the glass of each path, in travel order."""
    resources: tuple[Resource, ...]
    slot_count: int
    """Slots of 12.5 GHz of every resource."""
    notes: tuple[str, ...] = ()
    """What was taken for granted, in sentences for the reader."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "path_latency_ms", read_only(self.path_latency_ms))
        assert self.path_latency_ms.size == len(self.path_owner_ids) == self.paths.path_count
        assert len(self.pairs) == self.paths.pair_count
        assert len(self.resources) == self.paths.resource_count

    @property
    def pair_number(self) -> dict[Pair, int]:
        """The number of each pair."""
        return {pair: number for number, pair in enumerate(self.pairs)}

    @property
    def loss_confidence(self) -> Confidence:
        """How far what failures take in a year may be trusted.

        As the worst failure rate or repair time of anything that fails.
        """
        rated = (one for one in self.components if one.failures_per_year > 0.0)
        return derived_confidence(one.confidence for one in rated)

    def failed_words(self, components: Iterable[FailureComponent]) -> UInt64[np.ndarray, " word"]:
        """The risks that are down while all of these components are, as words of bits."""
        risks = [risk for component in components for risk in component.risks]
        return risk_words(risks, word_count=self.paths.word_count)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionDemand:
    """A bit rate between two sites, and what is to be done for it when something fails."""

    a_site_id: SiteId
    z_site_id: SiteId
    bit_rate_gbps: float
    priority: int = 0
    """Higher comes first."""
    scheme: Scheme = Scheme.DYNAMIC

    def __post_init__(self) -> None:
        if self.a_site_id == self.z_site_id:
            raise ValueError(f"a connection needs two ends, got {self.a_site_id!r} twice")
        if not self.bit_rate_gbps > 0.0:
            raise ValueError(f"bit_rate_gbps must be > 0, got {self.bit_rate_gbps}")

    @property
    def pair(self) -> Pair:
        """Its ends in the order of their identifiers."""
        return pair_of(self.a_site_id, self.z_site_id)


def pair_of(a_site_id: SiteId, z_site_id: SiteId) -> Pair:
    """Two sites in the order of their identifiers.

    >>> pair_of(SiteId("RWP"), SiteId("KHI"))
    ('KHI', 'RWP')
    """
    return (a_site_id, z_site_id) if a_site_id < z_site_id else (z_site_id, a_site_id)


def pairs_of(demands: Sequence[ConnectionDemand]) -> tuple[Pair, ...]:
    """The pairs of some demands, each once, in the order of the demands."""
    return tuple(dict.fromkeys(demand.pair for demand in demands))


def grades_of(demands: Sequence[ConnectionDemand]) -> tuple[float, ...]:
    """The bit rates of some demands [Gb/s], each once, ascending."""
    return tuple(sorted({demand.bit_rate_gbps for demand in demands}))
