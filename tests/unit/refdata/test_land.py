import pytest

from karakoram.refdata.attribution import CREDITS, credit_line
from karakoram.refdata.land import read_land
from karakoram.refdata.packaged import packaged_folder


def is_on_land(longitude, latitude):
    """Even-odd rule: a ray to the east crosses the coast an odd number of times."""
    crossings = 0
    for ring in read_land():
        for (x1, y1), (x2, y2) in zip(ring[:-1].tolist(), ring[1:].tolist(), strict=True):
            if (y1 > latitude) != (y2 > latitude):
                crossings += longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "expected"),
    [
        ("Rawalpindi", 73.05, 33.6, True),
        ("Urumqi", 87.6, 43.8, True),
        ("Cairo", 31.2, 30.0, True),
        ("Arabian Sea", 65.0, 20.0, False),
        ("Red Sea", 37.5, 21.0, False),
        ("Caspian Sea", 51.0, 41.0, False),
        ("Mediterranean", 18.0, 35.0, False),
    ],
)
def test_land_and_sea_are_where_they_belong(place, longitude, latitude, expected):
    assert is_on_land(longitude, latitude) is expected, place


def test_rings_are_closed_and_within_the_frame():
    rings = read_land()
    assert len(rings) > 200
    for ring in rings:
        assert len(ring) >= 4
        assert (ring[0] == ring[-1]).all()
        assert (ring.min(axis=0) >= (-10.0, -15.0)).all()
        assert (ring.max(axis=0) <= (125.0, 60.0)).all()


def test_rings_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        read_land()[0][0, 0] = 0.0


def test_the_table_of_land_stays_small():
    size = len(packaged_folder("geometry").joinpath("land.txt").read_bytes())
    assert size <= 300_000


def test_geonames_and_natural_earth_are_credited():
    assert {credit.name for credit in CREDITS} == {"GeoNames", "Natural Earth"}
    assert "CC BY 4.0" in credit_line()
    assert all(credit.words in credit_line() for credit in CREDITS)
