"""What day is it, what time, and when is a while over?"""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the machine."""

    def today(self) -> date:
        """Today's date in UTC."""
        return datetime.now(UTC).date()

    def now(self) -> datetime:
        """The moment in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Come back after so many seconds."""
        time.sleep(seconds)
