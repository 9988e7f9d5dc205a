"""How does a store come from one form to the next? Alembic runs what lies here."""
