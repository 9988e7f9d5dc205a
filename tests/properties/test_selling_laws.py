"""Whatever buyers, operators and the clock do: nothing is sold twice, lost, or done in silence."""

from hypothesis import HealthCheck, settings

from tests.support.selling_machine import SellingMachine

TestSellingInMemory = SellingMachine.TestCase
TestSellingInMemory.settings = settings(
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
