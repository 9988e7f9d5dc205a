"""How long did a product work in a month, and whose time is missing?

Computed from the union of the times without service, less those that do not count. Adding up the
durations of tickets counts overlaps twice and gives negative availability on real logs.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from karakoram.core.identifiers import OperatorId
from karakoram.core.moments import Interval, union, without
from karakoram.operations.outages import Outage

_HOUR_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTime:
    """What became of a product's time in a window."""

    window_s: int
    """Seconds in which it should have worked."""
    down_s: int
    """Seconds in which it did not, and that count."""
    longest_h: float
    """The longest single time without service, in hours, also what lies outside of the window."""
    down_s_by_operator: tuple[tuple[OperatorId, int], ...]
    """Seconds by who was at fault, by operator; overlaps of two count for both."""

    @property
    def availability_percent(self) -> float:
        """Share of the window in which it worked, 0 to 100 %."""
        return 100.0 * (1.0 - self.down_s / self.window_s) if self.window_s else 100.0


def service_time(outages: Iterable[Outage], *, window: Interval) -> ServiceTime:
    """The time of one product in a window.

    Parameters
    ----------
    outages
        Of the product, in any order, overlapping or not.
    window
        When it should have worked, e.g. a month less the days before it was active.
    """
    every = tuple(outages)
    excused = [each.interval for each in every if each.is_excused]
    counted = [each for each in every if not each.is_excused]
    owners = sorted({each.at_fault_id for each in counted})
    by_operator = (
        (owner, _down_s((o for o in counted if o.at_fault_id == owner), excused, window=window))
        for owner in owners
    )
    times = without((each.interval for each in counted), excused)
    touching = [each.seconds for each in times if each.within(window) is not None]
    return ServiceTime(
        window_s=window.seconds,
        down_s=_down_s(counted, excused, window=window),
        longest_h=max(touching, default=0) / _HOUR_S,
        down_s_by_operator=tuple((owner, down_s) for owner, down_s in by_operator if down_s),
    )


def _down_s(outages: Iterable[Outage], excused: Iterable[Interval], *, window: Interval) -> int:
    """Seconds of the window that lie in some outage and are not excused."""
    down = without((each.interval for each in outages), excused)
    parts = (each.within(window) for each in union(down))
    return sum(part.seconds for part in parts if part is not None)
