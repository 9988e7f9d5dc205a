"""Whom must a map or a table drawn from the packaged facts credit, and in which words?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Where packaged data come from, and the words that show it."""

    name: str
    licence: str
    address: str
    words: str
    """To be shown wherever the data are shown."""
    what: str
    """Which packaged data it concerns."""


CREDITS = (
    Credit(
        name="GeoNames",
        licence="CC BY 4.0",
        address="https://www.geonames.org",
        words="Coordinates of towns: GeoNames (CC BY 4.0)",
        what="coordinates of the sites whose source is GeoNames, and of landing towns",
    ),
    Credit(
        name="Natural Earth",
        licence="public domain",
        address="https://www.naturalearthdata.com",
        words="Land: made with Natural Earth",
        what="land polygons behind maps",
    ),
)


def credit_line() -> str:
    """All credits in one line, for the foot of a map or report.

    >>> credit_line()
    'Coordinates of towns: GeoNames (CC BY 4.0). Land: made with Natural Earth.'
    """
    return " ".join(f"{credit.words}." for credit in CREDITS)
