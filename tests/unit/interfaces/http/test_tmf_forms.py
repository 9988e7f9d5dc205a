"""What buyers send is understood in the form in which it is natural to send it."""

import pytest
from pydantic import ValidationError

from karakoram.interfaces.http.tmf_forms import NamedValue


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        (100, "100"),
        (2.5, "2.5"),
        (1_000_000, "1000000"),
        (1e3, "1000"),
        (10**30 + 1, "1000000000000000000000000000001"),
        (True, "true"),
        ("x", "x"),
    ],
)
def test_a_number_and_a_yes_are_words(sent, word):
    assert NamedValue(name="a", value=sent).value == word


def test_a_list_is_no_word():
    with pytest.raises(ValidationError):
        NamedValue(name="a", value=[1])
