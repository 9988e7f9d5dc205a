"""Failures and growth on the screen."""

from dataclasses import replace
from io import StringIO

from rich.console import Console

from karakoram.interfaces.cli.failures_screen import show_simulated_failures
from karakoram.interfaces.cli.growth_screen import show_growth
from tests.support.simulated import (
    FEW,
    SMALL_GROWTH,
    RingSource,
    failures_answer,
    growth_answer,
    row,
)


def screen_text(show, found):
    console = Console(file=StringIO(), width=120, markup=False, highlight=False)
    show(console, found)
    return " ".join(console.file.getvalue().split())


def test_the_screen_compares_schemes_and_says_what_is_assumed():
    text = screen_text(show_simulated_failures, failures_answer(FEW))
    assert "square: 0.5 Tb/s asked for; 9 failures played through; 5 years" in text
    assert "unprotected 0.5 0 0.0 %" in text
    assert "Worst failures, 1+1" in text
    assert "one search for a way by the controller 100 ms (assumed)" in text
    assert "What is lost and available is stated" not in text
    assert "What is lost and available is " in text
    assert "for 5 more none is known, and they are only played through" in text
    assert "Lost in a year, by whose glass" not in text, "nobody owns a plain topology"


def test_the_screen_names_what_is_down_why_it_is_lost_and_whose_it_is():
    rows = (row(to_site="Z"), row(to_site="Z", priority="1"))
    question = replace(FEW, demands=rows, schemes=("dynamic", "unprotected"), together=2)
    text = screen_text(show_simulated_failures, failures_answer(question, RingSource()))
    assert "failures played through, one and two at a time" in text
    assert "cut A-B (A-B cable) and cut A-Z (A-Z cable) 200 0 200 no path left" in text
    assert "waits for repair" in text
    assert "LESSOR" in text


def test_the_screen_says_where_nothing_is_lost():
    question = replace(FEW, demands=(row(),), schemes=("1:1",), failures_per_1000_km_year=0.001)
    text = screen_text(show_simulated_failures, failures_answer(question))
    assert "group" not in text or "no path left" in text
    free = replace(question, schemes=("dynamic",), demands=(row(from_site="B", to_site="C"),))
    text = screen_text(show_simulated_failures, failures_answer(free))
    assert "Worst failures, dynamic" in text


def test_growth_tells_each_year_and_what_is_full_first():
    text = screen_text(show_growth, growth_answer())
    assert f"What is lost is {growth_answer().loss_confidence.value}, as the worst" in text
    assert "on paper: from 0.1 to 0.4 Tb/s in 2 years" in text
    assert "2 0.40 0.4 - A-Z (LESSOR)" in text
    assert "First without room: A-Z beyond" in text
    assert "Up to 0.4 Tb/s nothing is refused." in text
    assert "Lost in year 2, by whose glass is down" in text


def test_growth_counts_what_is_refused():
    much = replace(SMALL_GROWTH, last="20T", wave="400G", schemes=("1+1",))
    text = screen_text(show_growth, growth_answer(much))
    assert "wavelengths refused" in text
