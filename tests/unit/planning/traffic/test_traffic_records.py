import pytest

from karakoram.core.grid import FrequencySlot
from karakoram.planning.traffic.tables import (
    BitRateShare,
    PairTraffic,
    ReachRow,
    ReservedBand,
    TracedRequest,
)


def test_a_band_is_a_slot_of_the_grid():
    assert ReservedBand(n=-12, m=4).slot == FrequencySlot(n=-12, m=4)


@pytest.mark.parametrize(
    ("record", "fields", "field"),
    [
        (ReservedBand, {"n": 0, "m": 0}, "m"),
        (ReservedBand, {"n": 20_000, "m": 1}, "n"),
        (ReachRow, {"reach_km": 0.0, "bit_per_s_per_hz": 1.0}, "reach_km"),
        (ReachRow, {"bit_per_s_per_hz": 21.0}, "bit_per_s_per_hz"),
        (BitRateShare, {"bit_rate_gbps": 1.0, "weight": 0.0}, "weight"),
        (PairTraffic, {"from_site_id": "A", "to_site_id": "Z", "volume": -1.0}, "volume"),
    ],
)
def test_a_record_refuses_what_cannot_be(record, fields, field):
    with pytest.raises(ValueError, match=rf"{record.__name__}\.{field}"):
        record(**fields)


def test_a_request_holds_for_no_less_than_no_time_and_may_have_no_end():
    ends = {"from_site_id": "A", "to_site_id": "Z", "bit_rate_gbps": 100.0}
    assert TracedRequest(arrives_at=-5.0, **ends).holds_for is None
    with pytest.raises(ValueError, match="holds_for must be at least 0"):
        TracedRequest(arrives_at=0.0, holds_for=-1.0, **ends)
