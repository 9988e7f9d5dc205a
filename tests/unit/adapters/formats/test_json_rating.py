from dataclasses import replace
from datetime import date

from karakoram.adapters.formats.json_rating import json_from_line, json_from_rating
from karakoram.core.money import Money
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.rating.rate_period import rated_period
from karakoram.usecases.settle.rate_products import RatingAnswer, owner_totals
from tests.support.rating import KARACHI, charge, interval

JULY = period_from_word("2026-07")
LINES = rated_period([interval(charge(), "2026-07-22")], period=JULY, zone=KARACHI)


def test_a_line_stands_in_json_with_exact_amounts():
    assert json_from_line(LINES[0]) == {
        "key": "P/recurring/SCO/port/2026-07-22/2026-08-01/0",
        "product": "P",
        "payer": "CT",
        "operator": "SCO",
        "name": "port",
        "kind": "recurring",
        "from": "2026-07-22",
        "to": "2026-08-01",
        "quantity": "10",
        "unit": "of 31 days",
        "unitPrice": "3000.00",
        "amount": {"unit": "PKR", "value": "967.70"},
        "confidence": "stated",
        "source": "a price list",
    }


def test_what_is_taken_back_is_negative():
    back = replace(LINES[0], amount=Money(-5, "PKR"))
    assert json_from_line(back)["amount"] == {"unit": "PKR", "value": "-0.05"}


def test_an_answer_says_its_period_and_totals():
    answer = RatingAnswer(
        period=JULY, zone="Asia/Karachi", lines=LINES, totals=owner_totals(LINES), repeated=0
    )
    told = json_from_rating(answer)
    assert told["period"] == {"from": str(date(2026, 7, 1)), "to": str(date(2026, 8, 1))}
    assert told["totals"] == [
        {
            "operator": "SCO",
            "amount": {"unit": "PKR", "value": "967.70"},
            "confidence": "stated",
        }
    ]
    assert len(told["lines"]) == 1
