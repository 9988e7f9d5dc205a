"""What a planner reads of a way bears how far it may be trusted."""

from io import StringIO

from rich.console import Console

from karakoram.interfaces.cli.design_screen import show_design
from karakoram.interfaces.cli.routes_screen import show_routes
from karakoram.interfaces.cli.texts import CONFIDENCE_LEGEND
from karakoram.usecases.plan.find_routes import RoutesAnswer
from tests.support.offers import route_answer, route_question, service_design
from tests.support.small_corridor import small_network

NETWORK = small_network()
DESIGN = service_design(NETWORK)


def words(show, *arguments):
    """All words of what is shown, with single blanks."""
    console = Console(file=StringIO(), width=100, markup=False, highlight=False)
    show(console, *arguments)
    return " ".join(console.file.getvalue().split())


def test_a_path_is_told_with_how_far_its_figures_may_be_trusted():
    text = words(show_design, NETWORK, DESIGN)
    path = text.partition("Working path")[2].partition("Operator")[0]
    assert f"{DESIGN.offers[0].paths[0].length_km:,.1f} km of glass (assumed)" in path
    assert "ms RTT (assumed, fibre only)" in path
    assert "minutes a year down (assumed)" in path


def test_routes_and_the_pair_are_told_with_what_the_marks_mean():
    found = RoutesAnswer(network=NETWORK, question=route_question(), answer=route_answer(NETWORK))
    text = words(show_routes, found)
    assert "SCO - ON - CYB - PEACE-CO assumed" in text
    assert "km (assumed) together" in text
    assert text.endswith(CONFIDENCE_LEGEND)
