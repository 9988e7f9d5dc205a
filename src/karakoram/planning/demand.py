"""What does the customer ask for?"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from karakoram.core.fields import NotNegative, Positive, check_fields
from karakoram.core.identifiers import CableId, OperatorId, SiteId, SpanId
from karakoram.network.records import Status
from karakoram.network.sections import IN_SERVICE

TERM_MONTHS_DEFAULT = 36
"""Three years, the usual term of a leased wavelength."""

TERM_MONTHS_MAX = 1_200
"""A century: no fibre is let for longer, and no price holds so long."""

BIT_RATE_GBPS_DEFAULT = 400.0
"""What a question that names no bit rate means: the wavelength most in demand on long hauls."""


class Protection(Enum):
    """How a service survives a failure."""

    NONE = "none"
    ONE_PLUS_ONE = "1+1"
    """Sent over two paths at once; the receiver takes the better (ITU-T G.808.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusions:
    """What the route must not touch."""

    site_ids: frozenset[SiteId] = frozenset()
    span_ids: frozenset[SpanId] = frozenset()
    operator_ids: frozenset[OperatorId] = frozenset()
    """Operators and owners alike."""
    cable_ids: frozenset[CableId] = frozenset()


class TransitUnit(Enum):
    """What of a path inside an operator's network is limited."""

    KM = "km"
    """Glass that the operator operates."""
    HANDOVERS = "handovers"
    """At which light comes into its network, or leaves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitLimit:
    """How far a path may go inside the network of one operator."""

    operator_id: OperatorId
    unit: TransitUnit
    most: NotNegative

    def __post_init__(self) -> None:
        check_fields(self)
        if self.unit is TransitUnit.HANDOVERS and self.most != int(self.most):
            raise ValueError(f"TransitLimit.most must be a whole number, got {self.most:g}")

    @property
    def word(self) -> str:
        """As a person writes it.

        >>> TransitLimit(operator_id=OperatorId("ONE"), unit=TransitUnit.KM, most=900.0).word
        'ONE=900km'
        """
        return f"{self.operator_id}={self.most:.12g}{self.unit.value}"


def check_limits_differ(limits: tuple[TransitLimit, ...]) -> None:
    """Refuse two limits of one quantity inside one operator.

    Raises
    ------
    ValueError
        Naming the first that is there twice.
    """
    seen: set[tuple[OperatorId, TransitUnit]] = set()
    for limit in limits:
        key = (limit.operator_id, limit.unit)
        if key in seen:
            raise ValueError(
                f"transit_limits must name {limit.unit.value} inside {limit.operator_id} once"
            )
        seen.add(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDemand:
    """A wavelength service from A to Z, as asked for."""

    a_site_id: SiteId
    z_site_id: SiteId
    bit_rate_gbps: Positive
    protection: Protection
    on_day: date
    """The day whose prices hold."""
    latency_ms_max: Positive | None = None
    """Bound on the one-way latency of every path."""
    transit_limits: tuple[TransitLimit, ...] = ()
    """Bounds on what every path takes inside single operators, each quantity once."""
    avoid: Exclusions = field(default_factory=Exclusions)
    via_site_ids: tuple[SiteId, ...] = ()
    """Sites that the working path passes, in this order."""
    accepted_statuses: frozenset[Status] = IN_SERVICE
    term_months: int = TERM_MONTHS_DEFAULT
    """Contract term over which recurring and one-off charges are compared."""

    def __post_init__(self) -> None:
        check_fields(self)
        check_limits_differ(self.transit_limits)
        if self.a_site_id == self.z_site_id:
            raise ValueError(f"a service needs two different ends, got {self.a_site_id!r} twice")
        if self.term_months < 1:
            raise ValueError(f"term_months must be at least 1, got {self.term_months}")
        if self.term_months > TERM_MONTHS_MAX:  # a number too long to be shown, perhaps
            raise ValueError(f"term_months must be at most {TERM_MONTHS_MAX:,}, got more")
