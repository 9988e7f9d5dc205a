"""Which promises of a service level does a plan, as it is computed, not keep?"""

from collections.abc import Iterator

from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.offerings import ProductOffering
from karakoram.sales.catalogue.service_levels import ServiceLevelObjective
from karakoram.sales.catalogue.words import LevelParameter
from karakoram.sales.plans import PlanMeasures, Refusal

_PERCENT = 100.0


def promises_at_risk(
    measures: PlanMeasures, *, offering: ProductOffering, catalogue: Catalogue
) -> tuple[Refusal, ...]:
    """A remark for each promise that the computed figures do not keep.

    Availability and latency are compared; what is not computed is not judged. Both are expected
    values: a month may be better or worse.

    Parameters
    ----------
    measures
        Of the plan, its availability as a share, its latency one way [ms].
    offering
        Whose service level promises.
    catalogue
        Where objectives and credits stand.
    """
    if offering.service_level_id is None:
        return ()
    return tuple(
        _remark(objective, value, catalogue)
        for objective in catalogue.objectives_of(offering.service_level_id)
        for parameter, value in _figures(measures)
        if objective.parameter is parameter and not objective.is_met_by(value)
    )


def _figures(measures: PlanMeasures) -> Iterator[tuple[LevelParameter, float]]:
    """What is computed, in the units of objectives: percent and milliseconds."""
    if measures.availability is not None:
        yield LevelParameter.AVAILABILITY, measures.availability * _PERCENT
    if measures.latency_ms is not None:
        yield LevelParameter.LATENCY, measures.latency_ms
        yield LevelParameter.ROUND_TRIP, 2.0 * measures.latency_ms


def _remark(objective: ServiceLevelObjective, value: float, catalogue: Catalogue) -> Refusal:
    steps = (
        step.credit_percent
        for step in catalogue.credit_steps_of(objective.service_level_id)
        if step.parameter is objective.parameter and _is_reached(objective, value, step.beyond)
    )
    credit = max(steps, default=0.0)
    owed = f"; a month like that costs a credit of {credit:g} % of its charge" if credit else ""
    name = objective.parameter.value.replace("_", " ")
    return Refusal(
        code="promise-at-risk",
        where=objective.service_level_id,
        message=(
            f"{name} of {objective.threshold:g} {objective.unit} is promised, "
            f"{value:.4f} {objective.unit} is computed{owed}"
        ),
    )


def _is_reached(objective: ServiceLevelObjective, value: float, beyond: float) -> bool:
    """Whether the value is worse than a step says; worse is the other side of the promise."""
    is_worse_below = objective.is_met_by(float("inf"))
    return value < beyond if is_worse_below else value > beyond
