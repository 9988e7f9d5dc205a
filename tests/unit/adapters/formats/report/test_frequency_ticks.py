"""Frequencies are marked where a reader expects them."""

import re

import pytest

from karakoram.adapters.formats.report.frequency_ticks import frequency_ticks
from karakoram.adapters.formats.report.strip_scale import StripScale


@pytest.mark.parametrize(
    ("low", "high", "first", "second", "count"),
    [
        (191.25, 196.15, "191.5", "192.0", 10),
        (193.075, 193.125, "193.075", "193.080", 11),
        (191.0, 193.0, "191.0", "191.2", 11),
        (150.0, 230.0, "150.0", "155.0", 17),
    ],
)
def test_figures_are_round_and_stand_where_the_frequency_is(low, high, first, second, count):
    scale = StripScale(knots=((low, 60.0), (high, 860.0)), sea_ratio=1.0)
    drawn = "".join(frequency_ticks(scale, y=5.0))
    words = re.findall(r">([0-9.]+)<", drawn)
    places = [float(x) for x in re.findall(r' x="([0-9.]+)"', drawn)]
    assert (words[0], words[1], len(words)) == (first, second, count)
    assert places == [round(scale.x(float(word)), 1) for word in words]
