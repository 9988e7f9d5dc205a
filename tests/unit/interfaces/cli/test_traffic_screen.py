from dataclasses import replace
from io import StringIO

from rich.console import Console

from karakoram.interfaces.cli.traffic_screen import show_traffic
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
