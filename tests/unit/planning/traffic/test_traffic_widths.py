import math

import numpy as np
import pytest

from karakoram.engines.spectrum.candidates import OUT_OF_REACH
from karakoram.planning.traffic.widths import ReachStep, SlotRule
from tests.support.traffic_studies import SLOT_RULE


def rule(*bit_rates, guard=1, reach_table=SLOT_RULE.reach_table):
    return SlotRule(reach_table=reach_table, bit_rates_gbps=bit_rates, guard_slots=guard)


def test_a_bit_rate_takes_the_slots_of_the_best_modulation_that_reaches():
    widths = rule(25.0, 26.0, 50.0, 100.0).widths(np.array([625.0, 625.1, 2000.0, 2500.5]))
    assert widths.tolist() == [[2, 2, 2, 3], [2, 2, 3, 4], [2, 3, 3, 5], [3, 4, 5, 9]]


def test_without_a_guard_a_bit_rate_that_fills_its_slots_takes_no_slot_more():
    assert rule(37.5, 0.3, guard=0).widths(np.array([1000.0])).tolist() == [[1, 1]]


def test_a_path_that_no_modulation_bridges_is_out_of_reach():
    short = (ReachStep(reach_km=500.0, bit_per_s_per_hz=2.0),)
    widths = rule(25.0, reach_table=short).widths(np.array([500.0, 501.0]))
    assert widths.tolist() == [[2], [OUT_OF_REACH]]


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (rule, "there is a bit rate"),
        (lambda: rule(0.0), "above 0 Gb/s"),
        (lambda: rule(25.0, guard=-1), "guard slots"),
        (lambda: ReachStep(reach_km=0.0, bit_per_s_per_hz=1.0), "a modulation has a reach"),
        (lambda: ReachStep(reach_km=1.0, bit_per_s_per_hz=math.inf), "a modulation has a reach"),
    ],
)
def test_what_is_no_rule_is_refused(make, match):
    with pytest.raises(ValueError, match=match):
        make()
