"""What may be kept of a body and told again, and what not, is judged before anything is done."""

import pytest

from karakoram.interfaces.http.kept_words import DEPTH_MAX, NUMBER_MAX, one_line, tellable


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "sent", [None, True, 1.5, 10**40, "two\nlines\t", "نقل", {"a": [{"b": ""}]}, nested(DEPTH_MAX)]
)
def test_what_json_holds_and_a_person_reads_is_kept_as_it_is(sent):
    assert tellable(sent) is sent


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (10**399, "10000000000000000000… of 400 digits"),
        (-(10**399), "-1000000000000000000… of 400 digits"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_that_no_double_holds_is_refused_with_its_place_and_cut_short(number, told):
    with pytest.raises(ValueError, match="levels|number") as error:
        tellable({"note": [{"size": number}]})
    assert str(error.value) == f"note.0.size: must be a number up to 1.8e+308 in size, got {told}"
    assert tellable({"size": int(NUMBER_MAX)}) == {"size": int(NUMBER_MAX)}


def test_one_level_more_is_too_much():
    with pytest.raises(ValueError, match="more than 32 levels"):
        tellable(nested(DEPTH_MAX + 1))


@pytest.mark.parametrize("word", ["a\nb", "a\x00", "\u2066a", "\udc80"])
def test_a_name_stands_on_one_line(word):
    with pytest.raises(ValueError, match="holds|UTF-8"):
        one_line(word)
    assert one_line("نقل") == "نقل"
