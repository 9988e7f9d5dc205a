import re

from karakoram.core.currencies import MINOR_DIGITS


def test_minor_units_are_those_of_iso_4217():
    told = {"USD": 2, "PKR": 2, "CNY": 2, "CHF": 2, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3}
    assert {currency: MINOR_DIGITS[currency] for currency in told} == told
    assert set(MINOR_DIGITS.values()) == {0, 2, 3}


def test_only_what_somebody_can_be_billed_in_is_a_currency():
    assert all(re.fullmatch("[A-Z]{3}", currency) for currency in MINOR_DIGITS)
    assert not {"XXX", "XTS", "XAU", "XDR", "BTC"} & MINOR_DIGITS.keys()
