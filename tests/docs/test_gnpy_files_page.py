"""Does the page on files of GNPy tell every finding, and none that is gone?"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "karakoram"
PAGE = (ROOT / "docs" / "reference" / "gnpy-files.md").read_text(encoding="utf-8")
FOLDERS = (SOURCE / "network" / "photonic", SOURCE / "adapters" / "formats" / "gnpy")
BUDGETS = {"noise_budget.py"}  # a partner's budget is no file of GNPy
PARTS = {"ways-": ("ways-in", "ways-out")}


def codes_of(call):
    """The codes of findings that a call gives."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "find" and call.args:
        yield call.args[0]
    for keyword in call.keywords:
        if keyword.arg == "code":
            yield keyword.value


def codes_in_sources():
    codes = set()
    paths = (path for folder in FOLDERS for path in folder.rglob("*.py"))
    for path in (path for path in paths if path.name not in BUDGETS):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for value in codes_of(call):
                    found = [part.value for part in ast.walk(value) if is_text(part)]
                    codes |= {code for text in found for code in PARTS.get(text, (text,))}
    return codes


def is_text(part):
    return isinstance(part, ast.Constant) and isinstance(part.value, str)


def codes_on_page():
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    table = PAGE[PAGE.index("## Findings") : PAGE.index("## How it was checked")]
    return {code for row in rows if row in table for code in re.findall(r"`([\w-]+)`", row)}


def test_every_finding_is_there_and_none_is_gone():
    assert len(codes_in_sources()) > 30
    assert codes_on_page() == codes_in_sources()
