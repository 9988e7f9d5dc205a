"""What is a client signal, what is a server, and how much room does one take in the other?"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise


class Hierarchy(Enum):
    """The family of Recommendations that says how a server is divided."""

    OTN = "otn"
    """ITU-T G.709."""
    SDH = "sdh"
    """ITU-T G.707."""
    PDH = "pdh"
    """ITU-T G.702 and G.704."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSignal:
    """A signal that a server carries: its name in the Recommendations and its exact bit rate."""

    name: str
    """E.g. ``ODU2e``, ``VC-12``, ``VC-3-5v``, ``6x64k``."""
    bit_rate_bit_per_s: Fraction
    """Nominal, of the signal as a whole."""
    payload_bit_rate_bit_per_s: Fraction
    """Nominal, of what the signal itself has room for, e.g. for GFP frames."""
    tolerance_ppm: int
    """By how much the bit rate may differ from the nominal, either way."""

    def __post_init__(self) -> None:
        if not 0 < self.payload_bit_rate_bit_per_s <= self.bit_rate_bit_per_s:
            raise ValueError(
                f"{self.name} needs 0 < payload <= bit rate, got "
                f"{self.payload_bit_rate_bit_per_s} of {self.bit_rate_bit_per_s} bit/s"
            )

    @property
    def bit_rate_bit_per_s_max(self) -> Fraction:
        """The highest bit rate within the tolerance."""
        return self.bit_rate_bit_per_s * (1 + Fraction(self.tolerance_ppm, 1_000_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerKind:
    """A kind of server: how many tributary slots it has and which of them lie in one group.

    A slot is the least room that a client can take: a tributary slot of an ODUk, a TU-12 of a
    VC-4, a time slot of an E1. Slots are counted from 0 along the tree of the multiplex.
    """

    name: str
    """E.g. ``ODU4``, ``VC-4``, ``STM-16``, ``E1``."""
    hierarchy: Hierarchy
    slot_count: int
    payload_bit_rate_bit_per_s: Fraction
    """Nominal, of all slots together."""
    group_slots: tuple[int, ...]
    """Slots of a group at each level of the tree, ascending from 1 to all; each divides the next.
    Of a VC-4: 1 TU-12, 3 in a TUG-2, 21 in a TUG-3, 63."""
    tributaries_max: int | None = None
    """Of all kinds together; ``None`` where the slots alone limit them."""

    def __post_init__(self) -> None:
        sizes = self.group_slots
        if not sizes or sizes[0] != 1 or sizes[-1] != self.slot_count:
            raise ValueError(f"groups of {self.name} go from 1 to {self.slot_count}, got {sizes}")
        if any(large % small or large == small for small, large in pairwise(sizes)):
            raise ValueError(f"each group of {self.name} divides the next, got {sizes}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TributaryShape:
    """The room that one tributary takes in a server: so many blocks of so many slots."""

    block_count: int
    """Blocks may lie anywhere: tributary slots of an ODUk, members of a virtual concatenation."""
    block_slots: int
    """Slots side by side in each block."""
    is_aligned: bool = True
    """Whether a block begins at a multiple of its size; else anywhere, and there is one block."""

    def __post_init__(self) -> None:
        if self.block_count < 1 or self.block_slots < 1:
            raise ValueError(f"a tributary has a block and a block has a slot, got {self}")
        if not self.is_aligned and self.block_count > 1:
            raise ValueError(f"only one block may lie out of line, got {self}")

    @property
    def slot_count(self) -> int:
        """How many slots the tributary takes."""
        return self.block_count * self.block_slots
