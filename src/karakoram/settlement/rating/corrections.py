"""What puts right what was rated before, without changing a line of it?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from karakoram.settlement.rating.rated import RatedCharge


def corrections(
    booked: Iterable[RatedCharge], rated: Iterable[RatedCharge]
) -> tuple[RatedCharge, ...]:
    """The lines that make of what is booked what was rated anew: reversals, then new lines.

    A line that is the same stays. One that changed, or is no longer owed, is taken back by a line
    of the negative amount; what takes its place is a new line with a key of its own. Whatever was
    booked together with the answer therefore sums to what was rated; asked again with the answer
    among what is booked, nothing is left to do.

    Parameters
    ----------
    booked
        Every line of the period so far, reversals and what they took back included.
    rated
        The lines of the same period, rated again.
    """
    history = tuple(booked)
    taken_back = {line.reverses for line in history if line.reverses}
    standing = {
        line.place: line for line in history if not line.reverses and line.key not in taken_back
    }
    revisions = Counter(line.place for line in history if not line.reverses)
    anew = tuple(rated)
    wanted = {line.place: line for line in anew}
    assert len(wanted) == len(anew), "each line has a place of its own"
    reversals = [
        _reversal(line)
        for place, line in standing.items()
        if place not in wanted or not _says_the_same(line, wanted[place])
    ]
    reversed_places = {line.place for line in reversals}
    added = [
        replace(line, revision=revisions[place])
        for place, line in wanted.items()
        if place not in standing or place in reversed_places
    ]
    return (*reversals, *added)


def _says_the_same(one: RatedCharge, other: RatedCharge) -> bool:
    return replace(one, revision=0) == replace(other, revision=0)


def _reversal(line: RatedCharge) -> RatedCharge:
    """What takes a line back."""
    return replace(line, amount=-line.amount, reverses=line.key)
