"""What is given back for a month in which a promise was broken, and who bears it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money, allocate
from karakoram.core.provenance import Confidence
from karakoram.operations.service_time import ServiceTime
from karakoram.sales.catalogue.service_levels import CreditStep
from karakoram.sales.catalogue.words import LevelParameter

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class BorneCredit:
    """What one operator bears of a credit."""

    operator_id: OperatorId
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCredit:
    """What the buyer gets back of a month's recurring charge."""

    percent: Decimal
    amount: Money
    reason: str
    """The figure and the step that it reached, in words."""
    borne: tuple[BorneCredit, ...]
    """Sums to ``amount`` exactly."""
    confidence: Confidence
    source: str


def service_credit(
    time: ServiceTime, *, steps: Iterable[CreditStep], monthly_charge: Money
) -> ServiceCredit | None:
    """The credit for a month; ``None`` where every promise was kept.

    Of the steps that the month reaches, the one with the largest credit counts. Whoever was at
    fault bears it, several in proportion to their seconds.

    Parameters
    ----------
    time
        What became of the product's time in that month.
    steps
        Of the product's service level.
    monthly_charge
        What was charged for that month, taxes not included.
    """
    reached = [step for step in steps if _is_reached(step, time)]
    if not reached or not time.down_s_by_operator:
        return None
    step = max(reached, key=lambda each: (each.credit_percent, each.credit_step_id))
    percent = Decimal(str(step.credit_percent))
    amount = _share(monthly_charge, percent)
    if amount.minor == 0:
        return None
    parts = allocate(amount, [down_s for _, down_s in time.down_s_by_operator])
    return ServiceCredit(
        percent=percent,
        amount=amount,
        reason=_reason(step, time),
        borne=tuple(
            BorneCredit(operator_id=operator_id, amount=part)
            for (operator_id, _), part in zip(time.down_s_by_operator, parts, strict=True)
            if part.minor
        ),
        confidence=step.provenance.confidence,
        source=step.provenance.source,
    )


def _is_reached(step: CreditStep, time: ServiceTime) -> bool:
    """Whether the month is worse than the step says; what is not measured reaches nothing."""
    match step.parameter:
        case LevelParameter.AVAILABILITY:
            return time.availability_percent < step.beyond
        case LevelParameter.TIME_TO_RESTORE:
            return time.longest_h > step.beyond
        case _:
            return False


def _share(charge: Money, percent: Decimal) -> Money:
    """So many percent of the charge, the largest remainder deciding on the last minor unit."""
    scale = 10 ** max(0, -int(percent.as_tuple().exponent))
    taken = int(percent * scale)
    return allocate(charge, [taken, int(_WHOLE) * scale - taken])[0]


def _reason(step: CreditStep, time: ServiceTime) -> str:
    if step.parameter is LevelParameter.AVAILABILITY:
        return f"availability {time.availability_percent:.4f} %, below {step.beyond:g} %"
    return f"restored after {time.longest_h:.2f} h, more than {step.beyond:g} h"
