from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from karakoram.network.prices import PriceItem
from tests.support.planning_networks import fibre, network_of, sea, system

NETWORK = network_of(
    sea("A", "Z", 100.0, cable="WET", groups=("STORM",)),
    fibre("A", "Z", 90.0, operator="TWO"),
    meetings=[("A", "OP", "TWO")],
    groups={"STORM": (1.0, 2.0)},
    systems={"WET": system("WET")},
)
SPAN = NETWORK.spans["A-Z"]
SITE = NETWORK.sites["A"]
PRICE: PriceItem = next(iter(NETWORK.prices.values()))


@pytest.mark.parametrize(
    ("record", "change", "words"),
    [
        (SPAN, {"length_km": 0.0}, "Span.length_km must be at least 0.001"),
        (SPAN, {"length_km": -1.0}, "Span.length_km must be at least 0.001"),
        (SPAN, {"length_km": float("nan")}, "Span.length_km must be a finite number"),
        (SPAN, {"length_km": 40_001.0}, "must be at most 40000"),
        (SPAN, {"attenuation_db_per_km": 0.0}, "Span.attenuation_db_per_km"),
        (SPAN, {"road_km": -0.1}, "Span.road_km must be at least 0"),
        (SPAN, {"z_site_id": "A"}, "Span.z_site_id must differ from a_site_id, got 'A'"),
        (SITE, {"latitude_deg": 90.1}, "Site.latitude_deg must be at most 90"),
        (SITE, {"longitude_deg": -180.1}, "Site.longitude_deg must be at least -180"),
        (SITE, {"coordinate_accuracy_km": -1.0}, "Site.coordinate_accuracy_km"),
        (NETWORK.cables["WET"], {"published_length_km": 0.0}, "Cable.published_length_km"),
        (NETWORK.risk_groups["STORM"], {"mttr_h": -1.0}, "RiskGroup.mttr_h"),
        (
            NETWORK.failure_classes["buried"],
            {"failures_per_1000_km_year": -1.0},
            "FailureClass.failures_per_1000_km_year",
        ),
        (
            NETWORK.handovers["A OP-TWO"],
            {"to_operator_id": "OP"},
            "Handover.to_operator_id must differ from from_operator_id, got 'OP' twice",
        ),
        (NETWORK.submarine_systems["WET"], {"repeater_spacing_km": 0.0}, "repeater_spacing_km"),
        (PRICE, {"amount": Decimal(-1)}, "PriceItem.amount must be a number from 0 to .*, got -1"),
        (PRICE, {"amount": Decimal("NaN")}, "PriceItem.amount must be a number"),
        (PRICE, {"bit_rate_gbps": 0.0}, "PriceItem.bit_rate_gbps"),
        (
            PRICE,
            {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            "valid_to",
        ),
    ],
    ids=lambda value: "" if not isinstance(value, dict) else ",".join(value),
)
def test_a_record_refuses_what_cannot_be_and_names_field_and_value(record, change, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        replace(record, **change)


def test_every_breach_is_named_at_once():
    with pytest.raises(ValueError, match=r"Span\.length_km.*Span\.road_km"):
        replace(SPAN, length_km=-1.0, road_km=-1.0)


def test_a_price_holds_from_its_first_day_until_before_its_last():
    price = replace(PRICE, valid_from=date(2026, 1, 1), valid_to=date(2026, 2, 1))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1))
    assert [price.validity.holds_on(day) for day in days] == [False, True, True, False]


def test_a_price_may_be_nothing_and_finer_than_a_cent():
    assert replace(PRICE, amount=Decimal(0)).amount == 0
    assert replace(PRICE, amount=Decimal("0.0001")).amount == Decimal("0.0001")
