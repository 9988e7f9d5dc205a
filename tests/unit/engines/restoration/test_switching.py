"""DownTimes without light, added up by hand."""

import numpy as np
import pytest

from karakoram.engines.restoration.policy import RestorationOutcome
from karakoram.engines.restoration.switching import NewWays, SwitchingModel, switching_time_ms

MODEL = SwitchingModel(
    detection_ms=10.0,
    selector_ms=1.0,
    path_computation_ms=100.0,
    cross_connect_ms=50.0,
    settling_ms_per_hop=1000.0,
)


def ways(outcome, *, turn=-1, latency_ms=2.0, hops=3, is_lit_before=False):
    return NewWays(
        outcome=np.array([int(outcome)]),
        turn=np.array([turn]),
        latency_ms=np.array([latency_ms]),
        hop_count=np.array([hops]),
        is_lit_before=np.array([is_lit_before]),
    )


@pytest.mark.parametrize(
    ("moved", "expected_ms"),
    [
        (ways(RestorationOutcome.UNAFFECTED), 0.0),
        (ways(RestorationOutcome.SWITCHED, is_lit_before=True), 10.0 + 1.0),
        (ways(RestorationOutcome.SWITCHED), 10.0 + 1.0 + 2 * 2.0 + 50.0 + 3 * 1000.0),
        (ways(RestorationOutcome.RESTORED, turn=0), 10.0 + 1.0 + 4.0 + 50.0 + 3000.0 + 100.0),
        (ways(RestorationOutcome.REDUCED, turn=4), 10.0 + 1.0 + 4.0 + 50.0 + 3000.0 + 500.0),
        (ways(RestorationOutcome.NO_SPECTRUM, turn=4), np.inf),
        (ways(RestorationOutcome.END_DOWN), np.inf),
    ],
)
def test_the_steps_add_up(moved, expected_ms):
    assert switching_time_ms(MODEL, moved).tolist() == [expected_ms]


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
def test_times_are_finite_and_not_negative(wrong):
    with pytest.raises(ValueError, match="cross_connect_ms must be finite and >= 0"):
        SwitchingModel(
            detection_ms=0.0,
            selector_ms=0.0,
            path_computation_ms=0.0,
            cross_connect_ms=wrong,
            settling_ms_per_hop=0.0,
        )
