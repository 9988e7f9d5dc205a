"""How are resources kept, and what rides on them found?"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from karakoram.adapters.store.rows import cells_from_resource, resource_from_cells, unreadable
from karakoram.adapters.store.statements import MANY, is_among, is_one_of, kept, words_given
from karakoram.adapters.store.tables import CLAIM, RECORD_TABLES, RESOURCE
from karakoram.core.errors import ConflictError, NotFoundError, TakenError
from karakoram.core.identifiers import OperatorId, ResourceId
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.products import Product
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.sell.sales_ports import Rider

PRODUCT = RECORD_TABLES[Product]
_KINDS: Mapping[str | None, ResourceKind | None] = {
    None: None,
    **{each.value: each for each in ResourceKind},
}
ROWS_AT_ONCE = 1_000
"""Rows that wait to be looked at."""


def found(
    connection: Connection,
    kinds: Iterable[ResourceKind],
    *,
    site_ids: Iterable[str],
    operator_id: OperatorId | None,
    part: tuple[int, int | None],
) -> tuple[Resource, ...]:
    """Resources of these kinds (all where none is named), at one of the sites, of an operator.

    ``part`` is how many are passed over, and how many are given at most.
    """
    words, sites = tuple(kind.value for kind in kinds), tuple(site_ids)
    form = _Form(bool(words), bool(sites), operator_id is not None, connection.dialect.name)
    offset, limit = part
    given = {
        "kinds": words_given(words, connection),
        "sites": words_given(sites, connection),
        "operator": operator_id,
        "offset": offset,
        "limit": MANY if limit is None else limit,
    }
    return tuple(map(resource_from_cells, connection.execute(_found(form), given).mappings()))


def count(
    connection: Connection, kinds: Iterable[ResourceKind], *, operator_id: OperatorId | None
) -> int:
    """How many resources of these kinds there are; of one operator where given."""
    words = tuple(kind.value for kind in kinds)
    form = _Form(
        has_kinds=bool(words),
        has_sites=False,
        has_operator=operator_id is not None,
        dialect=connection.dialect.name,
    )
    given = {"kinds": words_given(words, connection), "operator": operator_id}
    return connection.scalar(_count(form), given) or 0


class _Form(NamedTuple):
    """What the statement of a question depends on; made once, as it takes longer than an answer."""

    has_kinds: bool
    has_sites: bool
    has_operator: bool
    dialect: str


@cache
def _found(form: _Form) -> Select[Any]:
    asked = _narrowed(select(RESOURCE), form).order_by(RESOURCE.c.resource_id)
    if form.has_sites:
        ends = (RESOURCE.c.a_site_id, RESOURCE.c.z_site_id)
        asked = asked.where(or_(*(is_one_of(each, "sites", form.dialect) for each in ends)))
    return asked.limit(bindparam("limit")).offset(bindparam("offset"))


@cache
def _count(form: _Form) -> Select[Any]:
    return _narrowed(select(func.count()).select_from(RESOURCE), form)


def _narrowed(asked: Select[Any], form: _Form) -> Select[Any]:
    if form.has_kinds:
        asked = asked.where(is_one_of(RESOURCE.c.kind, "kinds", form.dialect))
    if form.has_operator:
        asked = asked.where(RESOURCE.c.operator_id == bindparam("operator"))
    return asked


def by_id(
    connection: Connection, resource_ids: Iterable[str], *, to_change: bool = False
) -> dict[ResourceId, Resource]:
    """Those of the resources that exist, sorted; locked where they are about to be changed."""
    asked = (
        select(RESOURCE)
        .where(is_among(RESOURCE.c.resource_id, set(resource_ids), connection))
        .order_by(RESOURCE.c.resource_id)
    )
    rows = connection.execute(kept(asked, connection) if to_change else asked).mappings()
    return {row["resource_id"]: resource_from_cells(row) for row in rows}


def add(connection: Connection, resources: Iterable[Resource]) -> None:
    """Write new resources.

    Raises
    ------
    ConflictError
        With code ``there-already`` if one is there already, or is named twice.
    """
    new = tuple(resources)
    seen = set(by_id(connection, (each.resource_id for each in new)))
    for resource in new:
        if resource.resource_id in seen:
            raise ConflictError(
                f"resource {resource.resource_id} is there already",
                code="there-already",
                where=resource.resource_id,
            )
        seen.add(resource.resource_id)
    if new:
        connection.execute(insert(RESOURCE), [cells_from_resource(each) for each in new])


def replace_versions(connection: Connection, resources: Iterable[Resource]) -> None:
    """Write the next versions of resources.

    Raises
    ------
    ConflictError
        With code ``changed-meanwhile`` if somebody else has changed or removed one of them.
    """
    for resource in sorted(resources, key=lambda each: each.resource_id):
        newer = replace(resource, version=resource.version + 1)
        changed = connection.execute(
            update(RESOURCE).where(
                RESOURCE.c.resource_id == resource.resource_id,
                RESOURCE.c.version == resource.version,
            ),
            cells_from_resource(newer),
        )
        if changed.rowcount != 1:
            raise ConflictError(
                f"resource {resource.resource_id} was changed by somebody else since version "
                f"{resource.version} was read; read it again",
                code="changed-meanwhile",
                where=resource.resource_id,
            )


def remove(connection: Connection, resource_ids: Iterable[ResourceId]) -> None:
    """Remove resources on which nothing rides.

    Raises
    ------
    NotFoundError
        If one of them is not there.
    TakenError
        With code ``still-ridden`` if something rides on one of them.
    """
    wanted = sorted(set(resource_ids))
    there = by_id(connection, wanted, to_change=True)
    missing = [each for each in wanted if each not in there]
    if missing:
        raise NotFoundError(f"There is no resource {missing[0]}.")
    asked = (
        select(CLAIM.c.resource_id, CLAIM.c.claimant_id)
        .where(is_among(CLAIM.c.resource_id, wanted, connection))
        .order_by(CLAIM.c.claim_id)
        .limit(1)
    )
    ridden = connection.execute(asked).one_or_none()
    if ridden is not None:
        raise TakenError(
            f"resource {ridden.resource_id} still carries {ridden.claimant_id}, and nothing was "
            "removed: it was taken meanwhile, or something else was put on it",
            code="still-ridden",
            where=ridden.resource_id,
            alternatives=(
                "ask again: what is there now decides",
                f"see what rides there:  karakoram trace {ridden.resource_id}",
            ),
        )
    connection.execute(delete(RESOURCE).where(is_among(RESOURCE.c.resource_id, wanted, connection)))


def riders(connection: Connection, resource_id: ResourceId) -> tuple[Rider, ...]:
    """Everything that rides on a resource, the nearest first; one statement a layer.

    A recursive statement would not know how far up a thing is that several ways lead to, nor come
    to an end where a damaged store claims in a circle; layer by layer, each thing is told once.
    Nothing rides on a product, so its layer is not asked about.
    """
    asked = _riding_on(connection.dialect.name)
    told: list[Rider] = []
    known: set[str] = set()
    layer: list[str] = [resource_id]
    depth = 0
    while layer:
        depth += 1
        given = {"layer": words_given(layer, connection)}
        try:
            new = {
                rider_id: Rider(rider_id, depth, _KINDS[kind], name, buyer_id)
                for rows in connection.execute(asked, given).partitions()
                for rider_id, kind, name, buyer_id in rows
                if rider_id not in known
            }
        except KeyError as unknown:
            raise unreadable(Resource, f"on {layer[0]}", why=f"kind {unknown}") from unknown
        known.update(new)
        told += new.values()
        layer = [each.rider_id for each in new.values() if each.kind is not None]
    return tuple(told)


@cache
def _riding_on(dialect: str) -> Select[Any]:
    """Who claims units of one layer, sorted, with all that is told of it."""
    # Every product names an offering. That it is asked for makes SQLite look into the index that
    # holds all that is told, instead of finding a row of kilobytes for each product.
    sold = and_(PRODUCT.c.id == CLAIM.c.claimant_id, PRODUCT.c.product_offering_id > "")
    return (
        select(
            CLAIM.c.claimant_id,
            RESOURCE.c.kind,
            func.coalesce(RESOURCE.c.name, PRODUCT.c.product_offering_id, ""),
            PRODUCT.c.buyer_id,
        )
        .outerjoin_from(CLAIM, RESOURCE, RESOURCE.c.resource_id == CLAIM.c.claimant_id)
        .outerjoin(PRODUCT, sold)
        .where(is_one_of(CLAIM.c.resource_id, "layer", dialect))
        .order_by(CLAIM.c.claimant_id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
