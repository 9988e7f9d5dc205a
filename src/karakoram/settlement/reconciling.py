"""Do two sides say the same of a period, and if not, where do they differ?"""

from collections.abc import Iterable
from dataclasses import dataclass

from karakoram.core.money import Money
from karakoram.settlement.statements import StatementLine


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAmount:
    """What one side says of one line."""

    key: str
    text: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDifference:
    """One line on which the two sides do not agree."""

    key: str
    text: str
    ours: Money | None
    """``None`` where our statement has no such line."""
    theirs: Money | None

    @property
    def what(self) -> str:
        """The kind of difference: ``missing here``, ``missing there`` or ``amount``."""
        if self.ours is None:
            return "missing here"
        return "missing there" if self.theirs is None else "amount"


def stated(lines: Iterable[StatementLine]) -> tuple[StatedAmount, ...]:
    """What our statement says, line by line."""
    return tuple(StatedAmount(key=each.key, text=each.text, amount=each.amount) for each in lines)


def statement_differences(
    ours: Iterable[StatedAmount], theirs: Iterable[StatedAmount]
) -> tuple[StatementDifference, ...]:
    """Every line that the sides do not have alike, by key; empty when they reconcile.

    A key that stands twice on a side counts with the sum of its amounts.
    """
    here, there = _by_key(ours), _by_key(theirs)
    differences = (
        StatementDifference(
            key=key,
            text=(here.get(key) or there[key])[0],
            ours=here[key][1] if key in here else None,
            theirs=there[key][1] if key in there else None,
        )
        for key in sorted(here.keys() | there.keys())
    )
    return tuple(each for each in differences if each.ours != each.theirs)


def _by_key(lines: Iterable[StatedAmount]) -> dict[str, tuple[str, Money]]:
    found: dict[str, tuple[str, Money]] = {}
    for line in lines:
        text, amount = found.get(line.key, (line.text, Money(0, line.amount.currency)))
        found[line.key] = (text, amount + line.amount)
    return found
