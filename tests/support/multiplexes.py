"""Small servers of every tree, and the best fit as its definition says it, tried one by one."""

from fractions import Fraction
from itertools import combinations

from karakoram.engines.multiplex import Hierarchy, ServerKind


def tree(*group_slots, tributaries_max=None):
    """A server with groups of so many slots; what it is called does not matter."""
    return ServerKind(
        name="tree",
        hierarchy=Hierarchy.SDH,
        slot_count=group_slots[-1],
        payload_bit_rate_bit_per_s=Fraction(64_000 * group_slots[-1]),
        group_slots=group_slots,
        tributaries_max=tributaries_max,
    )


def broken(free, taken, *, group_slots):
    """How many groups of each level were wholly free and are no more, largest level first."""
    return [
        sum(
            all(free[first : first + group])
            and any(s in taken for s in range(first, first + group))
            for first in range(0, len(free), group)
        )
        for group in reversed(group_slots)
    ]


def all_placements(free, shape):
    """Every set of slots that a tributary may take."""
    width = shape.block_slots
    step = width if shape.is_aligned else 1
    blocks = [
        frozenset(range(first, first + width))
        for first in range(0, len(free) - width + 1, step)
        if all(free[first : first + width])
    ]
    return [frozenset().union(*chosen) for chosen in combinations(blocks, shape.block_count)]
