"""What a buyer reads names no part of the way and sums to what was rated."""

from decimal import Decimal

from karakoram.core.provenance import Confidence
from karakoram.settlement.billed_lines import billed_lines, covered_keys, lines_by_word
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


def test_lines_and_their_legs_are_found_by_number_and_key():
    rated = (line("a", 100), line("v", 30, kind=RatedKind.USAGE), line("b", 250))
    month, voice = billed_lines(rated)
    by_word = lines_by_word(rated)
    assert by_word["1"] == by_word[month.key] == month
    first, used, second = (each.key for each in rated)
    assert by_word["2"] == by_word[used] == voice
    assert by_word["1.2"] == by_word[second] == rated[2]
    assert by_word.keys() == {"1", "1.1", "1.2", "2", "2.1", month.key, first, used, second}
    assert covered_keys(rated, month.key) == {first, second}
    assert covered_keys(rated, second) == {second}


def test_what_is_taken_back_stands_apart_from_what_is_asked():
    back = line("a", -100, unit_price="1.00", reverses="a/0")
    told = billed_lines((back, line("b", 80, unit_price="0.80")))
    assert [(each.name, each.amount.minor) for each in told] == [
        ("taken back: monthly charge", -100),
        ("monthly charge", 80),
    ]
