"""Every public type is a word of our language, so every public type is in the glossary."""

import ast
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "karakoram"
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
WORDS = {name.rpartition(".")[2] for name in re.findall(r"`([\w.]+)`", GLOSSARY)}
LAYERS = "|".join(sorted(path.stem for path in SOURCE.iterdir() if path.stem.isalpha()))
PATHS = sorted(set(re.findall(rf"`((?:{LAYERS})(?:\.\w+)+)`", GLOSSARY)))
TYPES = sorted(
    {
        node.name
        for path in SOURCE.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and not node.name.endswith("Error")
    }
)


@pytest.mark.parametrize("name", TYPES)
def test_type_is_in_the_glossary(name):
    assert name in WORDS, f"{name} has no entry in docs/glossary.md"


@pytest.mark.parametrize("path", PATHS)
def test_the_glossary_names_nothing_that_is_gone(path):
    module, _, name = f"karakoram.{path}".rpartition(".")
    assert hasattr(importlib.import_module(module), name)


def test_every_term_has_a_meaning():
    lines = GLOSSARY.splitlines()
    terms = [i for i, line in enumerate(lines[1:], start=1) if line.startswith(": ")]
    assert terms
    assert all(lines[i - 1].strip() and len(lines[i]) > len(": ") for i in terms)


def test_terms_stand_in_alphabetical_order_in_their_section():
    for section in GLOSSARY.split("\n## ")[1:]:
        lines = section.splitlines()
        terms = [lines[i - 1].casefold() for i, line in enumerate(lines) if line.startswith(": ")]
        assert terms == sorted(terms)
