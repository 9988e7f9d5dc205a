"""Who makes new identifiers, each larger than all before it?"""

import os
import time
from collections.abc import Callable
from threading import Lock
from uuid import UUID

_COUNTED_BITS = 74
"""Bits of a UUID of version 7 after the milliseconds, version and variant left out."""
_RANDOM_BITS = 73
"""The highest counted bit starts as 0: a million identifiers in a millisecond fit easily."""
_NS_PER_MS = 1_000_000


def _now_ms() -> int:
    return time.time_ns() // _NS_PER_MS


def _random_bits() -> int:
    return int.from_bytes(os.urandom(10), "big") & ((1 << _RANDOM_BITS) - 1)


class TimeOrderedIds:
    """Identifiers of RFC 9562, version 7: milliseconds since 1970, then what makes them unlike.

    Within a process each is larger than the one before: within a millisecond, and while the clock
    goes backwards, the random part is counted up by a random step (section 6.2, method 2).
    """

    __slots__ = ("_counted", "_lock", "_milliseconds", "_now_ms")

    def __init__(self, now_ms: Callable[[], int] = _now_ms) -> None:
        """Start with the clock of the machine, or another one."""
        self._now_ms = now_ms
        self._lock = Lock()
        self._milliseconds = -1
        self._counted = 0

    def new_id(self) -> str:
        """A new identifier, larger than all earlier ones."""
        with self._lock:
            now_ms = self._now_ms()
            if now_ms > self._milliseconds:
                self._milliseconds, self._counted = now_ms, _random_bits()
            else:
                self._counted += 1 + int.from_bytes(os.urandom(4), "big")
                if self._counted >> _COUNTED_BITS:  # the next millisecond is borrowed
                    self._milliseconds, self._counted = self._milliseconds + 1, _random_bits()
            return str(_uuid(self._milliseconds, self._counted))


def _uuid(milliseconds: int, counted: int) -> UUID:
    """The identifier: 48 bits of time, version 7, 12 bits, variant 0b10, 62 bits."""
    high, low = divmod(counted, 1 << 62)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
