"""What is taken for a figure of a submarine line says that it is assumed."""

from karakoram.core.provenance import Confidence
from karakoram.network.wet_line import BRANCHING_UNIT_BOUNDS, WET_LINE_BOUNDS
from karakoram.refdata.library import read_library
from karakoram.refdata.wet_line_figures import (
    USUAL_BRANCHING_LOSS,
    USUAL_FIBRE_ID,
    USUAL_REPEATER_ID,
    read_wet_line_figures,
    usual_branching_loss_db,
)


def test_figures_nobody_states_are_assumed_within_bounds_and_named_like_those_of_a_line():
    figures = read_wet_line_figures()
    assert figures["repeater_output_power_dbm"].provenance.confidence is Confidence.ASSUMED
    assert all(one.provenance.confidence is not Confidence.STATED for one in figures.values())
    bounds = {**WET_LINE_BOUNDS, USUAL_BRANCHING_LOSS: BRANCHING_UNIT_BOUNDS["loss_db"]}
    assert all(bounds[name].breach(one.value) is None for name, one in figures.items())


def test_the_usual_loss_of_a_branching_unit_is_assumed():
    usual = usual_branching_loss_db()
    assert usual.value == read_wet_line_figures()[USUAL_BRANCHING_LOSS].value
    assert usual.provenance.confidence is Confidence.ASSUMED


def test_the_usual_fibre_and_repeater_are_in_the_library():
    library = read_library()
    assert USUAL_FIBRE_ID in library.fibre_types
    assert USUAL_REPEATER_ID in library.amplifier_types
