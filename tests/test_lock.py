"""The locks pin everything by version and hash, and say nothing about where it came from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-demo.lock")

PIN = re.compile(
    r"(?P<name>[a-z0-9]+(-[a-z0-9]+)*)==(?P<version>[A-Za-z0-9.+!]+)( ; (?P<marker>.+))?"
)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
MARKER = re.compile(r"[a-z_]+( (==|!=|<|>|<=|>=|and|or|not in|in)| '[A-Za-z0-9.]+'| [a-z_]+|[()])*")
TOO_HEAVY = ("torch", "nvidia", "cuda", "tensorflow", "triton", "jaxlib", "pyspark", "ray")
RUNTIME_MAX = 37
"""Packages that a user installs; the number is a warning, not a law: say why when it grows.

It grew from 30 when sales got a store: SQLAlchemy, Alembic and pydantic bring nine. It grew by four
when the demo's environment learned to write workbooks and papers, asked of it first, and by two
that hold nothing but fonts when papers learned Chinese and Urdu.
"""


def entries(text: str) -> list[tuple[str, list[str]]]:
    """Each requirement with the hashes that follow it."""
    lines = text.replace("\\\n", "\n").splitlines()
    found: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("--hash") and found:
            found[-1][1].append(line)
        else:
            found.append((line, []))
    return found


def faults(text: str) -> list[str]:
    """Everything in a lock that is not a pinned and hashed requirement."""
    found: list[str] = []
    for requirement, hashes in entries(text):
        pin = PIN.fullmatch(requirement)
        if pin is None:
            found.append(f"not a pin: {requirement}")
        elif pin["marker"] and not MARKER.fullmatch(pin["marker"]):
            found.append(f"not a marker: {requirement}")
        elif not hashes:
            found.append(f"no hash: {requirement}")
        found += [f"not a hash: {line}" for line in hashes if not HASH.fullmatch(line)]
    return found


def names(lock: str) -> set[str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {requirement.split("==")[0] for requirement, _ in entries(text)}


def normal(requirement: str) -> str:
    """The name in a requirement, as a lock writes it."""
    matched = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert matched
    return re.sub(r"[-_.]+", "-", matched[0]).lower()


GOOD = "numpy==2.0.1 \\\n    --hash=sha256:" + "a" * 64 + "\n"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_or_its_hash(lock):
    assert not faults((ROOT / lock).read_text(encoding="utf-8"))


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize(
    "trace", ["http:", "https:", "file:", "://", "@", "index-url", "find-links", "#", " /", ".."]
)
def test_a_lock_names_no_host_and_no_path(lock, trace):
    assert trace not in (ROOT / lock).read_text(encoding="utf-8")


def test_a_good_lock_has_no_faults():
    assert not faults(GOOD + GOOD.replace("numpy==2.0.1", "scipy==1.0 ; sys_platform == 'win32'"))


@pytest.mark.parametrize(
    "bad",
    [
        "numpy>=2 \\\n    --hash=sha256:" + "a" * 64,
        "numpy==2.0.1",
        "numpy==2.0.1 \\\n    --hash=md5:" + "a" * 32,
        "--index-url https://example.org/simple",
        "--find-links wheels",
        "numpy @ https://example.org/numpy.whl",
        "-e .",
        "./wheels/numpy.whl",
        "numpy==2.0.1 ; file:wheels \\\n    --hash=sha256:" + "a" * 64,
        "# made on a machine of ours",
    ],
)
def test_a_bad_line_is_a_fault(bad):
    assert faults(GOOD + bad + "\n" + GOOD)


def test_what_the_demo_installs_is_part_of_what_the_tests_install():
    demo, whole = (dict(entries_as_pairs(lock)) for lock in reversed(LOCKS))
    assert demo.items() <= whole.items()


def entries_as_pairs(lock: str) -> list[tuple[str, tuple[str, ...]]]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return [(requirement, tuple(sorted(hashes))) for requirement, hashes in entries(text)]


def test_everything_the_project_asks_for_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    extras = project["project"]["optional-dependencies"]
    asked = project["project"]["dependencies"] + groups["build"] + extras["excel"] + extras["pdf"]
    runtime = {normal(text) for text in asked}
    every = {normal(text) for group in groups.values() for text in group if isinstance(text, str)}
    assert runtime <= names("requirements-demo.lock")
    assert every | runtime <= names("requirements.lock")


def test_a_user_installs_little():
    assert len(names("requirements-demo.lock")) <= RUNTIME_MAX
    assert not names("requirements-demo.lock") & {"gnpy", "pytest", "mypy", "pandas", "matplotlib"}


@pytest.mark.parametrize("lock", LOCKS)
def test_nothing_for_graphics_cards_is_locked(lock):
    assert not [name for name in names(lock) if name.startswith(TOO_HEAVY)]
