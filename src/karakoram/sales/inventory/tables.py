"""How does an inventory stand in tables: what stands where, and which units of what it holds?"""

import re
from dataclasses import dataclass
from typing import Annotated

from karakoram.core.fields import Bounds, NotNegative, check_fields
from karakoram.core.identifiers import ClaimId, OperatorId, ResourceId, SiteId
from karakoram.core.provenance import Provenance
from karakoram.planning.path_side import PathSide
from karakoram.sales.inventory.resources import UNITS_MAX, Claim, Resource, ResourceStatus
from karakoram.sales.resource_kinds import ResourceKind

_UNITS = re.compile(r"(?P<first>\d+)(?:-(?P<last>\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryItem:
    """A row of the table ``resources``: what was there before anything was sold."""

    resource_id: ResourceId
    kind: ResourceKind
    model: str
    name: str
    operator_id: OperatorId
    a_site_id: SiteId
    z_site_id: SiteId | None = None
    unit_count: Annotated[int, Bounds(at_least=0.0, at_most=float(UNITS_MAX))]
    length_km: NotNegative = 0.0
    latency_ms: NotNegative = 0.0
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryClaim:
    """A row of the table ``claims``: what rides on what."""

    claim_id: ClaimId
    resource_id: ResourceId
    units: str
    """Units and ranges of them, both ends in, e.g. ``0-9 12``."""
    claimant_id: ResourceId
    hop: Annotated[int, Bounds(at_least=0.0, at_most=10_000.0)] = 0

    def __post_init__(self) -> None:
        check_fields(self)
        units_from_text(self.units)


def units_from_text(text: str) -> int:
    """The units that a text names, as bits.

    Raises
    ------
    ValueError
        If it names none, or is no list of numbers and ranges below ``UNITS_MAX``.

    Examples
    --------
    >>> bin(units_from_text("0-2 5"))
    '0b100111'
    """
    units = 0
    for word in text.split():
        match = _UNITS.fullmatch(word)
        first = int(match["first"]) if match else 0
        last = int(match["last"] or first) if match else -1
        if not first <= last < UNITS_MAX:
            raise ValueError(
                f"units must be numbers and ranges such as 0-9 12, below {UNITS_MAX:,}, got {word}"
            )
        units |= ((1 << (last - first + 1)) - 1) << first
    if not units:
        raise ValueError(f"units must name at least one, such as 0-9 12, got {text!r}")
    return units


def text_from_units(units: int) -> str:
    """The shortest text that names the units.

    >>> text_from_units(0b100111)
    '0-2 5'
    """
    words = []
    first = 0
    while units:
        skipped = (units & -units).bit_length() - 1
        units >>= skipped
        first += skipped
        length = (~units & (units + 1)).bit_length() - 1
        words.append(str(first) if length == 1 else f"{first}-{first + length - 1}")
        units >>= length
        first += length
    return " ".join(words)


def resource_from_item(item: InventoryItem) -> Resource:
    """The resource that a row says, in service, with nothing taken."""
    return Resource(
        resource_id=item.resource_id,
        kind=item.kind,
        model=item.model,
        name=item.name,
        operator_id=item.operator_id,
        a_site_id=item.a_site_id,
        z_site_id=item.z_site_id,
        unit_count=item.unit_count,
        status=ResourceStatus.AVAILABLE,
        length_km=item.length_km,
        latency_ms=item.latency_ms,
        provenance=item.provenance,
    )


def claim_from_row(row: InventoryClaim) -> Claim:
    """The claim that a row says."""
    return Claim(
        claim_id=row.claim_id,
        resource_id=row.resource_id,
        units=units_from_text(row.units),
        claimant_id=row.claimant_id,
        side=PathSide.WORKING,
        hop=row.hop,
    )
