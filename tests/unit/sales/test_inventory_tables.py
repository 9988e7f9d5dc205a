"""An inventory in tables."""

import pytest

from karakoram.core.provenance import Confidence, Provenance
from karakoram.planning.prepare import prepare
from karakoram.sales.inventory.plant_resources import plant_resources
from karakoram.sales.inventory.tables import (
    InventoryClaim,
    InventoryItem,
    claim_from_row,
    resource_from_item,
    text_from_units,
    units_from_text,
)
from karakoram.sales.inventory.validate import validate_inventory
from karakoram.sales.resource_kinds import ResourceKind
from tests.support.planning_networks import fibre, network_of

PREPARED = prepare(network_of(fibre("A", "Z", 100.0, operator="OP")))


def item(resource_id="wave", **changes):
    given = {
        "resource_id": resource_id,
        "kind": ResourceKind.WAVE,
        "model": "100G",
        "name": "A-Z 100G",
        "operator_id": "OP",
        "a_site_id": "A",
        "z_site_id": "Z",
        "unit_count": 100,
        "provenance": Provenance(source="test", confidence=Confidence.ASSUMED),
    }
    return InventoryItem(**{**given, **changes})


def row(claim_id="c", **changes):
    given = {"resource_id": "oms:A-Z:A-Z", "units": "0-3", "claimant_id": "wave"}
    return InventoryClaim(claim_id=claim_id, **{**given, **changes})


def found(*, items=(), claims=()):
    findings = validate_inventory(
        {each.resource_id: each for each in items},
        {each.claim_id: each for each in claims},
        plant={each.resource_id: each for each in plant_resources(PREPARED).resources},
        network=PREPARED.network,
    )
    return [(each.code, each.place.record, each.message) for each in findings]


@pytest.mark.parametrize("units", [1, 0b1011, 0b1110111, 1 << 999, (1 << 300) - 1])
def test_units_are_what_their_text_says(units):
    assert units_from_text(text_from_units(units)) == units


@pytest.mark.parametrize("text", ["", "x", "3-1", "-1", "1000000", "1,2", "0-1000000"])
def test_a_text_that_names_no_units_is_refused(text):
    with pytest.raises(ValueError, match="such as 0-9 12"):
        row(units=text)


def test_rows_become_records():
    resource = resource_from_item(item())
    assert (resource.unit_count, resource.taken, resource.kind) == (100, 0, ResourceKind.WAVE)
    claim = claim_from_row(row(hop=3))
    assert (claim.units, claim.hop, claim.claimant_id) == (0b1111, 3, "wave")


def test_a_sound_inventory_has_no_findings():
    assert found(items=[item()], claims=[row()]) == []


def test_each_fault_is_found_where_it_is():
    items = [
        item("w1", a_site_id="B"),
        item("w2", operator_id="PO"),
        item("fibre:A-Z"),
        item("w3", z_site_id="A"),
    ]
    assert [(code, record) for code, record, _ in found(items=items)] == [
        ("inventory-a-site-id", "w1"),
        ("inventory-operator-id", "w2"),
        ("inventory-resource-id", "fibre:A-Z"),
        ("inventory-z-site-id", "w3"),
    ]


def test_claims_name_resources_and_units_that_are_there_and_free():
    claims = [
        row("c1", claimant_id="wafe"),
        row("c2", resource_id="oms:A-Z"),
        row("c3", units="5000"),
        row("c4", units="3-7"),
        row("c5", resource_id="wave", units="1"),
        row("c6", resource_id="fibre:A-Z", units="1"),
    ]
    assert found(items=[item()], claims=claims) == [
        ("inventory-claim-claimant-id", "c1", "wafe is no resource; did you mean wave?"),
        ("inventory-claim-resource-id", "c2", "oms:A-Z is no resource; did you mean oms:A-Z:A-Z?"),
        ("inventory-claim-units", "c3", "must be below 80, which it offers, got 5000"),
        ("inventory-claim-units", "c4", "unit 3 of oms:A-Z:A-Z is claimed already"),
        ("inventory-claim-claimant-id", "c5", "must be another resource"),
        ("inventory-claim-units", "c6", "unit 1 of fibre:A-Z is claimed already"),
    ]


def test_each_claim_that_closes_a_circle_is_told_with_the_way_round():
    items = [item(each) for each in ("a", "b", "c", "d")]
    claims = [
        row("a-b", resource_id="b", claimant_id="a"),
        row("b-c", resource_id="c", claimant_id="b"),
        row("b-glass", claimant_id="b"),
        row("c-a", resource_id="a", claimant_id="c"),
        row("d-c", resource_id="c", claimant_id="d", units="8"),
        row("d-b", resource_id="b", claimant_id="d", units="8"),
        row("c-d", resource_id="d", claimant_id="c"),
    ]
    told = [each for each in found(items=items, claims=claims) if each[0] == "claims-in-a-circle"]
    assert [record for _, record, _ in told] == ["c-a", "d-c", "d-b"]
    assert "a rides on b rides on c rides on a" in told[0][2]
    open_ended = [each for each in claims if each.claim_id not in {"c-a", "c-d"}]
    assert found(items=items, claims=open_ended) == []
