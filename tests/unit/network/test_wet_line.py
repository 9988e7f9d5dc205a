"""A submarine line is refused where it cannot be, and knows its spans."""

import pytest

from karakoram.network.wet_line import WET_LINE_BOUNDS, WET_LINE_FIGURES, BranchingUnit
from tests.support.submarine import branching_unit, figure, wet_line


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


def test_a_unit_stands_in_the_span_before_the_repeater_that_makes_up_for_it():
    units = tuple(branching_unit(km) for km in (0.1, 80.0, 80.1, 6_000.0))
    line = wet_line(branching_units=units)
    assert [line.span_of(unit) for unit in units] == [0, 0, 1, 74]
    losses_db = line.branching_loss_db
    assert len(losses_db) == 75
    assert (losses_db[0], losses_db[1], losses_db[2], losses_db[74]) == (2.0, 1.0, 0.0, 1.0)


def test_a_unit_beyond_the_end_or_of_too_much_loss_is_refused():
    with pytest.raises(ValueError, match=r"branching_unit a unit at 6001 km stands beyond the end"):
        wet_line(branching_units=(branching_unit(6_001.0),))
    # Spans lose 12.8 dB.
    wet_line(branching_units=(branching_unit(100.0, 14.0), branching_unit(100.0, 13.2)))
    with pytest.raises(ValueError, match=r"branching_unit in span 2 must lose less: .* 41.0 dB"):
        wet_line(branching_units=(branching_unit(100.0, 15.0), branching_unit(100.0, 13.2)))


def test_the_figures_of_a_unit_have_bounds():
    with pytest.raises(ValueError, match=r"km of x must be greater than 0.*loss_db of x must be"):
        BranchingUnit(name="x", km=figure(0.0), loss_db=figure(-1.0))
