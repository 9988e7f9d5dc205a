import pytest

from karakoram.adapters.formats.pairs_file import PairsFile, pairs_from_csv
from karakoram.core.errors import InvalidDataError


@pytest.mark.parametrize("header", ["from,to", "a,z", "source,target", "volume, to ,from"])
def test_pairs_stand_in_two_columns_of_any_of_these_names(header):
    columns = [name.strip() for name in header.split(",")]
    cells = {"from": "A", "a": "A", "source": "A", "to": " B", "z": "B", "target": "B"}
    row = ",".join(cells.get(name, "7") for name in columns)
    (pair,), findings = pairs_from_csv(f"{header}\n{row}\n", file="p.csv")
    assert findings == ()
    assert (pair.a_word, pair.z_word) == ("A", "B")
    assert (pair.place.file, pair.place.row) == ("p.csv", 2)
    assert {pair.a_field, pair.z_field} <= set(columns)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("from,z\nA,B\n", [("not-pairs", 1, None)]),
        ("from,to\n", [("no-pairs", None, None)]),
        ("from,to\nA,\n,B\n", [("empty-cell", 2, "to"), ("empty-cell", 3, "from")]),
        (f"a,z\nA,{'B' * 101}\n", [("out-of-bounds", 2, "z")]),
        ("from,to\nA\n", [("row-too-short", 2, None)]),
        ("from;to\nA;B\n", [("wrong-separator", 1, None)]),
    ],
)
def test_what_is_wrong_is_found_in_its_row(text, findings):
    _, found = pairs_from_csv(text, file="p.csv")
    assert [(f.code, f.place.row, f.place.field) for f in found] == findings
    assert {f.place.file for f in found} == {"p.csv"}


def test_a_file_gives_its_pairs_or_is_refused(tmp_path):
    path = tmp_path / "p.csv"
    with pytest.raises(InvalidDataError, match=r"p\.csv: is missing; name a file"):
        PairsFile(path).read_pairs()
    path.write_text("from,to\nA,B\nB,C\n")
    assert [(p.a_word, p.z_word) for p in PairsFile(path).read_pairs()] == [("A", "B"), ("B", "C")]
    path.write_text("from,to\nA,\n")
    with pytest.raises(InvalidDataError, match="is empty; every row needs a site"):
        PairsFile(path).read_pairs()
    path.write_bytes(b"\xff")
    with pytest.raises(InvalidDataError, match="not UTF-8"):
        PairsFile(path).read_pairs()
