"""Whether the migrations make the tables that the program knows."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from karakoram.adapters.store.migrating import scripts_config
from karakoram.adapters.store.tables import CHANGE_LOG, METADATA, SCHEMA, TABLES
from tests.support.sales_records import entry


def test_the_migrations_lead_to_the_tables(lasting_store):
    def differences(tx):
        context = MigrationContext.configure(tx.connection, opts={"compare_type": True})
        return compare_metadata(context, METADATA)

    assert lasting_store.read(differences) == []
    assert ScriptDirectory.from_config(scripts_config()).get_current_head() == SCHEMA
    assert set(TABLES) == set(METADATA.sorted_tables)


def test_the_log_is_only_added_to(lasting_store):
    lasting_store.write(lambda tx: tx.log(entry()))
    for statement in (CHANGE_LOG.delete(), CHANGE_LOG.update().values(who="nobody")):
        with pytest.raises(DatabaseError, match="only ever added to"):
            lasting_store.write(lambda tx, what=statement: tx.connection.execute(what))
