"""Can a product at one site be given: a line, a number, a port, a place in a rack?"""

from collections.abc import Mapping

from karakoram.sales.catalogue.words import FeasibilityCheck
from karakoram.sales.feasibility.operator_legs import LEAD_TIMES, site_leg
from karakoram.sales.feasibility.questions import (
    FeasibilityBasis,
    FeasibilityQuestion,
    Feasible,
    NotFeasible,
)
from karakoram.sales.feasibility.site_claims import site_claims
from karakoram.sales.plans import LabelledPlan, PlanLabel, ServicePlan

WORK: Mapping[FeasibilityCheck, str] = {
    FeasibilityCheck.SITE_PORT: "patch the access port and test it",
    FeasibilityCheck.NUMBER: "patch the line, assign the number and make a test call",
    FeasibilityCheck.IP_PORT: "patch the port, set up routing and test it",
    FeasibilityCheck.SPACE: "clear the rack units, feed power and patch the cross-connects",
}


def site_product(question: FeasibilityQuestion, basis: FeasibilityBasis) -> Feasible | NotFeasible:
    """The one plan, if every need finds room at its site; else every reason."""
    claims, refusals = site_claims(question, basis.stock)
    if refusals:
        return NotFeasible(reasons=refusals)
    plan = ServicePlan(
        claims=claims,
        legs=(site_leg(question, work=WORK[question.check]),),
        charges=(),
        ways=((question.a_site_id,),),
        figures=(LEAD_TIMES,),
    )
    return Feasible(plans=(LabelledPlan(label=PlanLabel.AT_THE_SITE, plan=plan),))
