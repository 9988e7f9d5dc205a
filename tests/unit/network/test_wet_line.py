"""A submarine line is refused where it cannot be, and knows its spans."""

import pytest

from karakoram.network.wet_line import WET_LINE_BOUNDS, WET_LINE_FIGURES
from tests.support.submarine import wet_line


def test_a_line_has_the_fewest_equal_spans_no_longer_than_the_spacing():
    line = wet_line(length_km=5_800.0, repeater_spacing_km=70.0, attenuation_db_per_km=0.17)
    assert line.span_count == 83
    assert line.span_km == pytest.approx(5_800.0 / 83)
    assert line.span_loss_db == pytest.approx(0.17 * 5_800.0 / 83)


@pytest.mark.parametrize(("length_km", "spans"), [(70.0, 1), (70.001, 2), (210.0, 3), (20.0, 1)])
def test_a_length_of_whole_spacings_has_no_span_more(length_km, spans):
    assert wet_line(length_km=length_km, repeater_spacing_km=70.0).span_count == spans


def test_every_figure_has_bounds():
    assert set(WET_LINE_BOUNDS) == set(WET_LINE_FIGURES)


def test_all_figures_out_of_bounds_are_told_at_once():
    with pytest.raises(ValueError, match=r"length_km must be .*; WetLine.bandwidth_thz must be"):
        wet_line(length_km=0.0, bandwidth_thz=99.0)


def test_spans_that_lose_more_than_a_repeater_gives_are_refused():
    with pytest.raises(ValueError, match=r"spans of 300.0 km lose 48.0 dB"):
        wet_line(length_km=6_000.0, repeater_spacing_km=300.0)
