"""How does an amount stand in JSON?"""

from typing import Any

from karakoram.core.money import Money, decimal_from_money


def json_from_money(amount: Money) -> dict[str, Any]:
    """An amount in major units, as TM Forum writes money; the value is a text, so that it is exact.

    Examples
    --------
    >>> json_from_money(Money(-123450, "USD"))
    {'unit': 'USD', 'value': '-1234.50'}
    """
    return {"unit": amount.currency, "value": f"{decimal_from_money(amount):f}"}
