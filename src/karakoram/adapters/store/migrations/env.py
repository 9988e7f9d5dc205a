"""How does Alembic reach the store? Over the connection that its caller has opened."""

from alembic import context

from karakoram.adapters.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
)
context.run_migrations()
