"""Limits that no linter checks. When one hurts, split the thing; do not raise the limit."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "karakoram"
UNIT_TESTS = ROOT / "tests" / "unit"
FOLDERS = ("src", "tools", "tests", "benchmarks")
FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 60
TWO_MEANINGS = ("link", "node", "carrier", "circuit", "capacity", "rate")
"""Each means two things here: a name says which, as in ``bit_rate`` and ``failure_rate``."""
STILL_UNCLEAR = {
    "src/karakoram/adapters/formats/gnpy/": {"Node", "node"},
    "src/karakoram/adapters/formats/report/page.py": {"links"},
    "src/karakoram/engines/optics/": {"node", "nodes"},
    "src/karakoram/network/records.py": {"NODE"},  # a word of the table ``sites``
    "src/karakoram/network/validate_prices.py": {"rate", "rates"},
    "src/karakoram/planning/partner_legs.py": {"rate"},
    "src/karakoram/planning/refusal.py": {"rate"},
    "src/karakoram/planning/reliability.py": {"rate"},
}
"""Names that wait for a better word, by file or folder; this list only gets shorter."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def body_lines(function: Function) -> int:
    """Lines of a function, its docstring not counted."""
    total = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return total
    return total - ((first.end_lineno or 0) - first.lineno + 1)


def has_logic(tree: ast.Module) -> bool:
    """Whether a module computes anything; one of names and plain records does not."""
    return any(isinstance(node, Function) for node in ast.walk(tree))


def dotted(module: Path) -> str:
    return ".".join(module.relative_to(ROOT / "src").with_suffix("").parts)


@cache
def imports(tree: ast.Module) -> set[str]:
    """Every module that a file imports, or imports a name from."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@cache
def definitions(tree: ast.Module) -> set[str]:
    """The public functions and classes that a module defines."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
    }


def names_given(tree: ast.Module) -> set[str]:
    """Every name that a module gives to something of its own."""
    given: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            given.add(node.name)
        elif isinstance(node, ast.arg):
            given.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            given.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            given.add(node.attr)
    return given


def opening(tree: ast.Module) -> str:
    """The first paragraph of a module."""
    return (ast.get_docstring(tree) or "").partition("\n\n")[0]


def changeable_tables(tree: ast.Module) -> list[int]:
    """Lines of a module where a dictionary gets a name of no type, or of one to be changed."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            typed = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
            value = node.value.left if isinstance(node.value, ast.BinOp) else node.value
            if isinstance(value, ast.Dict | ast.DictComp) and (
                not typed or typed.startswith("dict[")
            ):
                found.append(node.lineno)
    return found


def has_two_meanings(name: str) -> bool:
    """Whether a name is one of the words, or its plural, and nothing more."""
    bare = name.strip("_").lower().replace("ies", "y")
    return bare in TWO_MEANINGS or bare.removesuffix("s") in TWO_MEANINGS


def still_unclear(path: Path) -> set[str]:
    """The names of a file that wait for a better word."""
    waiting = (names for at, names in STILL_UNCLEAR.items() if name_of(path).startswith(at))
    return set().union(*waiting)


def is_unit_tested(module: Path) -> bool:
    """Whether ``unit/`` has a twin: named after the module or its package, or importing it.

    ``engines/optics/srs.py`` has one in ``engines/optics/test_srs*.py``, in
    ``engines/test_optics*.py``, or in any file under ``engines/`` that imports it, or that
    imports from ``engines.optics`` a name that it defines.
    """
    *packages, name = module.relative_to(SOURCE).with_suffix("").parts
    twins = [UNIT_TESTS.joinpath(*packages).glob(f"test_{name}*.py")]
    if len(packages) > 1:
        twins.append(UNIT_TESTS.joinpath(*packages[:-1]).glob(f"test_{packages[-1]}*.py"))
    if any(True for paths in twins for _ in paths):
        return True
    neighbours = UNIT_TESTS.joinpath(*packages[:1]).rglob("test_*.py")
    package = dotted(module).rpartition(".")[0]
    ways_in = {dotted(module), *(f"{package}.{name}" for name in definitions(tree_of(module)))}
    return any(ways_in & imports(tree_of(path)) for path in neighbours)


def test_the_check_sees_the_code():
    assert name_of(SOURCE / "core" / "money.py") in map(name_of, python_files("src"))


def test_files_are_short():
    too_long = {
        name_of(path): lines
        for path in python_files(*FOLDERS)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES_MAX
    }
    assert not too_long, f"longer than {FILE_LINES_MAX} lines: {too_long}"


def test_functions_are_short():
    too_long = {
        f"{name_of(path)}:{node.lineno} {node.name}": lines
        for path in python_files(*FOLDERS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, Function) and (lines := body_lines(node)) > FUNCTION_LINES_MAX
    }
    assert not too_long, f"longer than {FUNCTION_LINES_MAX} lines: {too_long}"


def test_every_module_opens_with_the_question_it_answers():
    silent = [name_of(p) for p in python_files("src", "tools") if not ast.get_docstring(tree_of(p))]
    assert not silent, f"no module docstring: {silent}"
    telling = [
        name_of(path)
        for path in python_files("src")
        if path.name != "__init__.py" and "?" not in opening(tree_of(path))
    ]
    assert not telling, f"the first paragraph asks nothing: {telling}"


def test_tables_of_a_module_are_read_only_to_who_imports_them():
    changeable = [
        f"{name_of(path)}:{line}"
        for path in python_files("src")
        if "versions" not in path.parts  # migrations stay as they were
        for line in changeable_tables(tree_of(path))
    ]
    assert not changeable, f"say Mapping[...] of: {changeable}"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("A = {1: 2}", [1]),
        ("A: dict[int, int] = {}", [1]),
        ("A = {b: b for b in C} | D", [1]),
        ("A: Mapping[int, int] = {1: 2}\nB = {1, 2}\ndef c():\n    d = {1: 2}\n    return d", []),
    ],
)
def test_a_table_that_can_be_changed_is_seen(source, lines):
    assert changeable_tables(ast.parse(source)) == lines


def test_no_name_means_two_things():
    unclear = {
        name_of(path): names
        for path in python_files("src")
        if (
            names := set(filter(has_two_meanings, names_given(tree_of(path)))) - still_unclear(path)
        )
    }
    assert not unclear, f"say which link, rate and so on is meant: {unclear}"


@pytest.mark.parametrize(
    ("source", "unclear"),
    [
        ("rate = 1", {"rate"}),
        ("def f(capacity): ...", {"capacity"}),
        ("class Node: ...", {"Node"}),
        ("for link in (): ...", {"link"}),
        ("_RATES: int = 1", {"_RATES"}),
        ("self.capacities = 1", {"capacities"}),
        ("bit_rate, node_rank = 1, rate(2)", set()),
    ],
)
def test_a_name_that_means_two_things_is_seen(source, unclear):
    assert set(filter(has_two_meanings, names_given(ast.parse(source)))) == unclear


def test_no_import_is_relative():
    relative = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*FOLDERS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.level > 0
    ]
    assert not relative, f"relative imports: {relative}"


def test_every_module_with_logic_has_unit_tests_in_the_same_place():
    untested = [
        name_of(path)
        for path in python_files("src")
        if path.name != "__init__.py" and has_logic(tree_of(path)) and not is_unit_tested(path)
    ]
    assert not untested, f"no test under tests/unit is named after, or imports: {untested}"


def test_test_files_have_unique_names():
    counts = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert not [name for name, n in counts.items() if n > 1]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def f():\n    return 1\n", 2),
        ('def f():\n    """Two\n    lines."""\n    return 1\n', 2),
        ("def f():\n    1\n    return 1\n", 3),
    ],
)
def test_only_a_docstring_is_not_counted(source, lines):
    function = ast.parse(source).body[0]
    assert isinstance(function, Function)
    assert body_lines(function) == lines
