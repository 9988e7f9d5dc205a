"""Which rules that need more than one record does a network break?"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from karakoram.core.currencies import MINOR_DIGITS, WHAT_IS_RIGHT
from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import OperatorId
from karakoram.core.references import Reference, unknown_references
from karakoram.network.network import Network
from karakoram.network.records import EquipmentKind, Status
from karakoram.network.validate_optics import optics_findings
from karakoram.network.validate_plant import plant_findings
from karakoram.network.validate_prices import price_findings

_Duty = tuple[OperatorId, OperatorId]
"""Who hands over to whom."""


def validate(network: Network) -> tuple[Finding, ...]:
    """Every breach of the network's rules; empty when the network is sound."""
    return (
        *unknown_references(_references(network)),
        *_currency_findings(network),
        *_handover_cycles(network),
        *plant_findings(network),
        *optics_findings(network),
        *price_findings(network),
    )


def _references(network: Network) -> Iterator[Reference]:
    yield from _span_references(network)
    yield from _cable_references(network)
    yield from _site_references(network)
    yield from _equipment_references(network)
    yield from _rule_references(network)
    yield from _operator_references(network)


def _span_references(network: Network) -> Iterator[Reference]:
    for span in network.spans.values():
        sid = span.span_id
        yield "spans", sid, "a_site_id", span.a_site_id, network.sites, "sites"
        yield "spans", sid, "z_site_id", span.z_site_id, network.sites, "sites"
        yield "spans", sid, "cable_id", span.cable_id, network.cables, "cables"
        yield "spans", sid, "operator_id", span.operator_id, network.operators, "operators"
        yield "spans", sid, "owner_id", span.owner_id, network.operators, "operators"
        yield (
            *("spans", sid, "failure_class_id", span.failure_class_id),
            *(network.failure_classes, "failure_classes"),
        )
        for group_id in span.risk_group_ids:
            yield "spans", sid, "risk_group_ids", group_id, network.risk_groups, "risk_groups"


def _cable_references(network: Network) -> Iterator[Reference]:
    fibre_types, amplifiers = network.library.fibre_types, network.library.amplifier_types
    for cable in network.cables.values():
        cid = cable.cable_id
        yield "cables", cid, "owner_id", cable.owner_id, network.operators, "operators"
        yield "cables", cid, "fibre_type_id", cable.fibre_type_id, fibre_types, "fibre_types"
    for system in network.submarine_systems.values():
        cid, party = system.cable_id, system.landing_party_id
        yield "submarine_systems", cid, "cable_id", cid, network.cables, "cables"
        yield (
            *("submarine_systems", cid, "landing_party_id", party),
            *(network.operators, "operators"),
        )
        yield (
            *("submarine_systems", cid, "repeater_type_id", system.repeater_type_id),
            *(amplifiers, "amplifier_types"),
        )


def _site_references(network: Network) -> Iterator[Reference]:
    for site in network.sites.values():
        for operator_id in site.operator_ids:
            yield (
                *("sites", site.site_id, "operator_ids", operator_id),
                *(network.operators, "operators"),
            )


def _equipment_references(network: Network) -> Iterator[Reference]:
    for item in network.equipment.values():
        eid = item.equipment_id
        yield "equipment", eid, "site_id", item.site_id, network.sites, "sites"
        if item.kind is EquipmentKind.ROADM:
            yield (
                "equipment",
                eid,
                "type_id",
                item.type_id,
                network.library.roadm_types,
                "roadm_types",
            )
        else:
            yield (
                *("equipment", eid, "type_id", item.type_id),
                *(network.library.amplifier_types, "amplifier_types"),
            )


def _rule_references(network: Network) -> Iterator[Reference]:
    rules, library = network.rules, network.library
    for field in ("booster_type_id", "line_amplifier_type_id", "preamplifier_type_id"):
        value = getattr(rules, field)
        yield "karakoram", "equipment", field, value, library.amplifier_types, "amplifier_types"
    yield (
        *("karakoram", "equipment", "roadm_type_id", rules.roadm_type_id),
        *(library.roadm_types, "roadm_types"),
    )


def _operator_references(network: Network) -> Iterator[Reference]:
    operators = network.operators
    for handover in network.handovers.values():
        hid = handover.handover_id
        yield "handovers", hid, "site_id", handover.site_id, network.sites, "sites"
        yield (
            "handovers",
            hid,
            "from_operator_id",
            handover.from_operator_id,
            operators,
            "operators",
        )
        yield "handovers", hid, "to_operator_id", handover.to_operator_id, operators, "operators"
    for price in network.prices.values():
        yield "prices", price.price_id, "operator_id", price.operator_id, operators, "operators"


def _currency_findings(network: Network) -> Iterator[Finding]:
    if network.currency not in MINOR_DIGITS:
        yield Finding(
            code="unknown-currency",
            place=Place(table="karakoram", record="network", field="currency"),
            message=f"currency {network.currency!r} is not known; use {WHAT_IS_RIGHT}",
        )
        return  # which currency the prices should be in, nobody can say
    for price in network.prices.values():
        if price.currency != network.currency:
            yield Finding(
                code="price-currency",
                place=Place(table="prices", record=price.price_id, field="currency"),
                message=f"{price.currency!r} is not the network's currency; "
                f"convert the price to {network.currency}",
            )


def _handover_cycles(network: Network) -> Iterator[Finding]:
    """Duties run from the border to the sea; operators in a cycle would owe each other for ever."""
    rows_by_duty: dict[_Duty, list[str]] = defaultdict(list)
    for handover in network.handovers.values():
        if handover.status is not Status.RETIRED:
            duty = (handover.from_operator_id, handover.to_operator_id)
            rows_by_duty[duty].append(handover.handover_id)
    reached = {operator: _reached_from(operator, rows_by_duty) for operator in network.operators}
    for duty in sorted(rows_by_duty):
        cycle = [other for other in sorted(rows_by_duty) if _on_one_cycle(duty, other, reached)]
        for handover_id in rows_by_duty[duty] if duty in cycle else ():
            others = ", ".join(
                row for other in cycle if other != duty for row in rows_by_duty[other]
            )
            yield Finding(
                code="handover-cycle",
                place=Place(table="handovers", record=handover_id, field="to_operator_id"),
                message=f"hand-over from {duty[0]} to {duty[1]} closes a cycle with {others}; "
                "hand-overs must run one way, from the border to the sea",
                severity=Severity.ERROR,
            )


def _on_one_cycle(
    duty: _Duty, other: _Duty, reached: Mapping[OperatorId, Collection[OperatorId]]
) -> bool:
    """Whether some way round leads over both duties and home again."""
    return other[0] in reached.get(duty[1], ()) and duty[0] in reached.get(other[1], ())


def _reached_from(start: OperatorId, duties: Collection[_Duty]) -> set[OperatorId]:
    """The operators that duties lead to from ``start``, itself among them."""
    reached = {start}
    while True:
        ahead = {taker for giver, taker in duties if giver in reached} - reached
        if not ahead:
            return reached
        reached |= ahead
