from datetime import date

from karakoram.adapters.formats.json_view import json_from_view
from karakoram.planning.partner_legs import operator_view
from tests.support.watched import at_full_speed


def test_a_view_tells_own_spans_by_name_and_of_partners_legs_only(prepared_corridor):
    day = date(2026, 11, 22)
    view = at_full_speed()(operator_view)(prepared_corridor, "CYB", bit_rate_gbps=100.0, on_day=day)
    told = json_from_view(view)
    assert told["viewer"] == "CYB"
    assert told["own_spans"] == ["KHI-CLS-CYB"]
    assert all("spans" not in leg for leg in told["partner_legs"])
