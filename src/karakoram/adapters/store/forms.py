"""Which form has a store, and can this program use it?"""

import re

from sqlalchemy import Connection, column, inspect, select, table

from karakoram.adapters.store.tables import SCHEMA
from karakoram.core.errors import RefusedError

VERSION_TABLE = "alembic_version"
"""Where a store says which form it has."""
_FORM = re.compile(r"\d{4}")


def stored_form(connection: Connection) -> str | None:
    """The migration that a database stands at; ``None`` where it is no store."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    form = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    return form if isinstance(form, str) and _FORM.fullmatch(form) else None


def refuse_other_form(form: str | None, place: str) -> None:
    """Refuse what is no store, and a store of another form than this program's.

    Raises
    ------
    RefusedError
        With what would help.
    """
    refuse_newer(form, place)
    if form is not None and form < SCHEMA:
        raise RefusedError(
            f"{place} was written by an older Karakoram (form {form}; this one needs {SCHEMA}); "
            "back it up with that one, or copy it while nobody uses it, then:  "
            f"karakoram store migrate --store {place}",
            code="store-older",
            where=place,
            alternatives=("karakoram store migrate",),
        )


def refuse_newer(form: str | None, place: str) -> None:
    """Refuse what is no store, and a store that a newer program wrote.

    Raises
    ------
    RefusedError
        With what would help.
    """
    if form is None:
        raise RefusedError(f"{place} is not a store of Karakoram", code="not-a-store", where=place)
    if form > SCHEMA:
        raise RefusedError(
            f"{place} was written by a newer Karakoram (form {form}; this one knows {SCHEMA})",
            code="store-newer",
            where=place,
            alternatives=("install the newer Karakoram",),
        )


def there_already(place: str, what: str = "is there already") -> RefusedError:
    """That a new store cannot be made where something is."""
    return RefusedError(
        f"{place} {what}; a new store takes a place of its own",
        code="store-there-already",
        where=place,
    )
