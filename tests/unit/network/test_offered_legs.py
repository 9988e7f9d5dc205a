from dataclasses import replace
from datetime import date

import pytest

from karakoram.core.tables import columns_of, records_from_rows, rows_from_records
from karakoram.network.legs import LegKind, OfferedLeg
from tests.support.legs import KEY, keyed_leg, leg

TOKEN = KEY.token("span:X")


def test_a_leg_survives_a_table():
    legs = (
        keyed_leg("NOR", "A", "B", 1.25, risks={"span:1": 7, "group:S": 2}, places="CD"),
        leg("SUD", "B", "Z", length_km=12.5, valid_to=date(2027, 1, 1), a_to=["NOR", "MAR"]),
    )
    rows = [(number, row) for number, row in enumerate(rows_from_records(legs), start=2)]
    assert records_from_rows(rows, record_type=OfferedLeg, table="legs") == (legs, ())


def test_no_column_of_a_leg_can_hold_a_span_or_a_site_inside():
    columns = set(columns_of(OfferedLeg))
    assert not {name for name in columns if "span" in name or "route" in name or "group" in name}
    assert {name for name in columns if name.endswith("site_id")} == {"a_site_id", "z_site_id"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"z_site_id": "A"}, "z_site_id must differ"),
        ({"latency_ms": -1.0}, "latency_ms must be at least 0"),
        ({"price_minor": 5}, "price_minor needs currency"),
        (
            {"price_minor": 5, "currency": "XXX", "term_months": 1, "bit_rate_gbps": 1.0},
            "currency must be a currency of ISO 4217",
        ),
        ({"valid_to": date(2026, 1, 1)}, "must be after"),
        ({"key_fingerprint": ""}, "key_fingerprint must stand where tokens stand"),
        ({"risk_tokens": ("zz",), "token_minutes": (1,)}, "32 hexadecimal digits each, got 'zz'"),
        ({"token_minutes": ()}, "as many as risk_tokens, got 0 for 1"),
        ({"minutes_total": None}, "minutes_total must stand where tokens stand"),
        ({"minutes_total": 6}, "at most the sum of token_minutes, 5, got 6"),
        ({"token_minutes": (0,), "minutes_total": 0}, "token_minutes must be at least 1"),
        ({"place_tokens": (TOKEN, TOKEN)}, "place_tokens must name each token once"),
        ({"a_site_token": None}, "tokens_complete needs a_site_token"),
        ({"kind": LegKind.REST}, "tokens_complete must be false of a rest"),
    ],
)
def test_a_leg_that_contradicts_itself_is_refused(changes, words):
    good = keyed_leg("NOR", "A", "B", risks={"span:1": 5})
    with pytest.raises(ValueError, match=words):
        replace(good, **changes)


def test_too_many_tokens_are_refused():
    with pytest.raises(ValueError, match="at most 1000 each"):
        keyed_leg("NOR", "A", "B", risks={f"span:{n}": 1 for n in range(1_001)})
