import pytest

from karakoram.adapters.formats.json_money import json_from_money
from karakoram.core.money import Money


@pytest.mark.parametrize(
    ("minor", "currency", "value"),
    [
        (123_450, "USD", "1234.50"),
        (-5, "PKR", "-0.05"),
        (7, "JPY", "7"),
        (10**30 + 1, "CNY", "10000000000000000000000000000.01"),
    ],
)
def test_an_amount_is_written_with_every_digit(minor, currency, value):
    assert json_from_money(Money(minor, currency)) == {"unit": currency, "value": value}
