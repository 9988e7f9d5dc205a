from dataclasses import replace
from io import StringIO
from math import inf, isinf

from rich.console import Console

from karakoram.adapters.formats.json_traffic import json_from_traffic
from karakoram.adapters.formats.topologies.library import NamedTopology
from karakoram.adapters.formats.traffic_tables import TrafficFiles
from karakoram.adapters.workers.pool import ProcessPool
from karakoram.interfaces.cli.traffic_screen import show_traffic
from karakoram.usecases.simulate.simulate_traffic import simulate_traffic
from karakoram.usecases.simulate.traffic_question import TrafficQuestion
from tests.support.traffic_answers import asked, three_loads


def words_of(answer):
    console = Console(file=StringIO(), width=110, markup=False, highlight=False)
    show_traffic(console, answer)
    return " ".join(console.file.getvalue().split())


def test_every_load_is_told_with_its_interval_and_cause():
    answer = three_loads()
    words = words_of(answer)
    for one in answer.loads:
        blocking = one.figures.blocking
        assert f"{one.load_erlang:g} {one.offered_erlang:.4g} {100 * blocking.value:.4g}" in words
        assert f"{100 * blocking.low:.4g} to {100 * blocking.high:.4g}" in words
    assert f"no spectrum {100 * answer.loads[2].figures.blocking.value:.4g}" in words
    assert answer.paths.path_list_sha256 in words
    assert "100 slots, directed" in words
    assert "in one run from seed 1" in words
    assert "exponential holding times below 2 means" in words


def test_what_was_not_refused_has_no_cause_and_what_is_shared_is_told():
    answer = asked(loads_erlang=(5.0,), truncate=None, is_directed=False, runs=2)
    words = words_of(answer)
    assert "5 5 0 0 to 0.01" in words
    assert "shared by both directions" in words
    assert "in 2 runs from seed 1" in words
    assert "means" not in words
    assert "3,000 of each run left out" in words_of(replace(answer))


def test_requests_that_never_end_make_no_load_in_erlang():
    answer = three_loads()
    endless = replace(answer.loads[0], load_erlang=inf, offered_erlang=inf)
    told = replace(answer, loads=(endless,))
    words = words_of(told)
    assert "inf" not in words
    assert f"- - {100 * endless.figures.blocking.value:.4g}" in words
    (load,) = json_from_traffic(told)["loads"]
    assert (load["load_erlang"], load["offered_erlang"]) == (None, None)


def test_a_trace_of_which_a_request_never_ends_shows_no_load(tmp_path):
    trace = tmp_path / "trace.csv"
    trace.write_text(
        "arrives_at,holds_for,from_site_id,to_site_id,bit_rate_gbps\n"
        "0.0,2.0,WA,CA1,100\n1.0,,WA,CA2,100\n",
        encoding="utf-8",
    )
    answer = simulate_traffic(
        TrafficQuestion(loads_erlang=()),
        topologies=NamedTopology("nsfnet-deeprmsa"),
        workers=ProcessPool(1),
        tables=TrafficFiles(trace=trace),
    )
    assert isinf(answer.loads[0].load_erlang)
    assert "2 requests of the trace counted, 0 left out. Some never end" in words_of(answer)
