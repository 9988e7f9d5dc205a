import pytest

from karakoram.adapters.formats import wording
from karakoram.adapters.formats.report import words
from karakoram.interfaces.cli import texts


@pytest.mark.parametrize("name", ["availability", "bit_rate", "counted", "minutes"])
def test_the_screen_and_the_report_word_figures_alike(name):
    assert getattr(texts, name) is getattr(words, name) is getattr(wording, name)


def test_kilometres_read_alike_with_and_without_their_unit():
    assert words.km(4458.23) == f"{texts.km(4458.23)} km" == "4,458.2 km"


def test_nothing_is_told_from_next_to_nothing():
    assert [wording.minutes(value) for value in (0.0, 0.004, 0.34)] == ["0", "0.004", "0.34"]
    assert wording.availability(0.0) == "100 %"
    assert wording.availability(1e-12) == "100.000000000 %"
