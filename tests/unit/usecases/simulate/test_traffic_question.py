import pytest

from karakoram.usecases.simulate.traffic_question import (
    LightWords,
    TrafficQuestion,
    figures_apart,
    requests_apart,
    warm_up,
    words_apart,
)


def apart(*tables, **question):
    found = words_apart(TrafficQuestion(**question), tables=frozenset(tables))
    return {one.findings[0].place.field: one.findings[0].message for one in found}


def test_what_goes_together_is_not_refused():
    assert not apart(loads_erlang=(5.0,), truncate=2.0, bit_rates=("100G",), by_demands=True)
    assert not apart("trace", slots=320, k=9, heuristic="scarcity", warm_up=5, defragment="x")
    assert not apart("matrix", "bit_rates", "reach_table", loads_erlang=(5.0,), regenerate_km=9.0)
    lit = LightWords(is_lit=True, snr_gap_db=6.0)
    assert not apart("matrix", light=lit, order="length", heuristic="ksp_ff", latency_ms_max=9.0)


def test_a_trace_refuses_whatever_else_would_say_who_asks():
    found = apart(
        *("trace", "matrix", "bit_rates"),
        loads_erlang=(5.0,),
        holding="fixed",
        truncate=2.0,
        mean_holding=3.0,
        bit_rates=("100G",),
        by_demands=True,
        seed=2,
        runs=2,
        requests=5,
    )
    assert set(found) == {
        *("load", "holding", "truncate", "mean_holding", "bit_rate", "bit_rates", "demands"),
        *("matrix", "seed", "seeds", "requests"),
    }
    assert found["load"].startswith("--load cannot go with --trace: a trace says when")


def test_light_refuses_what_would_decide_in_its_place():
    lit = LightWords(is_lit=True)
    question = {"order": "slots", "heuristic": "scarcity", "defragment": "push-pull"}
    found = apart("reach_table", light=lit, regenerate_km=500.0, **question)
    assert set(found) == {"reach_table", "order", "heuristic", "regenerate", "defragment"}


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"fibre": "G652D"}, "light_fibre"),
        ({"amplifier": "EDFA-LINE"}, "light_amplifier"),
        ({"span_km_max": 90.0}, "light_span"),
        ({"snr_gap_db": 5.0}, "light_gap"),
        ({"efficiencies": (2.0,)}, "light_efficiency"),
        ({"channel_ghz": 50.0}, "light_channel"),
    ],
)
def test_figures_of_light_without_light_are_refused(words, field):
    found = apart(light=LightWords(**words))
    assert found == {field: f"--{field.replace('_', '-')} says nothing without --light; add it"}
    assert not apart(light=LightWords(is_lit=True, **words))


def test_two_ways_to_say_the_same_and_a_step_without_a_stair_are_refused():
    assert set(apart("matrix", by_demands=True)) == {"demands"}
    assert set(apart("bit_rates", bit_rates=("100G",))) == {"bit_rate"}
    assert set(apart(defragment_every=5)) == {"every"}


def test_figures_of_light_have_bounds():
    light = LightWords(
        is_lit=True, span_km_max=0.0, snr_gap_db=-1.0, efficiencies=(4.0, 0.0), channel_ghz=1e9
    )
    found = {one.findings[0].place.field for one in figures_apart(TrafficQuestion(light=light))}
    assert found == {"light_span", "light_gap", "light_efficiency", "light_channel"}


def test_a_trace_is_counted_from_its_first_request_and_may_be_short():
    question = TrafficQuestion()
    assert warm_up(question, is_traced=True) == 0
    assert warm_up(question, is_traced=False) == 3_000
    assert warm_up(TrafficQuestion(warm_up=7), is_traced=True) == 7
    assert not list(requests_apart(question, traced=1))
    (short,) = requests_apart(TrafficQuestion(warm_up=1), traced=1)
    assert short.findings[0].place.field == "warm_up"
    (nobody,) = requests_apart(question, traced=None)
    assert "or a trace" in nobody.findings[0].message
