"""What does a design answer: offers with everything a sales desk shows, or reasons why not?"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from karakoram.core.identifiers import (
    OperatorId,
    PriceId,
    SiteId,
    SpanId,
    TransceiverModeId,
)
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.planning.demand import ServiceDemand
from karakoram.planning.path_side import PathSide

CUT_SHORT_SUBJECT = "cheapest way"
"""Subject of the assumption by which an offer says that nothing proves it to be the cheapest."""


class OfferLabel(Enum):
    """Why an offer is on the list."""

    CHEAPEST = "cheapest"
    LOWEST_LATENCY = "lowest latency"
    MOST_DIVERSE = "most diverse"


class RiskSort(Enum):
    """What a shared risk is."""

    SPAN = "span"
    RISK_GROUP = "risk_group"
    SITE = "site"


class DiversityScope(Enum):
    """Among which risks a pair of paths shares least."""

    PLANT = "plant"
    """Spans and landing stations: one piece of plant under both paths."""
    ALL_RISKS = "all_risks"
    """Plant, risk groups and sites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiversityProof:
    """Why no other two paths share less."""

    scope: DiversityScope
    prover: str
    """What proved it: ``branching``, ``ilp``, or ``capped`` where the search was cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """Consecutive spans of one owner on a path: what that owner is paid for."""

    operator_id: OperatorId
    """Who operates the spans and answers for them."""
    owner_id: OperatorId
    """Who owns the glass and earns; another than the operator on a leased leg."""
    a_site_id: SiteId
    z_site_id: SiteId
    span_ids: tuple[SpanId, ...]
    length_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lightpath:
    """A stretch of the path that light crosses without regeneration."""

    a_site_id: SiteId
    z_site_id: SiteId
    transceiver_mode_id: TransceiverModeId
    wavelengths: int
    """Wavelengths that together carry the service; more than one is inverse multiplexing."""
    bit_rate_gbps: float
    """Bit rate of all wavelengths together."""
    spacing_ghz: float
    gsnr_db: float
    """Of the worst channel of both directions, in the signal's bandwidth, all terminal noise in."""
    gsnr_db_mean: float
    """Mean over the channels of the fully loaded band, both directions."""
    required_gsnr_db: float
    margin_db: float
    """``gsnr_db - required_gsnr_db``, system margin not yet taken off."""
    margin_db_min: float
    """The margin the design rule asks for."""
    osnr_0_1nm_db: float
    """ASE only, of the worst channel of both directions, in 12.5 GHz."""
    cd_ps_per_nm: float
    pmd_ps: float
    length_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePoint:
    """The line at one place: an amplifier output or a ROADM."""

    label: str
    """Site identifier or name of a derived hut."""
    distance_km: float
    """Glass kilometres from the A end."""
    is_derived: bool
    power_in_dbm: float | None
    """Mean channel power at the end of the fibre; ``None`` at the start of a line."""
    power_out_dbm: float | None
    """Mean channel power into the next fibre; ``None`` at the end of a line."""
    gsnr_db: float
    """Mean over channels, accumulated since the last regeneration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePath:
    """One way of light from A to Z."""

    role: PathSide
    site_ids: tuple[SiteId, ...]
    span_ids: tuple[SpanId, ...]
    legs: tuple[Leg, ...]
    length_km: float
    latency_ms: float
    """One way, fibre only."""
    lightpaths: tuple[Lightpath, ...]
    regenerator_site_ids: tuple[SiteId, ...]
    profile: tuple[ProfilePoint, ...]
    unavailability: float
    """Of this path alone."""

    @property
    def rtt_ms(self) -> float:
        """Round trip, fibre only [ms]."""
        return 2.0 * self.latency_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedRisk:
    """Something that takes working and protection path together."""

    risk_id: str
    name: str
    sort: RiskSort
    span_ids: tuple[SpanId, ...]
    """The spans of either path that are exposed."""
    unavailable_min_per_year: float
    confidence: Confidence
    """Of the failure figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageShare:
    """How much one component costs the service."""

    component: str
    name: str
    unavailable_min_per_year: float
    """What the service would gain if the component never failed."""
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """One charge: quantity times unit price, rounded once."""

    operator_id: OperatorId
    """Who earns it."""
    role: PathSide
    subject: str
    """What is charged for, e.g. ``KJB-RWP``."""
    price_id: PriceId
    unit: PriceUnit
    period: ChargePeriod
    quantity: Decimal
    unit_price: Decimal
    amount: Money
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorShare:
    """What one operator earns of an offer."""

    operator_id: OperatorId
    mrc: Money
    nrc: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPrice:
    """The price of an offer and its exact split."""

    mrc: Money
    nrc: Money
    split: tuple[OperatorShare, ...]
    lines: tuple[PriceLine, ...]
    not_priced: tuple[tuple[OperatorId, PriceUnit], ...] = ()
    """What is needed but nobody has priced, by who would earn it; counted as 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedFigure:
    """A figure that the answer rests on, and where it comes from."""

    subject: str
    """Kind of thing, e.g. ``span length``."""
    figure: str
    """The figure with its unit and what it belongs to, e.g. ``CHL-BBS 51.1 km``."""
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One way to give the customer what was asked for."""

    label: OfferLabel
    paths: tuple[ServicePath, ...]
    """Working first."""
    shared_risks: tuple[SharedRisk, ...]
    diversity_proof: DiversityProof | None
    """``None`` without protection."""
    unavailability: float
    outage_shares: tuple[OutageShare, ...]
    """Largest first; the smallest of many are left out."""
    outage_confidence: Confidence = Confidence.DERIVED
    """As the worst failure figure of all that costs the service time, shown or not."""
    price: OfferPrice
    traced_figures: tuple[TracedFigure, ...]

    @property
    def availability(self) -> float:
        """Share of time the service is up."""
        return 1.0 - self.unavailability

    @property
    def is_cheapest_of_those_tried(self) -> bool:
        """Whether the search for the cheapest was cut short and found this one."""
        return any(traced.subject == CUT_SHORT_SUBJECT for traced in self.traced_figures)

    @property
    def assumptions(self) -> tuple[TracedFigure, ...]:
        """The traced figures that nobody has published."""
        return tuple(
            traced
            for traced in self.traced_figures
            if traced.provenance.confidence is Confidence.ASSUMED
        )


class RemedyKind(Enum):
    """What of a question can be asked differently."""

    ACCEPT_STATUS = "accept_status"
    """Values: the statuses to accept besides."""
    ALLOW_LATENCY = "allow_latency"
    """Value: the one-way latency that is enough, in ms."""
    ALLOW_TRANSIT = "allow_transit"
    """Value: the limit inside an operator that is enough, as it is asked, e.g. ``ONE=900km``."""
    LOWER_BIT_RATE = "lower_bit_rate"
    """Value: the highest bit rate that can be had, in Gbit/s."""
    NO_PROTECTION = "no_protection"
    """No value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A way to ask differently that helps; whoever speaks to people puts it into their words."""

    kind: RemedyKind
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that forbids the service, and what would allow it."""

    code: str
    where: str
    message: str
    remedies: tuple[Remedy, ...] = ()
    """Each helps by itself; empty where no other question does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Infeasible:
    """The normal "no"."""

    demand: ServiceDemand
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDesign:
    """The three offers."""

    demand: ServiceDemand
    offers: tuple[Offer, ...]
    advice: tuple[str, ...] = ()
    """What to know of the offers, and what would make them better, e.g. an option, if built."""
