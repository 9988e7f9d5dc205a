"""Which countries are there, and how are they written in two letters?"""

from dataclasses import dataclass
from functools import cache

from karakoram.core.provenance import Provenance
from karakoram.refdata.packaged import packaged_folder, read_packaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country or territory that ISO 3166-1 gives a code."""

    country: str
    """ISO 3166-1 alpha-2."""
    name: str
    """Short, in English."""
    provenance: Provenance


@cache
def read_countries() -> tuple[Country, ...]:
    """All of them, by their codes."""
    return read_packaged(packaged_folder("facts"), "countries", record_type=Country)


@cache
def country_codes() -> frozenset[str]:
    """The codes in two letters.

    >>> sorted(country_codes() & {"PK", "CN", "XX"})
    ['CN', 'PK']
    """
    return frozenset(each.country for each in read_countries())
