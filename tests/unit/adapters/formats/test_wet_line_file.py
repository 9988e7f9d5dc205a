"""A description of a submarine line in a file is read whole, or refused with every finding."""

import pytest

from karakoram.adapters.formats.wet_line_file import read_wet_line
from karakoram.core.errors import InvalidDataError
from karakoram.core.provenance import Confidence

GOOD = """
name = "Mine"
fibre = "G654D"
length_km = 6600
repeater_spacing_km = { value = 80.5, source = "a talk", confidence = "assumed", note = "n" }

[bandwidth_thz]
value = 4.5
source_date = "2024"
"""


def read(tmp_path, text):
    path = tmp_path / "line.toml"
    path.write_text(text, encoding="utf-8")
    return read_wet_line(path)


def refused(tmp_path, text):
    with pytest.raises(InvalidDataError) as caught:
        read(tmp_path, text)
    assert all(one.place.file == "line.toml" for one in caught.value.findings)
    return {
        (one.code, one.place.row, one.place.field): one.message for one in caught.value.findings
    }


def test_a_figure_is_a_number_or_says_where_it_is_from(tmp_path):
    found = read(tmp_path, GOOD)
    assert (found.name, found.fibre) == ("Mine", "G654D")
    assert found.figures["length_km"].value == 6_600.0
    assert found.figures["length_km"].provenance.source == "line.toml"
    assert found.figures["length_km"].provenance.confidence is Confidence.STATED
    assert found.figures["repeater_spacing_km"].provenance.confidence is Confidence.ASSUMED
    assert found.figures["repeater_spacing_km"].provenance.note == "n"
    assert found.figures["bandwidth_thz"].provenance.source_date == "2024"


def test_a_file_without_a_name_is_called_like_itself(tmp_path):
    found = read(tmp_path, "length_km = 1000")
    assert (found.name, found.fibre) == ("line", None)


def test_everything_wrong_is_told_with_its_row_and_field(tmp_path):
    found = refused(
        tmp_path,
        'name = 3\nlength_km = "long"\nfibr = "x"\ncentre_thz = 1\n'
        'bandwidth_thz = { value = 4, sources = "s" }\n'
        'repeater_spacing_km = { value = 80, confidence = "sure" }\n'
        "attenuation_db_per_km = { value = 0.2, note = 3 }\n",
    )
    assert set(found) == {
        ("wrong-type", 1, "name"),
        ("not-a-number", 2, "length_km"),
        ("unknown-key", 3, "fibr"),
        ("out-of-bounds", 4, "centre_thz"),
        ("unknown-key", 5, "bandwidth_thz"),
        ("unknown-word", 6, "repeater_spacing_km"),
        ("wrong-type", 7, "attenuation_db_per_km"),
    }
    assert "did you mean fibre" in found["unknown-key", 3, "fibr"]
    assert "did you mean source" in found["unknown-key", 5, "bandwidth_thz"]


def test_a_number_that_is_none_is_refused(tmp_path):
    text = f"length_km = nan\nbandwidth_thz = true\ncentre_thz = -{'9' * 400}"
    assert set(refused(tmp_path, text)) == {
        ("out-of-bounds", 1, "length_km"),
        ("not-a-number", 2, "bandwidth_thz"),
        ("out-of-bounds", 3, "centre_thz"),
    }


def test_what_is_no_toml_is_told_with_its_line(tmp_path):
    assert list(refused(tmp_path, "length_km = 1\nlength_km = x")) == [("not-toml", 2, None)]
    assert list(refused(tmp_path, " ")) == [("empty-file", None, None)]
    deep = "length_km = " + "[" * 5_000
    assert [key[0] for key in refused(tmp_path, deep)] == ["not-toml"]


def test_branching_units_are_tables_with_a_place_and_perhaps_a_loss(tmp_path):
    found = read(
        tmp_path,
        "length_km = 1000\n[branching_units.West]\nkm = 200\n"
        '[branching_units.East]\nkm = { value = 700, source = "a map" }\nloss_db = 0.4\n',
    )
    west, east = found.branching_units
    assert (west.name, west.km.value, west.loss_db.value) == ("West", 200.0, 1.0)
    assert west.loss_db.provenance.confidence is Confidence.ASSUMED
    assert east.km.provenance.source == "a map"
    assert (east.loss_db.value, east.loss_db.provenance.source) == (0.4, "line.toml")


def test_everything_wrong_with_branching_units_is_told(tmp_path):
    found = refused(
        tmp_path,
        "[branching_units.A]\nloss_db = 30\nplace = 3\n[branching_units.B]\nkm = -1\n"
        '[branching_units.C]\nkm = "x"\n[branching_units]\nD = 5\n',
    )
    assert {(code, row, field) for code, row, field in found} == {
        ("unknown-key", 3, "branching_units.A.place"),
        ("missing-key", 1, "branching_units.A"),
        ("out-of-bounds", 2, "branching_units.A.loss_db"),
        ("out-of-bounds", 5, "branching_units.B.km"),
        ("not-a-number", 7, "branching_units.C.km"),
        ("wrong-type", 9, "branching_units.D"),
    }
    assert set(refused(tmp_path, "branching_units = 3")) == {("wrong-type", 1, "branching_units")}
