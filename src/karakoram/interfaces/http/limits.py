"""How often may one client ask, and when again after too often?"""

from collections import OrderedDict
from threading import Lock

_KNOWN_MAX = 10_000
"""Clients and addresses that are remembered; whoever has not asked for longest is forgotten."""


class RateLimits:
    """A bucket for each client: it fills steadily, a request takes one, an empty one refuses."""

    __slots__ = ("_buckets", "_lock", "burst", "per_second")

    def __init__(self, *, per_second: float, burst: int) -> None:
        """Take how many requests a second are borne for long, and how many at once."""
        if per_second <= 0 or burst < 1:
            raise ValueError(f"some requests must be allowed, got {per_second}/s, {burst} at once")
        self.per_second, self.burst = per_second, burst
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, key: str, now_s: float) -> float:
        """Take one request; 0 where it is allowed, else seconds after which it will be.

        Parameters
        ----------
        key
            Who asks.
        now_s
            Seconds of a clock that does not go back.
        """
        with self._lock:
            left, told_s = self._buckets.pop(key, (float(self.burst), now_s))
            left = min(self.burst, left + (now_s - told_s) * self.per_second)
            is_allowed = left >= 1
            self._buckets[key] = (left - is_allowed, now_s)
            if len(self._buckets) > _KNOWN_MAX:
                self._buckets.popitem(last=False)
        return 0.0 if is_allowed else (1 - left) / self.per_second
