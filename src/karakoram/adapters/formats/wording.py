"""How is a figure written for a person, on the screen and on a page alike?"""

from math import floor, log10

_WHOLE_MINUTES_FROM = 100.0
_AVAILABILITY_DIGITS_MAX = 9


def km(length_km: float) -> str:
    """Kilometres with one digit after the point, without the unit.

    Parameters
    ----------
    length_km
        Glass kilometres.

    >>> km(13947.25)
    '13,947.2'
    """
    return f"{length_km:,.1f}"


def minutes(min_per_year: float) -> str:
    """Minutes a year; small ones keep a digit that tells them from zero.

    Parameters
    ----------
    min_per_year
        Expected minutes in a year, not negative.

    >>> [minutes(value) for value in (1051.92, 4.25, 0.034, 0.0)]
    ['1,052', '4.2', '0.034', '0']
    """
    if min_per_year == 0.0:
        return "0"
    if min_per_year >= _WHOLE_MINUTES_FROM:
        return f"{min_per_year:,.0f}"
    return f"{min_per_year:.1f}" if min_per_year >= 1.0 else f"{min_per_year:.2g}"


def availability(unavailability: float) -> str:
    """Percent up, with as many digits as the downtime needs.

    Parameters
    ----------
    unavailability
        Share of the time that it is down, from 0 to 1.

    >>> [availability(value) for value in (0.1002, 0.02, 0.002, 1.9e-6, 0.0)]
    ['90.0 %', '98.0 %', '99.80 %', '99.99981 %', '100 %']
    """
    if unavailability <= 0.0:
        return "100 %"
    digits = min(_AVAILABILITY_DIGITS_MAX, max(1, 1 - floor(log10(100.0 * unavailability))))
    return f"{100.0 * (1.0 - unavailability):.{digits}f} %"


def bit_rate(gbps: float) -> str:
    """As the trade writes it.

    Parameters
    ----------
    gbps
        Gigabits a second.

    >>> bit_rate(400.0)
    '400G'
    """
    return f"{gbps:g}G"


def counted(number: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "error"), counted(0, "warning")
    ('1 error', '0 warnings')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
