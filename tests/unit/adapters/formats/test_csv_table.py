import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karakoram.adapters.formats.csv_table import csv_from_rows, rows_from_csv

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


def test_rows_are_numbered_as_a_spreadsheet_counts():
    found = rows_from_csv('a, b \r\n1,"x,\r\ny"\r\n\r\n2,z\r\n', table="t")
    assert found.header == ("a", "b")
    assert found.rows == ((2, {"a": "1", "b": "x,\r\ny"}), (4, {"a": "2", "b": "z"}))
    assert found.is_whole


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('a,b\n1,2\n3,"4\n', 3),
        ('a,b\n1,"2"x\n3,4\n', 2),
        ('a,b\n1,"' + "x" * (csv.field_size_limit() + 1) + '"\n', 2),
        ('a,"b', 1),
    ],
)
def test_what_is_no_csv_is_a_finding_in_its_row(text, row):
    found = rows_from_csv(text, table="t")
    assert not found.is_whole
    assert [(f.code, f.place.row) for f in found.findings] == [("not-csv", row)]


def test_the_rows_above_broken_quotes_are_kept():
    assert len(rows_from_csv('a,b\n1,2\n3,"4\n', table="t").rows) == 1


@pytest.mark.parametrize("blank", ["\n", "  \r\n", ",,\n\n"])
def test_blank_rows_above_the_names_of_the_columns_are_one_finding(blank):
    found = rows_from_csv(blank + "a,b\n1,2\n3,4\n", table="t")
    assert not found.is_whole
    assert found.rows == ()
    (finding,) = found.findings
    assert (finding.code, finding.place.row) == ("not-this-table", 1)
    assert "blank rows above" in finding.message


@pytest.mark.parametrize(("separator", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_told(separator, word):
    found = rows_from_csv(f"a{separator}b\n1{separator}2\n", table="t")
    assert [finding.code for finding in found.findings] == ["wrong-separator"]
    assert word in found.findings[0].message


def test_a_single_column_is_no_wrong_separator():
    assert rows_from_csv("a\n1\n", table="t").rows == ((2, {"a": "1"}),)


@given(rows=st.lists(st.tuples(cells.filter(str.strip), cells), max_size=5))
def test_whatever_is_written_is_read_again(rows):
    written = csv_from_rows([{"a": a, "b": b} for a, b in rows], header=["a", "b"])
    found = rows_from_csv(written, table="t")
    assert [tuple(row.values()) for _, row in found.rows] == rows
    assert found.is_whole


@given(row=st.lists(cells, min_size=2, max_size=4))
def test_the_csv_module_reads_what_is_written(row):
    header = [str(number) for number in range(len(row))]
    text = csv_from_rows([dict(zip(header, row, strict=True))], header=header)
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == [header, row]


@pytest.mark.parametrize("header", ["span_id," * 1_500_000, ",".join(map(str, range(200_000)))])
def test_a_first_row_wider_than_any_table_is_one_short_finding_at_once(header):
    begun = time.process_time()
    found = rows_from_csv(header + "\n", table="spans")
    assert time.process_time() - begun < 3.0
    assert (found.header, found.is_whole) == ((), False)
    (finding,) = found.findings
    assert (finding.code, finding.place.row) == ("file-too-large", 1)
    assert "columns, more than 1,000; no table needs as many" in finding.message


def test_a_thousand_columns_are_read():
    assert len(rows_from_csv(",".join(map(str, range(1_000))) + "\n", table="t").header) == 1_000
