import numpy as np
import pytest

from karakoram.engines.spectrum.candidates import Outcome
from tests.support.traffic_answers import asked
from tests.support.traffic_files import (
    BIT_RATES,
    MATRIX,
    TRACE,
    answered,
    recorded,
    refused,
    written,
)


def blocking(answer):
    return answer.loads[0].figures.blocking


@pytest.mark.parametrize("is_directed", [True, False])
def test_drawn_requests_that_are_recorded_and_played_back_are_refused_alike(tmp_path, is_directed):
    drawn, text = recorded(requests=3_500, is_directed=is_directed, loads_erlang=(300.0,))
    tables = written(tmp_path, trace=text)
    played = answered(tables, warm_up=3_000, is_directed=is_directed)
    assert blocking(drawn).value > 0.0
    assert played.loads[0].figures.blocking.value == blocking(drawn).value
    assert played.loads[0].figures.by_cause[0][1].value == blocking(drawn).value
    assert played.loads[0].offered_erlang == pytest.approx(drawn.loads[0].offered_erlang, rel=0.1)


def test_a_trace_followed_by_hand(tmp_path):
    rows = ["0,10,WA,CA1,1100", "1,1,WA,CA1,100", "2,0.5,WA,CA1,100", "11,,CA1,WA,400"]
    tables = written(tmp_path, trace=TRACE + "\n".join(rows) + "\n")
    answer = answered(tables, slots=45, k=1)
    figures = answer.loads[0].figures
    # 1,100 Gb/s take 30 slots on 1,050 km at 3 bit/s/Hz, and a guard; 100 Gb/s take 4; 14 are left.
    assert (figures.requests, figures.blocking.value) == (4, 0.0)
    full = answered(tables, slots=34, k=1).loads[0].figures
    assert full.blocking.value == 0.5, "14 slots less: neither of the small ones fits beside"
    assert (full.blocking.low, full.blocking.high) == (0.0, 1.0), "four requests say nothing"
    assert answer.understood.requests.bit_rates_gbps == (100.0, 400.0, 1100.0)
    assert np.isinf(answer.loads[0].offered_erlang), "the last is never given back"


def test_requests_that_come_in_any_order_are_served_as_they_arrive(tmp_path):
    drawn, text = recorded(requests=3_500, loads_erlang=(300.0,))
    head, *lines = text.splitlines()
    turned = "\n".join([head, *reversed(lines)]) + "\n"
    played = answered(written(tmp_path, trace=turned), warm_up=3_000)
    assert blocking(played).value == blocking(drawn).value


def test_the_load_of_a_trace_is_what_it_shows(tmp_path):
    rows = "0,3,WA,CA1,100\n4,5,CA1,WA,100\n"
    assert answered(written(tmp_path, trace=TRACE + rows)).loads[0].offered_erlang == 2.0
    at_once = "1,3,WA,CA1,100\n1,5,CA1,WA,100\n"
    assert answered(written(tmp_path, trace=TRACE + at_once)).loads[0].load_erlang == 2.0
    no_time = "1,0,WA,CA1,100\n2,0,CA1,WA,100\n"
    assert answered(written(tmp_path, trace=TRACE + no_time)).loads[0].load_erlang < 1e-6


def test_cells_that_name_no_pair_are_told_with_row_and_field(tmp_path):
    rows = "0,3,WA,WA,100\n1,3,Wa1,CA1,100\n2,3,nowhere,wa,100\n"
    found = refused(written(tmp_path, trace=TRACE + rows))
    assert set(found) == {
        "trace.csv row 2, field to_site_id",
        "trace.csv row 3, field from_site_id",
        "trace.csv row 4, field from_site_id",
    }
    assert "between two" in found["trace.csv row 2, field to_site_id"]
    assert "did you mean" in found["trace.csv row 3, field from_site_id"].lower()


def test_a_matrix_says_how_likely_pairs_are(tmp_path):
    tables = written(tmp_path, matrix=MATRIX + "WA,CA1,3\nCA1,WA,1\n")
    answer = answered(tables, loads_erlang=(50.0,))
    probability = answer.understood.requests.laws[0].pairs.probability
    assert sorted(probability[probability > 0.0]) == [0.25, 0.75]
    shared = answered(tables, loads_erlang=(50.0,), is_directed=False)
    assert shared.understood.requests.laws[0].pairs.probability.max() == 1.0
    busy = answered(tables, loads_erlang=(150.0,))
    assert blocking(busy).low > blocking(asked(loads_erlang=(150.0,), truncate=None)).high


def test_a_matrix_that_repeats_a_pair_or_asks_for_nothing_is_refused(tmp_path):
    twice = MATRIX + "WA,CA1,3\nCA1,WA,1\nWA,CA1,2\n"
    found = refused(written(tmp_path, matrix=twice), loads_erlang=(5.0,))
    assert found == {"matrix.csv row 4": "row 2 has the same pair; write each once"}
    nothing = refused(written(tmp_path, matrix=MATRIX + "WA,CA1,0\n"), loads_erlang=(5.0,))
    assert set(nothing) == {"matrix.csv row 2, field volume"}


def test_bit_rates_are_asked_for_as_often_as_their_weights_say(tmp_path):
    light = answered(
        written(tmp_path, bit_rates=BIT_RATES + "25,9\n100,1\n"), loads_erlang=(250.0,)
    )
    heavy = answered(
        written(tmp_path, bit_rates=BIT_RATES + "25,1\n100,9\n"), loads_erlang=(250.0,)
    )
    assert light.understood.requests.laws[0].bit_rates.probability.tolist() == [0.9, 0.1]
    assert blocking(light).high < blocking(heavy).low
    causes = dict(heavy.loads[0].figures.by_cause)
    assert causes[Outcome.NO_SPECTRUM].value == blocking(heavy).value
