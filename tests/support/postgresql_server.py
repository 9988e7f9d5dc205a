"""A PostgreSQL server of the tests' own, its socket and its data in a folder that goes away."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections import deque
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread

import psycopg

from karakoram.adapters.store.opening import make_store

USERS = ("postgres", "nobody")
"""Who runs the server where the tests run as root, which initdb refuses."""
GUARDED = "guarded"
"""The one user who is asked for a password."""
NAME = "tests"
QUICK = ("fsync=off", "full_page_writes=off")
"""Settings of a server whose machine is never switched off."""
SETTINGS = (
    "listen_addresses=",
    "max_connections=60",
    "shared_buffers=16MB",
    "autovacuum=off",
    "jit=off",
    "lc_messages=C",
)
ROOM_BYTES = 1 << 30
WATCHED = '"$@" 2>&1 & read -r _; kill -QUIT $!; wait $!'
"""A server that goes when whoever started it goes, killed or not: its word on stdin ends then."""


def binary(name):
    """A program of PostgreSQL: on the path, beside ``pg_config``, or where Debian puts it."""
    folders = [Path(each) for each in os.get_exec_path()]
    config = shutil.which("pg_config")
    if config:
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(told.stdout.strip()))
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda at: int(at.parent.name))
    for folder in (*folders, *reversed(found)):
        if (folder / name).exists():
            return str((folder / name).resolve())
    raise AssertionError(
        f"{name} of PostgreSQL is missing, and the tests of the store need a server of their own; "
        "on Debian or Ubuntu:  apt-get install postgresql"
    )


def somebody():
    """Who runs the server, in the words of ``subprocess``; nobody else unless we are root."""
    if os.getuid() != 0:
        return {}
    known = {each.pw_name: each for each in pwd.getpwall()}
    user = next(known[name] for name in USERS if name in known)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def folder():
    """Where the data lie: in memory where there is room, and not in pytest's folders, which only
    root may enter and whose paths are too long for a socket.
    """
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > ROOM_BYTES
    return str(memory) if has_room else "/tmp"


def name_of(word):
    """The name of the database at an address."""
    return word.split("/")[3].partition("?")[0]


class Server:
    """A server that can be started, killed and started again; its databases stay."""

    def __init__(self, place, *, is_durable):
        self.place = Path(place)
        self.settings = SETTINGS if is_durable else SETTINGS + QUICK
        self.user = somebody()
        self.numbers = count()
        self.process, self.reader, self.told = None, None, deque(maxlen=40)
        if self.user:
            os.chown(self.place, self.user["user"], self.user["group"])
        words = ["--username", NAME, "--auth", "trust", "--encoding", "UTF8", "--no-locale"]
        self._run("initdb", "--pgdata", self.data, *words, "--no-sync", "--no-instructions")
        rules = self.place / "data" / "pg_hba.conf"
        rules.write_text(f"local all {GUARDED} scram-sha-256\n{rules.read_text()}")

    @property
    def data(self):
        return str(self.place / "data")

    def start(self):
        """Come back when the server takes connections."""
        words = [word for each in self.settings for word in ("-c", each)]
        server = [binary("postgres"), "-D", self.data, "-k", str(self.place), *words]
        self.process = subprocess.Popen(
            ["sh", "-c", WATCHED, "sh", *server],
            cwd=self.place,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            **self.user,
        )
        for line in self.process.stdout:
            self.told.append(line)
            if "ready to accept connections" in line:
                self.reader = Thread(target=self.told.extend, args=(self.process.stdout,))
                self.reader.start()
                return
        raise AssertionError("".join(self.told))

    def stop(self):
        """Stop at once; whatever is committed is there when the server starts again."""
        self.process.stdin.close()
        self.process.wait(60)
        self.reader.join(60)
        self.process.stdout.close()

    def kill(self):
        """Kill the server as the system does when memory runs out; its other processes follow."""
        pid = int((self.place / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        self.stop()

    def word(self, database="postgres", user=NAME):
        """The address of a database."""
        return f"postgresql://{user}@/{database}?host={self.place}"

    def execute(self, statement, database="postgres"):
        """What a statement answers, outside any transaction."""
        with psycopg.connect(self.word(database), autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def new_database(self, template="template0"):
        """The address of a new database."""
        name = f"db{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.word(name)

    def new_store(self):
        """The address of a new, empty store."""
        return self.new_database("empty")

    @contextmanager
    def databases(self):
        """What gives the address of a new database at each call; all of them go together."""
        made = []

        def new_database(template="template0"):
            made.append(self.new_database(template))
            return made[-1]

        yield new_database
        for word in made:
            self.execute(f"DROP DATABASE {name_of(word)} WITH (FORCE)")

    def prepare(self):
        """Make what every test begins with: an empty store, sorted as in English but for itself."""
        words = " LOCALE_PROVIDER icu ICU_LOCALE 'en'" if self._has_languages() else ""
        self.execute(f"CREATE DATABASE empty TEMPLATE template0{words}")
        make_store(self.word("empty")).close()

    def _has_languages(self):
        asked = "SELECT current_setting('server_version_num')::int, count(*) FROM pg_collation"
        version, languages = self.execute(f"{asked} WHERE collprovider = 'i'")[0]
        return version >= 150_000 and languages > 0

    def _run(self, name, *words):
        words = [binary(name), *words]
        done = subprocess.run(
            words, cwd=self.place, capture_output=True, text=True, check=False, **self.user
        )
        assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def postgresql_server(*, is_durable=False):
    """A server while it is needed; ``is_durable`` where it writes through to a disk."""
    place = "/tmp" if is_durable else folder()
    with tempfile.TemporaryDirectory(prefix="karakoram-", dir=place) as name:
        server = Server(name, is_durable=is_durable)
        server.start()
        try:
            server.prepare()
            yield server
        finally:
            server.stop()
