"""Whatever buyers, operators and the clock do: nothing is sold twice, lost, or done in silence."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from karakoram.adapters.store.opening import make_store, open_store
from tests.support.selling_machine import SellingMachine

TestSellingInMemory = SellingMachine.TestCase
SLOWLY = settings(
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestSellingInMemory.settings = settings(SLOWLY, max_examples=8)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store(request, tmp_path):
    """What makes a new store in a file, or on a server, at each call."""
    if request.param == "sqlite":
        names = (str(tmp_path / f"{number}.db") for number in range(1_000))
        return lambda: make_store(next(names))
    new_database = request.getfixturevalue("new_database")
    return lambda: open_store(new_database("empty"))


def test_selling_on_a_store_that_lasts(new_store):
    class OnStore(SellingMachine):
        def teardown(self):
            self.selling.store.close()

    OnStore.new_store = staticmethod(new_store)
    run_state_machine_as_test(OnStore, settings=settings(SLOWLY, max_examples=3))
