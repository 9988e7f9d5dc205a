"""Can dark fibre be given: which way, which fibres of each span, who splices?"""

from dataclasses import dataclass

from karakoram.core.identifiers import SpanId
from karakoram.planning.demand import Exclusions
from karakoram.planning.path_plan import legs_of
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.route_answers import Route, RouteMetric, RouteQuestion
from karakoram.planning.routes import find_routes
from karakoram.planning.trust import latency_trust, length_trust
from karakoram.sales.feasibility.operator_legs import (
    assumed_lead_time,
    sold_between,
    with_test,
)
from karakoram.sales.feasibility.questions import (
    FeasibilityBasis,
    FeasibilityQuestion,
    Feasible,
    NotFeasible,
)
from karakoram.sales.feasibility.site_claims import site_claims
from karakoram.sales.inventory.plant_resources import fibre_id
from karakoram.sales.inventory.resources import PlannedClaim, ResourceStatus
from karakoram.sales.inventory.stock import Stock
from karakoram.sales.inventory.units import first_free
from karakoram.sales.plans import (
    LabelledPlan,
    PlanLabel,
    PlanMeasures,
    PlannedLeg,
    Refusal,
    ServicePlan,
)
from karakoram.sales.resource_kinds import ResourceKind

SPLICE_DAYS = 30
TEST_DAYS = 2
LEAD_TIME = assumed_lead_time(
    f"{SPLICE_DAYS} days to splice and measure one owner's fibre, {TEST_DAYS} to test"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DarkFibrePlanner:
    """The planner of dark fibre on one network."""

    prepared: PreparedNetwork

    def __call__(
        self, question: FeasibilityQuestion, basis: FeasibilityBasis
    ) -> Feasible | NotFeasible:
        """The shortest way on which every span has the fibres; or why there is none."""
        at_sites, refusals = site_claims(question, basis.stock)
        fibres = sum(each.units for each in question.needs if each.kind is ResourceKind.FIBRE)
        route = self._route(question, basis.stock, fibres=fibres)
        if isinstance(route, Refusal):
            refusals = (route, *refusals)
        if refusals:
            return NotFeasible(reasons=refusals)
        assert isinstance(route, Route)
        plan = self._plan(question, route, claims=(*at_sites, *_claims(route, basis.stock, fibres)))
        return Feasible(plans=(LabelledPlan(label=PlanLabel.SHORTEST, plan=plan),))

    def _route(
        self, question: FeasibilityQuestion, stock: Stock, *, fibres: int
    ) -> Route | Refusal:
        """The shortest way over spans with enough free fibres, or what is in the way."""
        used_up = frozenset(
            span_id
            for span_id in self.prepared.network.spans
            if not _has_room(stock, span_id, fibres)
        )
        for avoided in (used_up, frozenset[SpanId]()):
            routes = find_routes(self.prepared, self._asked(question, avoided)).routes
            if routes and avoided is used_up:
                return routes[0]
            if routes:
                full = [span for span in routes[0].span_ids if span in used_up]
                return Refusal(
                    code="no-free-fibre",
                    where=full[0],
                    message=f"{fibres} fibres needed; too few are free on {', '.join(full)}",
                    alternatives=("ask for fewer fibre pairs", "ask for a wavelength instead"),
                )
        return Refusal(
            code="no-route",
            where=f"{question.a_site_id}-{question.z_site_id}",
            message="no fibre in service joins the two sites",
        )

    def _asked(self, question: FeasibilityQuestion, avoided: frozenset[SpanId]) -> RouteQuestion:
        sold = sold_between(question)
        return RouteQuestion(
            a_site_id=sold.a_site_id,
            z_site_id=sold.z_site_id,
            metric=RouteMetric.LENGTH,
            on_day=question.on_day,
            avoid=Exclusions(span_ids=avoided),
            k=1,
        )

    def _plan(
        self, question: FeasibilityQuestion, route: Route, *, claims: tuple[PlannedClaim, ...]
    ) -> ServicePlan:
        spans = [self.prepared.network.spans[each] for each in route.span_ids]
        parts = tuple(
            PlannedLeg(
                name=f"{leg.operator_id} {leg.a_site_id}-{leg.z_site_id}",
                operator_id=leg.operator_id,
                a_site_id=leg.a_site_id,
                z_site_id=leg.z_site_id,
                work=f"splice through and measure {leg.length_km:.1f} km",
                lead_days=SPLICE_DAYS,
            )
            for leg in legs_of(spans, start=question.a_site_id)
        )
        return ServicePlan(
            claims=claims,
            legs=with_test(
                parts,
                sold_between(question),
                work="measure from end to end and hand over",
                lead_days=TEST_DAYS,
            ),
            charges=(),
            measures=PlanMeasures(
                length_km=route.length_km,
                latency_ms=route.latency_ms,
                length_confidence=length_trust(self.prepared.network, route),
                latency_confidence=latency_trust(self.prepared.network, route),
            ),
            ways=(route.site_ids,),
            figures=(LEAD_TIME,),
        )


def _has_room(stock: Stock, span_id: SpanId, fibres: int) -> bool:
    resource = stock.resources.get(fibre_id(span_id))
    return (
        resource is not None
        and resource.status is ResourceStatus.AVAILABLE
        and resource.free_count >= fibres
    )


def _claims(route: Route, stock: Stock, fibres: int) -> tuple[PlannedClaim, ...]:
    claims = []
    for hop, span_id in enumerate(route.span_ids):
        units = first_free(stock.resources[fibre_id(span_id)].free, fibres)
        assert units is not None, "spans without room are avoided"
        claims.append(
            PlannedClaim(resource_id=fibre_id(span_id), units=units, claimant_id=None, hop=hop)
        )
    return tuple(claims)
