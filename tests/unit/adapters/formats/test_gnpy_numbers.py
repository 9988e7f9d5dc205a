"""Does a GNPy file that states no number, or no name, hear what it states and where?"""

from decimal import Decimal

import pytest

from karakoram.adapters.formats.gnpy.fields import REQUIRED, Entry, Field, number, text, values_of
from karakoram.adapters.formats.gnpy.json_file import document_from_text, read_document
from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.core.findings import Place
from karakoram.network.photonic.elements import Fused

LOSS = Field(name="loss_db", key="loss", parse=number, unit="dB")
NAME = Field(name="element_id", key="uid", parse=text, default=REQUIRED)


def findings_of(written, *fields, root=""):
    log = Log("net.json")
    document = document_from_text(written, log, place=Place(table="net", file="net.json"))
    if document is not None:
        values_of(Entry(value=document, path=root, log=log), fields, record_type=Fused)
    return log.findings


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("NaN", "NaN is no figure"),
        ("Infinity", "Infinity is no figure"),
        ("-Infinity", "-Infinity is no figure"),
        ("1e99999999999999999999", "Infinity is no figure"),
        ("1e308", "1e+308 is beyond all physics"),
        ("1" * 6000, "1.11e+5999 is beyond all physics"),
        ("true", "true must be a number"),
        ('"2 dB"', "'2 dB' must be a number without its unit"),
        ('"80"', "'80' must be a number without quotes"),
    ],
)
def test_what_is_no_number_is_told_what_it_is(written, said):
    (finding,) = findings_of(f'{{"loss": {written}}}', LOSS)
    assert finding.code == "not-a-number"
    assert finding.message.startswith(said)
    assert str(finding.place) == "net.json, field loss"


def test_a_yang_style_file_writes_numbers_in_quotes():
    assert findings_of('{"loss": "80"}', LOSS, root="gnpy-network-topology:topology") == ()


def test_an_empty_name_is_missing():
    for name in ('""', '" "'):
        (finding,) = findings_of(f'{{"uid": {name}}}', NAME)
        assert (finding.code, finding.place.field) == ("missing", "uid")
        assert "is empty" in finding.message


def test_a_key_that_stands_twice_is_told_with_its_path():
    log = Log("net.json")
    place = Place(table="net", file="net.json")
    once = (
        '{"a": [{"b": 1}, {"b": 2, "c": {"d": 1, "d": 2}}], "e": 1, "e": 2, "f": {"g": 1, "g": 2}'
    )
    document_from_text(once + ', "f": 0}', log, place=place)
    fields = {(one.message.split("'")[1], one.place.field) for one in log.findings}
    assert fields == {("d", "a[1].c.d"), ("e", "e"), ("f", "f"), ("g", None)}


def test_a_json_file_has_lines_and_no_rows(tmp_path):
    for name, data in (("a", b"{\n  oops"), ("b", b"\xff\xfe{"), ("c", b"{\xff}")):
        path, log = tmp_path / f"{name}.json", Log(f"{name}.json")
        path.write_bytes(data)
        assert read_document(path, log) is None
        assert str(log.findings[0].place) == f"{name}.json"
    assert number(Decimal("1e-400"), Decimal(1)).message.startswith("1e-400 is beyond")
