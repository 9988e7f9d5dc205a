"""What is promised with a service, and what is given back when the promise is broken?"""

from dataclasses import dataclass
from typing import Annotated

from karakoram.core.fields import Bounds, Finite, check_fields
from karakoram.core.provenance import Provenance
from karakoram.refdata.facts import Comparison
from karakoram.sales.catalogue.identifiers import CreditStepId, ObjectiveId, ServiceLevelId
from karakoram.sales.catalogue.words import LevelParameter

Percent = Annotated[float, Bounds(at_least=0.0, at_most=100.0)]
"""A share of a month's charge, in percent."""

PERCENT = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel:
    """A service level agreement, as its name and scope; its figures are its objectives."""

    service_level_id: ServiceLevelId
    name: str
    scope: str
    """What counts, and what does not: planned work, force majeure, the customer's own plant."""
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevelObjective:
    """One figure of a service level: what is measured, and on which side of which bar it lies."""

    objective_id: ObjectiveId
    service_level_id: ServiceLevelId
    parameter: LevelParameter
    comparison: Comparison
    threshold: Finite
    unit: str
    """``%``, ``h``, ``ms``, ``s``, ``Mbps``, ...; percent are written 99.9, not 0.999."""
    scope: str = ""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)

    def is_met_by(self, value: float) -> bool:
        """Whether a measured ``value``, in the objective's own ``unit``, keeps the promise."""
        return self.comparison.holds(value, self.threshold)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditStep:
    """What is given back of a month's recurring charge once a figure is worse than ``beyond``.

    Of the steps that a month reaches, the one with the largest credit counts; they do not add.
    """

    credit_step_id: CreditStepId
    service_level_id: ServiceLevelId
    parameter: LevelParameter
    beyond: Finite
    """In the unit of the objective of the same parameter."""
    credit_percent: Percent
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
