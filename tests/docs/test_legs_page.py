"""Does the guide on legs tell every column and every finding, and none that is gone?"""

import ast
import re
from pathlib import Path

from karakoram.core.tables import columns_of
from karakoram.network.legs import LegKind, OfferedLeg
from karakoram.network.records import Status

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "karakoram"
PAGE = (ROOT / "docs" / "guides" / "legs.md").read_text(encoding="utf-8")
FILES = (SOURCE / "network" / "validate_legs.py", SOURCE / "adapters" / "formats" / "legs_file.py")


def first_cells(title):
    """The words in code in the first column of the table under a heading, in order."""
    _, _, text = PAGE.partition(f"## {title}\n")
    cells = re.findall(r"^\| (`.*?) \|", text.partition("\n## ")[0], re.MULTILINE)
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


def codes_in_sources():
    """The codes that findings about legs have: where they are made, or named to the maker."""
    words = {
        leaf.value
        for path in FILES
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for leaf in ast.walk(part)
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
    }
    return {word for word in words if re.fullmatch(r"[a-z]+(-[a-z]+)+", word)} - {"utf-8"}


def test_every_column_is_told_in_order():
    assert tuple(first_cells("The file")) == columns_of(OfferedLeg)


def test_every_word_of_a_column_of_words_is_told():
    for word in (*LegKind, *Status):
        assert f"`{word.value}`" in PAGE


def test_every_finding_is_told_and_none_that_is_gone():
    assert set(first_cells("What is found")) == codes_in_sources()
