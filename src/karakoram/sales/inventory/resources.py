"""What can be taken, and who has taken which part of it?

Everything that carries a service is a :class:`Resource`: it offers units, counted from 0, and may
itself ride on units of others. That one thing holds units of another is a :class:`Claim`. A wave
claims slots of every OMS that it crosses and offers its payload; an ODU4 claims that payload and
offers 80 tributary slots; an STM-1 claims one of them; and so down to a time slot of 64 kb/s.
Numbers, ports, racks and power are resources at a site, claimed alike.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from karakoram.core.identifiers import ClaimId, OperatorId, ResourceId, SiteId
from karakoram.core.life import Life
from karakoram.core.provenance import Provenance
from karakoram.planning.path_side import PathSide
from karakoram.sales.resource_kinds import ResourceKind

UNITS_MAX = 1_000_000
"""More units than this in one resource are a slip: a block of numbers is at most a million."""


class ResourceStatus(Enum):
    """Where a resource stands in its life (words of TM Forum 639)."""

    RESERVED = "reserved"
    """Promised to somebody; not built or not yet lit."""
    AVAILABLE = "available"
    """In service: its units can be claimed."""
    SUSPENDED = "suspended"
    """Out of order or barred: what rides on it stays, nothing new comes."""


class ResourceEvent(Enum):
    """What can happen to a resource."""

    ACTIVATE = "activate"
    """It is built and lit."""
    SUSPEND = "suspend"
    RESUME = "resume"


RESOURCE_LIFE: Life[ResourceStatus, ResourceEvent] = Life(
    subject="resource",
    first=ResourceStatus.RESERVED,
    transitions={
        ResourceStatus.RESERVED: {ResourceEvent.ACTIVATE: ResourceStatus.AVAILABLE},
        ResourceStatus.AVAILABLE: {ResourceEvent.SUSPEND: ResourceStatus.SUSPENDED},
        ResourceStatus.SUSPENDED: {ResourceEvent.RESUME: ResourceStatus.AVAILABLE},
    },
)
"""No state is an end: what is given up is taken out of the inventory. Plant, and what an inventory
folder lists, is in service when it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something that exists or is promised, and whose units can be claimed."""

    resource_id: ResourceId
    kind: ResourceKind
    model: str
    """Which of its kind, in the words of the field: ``ODU4``, ``STM-1``, ``05811-45``, ``42U``."""
    name: str
    operator_id: OperatorId
    """Who operates it and answers for it."""
    a_site_id: SiteId
    z_site_id: SiteId | None = None
    """``None`` for what stands at one site."""
    unit_count: int
    """Units that it offers; 0 for what carries nothing but its claimant."""
    taken: int = 0
    """Bit u is set while unit u is claimed: the union of all claims, no bit twice."""
    status: ResourceStatus
    length_km: float = 0.0
    latency_ms: float = 0.0
    """One way, of what it rides on."""
    provenance: Provenance
    version: int = 0
    """Grows with each change; who writes an older one is refused."""

    def __post_init__(self) -> None:
        if not 0 <= self.unit_count <= UNITS_MAX:
            raise ValueError(
                f"Resource.unit_count must be 0 to {UNITS_MAX:,}, got {self.unit_count}"
            )
        if self.taken < 0 or self.taken.bit_length() > self.unit_count:
            raise ValueError(f"Resource.taken names units beyond the {self.unit_count} offered")
        if not (self.length_km >= 0.0 and self.latency_ms >= 0.0):
            raise ValueError(
                "Resource.length_km and latency_ms must be at least 0, got "
                f"{self.length_km} and {self.latency_ms}"
            )

    @property
    def free(self) -> int:
        """Bit u is set where unit u is free."""
        return ~self.taken & ((1 << self.unit_count) - 1)

    @property
    def free_count(self) -> int:
        """Units that are free."""
        return self.unit_count - self.taken.bit_count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That ``claimant_id`` holds units of a resource."""

    claim_id: ClaimId
    resource_id: ResourceId
    units: int
    """Bit u is set for unit u; never 0."""
    claimant_id: str
    """A resource that rides here, a product, or an offer that holds it for a while."""
    side: PathSide = PathSide.WORKING
    hop: int = 0
    """Place on the claimant's way, counted from its A end; where hops are missing is a gap."""
    until: datetime | None = None
    """Set for a reservation: from then on anybody may have the units."""

    def __post_init__(self) -> None:
        if self.units <= 0:
            raise ValueError(f"Claim.units must name at least one unit, got {self.units}")
        if self.hop < 0:
            raise ValueError(f"Claim.hop must be at least 0, got {self.hop}")
        if self.claimant_id == self.resource_id:
            raise ValueError(f"Claim.claimant_id must not be the resource {self.resource_id!r}")

    @property
    def unit_numbers(self) -> tuple[int, ...]:
        """The claimed units, lowest first."""
        return tuple(unit for unit in range(self.units.bit_length()) if self.units >> unit & 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedClaim:
    """Units that the plan takes."""

    resource_id: ResourceId
    """Of the inventory, or one of the plan's own connections."""
    units: int
    """Bit u is set for unit u."""
    claimant_id: ResourceId | None
    """Which of the plan's connections rides there; ``None`` is the product itself."""
    side: PathSide = PathSide.WORKING
    hop: int = 0

    def __post_init__(self) -> None:
        if self.units <= 0:
            raise ValueError(f"PlannedClaim.units must name at least one unit, got {self.units}")
        if self.hop < 0:
            raise ValueError(f"PlannedClaim.hop must be at least 0, got {self.hop}")
        if self.claimant_id == self.resource_id:
            raise ValueError(
                f"PlannedClaim.claimant_id must not be the resource {self.resource_id!r}"
            )
