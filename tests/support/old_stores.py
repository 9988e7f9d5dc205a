"""Stores in files as earlier programs made them."""

import sqlite3
from contextlib import closing

from alembic import command

from karakoram.adapters.store.migrating import scripts_config
from karakoram.adapters.store.rows import cells_from_record
from karakoram.adapters.store.sqlite_store import begin, sqlite_engine
from karakoram.adapters.store.tables import RECORD_TABLES


def make_old_store(path, form):
    """A new, empty store of an earlier form."""
    engine = sqlite_engine(path, may_write=True, may_create=True)
    with engine.connect() as connection:
        begin(connection, "IMMEDIATE")
        command.upgrade(scripts_config(connection), form)
        connection.commit()
    engine.dispose()


def add_rows(path, records):
    """Write records as an earlier program wrote them: without the columns that came later."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for record in records:
            name = RECORD_TABLES[type(record)].name
            told = connection.execute(f"PRAGMA table_info({name})").fetchall()
            known = {column for _, column, *_ in told}
            cells = {k: cell for k, cell in cells_from_record(record).items() if k in known}
            connection.execute(
                f"INSERT INTO {name} ({', '.join(cells)}) VALUES ({', '.join('?' for _ in cells)})",
                tuple(cells.values()),
            )
