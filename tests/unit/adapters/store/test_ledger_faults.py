"""Clients of a ledger that are killed: nothing is lost, nothing is there twice.

``make soak`` plays the same with a hundred thousand transfers.
"""

import json
import subprocess
import sys

import pytest

from tests.support.ledger_faults import CLIENTS, LOST

TRANSFERS = 480


def play(word, *more):
    """What is told of clients that post to a store and are killed."""
    command = [sys.executable, "-m", "tests.support.ledger_faults", str(word), str(TRANSFERS)]
    ended = subprocess.run(
        [*command, *more], capture_output=True, text=True, check=True, timeout=99
    )
    return json.loads(ended.stdout)


@pytest.fixture(params=["sqlite", "postgresql"])
def word(request):
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_store").path
    return request.getfixturevalue("postgresql").new_store()


def test_what_was_answered_is_there_once_though_clients_are_killed(word):
    told = play(word, "--kills", "12")
    assert told["ends"] == [0] * CLIENTS
    assert told["there"] == TRANSFERS
    assert told["killed"] >= 1


def test_a_client_that_tells_what_is_not_there_is_found_out(sqlite_store):
    told = play(sqlite_store.path, "--kills", "0", "--spoiled")
    assert LOST in told["ends"]
    assert "there" not in told
