"""Taxes computed by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.refdata.levies import TaxedService, read_levies
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.rating.rate_period import rated_period
from karakoram.settlement.rating.taxes import TaxTreatment, invoice_taxes
from tests.support.rating import charge, interval

TODAY = date(2026, 8, 1)


def lines(*minors, currency="PKR", payer="CT", owner="SCO"):
    """Lines of these amounts, a product each."""
    return [
        replace(line, amount=Money(minor, currency), payer_id=payer, operator_id=owner)
        for number, minor in enumerate(minors)
        for line in rated_period(
            [interval(charge(), "2026-01-01", product_id=f"P{number}")],
            period=period_from_word("2026-07"),
            zone=ZoneInfo("Asia/Karachi"),
        )
    ]


def treated(*words):
    """Treatment of P0, P1 ...: ``PK-PB data``."""
    pairs = [word.split() for word in words]
    return {
        f"P{number}": TaxTreatment(jurisdiction=where, service=TaxedService(service))
        for number, (where, service) in enumerate(pairs)
    }


def taxes(given, *words, on_day=TODAY):
    return invoice_taxes(given, treatments=treated(*words), levies=read_levies(), on_day=on_day)


def told(found):
    return {tax.levy_id: (tax.base.minor, tax.amount.minor) for tax in found}


def parts(tax):
    return [part.amount.minor for part in tax.parts]


def test_a_tax_is_computed_on_the_sum_and_not_line_by_line():
    # 19.5 % of 3 + 3 + 4 = 10 paisa is 1.95, so 2; line by line it would be 1 + 1 + 1
    (tax,) = taxes(lines(3, 3, 4), *["PK-PB data"] * 3)
    assert (tax.base.minor, tax.amount.minor, parts(tax)) == (10, 2, [1, 0, 1])
    assert (tax.percent, tax.owed_by, tax.jurisdiction) == (Decimal("19.5"), "CT", "PK-PB")
    assert tax.confidence is Confidence.STATED
    assert [part.key for part in tax.parts] == [line.key for line in lines(3, 3, 4)]


def test_half_a_minor_unit_is_rounded_to_the_even_one():
    (tax,) = taxes(lines(100), "PK-PB data")  # 19.5
    assert tax.amount.minor == 20
    (tax,) = taxes(lines(300), "PK-PB data")  # 58.5
    assert tax.amount.minor == 58


def test_each_province_taxes_its_own_lines():
    found = taxes(
        lines(1_000, 2_000, 4_000, 8_000), "PK-PB data", "PK-SD data", "PK-IS data", "PK-GB data"
    )
    assert told(found) == {
        "ST-PB": (1_000, 195),
        "ST-SD": (2_000, 390),
        "FED-IS-DATA": (4_000, 0),
        "ST-GB": (8_000, 0),
    }


def test_islamabad_taxes_telephones_at_17_percent():
    assert told(taxes(lines(50_000), "PK-IS telephone"))["FED-IS-TELEPHONE"] == (50_000, 8_500)


def test_internet_bears_the_advance_tax_too():
    # 19.5 + 15 = 34.5 %, on the same base
    assert told(taxes(lines(1_000), "PK-SD internet")) == {
        "ST-SD": (1_000, 195),
        "ADVANCE-236-INTERNET": (1_000, 150),
    }
    before = taxes(lines(1_000), "PK-SD internet", on_day=date(2025, 6, 30))
    assert told(before) == {"ST-SD": (1_000, 195)}


@pytest.mark.parametrize(
    ("minors", "base", "amount", "shares"),
    [
        ([99_999], 0, 0, [0]),
        ([100_000], 0, 0, [0]),
        ([60_000, 90_000], 50_000, 5_000, [2_000, 3_000]),  # 10 % of Rs 500, two to three
        ([60_000, 90_001], 50_001, 5_000, [2_000, 3_000]),
        ([180_000, -30_000], 50_000, 5_000, [6_000, -1_000]),
        ([-60_000], 0, 0, [0]),
        ([60_000, -60_000], 0, 0, [0, 0]),
    ],
)
def test_a_telephone_bill_bears_advance_tax_on_what_exceeds_a_thousand(
    minors, base, amount, shares
):
    found = taxes(lines(*minors), *["PK-PB telephone"] * len(minors))
    (tax,) = (tax for tax in found if tax.levy_id == "ADVANCE-236-TELEPHONE")
    assert (tax.base.minor, tax.amount.minor, parts(tax)) == (base, amount, shares)


def test_what_is_taken_back_takes_its_tax_back():
    (tax,) = taxes(lines(1_000, -1_000), "PK-PB data", "PK-PB data")
    assert (tax.amount.minor, parts(tax)) == (0, [195, -195])
    (tax,) = taxes(lines(-1_000), "PK-PB data")
    assert tax.amount.minor == -195


def test_exports_are_zero_rated_and_said_to_be_assumed():
    (tax,) = taxes(lines(1_000, currency="USD"), "EXPORT data")
    assert (tax.amount, tax.confidence) == (Money(0, "USD"), Confidence.ASSUMED)


def test_payers_and_currencies_are_taxed_apart():
    both = [*lines(3, payer="A"), *lines(3, payer="B"), *lines(3, payer="A", currency="USD")]
    found = taxes(both, "PK-PB data")
    assert [(tax.owed_by, tax.amount) for tax in found] == [
        ("A", Money(1, "PKR")),
        ("B", Money(1, "PKR")),
        ("A", Money(1, "USD")),
    ]


def test_what_is_not_known_of_taxes_is_found_and_nothing_is_guessed():
    with pytest.raises(InvalidDataError) as refused:
        taxes(lines(1, 1, 1), "PK-IS internet", "PK-PB data")
    assert [(f.code, f.place.record) for f in refused.value.findings] == [
        ("tax-not-known", "P0"),
        ("tax-unknown-product", "P2"),
    ]
    assert "internet in PK-IS has no known sales tax on 2026-08-01" in str(refused.value)
    with pytest.raises(InvalidDataError, match="has no known sales tax on 2018-06-30"):
        taxes(lines(1), "PK-PB data", on_day=date(2018, 6, 30))


def test_a_threshold_in_another_currency_is_found():
    with pytest.raises(InvalidDataError, match="the lines are in USD; give them in PKR") as refused:
        taxes(lines(1, currency="USD"), "PK-PB telephone")
    assert refused.value.findings[0].code == "tax-other-currency"


def test_nothing_asked_bears_no_tax():
    assert taxes([]) == ()
