"""Which values may a record's field take, stated once beside its type?

A record declares ``length_km: Positive``; the same bound refuses a bad record in code
(``check_fields``) and becomes a finding with file and row when the value comes from a table.
"""

from dataclasses import dataclass, fields
from functools import cache
from math import isfinite
from typing import Annotated, Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The numbers a field accepts; every bound that is ``None`` is open."""

    above: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    def breach(self, value: float) -> str | None:
        """What would be right, when ``value``, in the field's unit, is wrong; else ``None``.

        >>> Bounds(above=0.0).breach(-3.0)
        'must be greater than 0, got -3'
        """
        if not isfinite(value):
            return f"must be a finite number, got {value}"
        if self.above is not None and value <= self.above:
            return f"must be greater than {self.above:.12g}, got {value:.12g}"
        if self.at_least is not None and value < self.at_least:
            return f"must be at least {self.at_least:.12g}, got {value:.12g}"
        if self.at_most is not None and value > self.at_most:
            return f"must be at most {self.at_most:.12g}, got {value:.12g}"
        return None


Positive = Annotated[float, Bounds(above=0.0)]
NotNegative = Annotated[float, Bounds(at_least=0.0)]
Finite = Annotated[float, Bounds()]
Longitude = Annotated[float, Bounds(at_least=-180.0, at_most=180.0)]
Latitude = Annotated[float, Bounds(at_least=-90.0, at_most=90.0)]
LengthKm = Annotated[float, Bounds(at_least=0.001, at_most=40_000.0)]
"""No piece of fibre is shorter than a patch cord of 1 m, or longer than the equator."""
Fit = Annotated[float, Bounds(at_least=0.0, at_most=1e8)]
"""Failures in 1e9 h; at the limit the thing fails every ten hours."""
BitRateGbps = Annotated[float, Bounds(at_least=0.001, at_most=100_000.0)]
"""From a leased line of 1 Mb/s to a hundred times what one wavelength carries today."""
AttenuationDbPerKm = Annotated[float, Bounds(above=0.0, at_most=10.0)]
"""A kilometre worse than 10 dB passes a tenth of the light: broken, not lossy."""
RepairHours = Annotated[float, Bounds(at_least=0.0, at_most=100_000.0)]
"""At most eleven years: the longest outage on the corridor's record lasted under six."""
Decibels = Annotated[float, Bounds(at_least=-100.0, at_most=100.0)]
"""A ratio or power level of optical transmission, in dB or dBm."""


@cache
def bounds_by_field(record_type: type[Any]) -> dict[str, Bounds]:
    """The bounds that ``record_type``, a dataclass, declares by field name.

    ``X | None`` counts as X; a field without bounds is left out.
    """
    hints = get_type_hints(record_type, include_extras=True)
    found: dict[str, Bounds] = {}
    for field in fields(record_type):
        bounds = _bounds_of(hints[field.name])
        if bounds is not None:
            found[field.name] = bounds
    return found


def _bounds_of(hint: object) -> Bounds | None:
    if get_origin(hint) is Annotated:
        return next((extra for extra in get_args(hint)[1:] if isinstance(extra, Bounds)), None)
    return next(filter(None, map(_bounds_of, get_args(hint))), None)


def check_rules(record: object, *rules: tuple[bool, str]) -> None:
    """Refuse a record whose fields do not fit together.

    Parameters
    ----------
    record
        Any dataclass.
    rules
        Whether each holds, and what must be where it does not, beginning with the field's name.

    Raises
    ------
    ValueError
        Naming every rule that is broken.
    """
    broken = [f"{type(record).__name__}.{words}" for holds, words in rules if not holds]
    if broken:
        raise ValueError("; ".join(broken))


def check_fields(record: object) -> None:
    """Refuse a record whose fields break their bounds.

    Parameters
    ----------
    record
        Any dataclass; a field that is ``None`` is not looked at.

    Raises
    ------
    ValueError
        Naming every field that is out of bounds, its value and what would be right.
    """
    record_type: Any = type(record)
    breaches = [
        f"{record_type.__name__}.{name} {breach}"
        for name, bounds in bounds_by_field(record_type).items()
        if (value := getattr(record, name)) is not None
        and (breach := bounds.breach(float(value))) is not None
    ]
    if breaches:
        raise ValueError("; ".join(breaches))
