from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.settlement.rating.commitments import MinimumCommitment
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.rating.rate_period import rated_period
from karakoram.settlement.rating.rated import RatedKind
from tests.support.rating import charge, interval, minutes, used

KARACHI = ZoneInfo("Asia/Karachi")


def least(minor=310_000, **changes):
    given = {
        "product_id": "P",
        "operator_id": "SCO",
        "charge_name": "minutes",
        "monthly": Money(minor, "PKR"),
        "confidence": Confidence.ASSUMED,
        "source": "the agreement",
    }
    return MinimumCommitment(**{**given, **changes})


def shortfalls(intervals, usage, word, *, commitments=None):
    lines = rated_period(
        intervals,
        usage,
        period=period_from_word(word),
        zone=KARACHI,
        commitments=[least()] if commitments is None else commitments,
    )
    return [line for line in lines if line.kind is RatedKind.SHORTFALL]


CALLS = [used("a", "1000", "2026-07-03"), used("b", "500", "2026-07-20")]
"""1,500 minutes at PKR 1.50: PKR 2,250."""
WHOLE = [interval(minutes(), "2026-01-01")]


def test_what_is_missing_to_the_least_is_owed_at_the_end_of_the_month():
    (line,) = shortfalls(WHOLE, CALLS, "2026-07")
    assert line.amount == Money(310_000 - 225_000, "PKR")
    assert (line.name, line.unit_price) == ("shortfall of minutes", "850.00")
    assert (str(line.from_day), str(line.to_day)) == ("2026-07-01", "2026-08-01")
    assert (line.confidence, line.source, line.payer_id) == (
        Confidence.ASSUMED,
        "the agreement",
        "CT",
    )


def test_nothing_is_missing_where_enough_was_used():
    assert shortfalls(WHOLE, CALLS, "2026-07", commitments=[least(225_000)]) == []
    (one,) = shortfalls(WHOLE, CALLS, "2026-07", commitments=[least(225_001)])
    assert one.amount.minor == 1


def test_only_the_part_that_holds_the_last_day_owes_the_whole_months_shortfall():
    assert shortfalls(WHOLE, CALLS, "2026-07-01/2026-07-16") == []
    (line,) = shortfalls(WHOLE, CALLS, "2026-07-16/2026-08-01")
    assert line.amount.minor == 85_000
    assert len(shortfalls(WHOLE, [], "2026-Q3")) == 3


def test_a_part_of_a_month_in_service_owes_its_days():
    ended = [interval(minutes(), "2026-01-01", "2026-07-21")]
    # 20 days of PKR 3,100 are PKR 2,000; PKR 1,500 were used
    (line,) = shortfalls(ended, CALLS[:1], "2026-07")
    assert line.amount.minor == 200_000 - 150_000
    assert str(line.to_day) == "2026-07-21"
    (same,) = shortfalls(ended, CALLS[:1], "2026-07-20/2026-07-21")
    assert same == line
    assert shortfalls(ended, CALLS[:1], "2026-08") == []


def test_a_price_that_changes_does_not_change_what_was_agreed():
    two = [
        interval(minutes(), "2026-01-01", "2026-07-11"),
        interval(minutes("1"), "2026-07-11"),
    ]
    # 1,000 at 1.50 and 500 at 1.00: PKR 2,000
    (line,) = shortfalls(two, CALLS, "2026-07")
    assert line.amount.minor == 310_000 - 200_000


@pytest.mark.parametrize(
    ("commitment", "code", "words"),
    [
        (least(charge_name="port"), "commitment-unknown-charge", "'port' is of no usage charge"),
        (least(product_id="X"), "commitment-unknown-charge", "usage charge of X"),
        (
            least(monthly=Money(1, "USD")),
            "commitment-other-currency",
            "'minutes' is in USD, the charge in PKR",
        ),
    ],
)
def test_a_commitment_to_nothing_is_found(commitment, code, words):
    with pytest.raises(InvalidDataError) as refused:
        shortfalls(
            [*WHOLE, interval(charge(), "2026-01-01")], [], "2026-07", commitments=[commitment]
        )
    (finding,) = refused.value.findings
    assert (finding.code, finding.place.record) == (code, commitment.product_id)
    assert words in finding.message


def test_a_quantity_of_one_is_what_a_shortfall_has():
    (line,) = shortfalls(WHOLE, [], "2026-07")
    assert (line.quantity, line.unit) == (Decimal(1), "")
