import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.sales.catalogue.words import PriceType
from karakoram.settlement.rating.charged import (
    ChargedInterval,
    PriceChange,
    Suspension,
    charged_intervals,
    lines_of,
)
from tests.support.rating import charge, interval, local, minutes, product

PORT = charge()
ONCE = charge(50_000, PriceType.ONE_TIME, name="set-up")


def stretches(intervals, name="port"):
    return [(one.starts_at, one.ends_at) for one in intervals if one.charge.name == name]


def test_a_product_is_charged_from_its_activation_to_its_end():
    sold = product(PORT, active_from=local("2026-07-10"), active_until=local("2026-09-01"))
    assert stretches(charged_intervals([sold])) == [(local("2026-07-10"), local("2026-09-01"))]


def test_a_product_that_never_became_active_is_not_charged():
    assert charged_intervals([product(PORT)]) == ()


def test_nothing_is_asked_during_a_suspension_but_what_is_asked_once():
    sold = product(PORT, ONCE, active_from=local("2026-07-01"))
    pauses = [
        Suspension(product_id="P", starts_at=local("2026-07-20"), ends_at=local("2026-07-25")),
        Suspension(product_id="P", starts_at=local("2026-07-10"), ends_at=local("2026-07-15")),
        Suspension(product_id="P", starts_at=local("2026-07-12"), ends_at=local("2026-07-14")),
        Suspension(product_id="P", starts_at=local("2026-08-01")),
    ]
    found = charged_intervals([sold], suspensions=pauses)
    assert stretches(found) == [
        (local("2026-07-01"), local("2026-07-10")),
        (local("2026-07-15"), local("2026-07-20")),
        (local("2026-07-25"), local("2026-08-01")),
    ]
    assert stretches(found, "set-up") == [(local("2026-07-01"), None)]


def test_a_change_of_price_ends_one_interval_and_begins_the_next():
    sold = product(PORT, active_from=local("2026-07-01"), active_until=local("2026-10-01"))
    dearer, dearest = charge(400_000), charge(500_000)
    changes = [
        PriceChange(product_id="P", starts_at=local("2026-09-01"), charges=(dearest,)),
        PriceChange(product_id="P", starts_at=local("2026-08-01"), charges=(dearer,)),
        PriceChange(product_id="P", starts_at=local("2026-11-01"), charges=(PORT,)),
    ]
    found = charged_intervals([sold], changes=changes)
    assert [(one.charge.amount.minor, one.starts_at, one.ends_at) for one in found] == [
        (300_000, local("2026-07-01"), local("2026-08-01")),
        (400_000, local("2026-08-01"), local("2026-09-01")),
        (500_000, local("2026-09-01"), local("2026-10-01")),
    ]
    assert len({one.line for one in found}) == 1


def test_a_change_from_before_the_activation_holds_from_it():
    sold = product(PORT, ONCE, active_from=local("2026-07-01"))
    change = PriceChange(product_id="P", starts_at=local("2026-06-01"), charges=(charge(1),))
    (only,) = charged_intervals([sold], changes=[change])
    assert (only.charge.amount.minor, only.starts_at) == (1, local("2026-07-01"))


def test_charges_alike_are_counted_and_tiers_are_one_line():
    lines = list(lines_of([PORT, PORT, charge(operator_id="ONE"), *map(minutes, ("1.5", "1"))]))
    assert lines == [
        "recurring/SCO/port",
        "recurring/SCO/port#2",
        "recurring/ONE/port",
        "usage/SCO/minutes",
        "usage/SCO/minutes",
    ]


def test_what_is_said_of_an_unknown_product_is_found_each_time():
    unknown = [Suspension(product_id="X", starts_at=local("2026-07-01"))]
    changes = [PriceChange(product_id="Y", starts_at=local("2026-07-01"), charges=())]
    with pytest.raises(InvalidDataError) as refused:
        charged_intervals([product(PORT)], suspensions=unknown, changes=changes)
    assert [finding.place.record for finding in refused.value.findings] == ["X", "Y"]
    assert {finding.code for finding in refused.value.findings} == {"unknown-product"}


def test_an_interval_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="must not be before"):
        interval(PORT, "2026-07-02", "2026-07-01")
    assert isinstance(interval(PORT, "2026-07-02", "2026-07-02"), ChargedInterval)
