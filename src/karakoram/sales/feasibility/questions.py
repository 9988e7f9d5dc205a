"""What does a planner need to know of a wish, and what does it answer?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from karakoram.core.identifiers import OperatorId, ResourceId, SiteId
from karakoram.sales.catalogue.configuration import ResourceNeed
from karakoram.sales.catalogue.offerings import ProductOffering
from karakoram.sales.catalogue.words import FeasibilityCheck
from karakoram.sales.configurations import Configuration
from karakoram.sales.inventory.stock import Stock
from karakoram.sales.plans import LabelledPlan, Refusal

A_SITE, Z_SITE = "a_site", "z_site"
"""Names of the characteristics that say where a product is."""

NewId = Callable[[], ResourceId]
"""Makes identifiers for the connections of a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeasibilityQuestion:
    """A wish that makes sense: every value is there and allowed, and the buyer may have it."""

    offering: ProductOffering
    configuration: Configuration
    """Every value, with what the offering fixes and the defaults."""
    check: FeasibilityCheck
    needs: tuple[ResourceNeed, ...]
    seller_id: OperatorId
    on_day: date
    """The day whose prices hold."""

    @property
    def a_site_id(self) -> SiteId:
        """The A end, or the one site of a product that has one."""
        return SiteId(self.configuration.text(A_SITE))

    @property
    def z_site_id(self) -> SiteId | None:
        """The Z end; ``None`` of a product at one site."""
        word = self.configuration.value(Z_SITE)
        return None if word is None else SiteId(word)

    @property
    def is_protected(self) -> bool:
        """Whether two ways are asked for."""
        return self.configuration.value("protection") == "1+1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasible:
    """The ways to give what was asked, best first; at most one for each label."""

    plans: tuple[LabelledPlan, ...]
    remarks: tuple[Refusal, ...] = ()
    """What has to be built first; such an answer is yellow. Empty when all is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFeasible:
    """The normal "no"."""

    reasons: tuple[Refusal, ...]
    """Where one names an alternative, asking so would help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeasibilityBasis:
    """What the planners plan with."""

    stock: Stock
    """What is free at the moment of the question."""
    new_id: NewId = field(repr=False)
    beneath: Mapping[ResourceId, frozenset[ResourceId]] = field(default_factory=dict)
    """The fibres that each connection rides on, however many layers below."""


Planner = Callable[[FeasibilityQuestion, FeasibilityBasis], Feasible | NotFeasible]
