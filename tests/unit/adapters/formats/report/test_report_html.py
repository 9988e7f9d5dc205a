import pytest

from karakoram.adapters.formats.report.html import Markup, element, fragment, linked, raw, text
from tests.support.markup import outline, text_of, tree


def test_text_cannot_open_an_element_or_end_an_attribute():
    made = element("a", {"href": '"><script>x</script>'}, "<script>y</script>")
    assert "<script>" not in made
    parsed = outline(made)
    assert parsed.attributes("a") == [{"href": '"><script>x</script>'}]
    assert parsed.words == "<script>y</script>"


def test_markup_passes_once_and_is_not_escaped_again():
    inner = element("b", None, "&")
    assert element("p", None, inner) == "<p><b>&amp;</b></p>"
    assert text(inner) is inner


def test_joining_markup_with_text_by_plus_loses_its_standing():
    joined = element("b", None, "x") + "<i>"
    assert not isinstance(joined, Markup)
    assert text(joined) == "&lt;b&gt;x&lt;/b&gt;&lt;i&gt;"


@pytest.mark.parametrize("forbidden", ["\x00", "\x1b", "\ud800", "\ufffe", "\x85"])
def test_characters_that_no_page_may_hold_are_replaced(forbidden):
    made = element("p", None, f"a{forbidden}b")
    assert text_of(tree(made)) == "a\ufffdb"
    made.encode("utf-8")


def test_marks_that_reorder_text_are_dropped():
    assert text("safe\u202etxt.exe\u2066") == "safetxt.exe"


def test_attributes_without_a_value_are_left_out_and_true_ones_named():
    made = element("details", {"open": True, "hidden": False, "id": None, "tabindex": 0})
    assert made == '<details open="open" tabindex="0"></details>'


def test_numbers_in_attributes_are_short():
    assert element("rect", {"x": 1.0, "y": 0.1 + 0.2}) == '<rect x="1" y="0.3"/>'


def test_empty_html_elements_keep_their_end_tag_and_void_ones_have_none():
    assert element("p") == "<p></p>"
    assert element("br") == "<br/>"
    assert element("path", {"d": "M0 0"}) == '<path d="M0 0"/>'


def test_only_web_addresses_become_links():
    made = linked("javascript:alert(1) and https://a.example/x?y=1&z=(2), data:text/html,x")
    assert outline(made).attributes("a") == [
        {"href": "https://a.example/x?y=1&z=(2", "rel": "noreferrer"}
    ]
    assert outline(made).words.startswith("javascript:alert(1) and")


def test_an_address_with_quotes_ends_before_them():
    made = linked('https://a.example/"onclick="x')
    assert outline(made).attributes("a") == [{"href": "https://a.example/", "rel": "noreferrer"}]


def test_fragments_take_text_and_sequences_of_text():
    assert fragment("<", ["a", raw("<i/>")], Markup("&amp;")) == "&lt;a<i/>&amp;"
