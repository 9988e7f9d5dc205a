"""How are units claimed, so that none is ever held twice?

A resource knows which of its units are taken; a claim sets bits there and nowhere else. Both change
in the same transaction, with the rows of the resources locked in the order of their identifiers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from karakoram.adapters.store.bits import bytes_from_units, microseconds_from_moment
from karakoram.adapters.store.resources import by_id
from karakoram.adapters.store.rows import cells_from_claim, claim_from_cells
from karakoram.adapters.store.statements import is_among
from karakoram.adapters.store.tables import CLAIM, RESOURCE
from karakoram.core.errors import ConflictError, NotFoundError, TakenError
from karakoram.core.identifiers import ClaimId, ResourceId
from karakoram.sales.inventory.resources import Claim, Resource

_SHOWN_MAX = 8
"""Units and holders that a refusal names; more are counted."""


def of_claimants(connection: Connection, claimant_ids: Iterable[str]) -> tuple[Claim, ...]:
    """What the claimants hold, in the order of their hops."""
    asked = (
        select(CLAIM)
        .where(is_among(CLAIM.c.claimant_id, set(claimant_ids), connection))
        .order_by(CLAIM.c.claimant_id, CLAIM.c.side, CLAIM.c.hop, CLAIM.c.claim_id)
    )
    return tuple(map(claim_from_cells, connection.execute(asked).mappings()))


def on_resources(connection: Connection, resource_ids: Iterable[ResourceId]) -> tuple[Claim, ...]:
    """Who holds units of the resources."""
    asked = (
        select(CLAIM)
        .where(is_among(CLAIM.c.resource_id, set(resource_ids), connection))
        .order_by(CLAIM.c.claim_id)
    )
    return tuple(map(claim_from_cells, connection.execute(asked).mappings()))


def expired_at(connection: Connection, moment: datetime) -> tuple[Claim, ...]:
    """Reservations whose time is over."""
    # Asked for in the order of identifiers, SQLite would go through all claims in that order.
    asked = select(CLAIM).where(CLAIM.c.until_us <= microseconds_from_moment(moment))
    found = map(claim_from_cells, connection.execute(asked).mappings())
    return tuple(sorted(found, key=lambda each: each.claim_id))


def add(connection: Connection, claims: Iterable[Claim]) -> None:
    """Claim units, and set them as taken.

    Raises
    ------
    ConflictError
        With code ``there-already`` if a claim is there already, or is named twice.
    NotFoundError
        If a resource is not there.
    TakenError
        If a unit is taken already, or not offered.
    """
    new = tuple(claims)
    known = by_id(connection, (each.resource_id for each in new), to_change=True)
    seen = set(_by_id(connection, (each.claim_id for each in new)))
    before = dict(known)
    for claim in new:
        if claim.claim_id in seen:
            raise ConflictError(
                f"claim {claim.claim_id} is there already",
                code="there-already",
                where=claim.claim_id,
            )
        seen.add(claim.claim_id)
        resource = known.get(claim.resource_id)
        if resource is None:
            raise NotFoundError(f"There is no resource {claim.resource_id}.")
        _refuse_taken(connection, resource, claim)
        known[claim.resource_id] = _with_taken(resource, resource.taken | claim.units)
    _write_taken(connection, [each for key, each in known.items() if each is not before[key]])
    if new:
        connection.execute(insert(CLAIM), [cells_from_claim(each) for each in new])


def release(connection: Connection, claims: Iterable[Claim]) -> None:
    """Give the units of the claims back.

    Raises
    ------
    NotFoundError
        If a claim is not there, or is named twice.
    """
    held = _held(connection, [each.claim_id for each in claims])
    known = by_id(connection, (each.resource_id for each in held), to_change=True)
    for claim in held:
        resource = known[claim.resource_id]
        known[claim.resource_id] = _with_taken(resource, resource.taken & ~claim.units)
    _write_taken(connection, list(known.values()))
    ids = [each.claim_id for each in held]
    connection.execute(delete(CLAIM).where(is_among(CLAIM.c.claim_id, ids, connection)))


def keep(connection: Connection, claims: Iterable[Claim], *, claimant_id: str) -> None:
    """Give the claims to another claimant, without an end.

    Raises
    ------
    NotFoundError
        If a claim is not there.
    """
    held = _held(connection, list(dict.fromkeys(each.claim_id for each in claims)))
    for claim in held:
        replace(claim, claimant_id=claimant_id, until=None)  # refuses what makes no claim
    connection.execute(
        update(CLAIM)
        .where(is_among(CLAIM.c.claim_id, [each.claim_id for each in held], connection))
        .values(claimant_id=claimant_id, until_us=None)
    )


def _by_id(connection: Connection, claim_ids: Iterable[str]) -> dict[ClaimId, Claim]:
    asked = select(CLAIM).where(is_among(CLAIM.c.claim_id, set(claim_ids), connection))
    rows = connection.execute(asked).mappings()
    return {row["claim_id"]: claim_from_cells(row) for row in rows}


def _held(connection: Connection, claim_ids: Sequence[ClaimId]) -> tuple[Claim, ...]:
    """The claims as they are stored, in the order asked for, each of which must be there."""
    there = _by_id(connection, claim_ids)
    held = []
    for claim_id in claim_ids:
        claim = there.pop(claim_id, None)
        if claim is None:
            raise NotFoundError(f"There is no claim {claim_id}.")
        held.append(claim)
    return tuple(held)


def _with_taken(resource: Resource, taken: int) -> Resource:
    return replace(resource, taken=taken, version=resource.version + 1)


def _write_taken(connection: Connection, resources: Sequence[Resource]) -> None:
    if not resources:
        return
    connection.execute(
        update(RESOURCE)
        .where(RESOURCE.c.resource_id == bindparam("of"))
        .values(taken=bindparam("now_taken"), version=bindparam("now_version")),
        [
            {
                "of": each.resource_id,
                "now_taken": bytes_from_units(each.taken),
                "now_version": each.version,
            }
            for each in resources
        ],
    )


def _refuse_taken(connection: Connection, resource: Resource, claim: Claim) -> None:
    """Refuse units that are taken or not offered; names the resource, the units, the holders."""
    offered = (1 << resource.unit_count) - 1
    beyond = claim.units & ~offered
    if beyond:
        raise TakenError(
            f"{resource.name} ({resource.resource_id}) offers {resource.unit_count:,} units, "
            f"counted from 0, and not unit {_numbers(beyond)}",
            code="not-offered",
            where=resource.resource_id,
        )
    taken = claim.units & resource.taken
    if not taken:
        return
    holders = sorted(
        {
            each.claimant_id
            for each in on_resources(connection, [resource.resource_id])
            if each.units & taken
        }
    )
    who = _listed(holders) if holders else "this request itself"
    raise TakenError(
        f"unit {_numbers(taken)} of {resource.name} ({resource.resource_id}) is taken by {who}",
        code="taken",
        where=resource.resource_id,
    )


def _numbers(units: int) -> str:
    """The lowest unit numbers, and how many more."""
    lowest: list[str] = []
    rest = units
    while rest and len(lowest) < _SHOWN_MAX:
        lowest.append(str((rest & -rest).bit_length() - 1))
        rest &= rest - 1
    more = f" and {rest.bit_count():,} more" if rest else ""
    return ", ".join(lowest) + more


def _listed(words: Sequence[str]) -> str:
    more = len(words) - _SHOWN_MAX
    return ", ".join(words[:_SHOWN_MAX]) + (f" and {more:,} more" if more > 0 else "")
