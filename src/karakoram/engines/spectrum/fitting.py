"""From which slot on does a request lie on a path that has room for it?"""

from enum import IntEnum

from karakoram.core.compiled import compiled
from karakoram.engines.spectrum.bitmaps import (
    NO_SLOT,
    Sections,
    Spectrum,
    Stretch,
    exact_fit,
    first_fit,
    last_fit,
)


class SlotFit(IntEnum):
    """Which of the runs that are wide enough a request takes on a path."""

    FIRST = 0
    """The lowest."""
    LAST = 1
    """The highest."""
    EXACT = 2
    """The lowest gap that it fills entirely; without one, the lowest run."""


_LAST, _EXACT = int(SlotFit.LAST), int(SlotFit.EXACT)


@compiled
def fitting_slot(free: Spectrum, section: Sections, wanted: tuple[Stretch, int]) -> int:
    """The first slot that a stretch takes by a ``SlotFit``, or ``NO_SLOT``; also for no width."""
    stretch, slot_fit = wanted
    if stretch.width <= 0:
        return NO_SLOT
    if slot_fit == _LAST:
        return last_fit(free, section, stretch)
    if slot_fit == _EXACT:
        return exact_fit(free, section, stretch)
    return first_fit(free, section, stretch)
