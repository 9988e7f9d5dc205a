"""A table of records that is written to CSV or XLSX and read again gives the same records."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NewType

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from karakoram.adapters.formats.table_file import TableFile, guarded, unguarded
from karakoram.core.cells import hidden_breach
from karakoram.core.tables import records_from_rows
from karakoram.core.time import DAY_MAX
from karakoram.usecases.table_ports import table_from_records

Name = NewType("Name", str)


class Colour(Enum):
    RED = "red"
    BLUE = "blue.dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: Name
    colour: Colour
    words: str = ""
    parts: tuple[Name, ...] = ()
    count: int = 0
    share: float = 0.0
    price: Decimal = Decimal(0)
    day: date | None = None
    is_new: bool | None = None


PLAIN = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff\ufeff")
NAMES = (
    st.text(PLAIN, min_size=1, max_size=8)
    .filter(lambda text: text == text.strip() and ";" not in text and hidden_breach(text) is None)
    .map(Name)
)
HOSTILE = st.sampled_from(
    ["=1+1", "+92", "-", "@sum", "'=x", "''", "007", "1e5", "true", "\t=", "2026-11-28"]
)
THINGS = st.builds(
    Thing,
    name=NAMES | HOSTILE.map(str.strip).map(Name),
    colour=st.sampled_from(Colour),
    words=st.text(PLAIN | st.sampled_from("\n\t"), max_size=12) | HOSTILE,
    parts=st.lists(NAMES, max_size=3).map(tuple),
    count=st.integers(-(10**17) + 1, 10**17 - 1),
    share=st.floats(allow_nan=False, allow_infinity=False),
    price=st.decimals(min_value=-(10**20), max_value=10**20, places=4),
    day=st.none() | st.dates(date(1900, 3, 1), DAY_MAX),
    is_new=st.none() | st.booleans(),
)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@settings(max_examples=20, deadline=None, phases=(Phase.generate,))
@given(things=st.lists(THINGS, min_size=1, max_size=3))
def test_records_come_back_the_same(suffix, things):
    with TemporaryDirectory() as folder:
        file = TableFile(Path(folder) / f"things{suffix}")
        file.write_table(table_from_records(things, Thing))
        found = file.read_rows()
    assert found.findings == ()
    records, findings = records_from_rows(
        found.rows, record_type=Thing, table="things", header=found.header, is_keyed=False
    )
    assert findings == ()
    assert list(records) == things


@given(text=st.text(max_size=6) | HOSTILE)
def test_a_guarded_text_is_no_formula_and_nothing_of_it_is_lost(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
