"""Whether the migrations make the tables that the program knows."""

import shutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from karakoram.adapters.store.migrating import scripts_config
from karakoram.adapters.store.sqlite_store import sqlite_engine
from karakoram.adapters.store.tables import CHANGE_LOG, METADATA, SCHEMA, TABLES
from tests.support.sales_records import entry


@pytest.fixture
def path(tmp_path, empty_file):
    return shutil.copy(empty_file, tmp_path / "store.db")


def test_the_migrations_lead_to_the_tables(path):
    engine = sqlite_engine(path, may_write=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()
    assert ScriptDirectory.from_config(scripts_config()).get_current_head() == SCHEMA
    assert set(TABLES) == set(METADATA.sorted_tables)


def test_the_log_is_only_added_to(sqlite_store):
    sqlite_store.write(lambda tx: tx.log(entry()))
    for statement in (CHANGE_LOG.delete(), CHANGE_LOG.update().values(who="nobody")):
        with pytest.raises(DatabaseError, match="only ever added to"):
            sqlite_store.write(lambda tx, what=statement: tx.connection.execute(what))
