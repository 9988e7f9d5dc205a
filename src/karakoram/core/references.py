"""Which names in records are not among those that they must be one of?"""

from collections.abc import Collection, Iterable, Iterator

from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import near_misses

Reference = tuple[str, str, str, str, Collection[str], str]
"""Table, record, field, value, the records it must be one of, and their table."""


def unknown_references(references: Iterable[Reference]) -> Iterator[Finding]:
    """A finding for each reference to a record that is not there, with names like it.

    >>> found = list(unknown_references([("spans", "A-B", "a_site_id", "AX", {"A", "B"}, "sites")]))
    >>> found[0].code, found[0].message
    ('unknown-site', "'AX' is not in sites; name one that is; did you mean A?")
    """
    for table, record, field, value, known, of_table in references:
        if value not in known:
            close = near_misses(value, known)
            hint = f"; did you mean {', '.join(close)}?" if close else ""
            yield Finding(
                code=f"unknown-{_one_of(of_table)}",
                place=Place(table=table, record=record, field=field),
                message=f"{value!r} is not in {of_table}; name one that is{hint}",
            )


def _one_of(table: str) -> str:
    """What one record of a table is called in a code, e.g. ``failure-class``."""
    plural = "es" if table.endswith("sses") else "s"
    return table.removesuffix(plural).replace("_", "-")
