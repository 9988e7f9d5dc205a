"""Does the page on the catalogue folder say every column, word and finding, and nothing else?"""

import ast
import re
from enum import Enum
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from karakoram.adapters.formats.catalogue_folder import FILES
from karakoram.adapters.formats.catalogue_tables import CATALOGUE_TABLES
from karakoram.core.tables import table_columns
from karakoram.sales.resource_kinds import ResourceKind
from tests.docs.test_network_folder_page import need_text, type_text

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "karakoram"
PAGE = (ROOT / "docs" / "reference" / "catalogue.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^#+ (.+)\n((?:(?!#+ ).*\n)*)", PAGE, re.MULTILINE))
TABLES = [(f"{table}.csv", kind) for table, kind in CATALOGUE_TABLES.items()]
BUILT_CODES = {
    *("unknown-service-specification", "unknown-characteristic", "unknown-resource-specification"),
    *("unknown-product-specification", "unknown-service-level", "unknown-product-offering"),
    *("unknown-operator", "unknown-site", "unknown-region"),
    *("offering-without-operator", "offering-without-segment"),
}
"""Put together of the name of a table or field; each is provoked in a test of the rules."""
OF_ORDERS = {"value-missing"}
"""About values that a customer chose, which stand in no folder."""


def rows(section):
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("| `")]
    cells = [re.split(r"(?<!\\)\|", line.strip("|")) for line in lines]
    return {first.strip().strip("`"): [c.strip() for c in rest] for first, *rest in cells}


@pytest.mark.parametrize(("section", "record_type"), TABLES)
def test_every_column_is_there_in_order_with_its_type_and_need(section, record_type):
    hints = get_type_hints(record_type, include_extras=True)
    expected = {
        column.name: [type_text(hints[column.name]), need_text(column)]
        for column in table_columns(record_type)
        if column.parent is None
    }
    on_page = {name: cells[:2] for name, cells in rows(section).items()}
    assert on_page == expected
    assert list(on_page) == list(expected)
    assert all(cells[2] for cells in rows(section).values())


@pytest.mark.parametrize(("section", "record_type"), TABLES)
def test_every_word_of_a_column_stands_beside_it(section, record_type):
    hints = get_type_hints(record_type)
    for name, (_, _, meaning) in rows(section).items():
        for hint in (hints[name], *get_args(hints[name])):
            if isinstance(hint, type) and issubclass(hint, Enum):
                words = {member.value for member in hint}
                assert words <= set(re.findall(r"`([^`]+)`", meaning)), name


def test_every_file_is_listed_and_has_its_section():
    listed = re.findall(r"\[`([\w.]+)`\]\(#", SECTIONS["The catalogue folder"])
    assert listed == list(FILES)
    assert set(listed) <= SECTIONS.keys()


def test_every_kind_of_resource_says_what_one_unit_is():
    assert list(rows("Kinds of resource")) == [kind.value for kind in ResourceKind]


def constants(name):
    """The codes in a file: of ``code=`` and of the first argument of ``finding_at``."""
    for call in ast.walk(ast.parse((SOURCE / name).read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        said = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
        called = getattr(call.func, "id", "")
        if called in {"_finding", "_folder_finding", "finding_at"}:
            said += call.args[:2]
        for part in (part for value in said for part in ast.walk(value)):
            word = part.value if isinstance(part, ast.Constant) else None
            if isinstance(word, str) and re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", word):
                yield word


def test_every_finding_is_there_and_none_is_gone():
    files = [
        *("adapters/formats/catalogue_folder.py", "adapters/formats/catalogue_settings.py"),
        *(f"sales/catalogue/{n}.py" for n in ("validate", "validate_prices", "validate_levels")),
        "sales/catalogue/configuration.py",
    ]
    given = {code for name in files for code in constants(name)} | BUILT_CODES
    on_page = set(re.findall(r"`([a-z]+(?:-[a-z0-9]+)+)`", SECTIONS["Findings"]))
    assert len(given) > 30
    assert on_page == given - OF_ORDERS
