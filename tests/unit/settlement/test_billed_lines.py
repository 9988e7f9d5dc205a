"""What a buyer reads names no part of the way and sums to what was rated."""

from decimal import Decimal

from karakoram.core.provenance import Confidence
from karakoram.settlement.billed_lines import billed_lines
from karakoram.settlement.rating.rated import RatedKind
from tests.support.settlement import line, usd


def test_months_are_summed_and_usage_stands_by_itself():
    stated = {"confidence": Confidence.STATED}
    minutes = {"kind": RatedKind.USAGE, "unit": "minute", "quantity": Decimal(10), **stated}
    rated = (
        line("a", 100, unit_price="1.00", **stated),
        line("b", 250, "ONE", unit_price="2.50"),
        line("c", 70, kind=RatedKind.ONE_TIME, unit_price="0.70", quantity=Decimal(1), unit=""),
        line("v1", 30, name="voice", unit_price="0.03", **minutes),
        line("v2", 40, name="voice", unit_price="0.04", **minutes),
    )
    told = billed_lines(rated)
    assert [(each.name, each.unit_price, each.amount) for each in told] == [
        ("monthly charge", "3.50", usd(350)),
        ("one-time charge", "0.70", usd(70)),
        ("voice", "0.03", usd(30)),
        ("voice", "0.04", usd(40)),
    ]
    assert told[0].confidence is Confidence.ASSUMED
    assert told[2].confidence is Confidence.STATED


def test_what_is_taken_back_stands_apart_from_what_is_asked():
    back = line("a", -100, unit_price="1.00", reverses="a/0")
    told = billed_lines((back, line("b", 80, unit_price="0.80")))
    assert [(each.name, each.amount.minor) for each in told] == [
        ("taken back: monthly charge", -100),
        ("monthly charge", 80),
    ]
