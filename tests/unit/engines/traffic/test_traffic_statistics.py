import numpy as np
import pytest

from karakoram.engines.traffic import (
    BatchPlan,
    batch_plan,
    empty_tally,
    merged_tally,
    ratio_estimate,
)

GBPS = np.array([10.0, 40.0])


def counted(plan, outcome, bit_rate, pieces):
    tally, begin = empty_tally(plan, outcome_count=3), 0
    for end in (*pieces, len(outcome)):
        tally = tally.with_outcomes(
            np.array(outcome[begin:end], dtype=np.int8),
            bit_rate=np.array(bit_rate[begin:end], dtype=np.int32),
            bit_rate_gbps=GBPS,
        )
        begin = end
    return tally


def test_requests_are_counted_in_their_batch_however_they_come():
    plan = BatchPlan(warm_up=2, batch_size=3, batch_count=2)
    outcome = [1, 2, 0, 1, 0, 0, 2, 1, 1]
    bit_rate = [0, 0, 1, 1, 0, 0, 1, 0, 1]
    for pieces in ((), (1,), (2, 5), (4, 4, 7), tuple(range(1, 9))):
        tally = counted(plan, outcome, bit_rate, pieces)
        assert tally.outcomes.tolist() == [[2, 1, 0], [1, 2, 1]]
        assert tally.offered_gbps.tolist() == [90.0, 100.0]
        assert tally.blocked_gbps.tolist() == [40.0, 90.0]
        assert (tally.seen, tally.requests, tally.blocked) == (9, 7, 4)


def test_a_tally_stays_as_it_is():
    before = empty_tally(BatchPlan(warm_up=0, batch_size=1, batch_count=5), outcome_count=3)
    before.with_outcomes(
        np.ones(5, dtype=np.int8), bit_rate=np.zeros(5, dtype=np.int32), bit_rate_gbps=GBPS
    )
    assert before.requests == before.seen == 0


def test_runs_are_put_side_by_side():
    plan = BatchPlan(warm_up=0, batch_size=2, batch_count=2)
    one = counted(plan, [0, 1, 0, 0], [0, 0, 0, 0], ())
    both = merged_tally([one, counted(plan, [2, 2, 0, 0], [0, 0, 1, 0], ())])
    assert both.outcomes.tolist() == [[1, 1, 0], [2, 0, 0], [0, 0, 2], [2, 0, 0]]
    assert (both.requests, both.blocked, both.seen) == (8, 3, 8)
    assert both.blocked_gbps.tolist() == [10.0, 0.0, 20.0, 0.0]


@pytest.mark.parametrize(
    ("requests", "erlang", "batches"),
    [(1_003_000, 100.0, 30), (13_000, 100.0, 10), (5_000, 1000.0, 5), (3_005, 1.0, 5)],
)
def test_batches_are_long_against_a_holding_time(requests, erlang, batches):
    plan = batch_plan(requests=requests, warm_up=3_000, offered_erlang=erlang)
    assert plan.batch_count == batches or requests == 3_005
    assert plan.batch_size * plan.batch_count <= requests - 3_000


def test_too_little_to_count_is_refused():
    with pytest.raises(ValueError, match="at least 5 must be left"):
        batch_plan(requests=3_004, warm_up=3_000, offered_erlang=10.0)
    with pytest.raises(ValueError, match="warm_up >= 0"):
        BatchPlan(warm_up=-1, batch_size=1, batch_count=1)


def test_the_interval_is_students_of_the_batch_means():
    # mean 0.03, deviation of the mean 0.00447 of five, t(4, 97.5 %) = 2.776
    part = np.array([2, 3, 3, 3, 4])
    found = ratio_estimate(part, np.full(5, 100), requests=500)
    half = 2.7764451 * part.std(ddof=1) / np.sqrt(5) / 100
    assert found.value == 0.03
    assert (found.low, found.high) == pytest.approx((0.03 - half, 0.03 + half))


def test_the_interval_holds_the_truth_in_95_of_100_runs():
    rng = np.random.default_rng(11)
    truth, runs = 0.04, 2000
    blocked = rng.binomial(300, truth, size=(runs, 12))
    found = [ratio_estimate(row, np.full(12, 300), requests=3600) for row in blocked]
    share = np.mean([one.low <= truth <= one.high for one in found])
    assert 0.93 < share < 0.97


def test_nothing_blocked_is_no_proof_that_nothing_ever_is():
    found = ratio_estimate(np.zeros(8), np.full(8, 100.0), requests=800)
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 800))
    assert (1 - found.high) ** 800 == pytest.approx(0.025)


def test_an_interval_stays_between_nothing_and_all():
    found = ratio_estimate(np.array([0, 0, 0, 0, 9]), np.full(5, 10), requests=50)
    assert found.low == 0.0
    assert found.high < 1.0
    assert ratio_estimate(np.array([10, 10, 10, 10, 9]), np.full(5, 10), requests=50).high == 1.0


def test_too_few_batches_and_nothing_offered_say_nothing():
    assert ratio_estimate(np.array([1]), np.array([4]), requests=4).high == 1.0
    nothing = ratio_estimate(np.zeros(6), np.zeros(6), requests=0)
    assert (nothing.value, nothing.low, nothing.high) == (0.0, 0.0, 1.0)
