"""Which rules do papers of settlement have in common: days, lines and one currency?

Each is a rule as :func:`karakoram.core.fields.check_rules` takes it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from karakoram.core.money import Money


def ends_after(from_day: date, to_day: date) -> tuple[bool, str]:
    """That the first day after lies after the first day."""
    return to_day > from_day, f"to_day must be after from_day {from_day}, got {to_day}"


def each_once(names: Sequence[str], *, of: str) -> tuple[bool, str]:
    """That no two of the keys of a field are the same."""
    if len(set(names)) == len(names):
        return True, ""
    twice = next(name for name, count in Counter(names).items() if count > 1)
    return False, f"{of} must have keys of their own, got {twice!r} twice"


def one_currency(currency: str, amounts: Iterable[Money], *, of: str) -> tuple[bool, str]:
    """That every amount of a field is in the currency."""
    others = {amount.currency for amount in amounts} - {currency}
    return not others, f"{of} must be in {currency}, got {', '.join(sorted(others))}"
