"""Can a product be given over connections that stand: DXX, leased lines, Ethernet, voice trunks?"""

from collections.abc import Iterator, Mapping, Sequence

from karakoram.sales.catalogue.configuration import ResourceNeed
from karakoram.sales.catalogue.words import FeasibilityCheck, NeedPlace
from karakoram.sales.feasibility.carried import (
    Carried,
    Client,
    carried,
    signal_client,
    units_client,
)
from karakoram.sales.feasibility.connection_ways import Way, WayQuestion
from karakoram.sales.feasibility.multiplex_clients import sold_signal
from karakoram.sales.feasibility.operator_legs import (
    LEAD_TIMES,
    connection_legs,
    sites_on,
    sold_between,
)
from karakoram.sales.feasibility.questions import (
    FeasibilityBasis,
    FeasibilityQuestion,
    Feasible,
    NotFeasible,
)
from karakoram.sales.feasibility.site_claims import site_claims
from karakoram.sales.inventory.resources import PlannedClaim
from karakoram.sales.offer_trust import way_trust
from karakoram.sales.plans import (
    LabelledPlan,
    PlanLabel,
    PlanMeasures,
    Refusal,
    ServicePlan,
)
from karakoram.sales.resource_kinds import ResourceKind

WORK: Mapping[FeasibilityCheck, str] = {
    FeasibilityCheck.MULTIPLEX_PATH: "set the digital cross-connects",
    FeasibilityCheck.ETHERNET_PATH: "provision the Ethernet connection",
    FeasibilityCheck.INTERCONNECT: "open the voice trunks and test the signalling",
}


def connected_product(
    question: FeasibilityQuestion, basis: FeasibilityBasis
) -> Feasible | NotFeasible:
    """The one plan over the shortest way with room, or the pair that shares least; or why not."""
    at_sites, refusals = site_claims(question, basis.stock)
    stock = basis.stock.with_plan(at_sites)
    found: list[Carried] = []
    for client in _clients(question):
        answer = carried(client, _ways(question), stock=stock, beneath=basis.beneath)
        if isinstance(answer, Refusal):
            refusals = (answer, *refusals)
        else:
            stock = stock.with_plan(answer.claims)
            found.append(answer)
    if refusals:
        return NotFeasible(reasons=refusals)
    assert found, f"{question.offering.product_offering_id} takes nothing along its path"
    claims = (*at_sites, *(claim for each in found for claim in each.claims))
    plan = connected_plan(question, found, claims)
    return Feasible(plans=(LabelledPlan(label=PlanLabel.SHORTEST, plan=plan),))


def _clients(question: FeasibilityQuestion) -> Iterator[Client]:
    """What is to be carried from A to Z, one client for each need along the path."""
    values = question.configuration.by_name
    for need in question.needs:
        if need.where is NeedPlace.ALONG_PATH:
            yield _client(need, values, is_protected=question.is_protected)


def _client(need: ResourceNeed, values: Mapping[str, str], *, is_protected: bool) -> Client:
    match need.kind:
        case ResourceKind.DS0 | ResourceKind.E1 | ResourceKind.STM | ResourceKind.ODU:
            sold = sold_signal(values)
            return signal_client(sold.name, count=sold.count)
        case _:
            units = need.units // 2 if is_protected else need.units
            return units_client(need.kind, units, name=_units_text(need.kind, units))


def _units_text(kind: ResourceKind, units: int) -> str:
    """So many units as a buyer would say it."""
    match kind:
        case ResourceKind.ETHERNET:
            return f"{units} Mbit/s of Ethernet"
        case ResourceKind.WAVE:
            return f"{units} Gbit/s of a wave"
        case _:
            return f"{units} units of {kind.value}"


def _ways(question: FeasibilityQuestion) -> WayQuestion:
    sold = sold_between(question)
    return WayQuestion(
        a_site_id=sold.a_site_id, z_site_id=sold.z_site_id, is_protected=question.is_protected
    )


def connected_plan(
    question: FeasibilityQuestion, found: Sequence[Carried], claims: tuple[PlannedClaim, ...]
) -> ServicePlan:
    """The plan of a product that is carried so, without charges.

    Every operator on the way of any client has its legs; the product is like the longest way.
    """
    longest = max(found, key=lambda each: _length_km(each.found.ways[0])).found
    return ServicePlan(
        claims=claims,
        legs=connection_legs(
            sold_between(question),
            [each.found.ways for each in found],
            work=WORK[question.check],
        ),
        charges=(),
        measures=PlanMeasures(
            length_km=_length_km(longest.ways[0]),
            latency_ms=sum(each.latency_ms for each in longest.ways[0]),
            length_confidence=way_trust(longest.ways[0]),
            latency_confidence=way_trust(longest.ways[0]),
            shared_risks=tuple(dict.fromkeys(risk for each in found for risk in each.found.shared)),
        ),
        ways=tuple(sites_on(question.a_site_id, way) for way in longest.ways),
        figures=(LEAD_TIMES,),
    )


def _length_km(way: Way) -> float:
    return sum(each.length_km for each in way)
