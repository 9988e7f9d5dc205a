"""Stores of every sort, empty."""

import shutil

import pytest

from karakoram.adapters.store.opening import make_store
from karakoram.adapters.store.postgresql_store import PostgresqlStore
from karakoram.adapters.store.sqlite_store import SqliteStore
from tests.support.memory_store import MemoryStore
from tests.support.stores import FilePlaces, ServerPlaces


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
def postgresql_store(new_database):
    store = PostgresqlStore(new_database("empty"))
    yield store
    store.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request):
    if request.param == "memory":
        return MemoryStore()
    return request.getfixturevalue(f"{request.param}_store")


@pytest.fixture(params=["sqlite", "postgresql"])
def lasting_store(request):
    """A store that outlives the program."""
    return request.getfixturevalue(f"{request.param}_store")


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request, tmp_path):
    """Where stores of one sort can be made."""
    if request.param == "sqlite":
        return FilePlaces(tmp_path, request.getfixturevalue("empty_file"))
    return ServerPlaces(request.getfixturevalue("new_database"))
