"""How does one network become another: a plan, a what-if, tomorrow's plant?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import near_misses
from karakoram.network.network import Network
from karakoram.network.prices import PriceItem
from karakoram.network.records import (
    Cable,
    Equipment,
    FailureClass,
    Handover,
    Operator,
    RiskGroup,
    Site,
    Span,
)
from karakoram.network.submarine import SubmarineSystem

NetworkRecord = (
    Operator
    | Site
    | Cable
    | SubmarineSystem
    | Span
    | RiskGroup
    | FailureClass
    | Handover
    | Equipment
    | PriceItem
)
"""Anything that a network holds by identifier."""

_TABLE_AND_KEY: Mapping[type, tuple[str, str]] = {
    Operator: ("operators", "operator_id"),
    Site: ("sites", "site_id"),
    Cable: ("cables", "cable_id"),
    SubmarineSystem: ("submarine_systems", "cable_id"),
    Span: ("spans", "span_id"),
    RiskGroup: ("risk_groups", "risk_group_id"),
    FailureClass: ("failure_classes", "failure_class_id"),
    Handover: ("handovers", "handover_id"),
    Equipment: ("equipment", "equipment_id"),
    PriceItem: ("prices", "price_id"),
}
TABLES = tuple(table for table, _ in _TABLE_AND_KEY.values())
"""The tables of a network that change sets touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A record taken out of the network."""

    table: str
    record_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """Records put in place (new, or instead of one with the same identifier) and taken out."""

    put: tuple[NetworkRecord, ...] = ()
    removed: tuple[Removal, ...] = ()


def changed(network: Network, change_set: ChangeSet) -> Network:
    """The network after the change set; the one given stays as it is.

    Whether the result is sound is for ``validate`` to say.

    Raises
    ------
    NotFoundError
        If a record to be removed, or its table, does not exist.
    """
    tables: dict[str, Any] = {}
    for removal in change_set.removed:
        table = _table(tables, network, removal.table)
        if removal.record_id not in table:
            raise NotFoundError(
                f"{removal.record_id!r} is not in {removal.table}, so it cannot be removed.",
                near_misses=near_misses(removal.record_id, table),
            )
        del table[removal.record_id]
    for record in change_set.put:
        name, key = _TABLE_AND_KEY[type(record)]
        _table(tables, network, name)[getattr(record, key)] = record
    return replace(network, **tables)


def difference(before: Network, after: Network) -> ChangeSet:
    """The change set that makes ``after`` of ``before``, where only their tables differ."""
    put: list[NetworkRecord] = []
    removed: list[Removal] = []
    for name in TABLES:
        old, new = getattr(before, name), getattr(after, name)
        put.extend(record for key, record in new.items() if old.get(key) != record)
        removed.extend(Removal(table=name, record_id=key) for key in old if key not in new)
    return ChangeSet(put=tuple(put), removed=tuple(removed))


def _table(tables: dict[str, Any], network: Network, name: str) -> dict[str, Any]:
    """The copy of a table that is being changed."""
    if name not in TABLES:
        raise NotFoundError(
            f"{name!r} is no table of a network.", near_misses=near_misses(name, TABLES)
        )
    if name not in tables:
        tables[name] = dict(getattr(network, name))
    table: dict[str, Any] = tables[name]
    return table
