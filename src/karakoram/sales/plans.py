"""What would have to be built, claimed and done to give a product, and what would it cost?

A plan is the one answer of every feasibility check, from a 400G wave over three operators to a
telephone number; a quote prices it, a reservation holds it, an order carries it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from karakoram.core.fields import Bounds, NotNegative, check_fields, check_rules
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.planning.path_side import PathSide
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.inventory.resources import PlannedClaim, Resource

Share = Annotated[float, Bounds(at_least=0.0, at_most=1.0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLeg:
    """What one operator has to do."""

    name: str
    """Unique in the plan, e.g. ``SCO working``."""
    operator_id: OperatorId
    a_site_id: SiteId
    z_site_id: SiteId
    side: PathSide = PathSide.WORKING
    work: str
    """In words, for whoever does it."""
    after: tuple[str, ...] = ()
    """Names of the legs that must be complete before this one starts."""
    lead_days: int
    """Calendar days from its start to its end."""

    def __post_init__(self) -> None:
        check_rules(
            self,
            (bool(self.name.strip()), "name must not be blank"),
            (self.name not in self.after, f"after must not name the leg itself, {self.name!r}"),
            (self.lead_days >= 0, f"lead_days must be at least 0, got {self.lead_days}"),
        )


def legs_in_order(legs: Sequence[PlannedLeg]) -> tuple[PlannedLeg, ...]:
    """Each leg after those it waits for; those that wait in a circle are left out."""
    done: dict[str, PlannedLeg] = {}
    waiting = list(legs)
    while ready := [leg for leg in waiting if done.keys() >= set(leg.after)]:
        done |= {leg.name: leg for leg in ready}
        waiting = [leg for leg in waiting if leg.name not in done]
    return tuple(done.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One line of a quote: what, for whom, how much."""

    name: str
    kind: PriceType
    operator_id: OperatorId
    """Who earns it."""
    amount: Money
    """For usage: of one unit, rounded up to a minor unit for show; rating uses the price itself."""
    unit_price: str
    """The price as a decimal number of major units, exact."""
    unit: str = ""
    """What ``unit_price`` is for, e.g. ``minute``; empty for the product."""
    usage_kind: str = ""
    """What is counted, in the words of ``UsageKind``; empty for anything in ``unit``."""
    tier_from: str = "0"
    """For usage: units of a month above which ``unit_price`` is asked, a decimal number."""
    tier_to: str = ""
    """Units up to which it is asked; empty without end."""
    places: tuple[str, ...] = ()
    """Sites of what is counted together, where its name tells how many alone."""
    confidence: Confidence
    source: str

    def __post_init__(self) -> None:
        check_rules(
            self,
            (bool(self.name.strip()), "name must not be blank"),
            (self.amount.minor >= 0, f"amount must be at least 0, got {self.amount}"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigure:
    """A figure that the plan rests on."""

    subject: str
    figure: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeasures:
    """What the product will be like; ``None`` where the check does not compute it.

    How far each may be trusted is worked out with it, where the network is at hand, and told with
    it wherever it is shown; ``None`` in what was stored before, which counts as assumed.
    """

    length_km: NotNegative | None = None
    """Glass kilometres of the working way."""
    latency_ms: NotNegative | None = None
    """One way, working."""
    availability: Share | None = None
    gsnr_margin_db: float | None = None
    shared_risks: tuple[str, ...] = ()
    """What takes working and protection together."""
    length_confidence: Confidence | None = None
    latency_confidence: Confidence | None = None
    availability_confidence: Confidence | None = None
    gsnr_margin_confidence: Confidence | None = None

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlan:
    """Connections to make, units to claim, legs to do, charges to pay."""

    connections: tuple[Resource, ...] = ()
    """New resources, each after those it rides on; their identifiers are new."""
    claims: tuple[PlannedClaim, ...]
    legs: tuple[PlannedLeg, ...]
    charges: tuple[Charge, ...]
    measures: PlanMeasures = PlanMeasures()
    ways: tuple[tuple[SiteId, ...], ...] = ()
    """Sites passed by each way, working first; for the map."""
    figures: tuple[PlanFigure, ...] = ()

    def __post_init__(self) -> None:
        names = [leg.name for leg in self.legs]
        unknown = {before for leg in self.legs for before in leg.after} - set(names)
        new = [each.resource_id for each in self.connections]
        check_rules(
            self,
            (len(set(names)) == len(names), f"legs must have names of their own, got {names}"),
            (not unknown, f"legs must wait for each other, not for {sorted(unknown)}"),
            (len(set(new)) == len(new), f"connections must be named once each, got {new}"),
        )
        is_circle = len(legs_in_order(self.legs)) < len(names)
        check_rules(self, (not is_circle, f"legs must not wait in a circle, got {names}"))

    @property
    def installation_days(self) -> int:
        """Calendar days until every leg is complete, each started when it may."""
        done: dict[str, int] = {}
        for leg in legs_in_order(self.legs):
            done[leg.name] = leg.lead_days + max((done[each] for each in leg.after), default=0)
        return max(done.values(), default=0)


class PlanLabel(Enum):
    """Why a plan is on the list; the first three are those of a design."""

    CHEAPEST = "cheapest"
    LOWEST_LATENCY = "lowest latency"
    MOST_DIVERSE = "most diverse"
    SHORTEST = "shortest"
    AT_THE_SITE = "at the site"
    """The only one: it leads nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPlan:
    """A plan and why it is on the list."""

    label: PlanLabel
    plan: ServicePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why something cannot be had, where, and what would help."""

    code: str
    """Stable, documented, e.g. ``no-free-slot``."""
    where: str
    message: str
    alternatives: tuple[str, ...] = ()
    """Each helps by itself, in words."""
