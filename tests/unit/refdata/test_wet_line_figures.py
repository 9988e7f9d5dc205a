"""What is taken for a figure of a submarine line says that it is assumed."""

from karakoram.core.provenance import Confidence
from karakoram.network.wet_line import WET_LINE_BOUNDS
from karakoram.refdata.library import read_library
from karakoram.refdata.wet_line_figures import (
    USUAL_FIBRE_ID,
    USUAL_REPEATER_ID,
    read_wet_line_figures,
)


def test_figures_nobody_states_are_assumed_within_bounds_and_named_like_those_of_a_line():
    figures = read_wet_line_figures()
    assert figures["repeater_output_power_dbm"].provenance.confidence is Confidence.ASSUMED
    assert all(one.provenance.confidence is not Confidence.STATED for one in figures.values())
    assert all(WET_LINE_BOUNDS[name].breach(one.value) is None for name, one in figures.items())


def test_the_usual_fibre_and_repeater_are_in_the_library():
    library = read_library()
    assert USUAL_FIBRE_ID in library.fibre_types
    assert USUAL_REPEATER_ID in library.amplifier_types
