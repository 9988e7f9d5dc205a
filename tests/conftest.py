"""What several folders of tests ask for and is made once."""

import gc
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from numba.core.dispatcher import Dispatcher

from karakoram.adapters.formats.network_folder import read_network
from karakoram.planning.prepare import prepare
from karakoram.refdata.corridor import corridor_folder
from tests.support.postgresql_server import postgresql_server
from tests.support.watched import (
    CASES_CHECKED,
    at_full_speed,
    first_examples_checked,
    types_checked_at_first,
    types_unchecked,
    untraced,
)

TESTS = Path(__file__).parent
MEASURED = ("core", "refdata", "network", "engines", "planning", "sales")
TRACED = tuple(TESTS / "unit" / package for package in MEASURED)
"""Whose lines count for coverage: the unit tests of what is measured, and of nothing else."""
AT_FULL_SPEED = tuple(TESTS / at for at in ("against", "docs", "e2e", "unit/interfaces"))
"""Whose calls are not checked for types: other tests check them, and a user's process does not."""


FIRST_CASES = pytest.StashKey[bool]()
"""Whether a test is among the first cases of its function, in which types are checked."""


LONG = ("test_corridor_optics.py", "test_simulate_reference.py", "test_every_offering.py")
"""Files that take a minute: begun first, lest one of the processes waits for them in the end."""


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Tests are collected at full speed: what modules make when they are imported, tests use."""
    with types_unchecked():
        return (yield)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Whatever the order by chance, what takes longest comes first."""
    items.sort(key=lambda item: item.path.name not in LONG)
    told = Counter()
    for item in items:
        law = item.path, getattr(item, "originalname", item.name)
        told[law] += 1
        item.stash[FIRST_CASES] = told[law] <= CASES_CHECKED


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is there for good is not gone over again whenever memory is tidied."""
    gc.collect()
    gc.freeze()


def is_in(item, folders) -> bool:
    """Whether a test stands in one of the folders."""
    return any(item.path.is_relative_to(folder) for folder in folders)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Every test is watched as closely as its folder asks for."""
    with ExitStack() as watched:
        if not is_in(item, TRACED):
            watched.enter_context(untraced())
        if is_in(item, AT_FULL_SPEED) or not item.stash[FIRST_CASES]:
            watched.enter_context(types_unchecked())
        elif (law := getattr(getattr(item, "obj", None), "hypothesis", None)) is not None:
            patch = watched.enter_context(pytest.MonkeyPatch.context())
            patch.setattr(law, "inner_test", first_examples_checked(law.inner_test))
        else:
            watched.enter_context(types_checked_at_first())
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _screen_of_usual_width():
    """Tables are as wide as the program wants, whatever terminal the tests run in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COLUMNS", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiler_is_not_traced():
    """Coverage would follow every line of the compiler, which takes minutes instead of seconds."""
    compile_untraced = Dispatcher._compile_for_args

    def compiled(self, *args, **kwargs):
        with untraced():
            return compile_untraced(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Dispatcher, "_compile_for_args", compiled)
        yield


@pytest.fixture(scope="session")
@at_full_speed()
def corridor():
    """The packaged corridor; nothing can change it."""
    return read_network(corridor_folder())


@pytest.fixture(scope="session")
@at_full_speed()
def prepared_corridor(corridor):
    """The corridor, ready for questions."""
    return prepare(corridor)


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL server of one process of tests, begun when a test first asks for it."""
    with postgresql_server() as server:
        yield server


@pytest.fixture
def new_database(postgresql):
    """What gives the address of a new database of the test's own, each time that it is called."""
    with postgresql.databases() as new:
        yield new
