"""Legs put together on the screen."""

from rich.console import Console
from typer.testing import CliRunner

from karakoram.interfaces.cli.commands.optics_hand_over import app
from karakoram.interfaces.cli.hand_over_screen import show_hand_over
from tests.support.budgets import corridor_answer


def test_the_screen_shows_legs_channels_what_is_told_and_what_to_look_at():
    console = Console(width=80, markup=False)
    with console.capture() as capture:
        show_hand_over(console, corridor_answer())
    text = capture.get()
    shown = " ".join(text.split())
    assert "CLS-CYB to ATL · 2 legs · 30 channels" in shown
    assert "ms (assumed) one way" in shown
    assert "what is computed is assumed, as the worst" in shown
    assert "9 of 30 channels; --json shows all" in shown
    assert "NOR CLS-CYB-ATL: 1 band, needs" in shown
    assert "nothing of spans, fibres and amplifiers" in shown
    assert "says nothing of 2 of 32 channels" in shown
    assert max(map(len, text.splitlines())) <= 80


def test_the_help_names_the_forms_of_a_leg():
    told = CliRunner().invoke(app, ["--help"]).stdout
    assert "corridor:A..Z" in " ".join(told.split())
