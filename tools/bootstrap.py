#!/usr/bin/env python3
"""How does a fresh clone become a working environment, with nothing but Python to start from?

Makes ``.venv``, installs a hash-pinned lock into it, then the project itself, which needs no
network: its build tool is in the lock. A stamp in ``.venv`` says what was installed, so a second
run is instant. Uses uv when it is there, else pip. Standard library only, and written so that an
old Python can still read it and be told which one is needed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

PYTHON_MIN = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
LOCKS = {"demo": "requirements-demo.lock", "test": "requirements.lock"}
"""Lock file by purpose; the test lock holds everything that the demo lock holds."""
STAMP = "karakoram-setup"
SERVER_PLACES = Path("/usr/lib/postgresql")
"""Where Debian puts the programs of PostgreSQL, one folder for each version."""
FAILED, SYSTEM_LACKS = 1, 2
INSTALLERS = ("uv", "pip")

VERSION_PROBE = "import sys; sys.exit(sys.version_info < (3, 11))"
PIP_PROBE = "import sys; import pip; sys.exit(sys.version_info < (3, 11))"


class Order(NamedTuple):
    """What to set up, and where."""

    purpose: str
    root: Path
    venv: Path

    @property
    def python(self) -> Path:
        """The interpreter inside the environment."""
        return self.venv / "bin" / "python"

    @property
    def lock(self) -> Path:
        """The lock file that answers the purpose."""
        return self.root / LOCKS[self.purpose]


class Stamp(NamedTuple):
    """What an environment was made from: which purpose, which Python and place, which files."""

    purpose: str
    place: str
    content: str

    @property
    def text(self) -> str:
        """The stamp as it is written."""
        return f"{self.purpose} {self.place} {self.content}\n"


def digest(parts: list[bytes]) -> str:
    """One fingerprint of several byte strings, sensitive to where each of them ends."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def wanted_stamp(order: Order) -> Stamp:
    """The stamp of an environment that would fulfil ``order`` now."""
    files = [order.root / name for name in (*sorted(LOCKS.values()), "pyproject.toml")]
    place = [str(order.root).encode(), sys.version.encode()]
    return Stamp(order.purpose, digest(place), digest([file.read_bytes() for file in files]))


def stamp_from_text(text: str) -> Stamp | None:
    """The stamp that ``text`` holds; ``None`` when it is none of ours."""
    words = text.split()
    return Stamp(*words) if len(words) == len(Stamp._fields) and words[0] in LOCKS else None


def found_stamp(venv: Path) -> Stamp | None:
    """The stamp in an environment; ``None`` when there is none that we can read."""
    file = venv / STAMP
    return stamp_from_text(file.read_text(encoding="utf-8")) if file.is_file() else None


def is_enough(found: Stamp | None, wanted: Stamp) -> bool:
    """Whether nothing is left to install: an environment for tests serves the demo as well."""
    return found is not None and found in {wanted, wanted._replace(purpose="test")}


def can_be_extended(found: Stamp | None, wanted: Stamp) -> bool:
    """Whether installing on top gives exactly the lock, or at least leaves a user's own choice.

    An environment of ours that was made from other files is made anew, so that nothing stays
    that the lock no longer names. One without a stamp is somebody's own: it is added to.
    """
    return found is None or (found.place, found.content) == (wanted.place, wanted.content)


def debian_packages_lacking(installer: str, *, has_venv: bool, has_ensurepip: bool) -> list[str]:
    """The Debian packages to install before ``installer`` can make an environment.

    >>> debian_packages_lacking("uv", has_venv=False, has_ensurepip=False)
    []
    >>> debian_packages_lacking("pip", has_venv=True, has_ensurepip=False)
    ['python3-venv']
    """
    if installer == "uv" or (has_venv and has_ensurepip):
        return []
    return ["python3-venv"]


def advice_on_packages(packages: list[str]) -> str:
    """What to type on Debian or Ubuntu so that the set-up can go on."""
    return (
        f"This Python ({sys.executable}) cannot make a virtual environment.\n"
        f"On Debian or Ubuntu:  apt-get install {' '.join(packages)}\n"
        "Or install uv, which needs neither of its parts. Then run the same command again."
    )


def advice_on_version(version: tuple[int, ...]) -> str:
    """What to do when Python is too old.

    >>> print(advice_on_version((3, 9, 2)).splitlines()[0])
    Karakoram needs Python 3.11 or newer; this is Python 3.9.
    """
    needed = ".".join(map(str, PYTHON_MIN))
    return (
        f"Karakoram needs Python {needed} or newer; this is Python {version[0]}.{version[1]}.\n"
        "On Debian 12, Ubuntu 24.04 or newer:  apt-get install python3 python3-venv make\n"
        f"On Ubuntu 22.04:  apt-get install python{needed} python{needed}-venv make\n"
        "If a newer Python is elsewhere:  make PYTHON=/path/to/python3 demo"
    )


def advice_on_server(*, is_there: bool) -> str:
    """What to type so that every test can run; nothing where that is not needed.

    >>> advice_on_server(is_there=True)
    ''
    """
    if is_there:
        return ""
    return (
        "The tests of the store start a PostgreSQL server of their own, and fail without its\n"
        "programs. On Debian or Ubuntu:  apt-get install postgresql"
    )


def is_server_there() -> bool:
    """Whether the programs of PostgreSQL are on the path, or where Debian puts them."""
    return shutil.which("postgres") is not None or any(SERVER_PLACES.glob("*/bin/postgres"))


def environment_commands(installer: str, order: Order) -> list[list[str]]:
    """The commands that make an empty environment, replacing what is there."""
    if installer == "uv":
        make = ["uv", "venv", "--quiet", "--clear", "--no-project", "--python", sys.executable]
    else:
        make = [sys.executable, "-m", "venv", "--clear"]
    return [[*make, str(order.venv)]]


def install_commands(installer: str, order: Order) -> list[list[str]]:
    """The commands that install the lock, then the project on top of it.

    The lock names everything, so nothing is resolved again: pip would take the newest release of
    a package that another asks for with extras, find no hash of it in the lock, and give up.
    """
    if installer == "uv":
        install = ["uv", "pip", "install", "--quiet", "--python", str(order.python)]
    else:
        install = [str(order.python), "-m", "pip", "install", "-qq", "--no-input"]
        install.append("--disable-pip-version-check")
    project = ["--no-deps", "--no-build-isolation", "--editable", str(order.root)]
    return [
        [*install, "--no-deps", "--require-hashes", "--requirement", str(order.lock)],
        [*install, *project],
    ]


def say(text: str) -> None:
    """Tell the user; standard error, so that standard output stays the program's."""
    print(text, file=sys.stderr, flush=True)


def succeeds(command: list[str], *, quietly: bool = False) -> bool:
    """Whether ``command`` could be run and ended well."""
    streams = subprocess.DEVNULL if quietly else None
    try:
        return subprocess.run(command, check=False, stdout=streams, stderr=streams).returncode == 0
    except OSError:
        return False


def handed_over(arguments: list[str]) -> int | None:
    """The exit code of a newer Python that did the work instead; ``None`` without one."""
    for name in NEWER_PYTHONS:
        path = shutil.which(name)
        if path is not None and succeeds([path, "-c", VERSION_PROBE], quietly=True):
            say(f"Using {path}.")
            return subprocess.run([path, __file__, *arguments], check=False).returncode
    return None


def is_usable(installer: str, order: Order) -> bool:
    """Whether the environment's Python runs, is new enough, and has the installer's needs."""
    probe = VERSION_PROBE if installer == "uv" else PIP_PROBE
    return order.python.exists() and succeeds([str(order.python), "-c", probe], quietly=True)


def is_installed_by(installer: str, order: Order, wanted: Stamp) -> bool:
    """Make or extend the environment with one installer; whether that ended well."""
    keeps = can_be_extended(found_stamp(order.venv), wanted) and is_usable(installer, order)
    commands = [] if keeps else environment_commands(installer, order)
    (order.venv / STAMP).unlink(missing_ok=True)
    return all(map(succeeds, commands + install_commands(installer, order)))


def set_up(order: Order) -> int:
    """Bring the environment to what ``order`` asks; the exit code."""
    if order.purpose == "test" and (advice := advice_on_server(is_there=is_server_there())):
        say(advice)
    wanted = wanted_stamp(order)
    if is_enough(found_stamp(order.venv), wanted) and is_usable("uv", order):
        return 0

    lacking: list[str] = []
    for installer in INSTALLERS:
        if installer == "uv" and shutil.which("uv") is None:
            continue
        lacking = debian_packages_lacking(
            installer,
            has_venv=importlib.util.find_spec("venv") is not None,
            has_ensurepip=importlib.util.find_spec("ensurepip") is not None,
        )
        if lacking and not is_usable(installer, order):
            break
        say(f"Setting up {order.venv.name} from {order.lock.name} with {installer} ...")
        if is_installed_by(installer, order, wanted):
            (order.venv / STAMP).write_text(wanted.text, encoding="utf-8")
            return 0
        say(f"{installer} did not succeed.")
    return explained_failure(lacking)


def explained_failure(lacking: list[str]) -> int:
    """Say why nothing was set up; the exit code."""
    if lacking:
        say(advice_on_packages(lacking))
        return SYSTEM_LACKS
    say(
        "The packages could not be installed; the lines above say why. Is a package index within\n"
        "reach? A mirror is set by PIP_INDEX_URL (pip) or UV_DEFAULT_INDEX (uv)."
    )
    return FAILED


def order_from_arguments(arguments: list[str]) -> Order:
    """What the command line asks for."""
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description="Set up the project's virtual environment.")
    parser.add_argument(
        "purpose", choices=sorted(LOCKS), help="demo: what running needs; test: everything"
    )
    parser.add_argument("--venv", default=".venv", help="folder of the environment")
    chosen = parser.parse_args(arguments)
    return Order(chosen.purpose, root, root / chosen.venv)


def main(arguments: list[str]) -> int:
    """Set up what the command line asks for; the exit code."""
    if sys.version_info < PYTHON_MIN:
        code = handed_over(arguments)
        if code is None:
            say(advice_on_version(tuple(sys.version_info[:2])))
            return SYSTEM_LACKS
        return code
    try:
        return set_up(order_from_arguments(arguments))
    except OSError as problem:
        say(f"Cannot set up: {problem}.")
        return SYSTEM_LACKS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
