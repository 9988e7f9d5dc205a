"""Places for stores, of one sort each, and ways to spoil what is there."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from karakoram.adapters.store.opening import is_free

BYTES = re.compile(r"x'([0-9a-f]*)'")
"""How SQLite writes bytes."""


@dataclass(frozen=True)
class FilePlaces:
    """Files in one folder."""

    folder: Path
    empty_file: Path
    numbers: count = field(default_factory=count)

    def new(self):
        """A place where nothing is."""
        return str(self.folder / f"place{next(self.numbers)}.db")

    def store(self):
        """A new, empty store."""
        return shutil.copy(self.empty_file, self.new())

    def execute(self, place, *statements):
        """Change what is there, past the program."""
        with closing(sqlite3.connect(place)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    def is_untouched(self, place):
        """Whether nothing is there, nor beside it."""
        return not list(self.folder.glob(f"{Path(place).name}*"))


@dataclass(frozen=True)
class ServerPlaces:
    """Databases of one server."""

    new_database: Callable[..., str]

    def new(self):
        """A place where nothing is."""
        return self.new_database()

    def store(self):
        """A new, empty store."""
        return self.new_database("empty")

    def execute(self, place, *statements):
        """Change what is there, past the program and the rules of the database."""
        with psycopg.connect(place) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(BYTES.sub(r"decode('\1', 'hex')", statement))

    def is_untouched(self, place):
        """Whether nothing is there."""
        return is_free(place)
