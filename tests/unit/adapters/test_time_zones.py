from datetime import UTC, datetime, timedelta

import pytest

from karakoram import bootstrap
from karakoram.usecases.ports import ZoneSource
from karakoram.usecases.settle.rate_products import ZONE_DEFAULT


def test_karachi_is_five_hours_ahead_all_year():
    zones = bootstrap.time_zones()
    assert isinstance(zones, ZoneSource)
    for month in range(1, 13):
        noon = datetime(2026, month, 1, 12, tzinfo=UTC)
        assert noon.astimezone(zones.zone(ZONE_DEFAULT)).utcoffset() == timedelta(hours=5)


@pytest.mark.parametrize(
    "name",
    [
        "Asia/Karachy",
        "",
        "../etc/passwd",
        "/",
        "Asia",
        "localtime",
        "right/Asia/Karachi",
        "Factory",
    ],
)
def test_a_name_of_no_zone_is_refused(name):
    with pytest.raises(ValueError, match="must be a time zone of the IANA database"):
        bootstrap.time_zones().zone(name)


def test_a_name_like_a_zones_is_proposed():
    with pytest.raises(ValueError, match="did you mean Asia/Karachi"):
        bootstrap.time_zones().zone("Asia/Karachy")


def test_what_each_machine_takes_for_its_own_zone_is_not_proposed():
    with pytest.raises(ValueError, match=r"Karachi$"):
        bootstrap.time_zones().zone("localtime")
