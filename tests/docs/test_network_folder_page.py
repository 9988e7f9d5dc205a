"""Does the page on the network folder say every column, key and finding, and nothing else?"""

import ast
import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Annotated, NewType, get_args, get_origin, get_type_hints

import pytest

from karakoram.adapters.formats import network_toml, text_files
from karakoram.adapters.formats.folder_reading import OPTIONAL_FILES, REQUIRED_FILES
from karakoram.adapters.formats.network_tables import LIBRARY_TABLES, NETWORK_TABLES, file_name
from karakoram.core.cells import DECIMAL_PLACES_MAX
from karakoram.core.fields import Bounds
from karakoram.core.provenance import Provenance
from karakoram.core.references import _one_of
from karakoram.core.tables import columns_of, table_columns
from karakoram.network.network import _RULE_BOUNDS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "karakoram"
PAGE = (ROOT / "docs" / "reference" / "network-folder.md").read_text(encoding="utf-8")
TABLES = {**NETWORK_TABLES, **LIBRARY_TABLES}
PROVENANCE = "Every table: where the figures come from"
SECTIONS = dict(re.findall(r"^#+ (.+)\n((?:(?!#+ ).*\n)*)", PAGE, re.MULTILINE))
CODE_SECTIONS = {
    *("The folder and its files", "First row and rows", "Cells", "In karakoram.toml"),
    *("Records taken together", "When writing"),
}
ELSEWHERE = {
    *("photonic", "gnpy", "topologies", "workers", "store"),
    *("validate_topology.py", "route_reasons.py"),
    *("demand_table.py", "pairs_file.py", "legs_file.py"),
    *("catalogue_folder.py", "catalogue_settings.py", "price_list_file.py"),
    *("settlement_folder.py", "typesetting.py", "settlement_pdf.py"),
    *("partners", "partners_file.py"),
    *("measured_channels_file.py", "traffic_tables.py", "life.py"),
    *("table_file.py", "xlsx_table.py", "quote_pdf.py"),
}
SIMPLE = {
    str: "text",
    float: "number",
    int: "whole number",
    bool: "true/false",
    Decimal: "decimal",
    date: "day",
}


def rows(section):
    """The rows of the tables of a section: first cell without backticks, then the others."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    names = [first.strip("`") for first, *_ in cells]
    assert len(set(names)) == len(names), f"{section} names a row twice"
    return {name: others for name, (_, *others) in zip(names, cells, strict=True)}


def bound_text(bounds):
    if bounds.at_least is not None and bounds.at_most is not None:
        return f" {bounds.at_least:,g} to {bounds.at_most:,g}"
    signs = ((">", bounds.above), (">=", bounds.at_least), ("<=", bounds.at_most))
    parts = [f"{sign} {value:,g}" for sign, value in signs if value is not None]
    return " " * bool(parts) + ", ".join(parts)


def type_text(hint):
    """What the page calls a type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        bounds = (extra for extra in arguments[1:] if isinstance(extra, Bounds))
        return type_text(arguments[0]) + "".join(map(bound_text, bounds))
    if NoneType in arguments:
        return type_text(next(arm for arm in arguments if arm is not NoneType))
    if origin is tuple:
        return f"{type_text(arguments[0])}s"
    if isinstance(hint, NewType):
        return "id"
    return "word" if issubclass(hint, Enum) else SIMPLE[hint]


def need_text(column):
    if not column.is_required:
        return "no"
    return "text" if column.is_text else "yes"


def expected_columns(record_type):
    hints = get_type_hints(record_type, include_extras=True)
    return {
        column.name: [type_text(hints[column.name]), need_text(column)]
        for column in table_columns(record_type)
        if column.parent is None
    }


@pytest.mark.parametrize(
    ("section", "record_type"),
    [*((file_name(table), kind) for table, kind in TABLES.items()), (PROVENANCE, Provenance)],
)
def test_every_column_is_there_in_order_with_its_type_and_need(section, record_type):
    on_page = {name: cells[:2] for name, cells in rows(section).items()}
    assert on_page == expected_columns(record_type)
    assert list(on_page) == list(expected_columns(record_type))
    assert all(cells[2] for cells in rows(section).values())


@pytest.mark.parametrize("record_type", TABLES.values())
def test_the_last_four_columns_of_every_table_are_its_provenance(record_type):
    assert columns_of(record_type)[-4:] == columns_of(Provenance)


@pytest.mark.parametrize(
    ("section", "record_type"),
    [*((file_name(table), kind) for table, kind in TABLES.items()), (PROVENANCE, Provenance)],
)
def test_every_allowed_word_of_a_column_stands_beside_it(section, record_type):
    hints = get_type_hints(record_type)
    for name, (_, _, meaning) in rows(section).items():
        if isinstance(hints[name], type) and issubclass(hints[name], Enum):
            words = {member.value for member in hints[name]}
            assert words <= set(re.findall(r"`([^`]+)`", meaning)), name


def test_every_file_is_listed_and_has_its_section():
    listed = re.findall(r"\[`([\w.]+)`\]\(#", SECTIONS["The network folder"])
    assert listed == [*REQUIRED_FILES, *OPTIONAL_FILES]
    assert set(listed) <= SECTIONS.keys()


def test_every_key_of_the_settings_is_there_with_its_range():
    expected = {}
    for section, keys in network_toml._KEYS_BY_SECTION.items():
        if section.startswith("rules."):
            bounds = bound_text(_RULE_BOUNDS[section.removeprefix("rules.")])
            expected[section] = [f"figure{bounds}", "yes"]
            continue
        for key in keys:
            kind = "id" if section == "equipment" else "text"
            needed = "no" if key in network_toml._OPTIONAL_KEYS else "yes"
            expected[f"{section}.{key}"] = [kind, needed]
    expected["network.format_version"][0] = "whole number"
    figure = {
        key: [
            {"value": "number", "confidence": "word"}.get(key, "text"),
            "no" if key in network_toml._OPTIONAL_KEYS else "yes",
        ]
        for key in network_toml.FIGURE_KEYS
    }
    found = {name: cells[:2] for name, cells in rows("karakoram.toml").items()}
    assert found == {**expected, **figure}


def test_limits_currencies_and_version_are_those_of_the_program():
    settings = rows("karakoram.toml")
    assert f"`{network_toml.FORMAT_VERSION}`" in settings["network.format_version"][2]
    for limit in (
        f"{text_files.FILE_BYTES_MAX // 2**20} MiB a table",
        f"{network_toml.FILE_BYTES_MAX // 2**10} KiB `karakoram.toml`",
        f"{csv.field_size_limit():,} characters a cell",
        f"up to {DECIMAL_PLACES_MAX} before and after the point",
    ):
        assert limit in PAGE


def sources():
    """Modules that judge folders; other files and answers about routes have their own pages."""
    return [
        path
        for layer in ("core", "network", "adapters")
        for path in (SOURCE / layer).rglob("*.py")
        if not ELSEWHERE & set(path.parts)
    ]


def codes_of(call) -> Iterator[str]:
    """The codes that a call gives; a choice between two gives both."""
    for keyword in call.keywords:
        if keyword.arg == "code":
            for part in ast.walk(keyword.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def referenced_tables():
    """The tables that ``validate`` looks identifiers up in: the last word of each reference."""
    tree = ast.parse((SOURCE / "network" / "validate.py").read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and re.fullmatch(
            "_[a-z]+_references", function.name
        ):
            for part in ast.walk(function):
                if isinstance(part, ast.Yield) and isinstance(part.value, ast.Tuple):
                    words = [w for w in ast.walk(part) if isinstance(w, ast.Constant)]
                    last = max(words, key=lambda word: (word.lineno, word.col_offset))
                    yield last.value


def codes_in_sources():
    """Every code of a finding, and whether the function that gives it speaks of a warning."""
    codes: dict[str, bool] = {f"unknown-{_one_of(table)}": False for table in referenced_tables()}
    for path in sources():
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            is_warning = any(
                isinstance(part, ast.Attribute) and part.attr == "WARNING"
                for part in ast.walk(function)
            )
            for call in ast.walk(function):
                if isinstance(call, ast.Call):
                    codes |= {code: is_warning for code in codes_of(call) if code != "unknown-"}
    return codes


def codes_on_page():
    """Every code of the page, and whether it is called a warning."""
    return {
        code: when.startswith("*warning*")
        for section in CODE_SECTIONS
        for code, (when, _) in rows(section).items()
    }


def test_every_finding_is_there_and_none_is_gone():
    assert len(codes_in_sources()) > 50
    assert codes_on_page() == codes_in_sources()


def test_no_finding_stands_on_the_page_twice():
    assert sum(len(rows(section)) for section in CODE_SECTIONS) == len(codes_on_page())


def test_every_table_named_is_looked_up():
    assert set(referenced_tables()) <= TABLES.keys()
    assert {"sites", "cables", "roadm_types"} <= set(referenced_tables())
