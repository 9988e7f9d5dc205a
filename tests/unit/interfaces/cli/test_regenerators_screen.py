"""Plans of regenerators on the screen."""

from dataclasses import replace
from io import StringIO

from rich.console import Console

from karakoram.engines.optimise import SiteSearch
from karakoram.interfaces.cli.regenerators_screen import show_regenerators
from karakoram.usecases.plan.plan_regenerators import RegeneratorAnswer
from tests.support.demand_words import plan, words


def screen_text(found):
    console = Console(file=StringIO(), width=100, markup=False, highlight=False)
    show_regenerators(console, found)
    return " ".join(console.file.getvalue().split())


def test_the_screen_shows_demands_sites_and_what_is_proven():
    text = screen_text(plan(words(), words("A", "B"), words("A", "X")))
    assert "3 demands: 6 transponders, regenerators at 1 site, 800.0 km (assumed)" in text
    assert "A Z 400 640.0 (assumed) 4 C" in text
    assert text.partition("none: over plant")[0].count("(assumed)") == 5, "margins too"
    assert "800.0 km (assumed) Proven" in text
    assert "none: over plant in service" in text
    assert "C town (C) 1" in text
    assert "Proven: no plan has fewer transponders" in text


def test_the_screen_says_what_is_not_proven():
    found = plan(words("A", "B"))
    assert "Regenerators Site" not in screen_text(found)
    unsure = replace(found.plan, proven=False, search=SiteSearch.GREEDY, site_count_bound=2)
    text = screen_text(RegeneratorAnswer(network=found.network, plan=unsure))
    assert "at least 2 sites and 160.0 km are needed, which is all that is proven" in text
    assert "sites were left out one by one" in text


def test_where_nothing_can_be_lit_nothing_is_said_to_be_proven():
    text = screen_text(plan(words("A", "X")))
    assert "1 demand: nothing can be lit" in text
    assert "none: over plant in service" in text
    assert "0 transponders" not in text
    assert "roven" not in text
