"""Which slots of the flexible DWDM grid (ITU-T G.694.1) exist, and which overlap?

Slots are compared as integers, never as floating-point frequencies.
"""

from dataclasses import dataclass

ANCHOR_GHZ = 193_100.0
"""Frequency from which central frequencies are counted (ITU-T G.694.1, clause 7)."""

CENTRE_STEP_GHZ = 6.25
"""Granularity of nominal central frequencies, the same clause."""

WIDTH_STEP_GHZ = 12.5
"""Granularity of slot widths, the same clause."""


@dataclass(frozen=True, slots=True, order=True)
class FrequencySlot:
    """A frequency slot: nominal central frequency index ``n`` and width multiple ``m``.

    Source: ITU-T G.694.1 (10/2020), clause 7.
    """

    n: int
    """Central frequency is 193.1 THz + n x 6.25 GHz; n may be negative."""
    m: int
    """Slot width is m x 12.5 GHz; m >= 1."""

    def __post_init__(self) -> None:
        if self.m < 1:
            raise ValueError(f"slot width multiple m must be >= 1, got {self.m}")

    @property
    def centre_ghz(self) -> float:
        """Nominal central frequency [GHz]."""
        return ANCHOR_GHZ + self.n * CENTRE_STEP_GHZ

    @property
    def width_ghz(self) -> float:
        """Slot width [GHz]."""
        return self.m * WIDTH_STEP_GHZ

    def overlaps(self, other: "FrequencySlot") -> bool:
        """Whether the two slots share any spectrum; touching edges do not overlap.

        >>> FrequencySlot(n=0, m=4).overlaps(FrequencySlot(n=8, m=4))
        False
        >>> FrequencySlot(n=0, m=4).overlaps(FrequencySlot(n=7, m=4))
        True
        """
        return abs(self.n - other.n) < self.m + other.m
