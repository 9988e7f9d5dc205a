from pathlib import Path

import pytest
import typer

from karakoram.interfaces.cli.options import path_from_word, refuse_lists


def test_a_path_is_what_the_word_names_and_an_empty_word_names_none():
    assert path_from_word(".") == Path()
    with pytest.raises(typer.BadParameter, match="is empty"):
        path_from_word("")


def test_a_status_stands_by_itself():
    assert refuse_lists(["option", "planned"]) == ["option", "planned"]
    with pytest.raises(typer.BadParameter, match="--include a --include b"):
        refuse_lists(["a,b"])
