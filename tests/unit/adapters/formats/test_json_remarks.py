"""Findings and figures that files leave out, as members of an answer."""

from karakoram.adapters.formats.json_remarks import json_from_remarks
from karakoram.core.findings import Finding, Place
from karakoram.core.provenance import Confidence
from tests.support.assumed import ASSUMED


def test_both_stand_side_by_side_with_file_and_source():
    odd = Finding(code="odd", place=Place(table="elements", file="net.json"), message="is odd")
    told = json_from_remarks((odd,), (ASSUMED,))
    assert set(told) == {"computed_confidence", "findings", "assumptions"}
    assert told["computed_confidence"] == "assumed"
    assert told["findings"][0]["file"] == "net.json"
    assert told["assumptions"] == [
        {
            "file": "net.json",
            "field": "elements[].params.att_in",
            "value": "padding_db = 0",
            "places": 3,
            "source": "a page",
            "confidence": "assumed",
        }
    ]


def test_nothing_is_two_empty_lists():
    assert json_from_remarks((), ()) == {
        "computed_confidence": "derived",
        "findings": [],
        "assumptions": [],
    }
    told = json_from_remarks((), (), computed=Confidence.ASSUMED)
    assert told["computed_confidence"] == "assumed"
