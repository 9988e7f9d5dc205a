"""Which time zones does the machine know?"""

from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from karakoram.core.cells import did_you_mean, shown

_NO_ZONES = ("localtime", "posixrules", "Factory", "posix/", "right/")
"""Names in the same folder that mean another zone on each machine, or count leap seconds."""


@dataclass(frozen=True, slots=True)
class SystemZones:
    """The zones of the IANA database, from the system or the package tzdata."""

    def zone(self, name: str) -> tzinfo:
        """The zone of a name.

        Raises
        ------
        ValueError
            If there is none; proposes those most like it.
        """
        try:
            if name.strip().startswith(_NO_ZONES):
                raise ZoneInfoNotFoundError(name)
            return ZoneInfo(name.strip())
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            known = available_timezones().difference(_NO_ZONES)
            near = did_you_mean(name, sorted(known))
            raise ValueError(
                f"{shown(name)} must be a time zone of the IANA database, e.g. Asia/Karachi{near}"
            ) from error
