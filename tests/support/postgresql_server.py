"""A PostgreSQL server of the tests' own, reached by a socket in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import text

from karakoram.adapters.store.opening import make_store
from karakoram.adapters.store.postgresql_store import postgresql_engine

USERS = ("postgres", "nobody")
"""Who runs the server where the tests run as root, which initdb refuses."""


def program(name):
    """A program of PostgreSQL: on the search path, beside pg_config, or where Debian puts it."""
    folders = [Path(each) for each in os.get_exec_path()]
    config = shutil.which("pg_config")
    if config:
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(told.stdout.strip()))
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / name).exists():
            return str((folder / name).resolve())
    raise AssertionError(
        f"tests of the store need {name} of a PostgreSQL server:  apt-get install postgresql"
    )


@dataclass
class PostgresqlServer:
    """A server that runs, and an empty store from which others are copied."""

    place: Path
    prefix: list
    is_durable: bool
    numbers: count = field(default_factory=count)

    @property
    def data(self):
        return self.place / "data"

    def word(self, database="postgres"):
        return f"postgresql://kk@/{database}?host={self.place}"

    def start(self):
        sync = "on" if self.is_durable else "off"
        options = (
            f"-k {self.place} -c listen_addresses='' -c max_connections=100 -c fsync={sync} "
            f"-c synchronous_commit={sync} -c shared_buffers=32MB"
        )
        self._control("-w", "-l", self.place / "log", "-o", options, "start")

    def stop(self, mode="immediate"):
        self._control("-w", "-m", mode, "stop")

    def pid(self):
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def new_database(self, *, template="template1"):
        """The address of a new database."""
        name = f"db{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.word(name)

    def new_store(self):
        """The address of a new, empty store; the first one is made, the others are copied."""
        if not hasattr(self, "filled"):
            self.execute("CREATE DATABASE filled")
            make_store(self.word("filled")).close()
            self.filled = True
        return self.new_database(template="filled")

    def execute(self, statement):
        engine = postgresql_engine(self.word(), connections_max=1)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _control(self, *words):
        run([*self.prefix, program("pg_ctl"), "-D", self.data, *words], self.place)


@contextmanager
def postgresql_server(*, is_durable=False):
    """A server while it is needed; ``is_durable`` where a kill must lose nothing."""
    prefix, user = as_another()
    with tempfile.TemporaryDirectory(prefix="kkpg", ignore_cleanup_errors=True) as name:
        place = Path(name)
        if user is not None:
            os.chown(place, user.pw_uid, user.pw_gid)
        words = ["-U", "kk", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]
        run([*prefix, program("initdb"), *words, place / "data"], place)
        server = PostgresqlServer(place=place, prefix=prefix, is_durable=is_durable)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def as_another():
    """What runs a command as somebody who is not root, and who that is."""
    if os.getuid() != 0:
        return [], None
    known = {each.pw_name: each for each in pwd.getpwall()}
    user = next(known[name] for name in USERS if name in known)
    ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return ["setpriv", *ids], user


def run(command, place):
    with (place / "out").open("a") as out:
        words = [str(word) for word in command]
        done = subprocess.run(words, cwd=place, stdout=out, stderr=out, check=False)
    assert done.returncode == 0, (place / "out").read_text()
