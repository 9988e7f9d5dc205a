import pytest

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.topologies import xml_tree
from karakoram.adapters.formats.topologies.xml_tree import xml_from_bytes

BOMB = b"""<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>"""


def read(data):
    log = Log("t.xml")
    return xml_from_bytes(data, log, file="t.xml"), [f.code for f in log.findings]


def test_elements_know_their_line_and_lose_their_namespace():
    root, codes = read(b"<a xmlns='urn:x'>\n <b i='1'> t \n<c/> not his</b>\n <b/>\n</a>")
    assert codes == []
    first, second = root.each("b")
    assert (root.tag, first.line, second.line) == ("a", 2, 4)
    assert (first.text, first.attributes) == ("t", {"i": "1"})
    assert root.first("b", "c").tag == "c"
    assert root.first("x") is None
    assert (root.text_of("b"), root.text_of("x", "y")) == ("t", "")


@pytest.mark.parametrize("data", [BOMB, OUTSIDE])
def test_entities_are_refused_before_they_unfold(data):
    assert read(data) == (None, ["hostile-xml"])


def test_a_plain_document_type_is_harmless():
    root, codes = read(b'<!DOCTYPE a SYSTEM "a.dtd"><a/>')
    assert (root.tag, codes) == ("a", [])


@pytest.mark.parametrize(
    "data",
    [b"", b"<a>", b"<a><b></a>", b"<a/><b/>", b"<a>\xff</a>", b"<a b=1/>", b"<a>&x;</a>",
     b"<?xml version='1.0' encoding='nonsense'?><a/>",
     b"<?xml version='1.0' encoding='utf-16'?><a/>"],
)  # fmt: skip
def test_what_is_no_xml_is_a_finding(data):
    assert read(data) == (None, ["not-xml"])


def test_more_elements_than_anybody_needs_are_refused(monkeypatch):
    monkeypatch.setattr(xml_tree, "ELEMENTS_MAX", 10)
    assert read(b"<a>" + b"<b/>" * 9 + b"</a>")[1] == []
    assert read(b"<a>" + b"<b/>" * 10 + b"</a>") == (None, ["file-too-large"])


def test_elements_may_be_nested_deeper_than_functions_may_call_themselves():
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    long = b"<a>" + b"x\n" * 5_000 + b"</a>"
    assert read(deep)[1] == []
    assert len(read(long)[0].text) == 9_999
