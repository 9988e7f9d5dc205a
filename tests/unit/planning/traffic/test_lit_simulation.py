import numpy as np
import pytest

from karakoram.engines.spectrum.candidates import Outcome
from karakoram.usecases.simulate.traffic_question import LightWords
from tests.support.traffic_answers import asked

LIT = LightWords(is_lit=True)


def lit(**question):
    question = {"light": LIT, "loads_erlang": (150.0,), "requests": 8_000, **question}
    return asked(truncate=None, **question)


def causes(answer):
    return {cause: share.value for cause, share in answer.loads[0].figures.by_cause}


def test_light_refuses_by_gsnr_and_tells_what_is_lit():
    answer = lit(light=LightWords(is_lit=True, snr_gap_db=9.0), k=1)
    found = causes(answer)
    assert found[Outcome.NO_LIGHT] > 0.02
    assert sum(found.values()) == pytest.approx(answer.loads[0].figures.blocking.value)
    modulations = answer.loads[0].figures.light
    assert sum(one.lit_count > 0 for one in modulations) > 1
    for one in modulations:
        assert one.gsnr_db_min >= one.snr_needed_db - 1e-9
    needed = 10 * np.log10(2.0 ** np.array([4, 3, 2, 1]) - 1) + 9.0
    assert [one.snr_needed_db for one in modulations] == pytest.approx(needed)


def test_a_path_that_takes_too_long_is_not_lit_and_says_so():
    late = causes(lit(latency_ms_max=12.0))
    assert late[Outcome.LATENCY] > 0.05
    assert lit().loads[0].figures.blocking.value < late[Outcome.LATENCY]


def test_reserved_slots_stay_dark():
    half = lit(reserved=("0-49",)).loads[0].figures.blocking
    assert half.low > lit().loads[0].figures.blocking.high


def test_what_is_lit_at_the_end_of_runs_is_added_and_the_least_gsnr_counts():
    one, two = lit().loads[0].figures.light, lit(runs=2).loads[0].figures.light
    for of_one, of_two in zip(one, two, strict=True):
        assert of_two.lit_count >= of_one.lit_count
        assert of_two.gsnr_db_min <= of_one.gsnr_db_min
    assert sum(each.lit_count for each in two) > 1.5 * sum(each.lit_count for each in one)
