"""A process that is killed in the middle of a move leaves a store that is whole and goes on."""

import signal
import subprocess
import sys
from contextlib import closing

import pytest

from karakoram import bootstrap
from karakoram.usecases.multiplex.regroom_container import regroom_container
from karakoram.usecases.operate.trace_words import riders_on
from tests.support.dxx import assert_slots_are_right, meshed, opened
from tests.support.selling import deed

FIRST = "A-Z STM-1/TU-12"
KILLED = """
import os, signal, sys
from karakoram import bootstrap
from karakoram.usecases.multiplex.regroom_container import regroom_container
from tests.support.selling import deed
left = [int(sys.argv[2])]
def told(step, move):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
regroom_container(sys.argv[3], external_id="WORK", deed=deed(),
    store=bootstrap.sales_store(sys.argv[1]), ids=bootstrap.identifiers(), told=told)
"""


@pytest.mark.parametrize(("steps", "riders", "left"), [(1, 2, 2), (5, 1, 0)])
def test_a_move_that_is_killed_is_whole_and_gone_on_with(tmp_path, steps, riders, left):
    """After five steps the second is switched too, and holds its old slot beside it."""
    place = str(tmp_path / "karakoram.db")
    with closing(bootstrap.new_sales_store(place)) as store:
        opened(meshed(store), ("E1", "A", "Z", 2))
    words = [sys.executable, "-c", KILLED, place, str(steps), FIRST]
    done = subprocess.run(words, check=False, timeout=240)
    assert done.returncode == -signal.SIGKILL
    with closing(bootstrap.sales_store(place)) as store:
        assert_slots_are_right(store)
        assert bootstrap.store_keeper(place).check().findings == ()
        assert len(riders_on([FIRST], store=store)) == riders
        found = regroom_container(
            FIRST,
            external_id="WORK",
            deed=deed(),
            store=store,
            ids=bootstrap.identifiers(),
        )
        assert len(found.moves) == left
        assert riders_on([FIRST], store=store) == ()
        assert_slots_are_right(store)
