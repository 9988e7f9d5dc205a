"""Stores in files as earlier programs made them."""

from alembic import command

from karakoram.adapters.store.migrating import scripts_config
from karakoram.adapters.store.sqlite_store import begin, sqlite_engine


def make_old_store(path, form):
    """A new, empty store of an earlier form."""
    engine = sqlite_engine(path, may_write=True, may_create=True)
    with engine.connect() as connection:
        begin(connection, "IMMEDIATE")
        command.upgrade(scripts_config(connection), form)
        connection.commit()
    engine.dispose()
