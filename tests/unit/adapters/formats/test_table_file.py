"""A table goes out as CSV or XLSX and comes back; what a spreadsheet made of it is understood."""

import zipfile
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest

from karakoram.adapters.formats import xlsx_table
from karakoram.adapters.formats.table_file import TableFile, guarded, unguarded
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.usecases.table_ports import Table, text_from_cell

AWKWARD = Table(
    header=("name", "count", "amount", "day", "moment", "is_true", "empty"),
    rows=(
        (
            "=SUM(A1)",
            3,
            Decimal("300.00"),
            date(2026, 11, 28),
            datetime(2026, 11, 28, 9, 5, 7, tzinfo=UTC),
            True,
            None,
        ),
        (
            "+1",
            -7,
            Decimal("-0.5"),
            date(1999, 1, 1),
            datetime(2026, 1, 1, 6, tzinfo=timezone(timedelta(hours=5))),
            False,
            None,
        ),
        ("-x", 10**20, Decimal("0.000123456789012345678901"), None, None, None, ""),
        ('@a, "b"\nc', 0, 1e-7, None, None, None, None),
        ("'=1", 1, 0.1, None, None, None, None),
        ("گلگت 吉尔吉特 007", 1, 2.5, None, None, None, None),
        ("007", 1, 160.0, None, None, None, None),
    ),
)


@pytest.fixture(params=["t.csv", "t.xlsx", "T.XLSX"])
def file(request, tmp_path):
    return TableFile(tmp_path / request.param)


def same(read, written):
    """Whether a text that was read says what was written; numbers may lose zeros at their end."""
    if isinstance(written, int | float | Decimal) and not isinstance(written, bool):
        return Decimal(read) == Decimal(text_from_cell(written))
    return read == text_from_cell(written)


def test_what_is_written_is_read_again(file):
    file.write_table(AWKWARD)
    found = file.read_rows()
    assert (found.header, found.findings) == (AWKWARD.header, ())
    assert [number for number, _ in found.rows] == list(range(2, 9))
    for (_, cells), row in zip(found.rows, AWKWARD.rows, strict=True):
        for name, value in zip(AWKWARD.header, row, strict=True):
            assert same(cells[name], value), name
    assert found.rows[0][1]["moment"] == "2026-11-28T09:05:07"


def test_no_cell_is_run_as_a_formula(file):
    file.write_table(AWKWARD)
    if file.path.suffix == ".csv":
        first = [line.lstrip('"')[:2] for line in file.path.read_text("utf-8").splitlines()[1:]]
        assert first[:3] == ["'=", "'+", "'-"]
        return
    cells = [row[0] for row in openpyxl.load_workbook(file.path).active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert cells[0].value == "=SUM(A1)"


def test_numbers_days_and_moments_are_those_of_the_spreadsheet(tmp_path):
    TableFile(tmp_path / "t.xlsx").write_table(AWKWARD)
    row = next(openpyxl.load_workbook(tmp_path / "t.xlsx").active.iter_rows(min_row=2))
    assert [type(cell.value) for cell in row[1:6]] == [int, int, datetime, datetime, bool]
    assert row[2].number_format == "0.00"
    assert row[3].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (923001234567.0, "923001234567"),
        (0.1, "0.1"),
        (date(2026, 11, 28), "2026-11-28"),
        (datetime(2026, 11, 28), "2026-11-28"),  # noqa: DTZ001  (a spreadsheet has no zones)
        (datetime(2026, 11, 28, 14, 30), "2026-11-28T14:30:00"),  # noqa: DTZ001
        (time(8, 30), "08:30:00"),
        (True, "true"),
        ("  kept ", "  kept "),
    ],
)
def test_what_a_person_typed_in_excel_is_read_as_text(tmp_path, value, text):
    book = openpyxl.Workbook()
    book.active.append(["x"])
    book.active.append([value])
    book.save(tmp_path / "t.xlsx")
    ((_, cells),) = TableFile(tmp_path / "t.xlsx").read_rows().rows
    assert cells["x"] == text


def test_formulas_count_as_their_results_and_errors_are_told_with_their_cell(tmp_path):
    book = openpyxl.Workbook()
    for line in (["a", "b"], ["=1+1", "x"], ["y", "#N/A"]):
        book.active.append(line)
    book.active["B3"].data_type = "e"
    book.save(tmp_path / "t.xlsx")
    found = TableFile(tmp_path / "t.xlsx").read_rows()
    assert [(f.code, str(f.place)) for f in found.findings] == [
        ("formula-without-result", "t.xlsx row 2, field a"),
        ("spreadsheet-error", "t.xlsx row 3, field b"),
    ]
    with_results(tmp_path / "t.xlsx", tmp_path / "u.xlsx", result="2")
    found = TableFile(tmp_path / "u.xlsx").read_rows()
    assert found.rows[0][1]["a"] == "2"


def with_results(source, target, *, result):
    """The workbook as a spreadsheet program saves it: each formula with what it gave."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                assert b"<v />" in data or b"<v/>" in data
                data = data.replace(b"<v />", f"<v>{result}</v>".encode()).replace(
                    b"<v/>", f"<v>{result}</v>".encode()
                )
            new.writestr(name, data)


def test_rows_are_numbered_as_on_the_sheet_and_blank_ones_passed_over(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "a", "b"
    book.active["A5"] = "x"
    book.active["D6"] = "beyond"
    book.save(tmp_path / "t.xlsx")
    found = TableFile(tmp_path / "t.xlsx").read_rows()
    assert found.rows == ((5, {"a": "x", "b": ""}),)
    (finding,) = found.findings
    assert (finding.code, finding.place.row) == ("row-too-long", 6)


def test_the_sheet_that_is_named_is_read_else_the_first(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["first"])
    book.create_sheet("prices").append(["second"])
    book.save(tmp_path / "t.xlsx")
    assert TableFile(tmp_path / "t.xlsx").read_rows().header == ("first",)
    assert TableFile(tmp_path / "t.xlsx", sheet="prices").read_rows().header == ("second",)
    assert TableFile(tmp_path / "t.xlsx", sheet="gone").read_rows().header == ("first",)


def test_what_is_no_table_is_told(tmp_path):
    def code(name):
        with pytest.raises(InvalidDataError) as bad:
            TableFile(tmp_path / name).read_rows()
        (finding,) = bad.value.findings
        assert finding.place.file == name
        return finding.code

    assert code("nowhere.csv") == code("nowhere.xlsx") == "missing-file"
    (tmp_path / "broken.xlsx").write_text("no workbook")
    assert code("broken.xlsx") == "not-a-workbook"
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as other:
        other.writestr("x", "y")
    assert code("other.xlsx") == "not-a-workbook"
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    assert code("empty.xlsx") == "empty-file"
    (tmp_path / "latin.csv").write_bytes(b"a\n\xe9\n")
    assert code("latin.csv") == "not-utf-8"


def test_a_sheet_that_unpacks_to_more_than_any_table_is_not_unpacked(tmp_path, monkeypatch):
    TableFile(tmp_path / "t.xlsx").write_table(AWKWARD)
    monkeypatch.setattr(xlsx_table, "_UNPACKED_BYTES_MAX", 100)
    with pytest.raises(InvalidDataError, match="too large"):
        TableFile(tmp_path / "t.xlsx").read_rows()


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_done(tmp_path):
    with pytest.raises(FileNotFoundError):
        TableFile(tmp_path / "no" / "t.csv").check()
    for use in (TableFile.check, TableFile.read_rows):
        with pytest.raises(RefusedError, match=r"must end with \.csv or \.xlsx"):
            use(TableFile(tmp_path / "t.pdf"))
    TableFile(tmp_path / "t.csv").check()
    assert not (tmp_path / "t.csv").exists()


def test_text_that_no_sheet_can_hold_is_kept_as_far_as_it_goes(tmp_path):
    file = TableFile(tmp_path / "t.xlsx")
    file.write_table(Table(header=("a", "b"), rows=(("x\x07y\r\nz", "w" * 40_000),)))
    ((_, cells),) = file.read_rows().rows
    assert cells["a"] == "x\N{REPLACEMENT CHARACTER}y\nz"
    assert cells["b"] == "w" * 32_766 + "…"


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'tis", "-", "a=b", "", "\t=", "@x", "+92"])
def test_what_is_guarded_is_unguarded_to_the_letter(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t"))


def test_a_table_has_a_name_for_each_column_and_a_cell_under_each():
    with pytest.raises(ValueError, match="a name of its own"):
        Table(header=("a", "a"), rows=())
    with pytest.raises(ValueError, match="every row needs 1 cells"):
        Table(header=("a",), rows=((1, 2),))


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (1_048_576, 1, ["has 1,048,576 rows, more than 100,000; split it"]),
        (2, 16_384, ["has 16,384 columns, more than 1,000; split it"]),
        (100_001, 1_001, ["has 100,001 rows", "has 1,001 columns"]),
    ],
)
def test_a_sheet_that_holds_more_than_is_read_is_refused(tmp_path, row, column, says):
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append(["near"])
    book.active.cell(row, column, "far")
    book.save(tmp_path / "t.xlsx")
    found = TableFile(tmp_path / "t.xlsx")
    with pytest.raises(InvalidDataError) as no:
        found.read_rows()
    assert {each.code for each in no.value.findings} == {"file-too-large"}
    assert all(word in each.message for word, each in zip(says, no.value.findings, strict=True))


def test_a_row_lower_than_any_spreadsheet_has_is_damage_and_soon_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append(["near"])
    book.save(tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'r="2"', b'r="999999999999"').replace(b"A2", b"A9999999")
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    with pytest.raises(InvalidDataError, match="is no XLSX file"):
        TableFile(tmp_path / "t.xlsx").read_rows()
