"""What day is it?"""

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the machine."""

    def today(self) -> date:
        """Today's date in UTC."""
        return datetime.now(UTC).date()
