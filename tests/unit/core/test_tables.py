from dataclasses import dataclass, field
from enum import Enum

import pytest

from karakoram.core.cells import CellBreach
from karakoram.core.fields import Positive, check_fields
from karakoram.core.findings import Severity, errors_of
from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Confidence, Provenance
from karakoram.core.tables import (
    columns_of,
    records_from_rows,
    rows_from_cells,
    rows_from_records,
    table_columns,
)


class Kind(Enum):
    HUT = "hut"
    TOWER = "tower"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    house_id: SiteId
    name: str
    kind: Kind
    height_m: Positive
    width_m: Positive | None = None
    doors: int = 1
    owners: tuple[str, ...] = field(default_factory=tuple)
    remark: str = ""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        if self.width_m is not None and self.width_m > self.height_m:
            raise ValueError(f"House.width_m must not exceed height_m, got {self.width_m}")
        if self.doors == 13:
            raise ValueError("nobody wants thirteen doors")


HEADER = ("house_id", "name", "kind", "height_m", "source", "confidence")
GOOD = ("H1", "Old hut", "hut", "3", "seen", "stated")


def read(*lines, header=HEADER):
    rows, shape = rows_from_cells(lines, header=header, table="houses")
    records, findings = records_from_rows(rows, record_type=House, table="houses", header=header)
    return records, (*shape, *findings)


def changed(column, cell, line=GOOD):
    return tuple(cell if name == column else old for name, old in zip(HEADER, line, strict=True))


def places(findings):
    return [(f.code, f.place.row, f.place.record, f.place.field) for f in findings]


def test_columns_are_the_fields_in_order_with_the_provenance_laid_flat():
    assert columns_of(House) == (
        *("house_id", "name", "kind", "height_m", "width_m", "doors", "owners", "remark"),
        *("source", "source_date", "confidence", "note"),
    )


def test_a_row_becomes_a_record_and_missing_columns_take_their_default():
    records, findings = read(GOOD)
    assert not findings
    assert records == (
        House(
            house_id=SiteId("H1"),
            name="Old hut",
            kind=Kind.HUT,
            height_m=3.0,
            provenance=Provenance(source="seen", confidence=Confidence.STATED),
        ),
    )


def test_records_come_back_from_their_own_rows():
    records, _ = read(GOOD, changed("house_id", "H2"))
    numbered = list(enumerate(rows_from_records(records), start=2))
    assert records_from_rows(numbered, record_type=House, table="houses") == (records, ())


def test_empty_cells_of_optional_columns_take_their_default():
    header = (*HEADER, "width_m", "doors", "owners", "remark")
    records, findings = read((*GOOD, "", " ", "", " "), header=header)
    assert not findings
    assert (records[0].width_m, records[0].doors, records[0].owners) == (None, 1, ())
    assert records[0].remark == " "


def test_every_finding_of_every_row_is_given_at_once():
    _, findings = read(
        changed("height_m", "-3"),
        ("H2", "", "hutt", "tall", "seen", ""),
    )
    assert places(findings) == [
        ("out-of-bounds", 2, "H1", "height_m"),
        ("empty-text", 3, "H2", "name"),
        ("unknown-word", 3, "H2", "kind"),
        ("not-a-number", 3, "H2", "height_m"),
        ("empty-cell", 3, "H2", "confidence"),
    ]
    assert findings[2].message == "'hutt' must be one of hut, tower; did you mean hut?"


def test_an_empty_text_is_kept_with_a_warning():
    records, findings = read(changed("name", ""))
    assert records[0].name == ""
    assert [finding.severity for finding in findings] == [Severity.WARNING]


def test_a_record_that_refuses_itself_is_a_finding_in_the_field_it_names():
    header = (*HEADER, "width_m")
    records, findings = read((*GOOD, "9"), header=header)
    assert not records
    assert places(findings) == [("broken-rule", 2, "H1", "width_m")]
    assert findings[0].message == "width_m must not exceed height_m, got 9.0"


def test_a_refusal_that_names_no_field_is_a_finding_about_the_row():
    _, findings = read((*GOOD, "13"), header=(*HEADER, "doors"))
    assert places(findings) == [("broken-rule", 2, "H1", None)]


def test_a_repeated_identifier_names_both_rows_and_keeps_the_first():
    records, findings = read(GOOD, changed("house_id", "H2"), changed("name", "Other"))
    assert [record.name for record in records] == ["Old hut", "Old hut"]
    assert places(findings) == [("duplicate-id", 4, "H1", "house_id")]
    assert "row 2" in findings[0].message
    assert "rows 2 and 4" in findings[0].message


def test_an_identifier_is_repeated_also_when_its_first_row_is_in_error():
    records, findings = read(changed("height_m", "x"), GOOD)
    assert not records
    assert [finding.code for finding in findings] == ["not-a-number", "duplicate-id"]


def test_rows_without_identifier_are_not_duplicates_of_each_other():
    _, findings = read(changed("house_id", ""), changed("house_id", " "))
    assert places(findings) == [
        ("empty-cell", 2, None, "house_id"),
        ("empty-cell", 3, None, "house_id"),
    ]


def test_a_misspelt_column_is_named_with_its_near_miss_and_the_missing_one():
    header = tuple("height_mi" if name == "height_m" else name for name in HEADER)
    records, findings = read(GOOD, header=header)
    assert not records
    assert places(findings) == [
        ("unknown-column", 1, None, "height_mi"),
        ("missing-column", 1, None, "height_m"),
    ]
    assert findings[0].message.endswith("did you mean height_m?")


def test_the_other_cells_of_a_table_without_a_column_are_judged():
    header = tuple(name for name in HEADER if name != "height_m")
    _, findings = read(("H1", "Old hut", "shed", "seen", "stated"), header=header)
    assert [finding.code for finding in findings] == ["missing-column", "unknown-word"]


def test_a_missing_column_is_found_in_a_table_without_rows():
    _, findings = read(header=HEADER[:-1])
    assert places(findings) == [("missing-column", 1, None, "confidence")]


def test_a_table_of_other_columns_is_one_finding_however_many_rows():
    records, findings = read(*[("a", "b")] * 50, header=("foo", "bar"))
    assert not records
    assert [finding.code for finding in findings] == ["not-this-table"]
    assert "house_id,name" in findings[0].message


def test_a_repeated_column_names_its_positions():
    _, findings = read((*GOOD, "4"), header=(*HEADER, "height_m"))
    assert places(findings) == [("duplicate-column", 1, None, "height_m")]
    assert "columns 4 and 7" in findings[0].message


@pytest.mark.parametrize(
    ("line", "code"), [((*GOOD, "x"), "row-too-long"), (GOOD[:-1], "row-too-short")]
)
def test_a_row_of_another_width_than_the_header_is_named(line, code):
    records, findings = read(line, changed("house_id", "H2"))
    assert [record.house_id for record in records] == ["H2"]
    assert places(findings) == [(code, 2, "H1", None)]


def test_blank_lines_are_passed_over_and_counted():
    _, findings = read((), ("",) * 6, (" ",), changed("kind", "x"))
    assert [finding.place.row for finding in findings] == [5]


def test_an_unnamed_column_without_cells_is_passed_over():
    _, findings = read((*GOOD, " "), header=(*HEADER, ""))
    assert not findings


def test_a_cell_under_no_name_is_a_finding():
    records, findings = read((*GOOD, "stray"), header=(*HEADER, ""))
    assert len(records) == 1
    assert places(findings) == [("unnamed-column", 2, None, None)]
    assert "column 7" in findings[0].message


def test_the_cells_of_a_row_under_no_name_are_one_finding():
    _, findings = read((*GOOD, "stray", "", "too", "late"), header=(*HEADER, "", "", "", ""))
    assert places(findings) == [("unnamed-column", 2, None, None)]
    assert "column 7, which has no name and 2 more such cells" in findings[0].message


def test_a_name_of_very_many_columns_is_told_briefly():
    _, findings = read(header=(*HEADER, *["kind"] * 900))
    (finding,) = (finding for finding in findings if finding.code == "duplicate-column")
    assert "and 896 more; keep one" in finding.message


def test_rows_may_name_their_columns_themselves():
    rows = [(2, dict(zip(HEADER, GOOD, strict=True)))]
    records, findings = records_from_rows(rows, record_type=House, table="houses")
    assert len(records) == 1
    assert not findings


def test_no_rows_and_no_header_are_no_finding():
    assert records_from_rows([], record_type=House, table="houses") == ((), ())


def test_noise_in_place_of_an_identifier_is_cut_in_the_findings():
    _, findings = read(changed("house_id", "x" * 10_000, changed("kind", "y" * 10_000)))
    assert len(str(findings[0].place)) < 200
    assert len(findings[0].message) < 200


def test_warnings_do_not_forbid_a_record():
    records, findings = read(changed("source", ""))
    assert len(records) == 1
    assert not errors_of(findings)


def test_the_meaning_of_an_empty_cell_is_settled_by_its_column():
    by_name = {column.name: column for column in table_columns(House)}
    assert isinstance(by_name["height_m"].when_empty, CellBreach)
    assert by_name["doors"].when_empty == 1
    assert by_name["owners"].when_empty == ()


@dataclass(frozen=True)
class Twice:
    source: str
    provenance: Provenance


@dataclass(frozen=True)
class Deep:
    house: House


@pytest.mark.parametrize(("record_type", "why"), [(Twice, "twice"), (Deep, "too deep")])
def test_a_record_type_that_is_no_table_is_our_bug(record_type, why):
    with pytest.raises(AssertionError, match=why):
        table_columns(record_type)
