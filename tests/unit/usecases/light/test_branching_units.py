"""Words name branching units, and each stands in the line that its kilometre falls into."""

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.provenance import Confidence
from karakoram.usecases.light.branching_units import Stretch, units_by_stretch, units_reading

WAY = (
    Stretch(name="A-B", length_km=1000.0, is_wet=True),
    Stretch(name="B-C", length_km=200.0, is_wet=False),
    Stretch(name="C-D", length_km=3000.0, is_wet=True),
)


def test_a_loss_is_stated_or_assumed():
    assumed, stated = units_reading(("1200", " 1300.5 : 2 ")).value
    assert (assumed.name, assumed.km.value, assumed.loss_db.value) == ("U1", 1200.0, 1.0)
    assert assumed.loss_db.provenance.confidence is Confidence.ASSUMED
    assert assumed.km.provenance.confidence is Confidence.STATED
    assert (stated.name, stated.km.value, stated.loss_db.value) == ("U2", 1300.5, 2.0)
    assert stated.loss_db.provenance.confidence is Confidence.STATED


def test_every_word_that_means_nothing_is_told():
    read = units_reading(("far", "100:lossy", "0", "100:21", "nan", "100", "5:"))
    assert read.read is None
    told = [one.message for one in read.findings]
    assert len(told) == 6
    assert "'far' names no branching unit; write KM, or KM:DB" in told[0]
    assert "km must be greater than 0, got 0" in told[2]
    assert "loss_db must be at most 20, got 21" in told[3]
    assert {one.place.field for one in read.findings} == {"branching_unit"}


def test_kilometres_are_counted_from_where_the_line_begins():
    first, none, second = units_by_stretch(units_reading(("1000", "1300:2")).value, WAY)
    assert [(one.name, one.km.value) for one in first] == [("U1", 1000.0)]
    assert none == ()
    assert [(one.name, one.km.value) for one in second] == [("U2", 100.0)]


def test_on_land_and_beyond_the_end_stands_none():
    with pytest.raises(InvalidDataError) as caught:
        units_by_stretch(units_reading(("1100", "4201")).value, WAY)
    land, beyond = (one.message for one in caught.value.findings)
    assert "U1 at 1100 km stands on land, on B-C from 1000 to 1200 km" in land
    assert "U2 at 4201 km stands beyond the end, at 4200 km" in beyond
