"""What a person reads of the multiplex where there is nothing to read."""

import io

from rich.console import Console

from karakoram.interfaces.cli.multiplex_screen import show_map


def test_a_site_where_nothing_passes_says_so():
    console = Console(file=io.StringIO(), width=100)
    show_map(console, (), site="GIL")
    assert "Nothing passes" in console.file.getvalue()
