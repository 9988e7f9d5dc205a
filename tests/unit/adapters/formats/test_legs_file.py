import pytest

from karakoram.adapters.formats.legs_file import KeyFile, LegsFile
from karakoram.core.errors import InvalidDataError
from tests.support.legs import keyed_leg, leg

LEGS = (
    keyed_leg("NOR", "A", "B", risks={"span:1": 3}, places="C", z_to=["SUD"]),
    leg("SUD", "B", "Z", 2.5),
)


def written(tmp_path, text):
    path = tmp_path / "legs.csv"
    path.write_text(text, encoding="utf-8")
    return LegsFile(path)


def codes(file):
    return [finding.code for finding in file.read_legs()[1]]


def test_legs_come_back_from_a_file_with_their_rows(tmp_path):
    file = LegsFile(tmp_path / "nor.csv")
    file.write_legs(LEGS)
    found, findings = file.read_legs()
    assert tuple(one.leg for one in found) == LEGS
    assert findings == ()
    assert [str(one.place) for one in found] == [
        "nor.csv row 2 (NOR:A-B:1)",
        "nor.csv row 3 (SUD:B-Z:1)",
    ]


def test_a_file_from_before_figures_were_marked_still_reads(tmp_path):
    path = tmp_path / "old.csv"
    LegsFile(path).write_legs((leg("NOR", "A", "Z"),))
    rows = [row.split(",") for row in path.read_text(encoding="utf-8").splitlines()]
    kept = [number for number, name in enumerate(rows[0]) if not name.endswith("_confidence")]
    assert len(kept) == len(rows[0]) - 4
    old = "".join(",".join(row[number] for number in kept) + "\n" for row in rows)
    path.write_text(old, encoding="utf-8")
    (read,), findings = LegsFile(path).read_legs()
    assert findings == ()
    assert read.leg == leg("NOR", "A", "Z")


def test_a_file_that_is_not_there_is_found(tmp_path):
    assert codes(LegsFile(tmp_path / "none.csv")) == ["missing-file"]


def test_everything_wrong_is_told_with_file_row_and_field(tmp_path):
    LegsFile(tmp_path / "legs.csv").write_legs(LEGS)
    text = (tmp_path / "legs.csv").read_text(encoding="utf-8")
    file = written(tmp_path, text.replace("2.5", "fast").replace("in_service", "working", 1))
    found, findings = file.read_legs()
    assert found == ()
    assert [str(finding.place) for finding in findings] == [
        "legs.csv row 2 (NOR:A-B:1), field status",
        "legs.csv row 3 (SUD:B-Z:1), field latency_ms",
    ]


def test_a_row_that_contradicts_itself_names_its_field(tmp_path):
    LegsFile(tmp_path / "legs.csv").write_legs(LEGS)
    text = (tmp_path / "legs.csv").read_text(encoding="utf-8")
    (finding,) = written(tmp_path, text.replace("SUD,way,B,Z", "SUD,way,B,B")).read_legs()[1]
    assert (finding.code, finding.place.field) == ("broken-rule", "z_site_id")


def test_a_leg_named_twice_in_one_file_is_found(tmp_path):
    LegsFile(tmp_path / "legs.csv").write_legs((LEGS[0], LEGS[0]))
    assert codes(LegsFile(tmp_path / "legs.csv")) == ["duplicate-id"]


def test_a_table_without_rows_is_found(tmp_path):
    LegsFile(tmp_path / "legs.csv").write_legs(())
    assert codes(LegsFile(tmp_path / "legs.csv")) == ["empty-table"]


def test_a_table_that_breaks_off_is_found(tmp_path):
    assert "not-csv" in codes(written(tmp_path, 'leg_id,operator_id\n"a,b\n'))


def test_a_file_of_too_many_legs_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("karakoram.adapters.formats.legs_file.LEGS_MAX", 1)
    LegsFile(tmp_path / "legs.csv").write_legs(LEGS)
    assert codes(LegsFile(tmp_path / "legs.csv")) == ["too-many-rows"]


def test_a_key_is_read_from_hexadecimal_digits(tmp_path):
    (tmp_path / "key").write_text("0a" * 32 + "\n", encoding="utf-8")
    assert KeyFile(tmp_path / "key").read_key().secret == b"\n" * 32


@pytest.mark.parametrize("text", ["secret word of the corridor", "0a" * 31, "0a" * 32 + "0"])
def test_what_is_no_key_is_refused_and_never_shown(tmp_path, text):
    (tmp_path / "key").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDataError) as refused:
        KeyFile(tmp_path / "key").read_key()
    (finding,) = refused.value.findings
    assert (finding.code, finding.place.file) == ("not-a-key", "key")
    assert text[:10] not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_key_file_that_is_not_there_is_found(tmp_path):
    with pytest.raises(InvalidDataError) as refused:
        KeyFile(tmp_path / "key").read_key()
    assert [finding.code for finding in refused.value.findings] == ["missing-file"]
