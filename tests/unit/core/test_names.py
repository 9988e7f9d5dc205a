from dataclasses import dataclass

import pytest

from karakoram.core.names import check_names, identifier_breach, line_breach, name_breach

URDU_WITH_A_JOINER = "بی\u200cسیم"


@dataclass(frozen=True)
class Known:
    known_id: str
    name: str
    owner_id: str | None = None

    def __post_init__(self):
        check_names(self, identifiers=("known_id", "owner_id"), names=("name",))


@pytest.mark.parametrize(
    "text", ["a\nb", "a\tb", "\x1b[31m", "a\x00", "a\u2028b", "\u202eevil", "\u2066", "a\x85b"]
)
def test_what_steers_a_terminal_or_turns_the_text_is_no_line(text):
    assert "control character" in line_breach(text)
    assert "control character" in name_breach(text)
    assert "control character" in identifier_breach(text)


def test_bytes_that_are_no_utf_8_are_no_line():
    assert "is not UTF-8" in line_breach(b"b\xe9ton".decode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_what_is_blank_names_nothing(text):
    assert line_breach(text) is None
    assert name_breach(text) == identifier_breach(text) == "must not be blank"


@pytest.mark.parametrize("text", ["Télécom du Nord", "上海", URDU_WITH_A_JOINER, "a" * 200])
def test_names_stand_in_any_script(text):
    assert name_breach(text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (" CT", "no blank before or after"),
        ("CT ", "no blank before or after"),
        ("C\u200bT", "U+200B"),
        ("\ufeffCT", "U+FEFF"),
        ("C\u00a0T", "U+00A0"),
        ("a" * 101, "at most 100 characters"),
        ("a" * 201, "at most 200 characters"),
    ],
)
def test_identifiers_that_two_people_would_type_differently_are_refused(text, says):
    assert says in identifier_breach(text)


def test_identifiers_may_hold_a_blank_within():
    assert identifier_breach("China Telecom 7") is None


def test_a_record_tells_all_its_names_that_are_wrong():
    with pytest.raises(ValueError, match=r"Known.known_id must not .*; Known.name must not"):
        Known("", " ")
    assert Known("CT", "Carrier").owner_id is None
