from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from karakoram.core.findings import Severity
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import EquipmentKind, SiteKind, Status
from karakoram.network.submarine import DesignBasis
from karakoram.network.validate import validate
from tests.support.planning_networks import fibre, network_of, sea, system


def sound():
    """Two operators on land, one sea cable, one of everything."""
    return network_of(
        fibre("A", "B", 100.0, groups=("STORM",)),
        fibre("B", "C", 100.0, operator="TWO"),
        sea("C", "Z", 500.0, operator="SEA", cable="WET"),
        amplifiers=("A",),
        meetings=[("B", "OP", "TWO"), ("C", "TWO", "SEA")],
        groups={"STORM": (1.0, 1.0)},
        systems={"WET": system("WET")},
        prices=[
            (operator, unit, ChargePeriod.MONTH, 800.0, "1")
            for unit in (PriceUnit.KM, PriceUnit.END, PriceUnit.REGENERATOR)
            for operator in ("OP", "TWO", "SEA")
        ],
    )


def with_record(network, table, key, **changes):
    records = getattr(network, table)
    return replace(network, **{table: {**records, key: replace(records[key], **changes)}})


def but_for_prices(network):
    """The findings, without those about transceivers that a test has no need to price."""
    return tuple(finding for finding in validate(network) if finding.code != "price-missing")


def found(network):
    return [(f.code, f.place.table, f.place.record, f.place.field) for f in validate(network)]


def test_a_sound_network_has_no_findings():
    assert validate(sound()) == ()


@pytest.mark.parametrize(
    ("table", "key", "field", "value", "code"),
    [
        ("spans", "A-B", "a_site_id", "NOWHERE", "unknown-site"),
        ("spans", "A-B", "z_site_id", "NOWHERE", "unknown-site"),
        ("spans", "A-B", "operator_id", "NOBODY", "unknown-operator"),
        ("spans", "A-B", "owner_id", "NOBODY", "unknown-operator"),
        ("spans", "A-B", "failure_class_id", "rare", "unknown-failure-class"),
        ("spans", "A-B", "risk_group_ids", ("QUAKE",), "unknown-risk-group"),
        ("cables", "A-B cable", "owner_id", "NOBODY", "unknown-operator"),
        ("cables", "A-B cable", "fibre_type_id", "HOLLOW", "unknown-fibre-type"),
        ("submarine_systems", "WET", "landing_party_id", "NOBODY", "unknown-operator"),
        ("submarine_systems", "WET", "repeater_type_id", "HOLLOW", "unknown-amplifier-type"),
        ("sites", "A", "operator_ids", ("OP", "NOBODY"), "unknown-operator"),
        ("equipment", "roadm A", "site_id", "NOWHERE", "unknown-site"),
        ("equipment", "roadm A", "type_id", "EDFA", "unknown-roadm-type"),
        ("equipment", "line_amplifier A", "type_id", "ROADM", "unknown-amplifier-type"),
        ("handovers", "B OP-TWO", "site_id", "NOWHERE", "unknown-site"),
        ("handovers", "B OP-TWO", "from_operator_id", "NOBODY", "unknown-operator"),
        ("handovers", "B OP-TWO", "to_operator_id", "NOBODY", "unknown-operator"),
        ("prices", "P0", "operator_id", "NOBODY", "unknown-operator"),
    ],
)
def test_a_name_that_is_not_in_its_table_is_an_error_at_its_field(table, key, field, value, code):
    network = with_record(sound(), table, key, **{field: value})
    assert (code, table, key, field) in found(network)
    (finding,) = (f for f in validate(network) if f.code == code and f.place.record == key)
    assert finding.severity is Severity.ERROR
    wrong = value if isinstance(value, str) else value[-1]
    assert repr(wrong) in finding.message


def test_a_span_of_an_unknown_cable_is_one_finding_and_breaks_nothing_else():
    network = with_record(sound(), "spans", "C-Z", cable_id="WETT")
    (finding,) = validate(network)
    assert finding.code == "unknown-cable"
    assert "did you mean WET?" in finding.message


def test_a_submarine_system_of_no_cable_is_found():
    network = sound()
    systems = {**network.submarine_systems, "DRY": system("DRY")}
    assert found(replace(network, submarine_systems=systems)) == [
        ("unknown-cable", "submarine_systems", "DRY", "cable_id")
    ]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("booster_type_id", "unknown-amplifier-type"),
        ("line_amplifier_type_id", "unknown-amplifier-type"),
        ("preamplifier_type_id", "unknown-amplifier-type"),
        ("roadm_type_id", "unknown-roadm-type"),
    ],
)
def test_a_rule_that_names_no_equipment_type_is_found(field, code):
    network = sound()
    broken = replace(network, rules=replace(network.rules, **{field: "NOTHING"}))
    assert found(broken) == [(code, "karakoram", "equipment", field)]


def test_an_unknown_currency_is_found_once_for_the_network():
    network = sound()
    crowns = replace(
        network,
        currency="XXX",
        prices={key: replace(item, currency="XXX") for key, item in network.prices.items()},
    )
    (finding,) = validate(crowns)
    assert finding.code == "unknown-currency"
    assert "USD" in finding.message


def test_an_unknown_currency_of_the_network_says_nothing_about_its_prices():
    found = validate(replace(sound(), currency="XXX"))
    assert [finding.code for finding in found] == ["unknown-currency"]


def test_a_price_in_another_currency_is_found():
    network = with_record(sound(), "prices", "P1", currency="PKR")
    (finding,) = validate(network)
    assert (finding.code, finding.place.record) == ("price-currency", "P1")
    assert "convert the price to USD" in finding.message


def meeting_network(*meetings):
    """Every operator has a span between the same two sites."""
    names = sorted({name for _, *pair in meetings for name in pair})
    network = network_of(
        *(fibre("A", "Z", 10.0, name=name, operator=name) for name in names), meetings=meetings
    )
    return [f for f in validate(network) if f.code == "handover-cycle"]


def test_handovers_in_a_cycle_are_each_named_with_the_others():
    findings = meeting_network(("A", "P", "Q"), ("Z", "Q", "R"), ("A", "R", "P"))
    assert [f.place.record for f in findings] == ["A P-Q", "Z Q-R", "A R-P"]
    assert all(f.severity is Severity.ERROR for f in findings)
    assert "closes a cycle with Z Q-R, A R-P" in findings[0].message


def test_handovers_both_ways_between_two_operators_are_a_cycle():
    assert len(meeting_network(("A", "P", "Q"), ("Z", "Q", "P"))) == 2


def test_handovers_that_meet_again_further_on_are_no_cycle():
    assert not meeting_network(("A", "P", "Q"), ("A", "P", "R"), ("Z", "Q", "S"), ("Z", "R", "S"))


def test_a_handover_between_two_cycles_is_on_neither():
    findings = meeting_network(
        ("A", "P", "Q"), ("Z", "Q", "P"), ("A", "Q", "R"), ("A", "R", "S"), ("Z", "S", "R")
    )
    assert sorted(f.place.record for f in findings) == ["A P-Q", "A R-S", "Z Q-P", "Z S-R"]
    first = next(f for f in findings if f.place.record == "A P-Q")
    assert "closes a cycle with Z Q-P;" in first.message


def test_a_retired_handover_closes_no_cycle():
    network = network_of(
        fibre("A", "Z", 10.0),
        fibre("A", "Z", 10.0, name="two", operator="TWO"),
        meetings=[("A", "OP", "TWO"), ("Z", "TWO", "OP", Status.RETIRED)],
    )
    assert but_for_prices(network) == ()


def test_glass_shorter_than_the_great_circle_is_a_warning_with_both_figures():
    network = with_record(sound(), "sites", "B", latitude_deg=31.0)
    by_code = {f.place.record: f for f in validate(network)}
    # One degree of latitude is 111.2 km, more than 100 km of glass and 1 km of rounding.
    assert set(by_code) == {"A-B", "B-C"}
    finding = by_code["A-B"]
    assert finding.code == "span-shorter-than-great-circle"
    assert finding.severity is Severity.WARNING
    assert "100 km of glass" in finding.message
    assert "111.2 km" in finding.message


def test_inaccurate_coordinates_excuse_short_glass():
    network = with_record(sound(), "sites", "B", latitude_deg=31.0, coordinate_accuracy_km=10.3)
    assert validate(network) == ()


def test_a_site_without_span_is_a_warning():
    network = network_of(fibre("A", "Z", 10.0), more_sites=("ALONE",))
    (finding,) = but_for_prices(network)
    assert (finding.code, finding.place.record) == ("site-without-span", "ALONE")
    assert finding.severity is Severity.WARNING


def test_operators_that_meet_on_land_without_handover_are_a_warning():
    network = replace(sound(), handovers={})
    findings = validate(network)
    assert [(f.code, f.place.record) for f in findings] == [
        ("handover-missing", "B"),
        ("handover-missing", "C"),
    ]
    assert all(f.severity is Severity.WARNING for f in findings)


def test_at_a_landing_station_many_meet_who_do_not_hand_over():
    network = with_record(
        with_record(replace(sound(), handovers={}), "sites", "B", kind=SiteKind.LANDING_STATION),
        *("sites", "C"),
        kind=SiteKind.LANDING_STATION,
    )
    assert validate(network) == ()


def test_only_fibre_in_service_must_say_who_hands_over():
    network = with_record(replace(sound(), handovers={}), "spans", "B-C", status=Status.OPTION)
    assert validate(network) == ()


def test_a_handover_where_one_operator_has_no_fibre_is_an_error():
    network = with_record(sound(), "handovers", "B OP-TWO", site_id="A")
    codes = found(network)
    assert ("handover-without-span", "handovers", "B OP-TWO", "to_operator_id") in codes
    assert ("handover-without-span", "handovers", "B OP-TWO", "from_operator_id") not in codes


def test_a_submarine_span_without_system_is_an_error():
    network = replace(sound(), submarine_systems={})
    assert found(network) == [("submarine-without-design", "spans", "C-Z", "cable_id")]


@pytest.mark.parametrize("missing", ["design_capacity_tbps", "fibre_pairs"])
def test_a_published_design_needs_capacity_and_pairs(missing):
    figures = {"design_capacity_tbps": 96.0, "fibre_pairs": 6, missing: None}
    network = with_record(
        sound(), "submarine_systems", "WET", design_basis=DesignBasis.PUBLISHED, **figures
    )
    assert [code for code, *_ in found(network)] == ["published-design-incomplete"]


def test_two_prices_of_one_thing_on_one_day_are_an_error_at_the_later_row():
    rows = [("OP", PriceUnit.KM, ChargePeriod.MONTH, 100.0, amount) for amount in ("1", "2")]
    network = network_of(fibre("A", "Z", 10.0), prices=rows)
    (finding,) = but_for_prices(network)
    assert (finding.code, finding.place.record) == ("price-overlap", "P1")
    assert "P0" in finding.message


@pytest.mark.parametrize(
    "change",
    [
        {"unit": PriceUnit.LEG},
        {"period": ChargePeriod.ONCE},
        {"bit_rate_gbps": 400.0},
        {"valid_from": date(2026, 7, 1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_prices_of_other_things_or_other_days_do_not_contradict(change):
    rows = [("OP", PriceUnit.KM, ChargePeriod.MONTH, 100.0, amount) for amount in ("1", "2")]
    network = network_of(fibre("A", "Z", 10.0), prices=rows)
    ended = with_record(network, "prices", "P0", valid_to=date(2026, 7, 1))
    assert but_for_prices(with_record(ended, "prices", "P1", **change)) == ()


def test_every_breach_is_found_at_once():
    network = sound()
    network = with_record(network, "spans", "A-B", z_site_id="NOWHERE", owner_id="NOBODY")
    network = with_record(network, "equipment", "roadm Z", type_id="NONE")
    network = with_record(network, "prices", "P0", currency="PKR")
    network = replace(network, submarine_systems={})
    assert {code for code, *_ in found(network)} == {
        "unknown-site",
        "unknown-operator",
        "unknown-roadm-type",
        "price-currency",
        "submarine-without-design",
        "handover-without-span",
    }
    assert network.equipment["roadm Z"].kind is EquipmentKind.ROADM


def test_repeaters_of_a_cable_on_land_are_told_to_be_ignored():
    network = network_of(fibre("A", "Z", 50.0, cable="LAND"), systems={"LAND": system("LAND")})
    (finding,) = (found for found in validate(network) if found.code == "system-not-submarine")
    assert finding.severity is Severity.WARNING
    assert "is buried" in finding.message


def without_prices(network, operator, unit, **changes):
    """The network whose prices of one kind are taken out, or changed."""
    kept = {}
    for key, price in network.prices.items():
        if (price.operator_id, price.unit) != (operator, unit):
            kept[key] = price
        elif changes:
            kept[key] = replace(price, **changes)
    return replace(network, prices=kept)


@pytest.mark.parametrize("unit", [PriceUnit.END, PriceUnit.REGENERATOR])
@pytest.mark.parametrize(
    "changes",
    [{}, {"bit_rate_gbps": 400.0}, {"valid_to": date(2020, 1, 1)}],
    ids=["none", "slower", "ended"],
)
def test_a_transceiver_that_nobody_priced_is_told_before_it_is_free(unit, changes):
    network = without_prices(sound(), "TWO", unit, **changes)
    if "valid_to" in changes:
        network = without_prices(
            network, "TWO", PriceUnit.KM, valid_from=date(2020, 1, 1), amount=Decimal(1)
        )
    (finding,) = validate(network)
    assert (finding.code, finding.place.record) == ("price-missing", "P1")
    assert finding.severity is Severity.WARNING
    assert f"fibre of TWO is sold at 800 Gb/s, but its {unit.value}s have no price" in (
        finding.message
    )
    assert "a price of 0 must be written as 0" in finding.message


def test_a_transceiver_priced_at_nothing_is_priced():
    assert validate(without_prices(sound(), "TWO", PriceUnit.END, amount=Decimal(0))) == ()


def test_who_runs_leased_fibre_needs_prices_for_its_transceivers_and_its_lessor_none():
    network = network_of(
        fibre("A", "B", 10.0, owner="LESSOR"),
        prices=[("LESSOR", PriceUnit.KM, ChargePeriod.MONTH, 800.0, "1")],
    )
    told = [finding.message for finding in validate(network)]
    assert [message.split(" is sold")[0] for message in told] == ["fibre of OP"] * 2
