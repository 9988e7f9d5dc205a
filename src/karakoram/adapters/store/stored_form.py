"""At which migration does a database stand?"""

from sqlalchemy import Connection, column, inspect, select, table

_VERSION_TABLE = "alembic_version"
"""Where Alembic writes it."""


def stored_form(connection: Connection) -> str | None:
    """The migration that a database stands at; ``None`` where it is no store."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    form = connection.scalar(select(column("version_num")).select_from(table(_VERSION_TABLE)))
    return None if form is None else str(form)
