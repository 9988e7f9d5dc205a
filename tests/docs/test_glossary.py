"""Every public type is a word of our language, so every public type is in the glossary."""

import ast
import importlib
import re
from pathlib import Path

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


def is_gone(path):
    """Whether the glossary names what no module has."""
    module, _, name = f"karakoram.{path}".rpartition(".")
    return not hasattr(importlib.import_module(module), name)


def test_every_type_is_in_the_glossary():
    assert TYPES
    missing = [name for name in TYPES if name not in WORDS]
    assert not missing, f"no entry in docs/glossary.md: {missing}"


def test_the_glossary_names_nothing_that_is_gone():
    assert PATHS
    assert not [path for path in PATHS if is_gone(path)]


def test_a_name_that_is_gone_is_seen():
    assert is_gone("core.money.Cowrie")
    assert not is_gone("core.money.Money")


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
