"""Stores of every sort, empty."""

import shutil

import pytest

from karakoram.adapters.store.opening import make_store, open_store
from karakoram.adapters.store.sqlite_store import SqliteStore
from tests.support.memory_store import MemoryStore


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """A new store in a file, made once."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    make_store(str(path)).close()
    return path


@pytest.fixture
def sqlite_store(tmp_path, empty_file):
    store = SqliteStore(shutil.copy(empty_file, tmp_path / "store.db"))
    yield store
    store.close()


@pytest.fixture
def postgresql_store(postgresql):
    store = open_store(postgresql.new_store())
    yield store
    store.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request):
    if request.param == "memory":
        return MemoryStore()
    return request.getfixturevalue(f"{request.param}_store")
