import numpy as np
import pytest

from karakoram.engines.traffic import (
    ExponentialHolding,
    RandomSources,
    RequestLaw,
    next_requests,
    traced_requests,
    weighted_choice,
)

LAW = RequestLaw(
    load_erlang=50.0,
    holding=ExponentialHolding(nominal=4.0, truncate=2.0),
    pairs=weighted_choice(np.array([1.0, 2.0, 3.0])),
    bit_rates=weighted_choice(np.ones(5)),
)


def sources(seed):
    return RandomSources(*np.random.default_rng(seed).spawn(4))


def test_requests_arrive_as_often_as_the_load_says():
    chunk = next_requests(LAW, sources(1), count=100_000, after=10.0)
    gaps = np.diff(chunk.arrives_at, prepend=10.0)
    assert LAW.mean_interarrival == 4.0 / 50.0
    assert gaps.mean() == pytest.approx(4.0 / 50.0, rel=0.015)
    assert gaps.std() == pytest.approx(gaps.mean(), rel=0.02)  # exponential
    assert (gaps >= 0.0).all()
    assert LAW.offered_erlang == pytest.approx(50.0 * 0.68696, rel=1e-5)


def test_a_stream_drawn_in_pieces_is_the_same_to_the_last_bit():
    whole = next_requests(LAW, sources(2), count=1000, after=0.0)
    pieces, after, random = [], 0.0, sources(2)
    for count in (1, 333, 0, 666):
        pieces.append(next_requests(LAW, random, count=count, after=after))
        after = pieces[-1].arrives_at[-1] if count else after
    for field in whole._fields:
        joined = np.concatenate([getattr(piece, field) for piece in pieces])
        assert (joined == getattr(whole, field)).all()


def test_the_properties_of_a_request_do_not_depend_on_each_other():
    chunk = next_requests(LAW, sources(3), count=50_000, after=0.0)
    columns = np.stack([np.diff(chunk.arrives_at, prepend=0.0), *chunk[1:]])
    correlation = np.corrcoef(columns)
    assert np.abs(correlation - np.eye(4)).max() < 0.025


def test_sources_begun_alike_are_seen_to_depend_on_each_other():
    alike = RandomSources(*(np.random.default_rng(1) for _ in range(4)))
    chunk = next_requests(LAW, alike, count=50_000, after=0.0)
    assert np.corrcoef(chunk.holds_for, chunk.bit_rate)[0, 1] > 0.9


def test_a_trace_is_put_in_the_order_of_arrival():
    chunk = traced_requests(
        np.array([2.0, 1.0, 2.0]),
        holds_for=np.array([1.0, 2.0, 3.0]),
        pair=np.array([0, 1, 2], dtype=np.int32),
        bit_rate=np.array([4, 5, 6], dtype=np.int32),
    )
    assert chunk.arrives_at.tolist() == [1.0, 2.0, 2.0]
    assert chunk.pair.tolist() == [1, 0, 2]
    assert chunk.bit_rate.tolist() == [5, 4, 6]
    assert chunk.holds_for.tolist() == [2.0, 1.0, 3.0]


@pytest.mark.parametrize(
    ("arrives_at", "holds_for", "match"),
    [([1.0, 2.0], [1.0], "every request has"), ([np.nan], [1.0], "times are numbers")],
)
def test_a_trace_with_holes_is_refused(arrives_at, holds_for, match):
    numbers = np.zeros(1, dtype=np.int32)
    with pytest.raises(ValueError, match=match):
        traced_requests(
            np.array(arrives_at), holds_for=np.array(holds_for), pair=numbers, bit_rate=numbers
        )


@pytest.mark.parametrize("load", [0.0, -1.0, np.inf])
def test_a_load_that_is_none_is_refused(load):
    with pytest.raises(ValueError, match="above 0 erlang"):
        RequestLaw(load_erlang=load, holding=LAW.holding, pairs=LAW.pairs, bit_rates=LAW.bit_rates)
