"""What is owed for a period: every line, each from what was sold and what was used?"""

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from karakoram.core.errors import InvalidDataError
from karakoram.settlement.rating.charged import ChargedInterval
from karakoram.settlement.rating.commitments import MinimumCommitment, rated_shortfalls
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.rating.recurring import rated_once, rated_recurring
from karakoram.settlement.rating.tariffs import judged_usage
from karakoram.settlement.rating.usage import UsageRecord
from karakoram.settlement.rating.used import rated_usage, usage_costs


def rated_period(
    intervals: Sequence[ChargedInterval],
    usage: Iterable[UsageRecord] = (),
    *,
    period: BillingPeriod,
    zone: tzinfo,
    commitments: Iterable[MinimumCommitment] = (),
) -> tuple[RatedCharge, ...]:
    """The lines of a period, by product, first day and charge, however the input was ordered.

    A period cut into parts at any days is the sum of its parts, if each part is given the usage of
    the whole months that it touches: tiers and commitments are reached by all units of a month.

    Parameters
    ----------
    intervals
        When each charge is asked, as ``charged_intervals`` says for products.
    usage
        Records in any order, some perhaps told twice; those of other months change nothing.
    period
        The days that are rated.
    zone
        The billing time zone, which says on which day a moment lies.
    commitments
        The least that usage comes to.

    Raises
    ------
    InvalidDataError
        With a finding for every record that cannot be charged and every commitment to nothing;
        ``judged_usage`` tells them beforehand, so that they can be set aside.
    """
    judged = judged_usage(usage, intervals)
    if judged.findings:
        raise InvalidDataError(judged.findings)
    costs = usage_costs(judged, zone=zone)
    lines = [
        *rated_once(intervals, period, zone=zone),
        *rated_recurring(intervals, period, zone=zone),
        *rated_usage(judged, costs, period, zone=zone),
        *rated_shortfalls(commitments, judged, costs, period=period, zone=zone),
    ]
    return tuple(sorted(lines, key=lambda one: (one.product_id, one.from_day, one.place)))
