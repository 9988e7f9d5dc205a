"""Launch powers on the screen, and what they rest on."""

from rich.console import Console

from karakoram.interfaces.cli.launch_screen import show_launch
from tests.support.launches import wide_answer


def test_the_screen_says_what_is_assumed():
    console = Console(width=100)
    with console.capture() as capture:
        show_launch(console, wide_answer())
    shown = " ".join(capture.get().split())
    assert "BBS-CHL" in shown
    assert shown.partition("Figures")[2].split()[8] == "assumed"
    assert "L band, 1570.4-1610.9 nm" in shown
    assert "Repairs" not in shown
