"""Words such as ``signal=E1|E3`` say values by name, or why they do not."""

import pytest

from karakoram.sales.catalogue.value_words import choices_by_name, holds, values_by_word


def test_a_sign_inside_the_name_belongs_to_the_name():
    assert values_by_word(("a=b=2", "1+1=2")) == {"a=b": "2", "1+1": "2"}


@pytest.mark.parametrize("word", ["E1", "=1", "E1=", ""])
def test_a_word_without_two_sides_is_refused(word):
    with pytest.raises(ValueError, match="must be two words with = between"):
        values_by_word((word,))


def test_a_name_stands_once():
    with pytest.raises(ValueError, match="'E1' must stand once"):
        values_by_word(("E1=1", "E1=2"))


def test_choices_need_a_value_on_each_side():
    assert choices_by_name(("n=1|2",)) == {"n": ("1", "2")}
    with pytest.raises(ValueError, match="a value on each side"):
        choices_by_name(("n=1|",))


def test_conditions_hold_where_every_name_has_one_of_its_values():
    words = ("signal=E1|E3", "protection=none")
    assert holds(words, {"signal": "E3", "protection": "none", "more": "x"})
    assert not holds(words, {"signal": "E3", "protection": "1+1"})
    assert not holds(words, {"signal": "E3"})
