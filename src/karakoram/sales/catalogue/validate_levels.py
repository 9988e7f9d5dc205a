"""Which promises of a catalogue cannot be kept, or contradict each other?"""

from collections.abc import Iterator

from karakoram.core.findings import Finding, Severity, finding_at
from karakoram.refdata.facts import Comparison
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.service_levels import (
    PERCENT,
    CreditStep,
    ServiceLevelObjective,
)

_ALL_PERCENT = 100.0
_AT_LEAST = (Comparison.AT_LEAST, Comparison.ABOVE)


def level_findings(catalogue: Catalogue) -> Iterator[Finding]:
    """A finding for each figure of a service level that makes no sense."""
    seen: dict[tuple[object, ...], str] = {}
    for objective in catalogue.service_level_objectives.values():
        yield from _objective_findings(objective)
        subject = (objective.service_level_id, objective.parameter, objective.scope)
        first = seen.setdefault(subject, objective.objective_id)
        if first != objective.objective_id:
            yield finding_at(
                "objective-twice",
                ("service_level_objectives", objective.objective_id, "parameter"),
                f"{objective.parameter.value} is promised by {first} already; keep one, or tell "
                "their scopes apart",
            )
    for level_id in catalogue.service_levels:
        if not catalogue.objectives_of(level_id):
            yield finding_at(
                "level-without-objective",
                ("service_levels", level_id, "service_level_id"),
                "promises nothing; add a row to service_level_objectives",
                severity=Severity.WARNING,
            )
    for step in catalogue.credit_steps.values():
        yield from _credit_findings(catalogue, step)


def _objective_findings(objective: ServiceLevelObjective) -> Iterator[Finding]:
    at = ("service_level_objectives", objective.objective_id, "threshold")
    is_percent = objective.unit == PERCENT
    if is_percent and objective.threshold > _ALL_PERCENT:
        yield finding_at(
            "level-over-100",
            at,
            f"{objective.threshold:g} % is more than all; write at most 100",
        )
    if objective.threshold < 0.0 and objective.unit != "dBm":
        yield finding_at(
            "level-below-0", at, f"{objective.threshold:g} must be at least 0 {objective.unit}"
        )


def _credit_findings(catalogue: Catalogue, step: CreditStep) -> Iterator[Finding]:
    """A step that is given although the promise is kept, or for what is not promised."""
    if step.service_level_id not in catalogue.service_levels:
        return
    objective = catalogue.objective(step.service_level_id, step.parameter)
    at = ("credit_steps", step.credit_step_id, "beyond")
    if objective is None:
        yield finding_at(
            "credit-without-objective",
            ("credit_steps", step.credit_step_id, "parameter"),
            f"{step.service_level_id} promises nothing of {step.parameter.value}; add an "
            "objective or remove the step",
        )
        return
    is_floor = objective.comparison in _AT_LEAST
    is_kept = step.beyond > objective.threshold if is_floor else step.beyond < objective.threshold
    if is_kept:
        yield finding_at(
            "credit-while-kept",
            at,
            f"{step.beyond:g} keeps the promise of {objective.comparison.value} "
            f"{objective.threshold:g} {objective.unit}; give credit only beyond it",
        )
