"""What does the customer ask for?"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from karakoram.core.fields import Positive, check_fields
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
    avoid: Exclusions = field(default_factory=Exclusions)
    via_site_ids: tuple[SiteId, ...] = ()
    """Sites that the working path passes, in this order."""
    accepted_statuses: frozenset[Status] = IN_SERVICE
    term_months: int = TERM_MONTHS_DEFAULT
    """Contract term over which recurring and one-off charges are compared."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.a_site_id == self.z_site_id:
            raise ValueError(f"a service needs two different ends, got {self.a_site_id!r} twice")
        if self.term_months < 1:
            raise ValueError(f"term_months must be at least 1, got {self.term_months}")
        if self.term_months > TERM_MONTHS_MAX:  # a number too long to be shown, perhaps
            raise ValueError(f"term_months must be at most {TERM_MONTHS_MAX:,}, got more")
