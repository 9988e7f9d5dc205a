"""A token is worth what its server signed, and no longer than that."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.interfaces.http.tokens import TOKEN_CHARACTERS_MAX, Tokens

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TOKENS = Tokens(key=bytes(32), life_s=60)
TOKEN = TOKENS.new_token("ct", NOW)


def test_a_token_says_whose_it_is_until_it_ends():
    assert TOKENS.bearer(TOKEN, NOW) == "ct"
    assert TOKENS.bearer(TOKEN, NOW + timedelta(seconds=59)) == "ct"
    assert TOKENS.bearer(TOKEN, NOW + timedelta(seconds=60)) is None


def test_a_token_of_another_key_is_none():
    assert Tokens(key=bytes(31) + b"1").bearer(TOKEN, NOW) is None


@settings(max_examples=50)
@given(st.integers(0, len(TOKEN) - 2), st.characters(codec="ascii"))
def test_a_letter_changed_makes_it_no_token(place, letter):
    """The last letter bears only some of its bits, so it is left as it is."""
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    assert TOKENS.bearer(changed, NOW) == ("ct" if changed == TOKEN else None)


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_any_other_word_is_none(word):
    assert TOKENS.bearer(word, NOW) is None
    assert TOKENS.bearer(f"{word}.{word}", NOW) is None


def test_a_word_without_an_end_is_not_read():
    assert TOKENS.bearer(TOKEN + "A" * TOKEN_CHARACTERS_MAX, NOW) is None


def test_a_key_that_could_be_guessed_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        Tokens(key=b"short")
