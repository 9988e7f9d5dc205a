"""How does a store get its tables, and come to the form of this program?"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent / "migrations"


def scripts_config(connection: Connection | None = None) -> Config:
    """What Alembic has to know: where the migrations are, and over which connection to run."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection) -> None:
    """Bring the store to the newest form, in the transaction that has begun."""
    command.upgrade(scripts_config(connection), "head")
