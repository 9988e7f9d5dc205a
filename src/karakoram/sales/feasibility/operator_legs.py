"""What must each operator do for a product over connections that stand, and in how many days?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import Confidence, Provenance
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.carried import SIDES
from karakoram.sales.feasibility.connection_ways import Way
from karakoram.sales.feasibility.questions import FeasibilityQuestion
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.plans import PlanFigure, PlannedLeg

CONNECT_DAYS = 10
"""To set the cross-connects of one operator's part."""
SITE_DAYS = 7
"""To patch a port, assign a number, rack a shelf."""
TEST_DAYS = 2


def assumed_lead_time(figure: str) -> PlanFigure:
    """A lead time as a figure of a plan; nobody publishes one, so each is assumed and says so."""
    return PlanFigure(
        subject="lead time",
        figure=figure,
        provenance=Provenance(
            source="no operator of the corridor publishes its lead times",
            confidence=Confidence.ASSUMED,
            note="planning value",
        ),
    )


LEAD_TIMES = assumed_lead_time(
    f"{CONNECT_DAYS} days a leg, {SITE_DAYS} at a site, {TEST_DAYS} to test"
)


def site_leg(question: FeasibilityQuestion, *, work: str) -> PlannedLeg:
    """What the seller does at the one site of a product."""
    return PlannedLeg(
        name=f"{question.seller_id} {question.a_site_id}",
        operator_id=question.seller_id,
        a_site_id=question.a_site_id,
        z_site_id=question.z_site_id or question.a_site_id,
        work=work,
        lead_days=SITE_DAYS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldBetween:
    """Who sells a connection, and from where to where."""

    seller_id: OperatorId
    a_site_id: SiteId
    z_site_id: SiteId


def sold_between(question: FeasibilityQuestion) -> SoldBetween:
    """Who would sell what is asked for, and between which two sites."""
    z_site_id = question.z_site_id
    assert z_site_id is not None, "a connection has two ends"
    return SoldBetween(
        seller_id=question.seller_id, a_site_id=question.a_site_id, z_site_id=z_site_id
    )


def connection_legs(
    sold: SoldBetween, clients: Iterable[Sequence[Way]], *, work: str
) -> tuple[PlannedLeg, ...]:
    """One leg for each run of connections of one operator, then the seller's test of all.

    Parameters
    ----------
    sold
        Who sells, and between which sites.
    clients
        The ways of each thing that is carried, working first; runs that several have are one leg.
    work
        What is to be done on each run.
    """
    parts = dict.fromkeys(
        leg
        for ways in clients
        for side, way in zip(SIDES, ways, strict=False)
        for leg in _runs(sold.a_site_id, way, side=side, work=work)
    )
    test = "patch the client ports, test from end to end and hand over"
    return with_test(tuple(parts), sold, work=test, lead_days=TEST_DAYS)


def with_test(
    parts: Sequence[PlannedLeg], sold: SoldBetween, *, work: str, lead_days: int
) -> tuple[PlannedLeg, ...]:
    """The legs, then the seller's test of all that they give.

    Parameters
    ----------
    parts
        Legs of all operators.
    sold
        Between which sites, and by whom it is sold.
    work
        What the test is.
    lead_days
        Days that it takes once the other legs are up.
    """
    test = PlannedLeg(
        name=f"{sold.seller_id} test",
        operator_id=sold.seller_id,
        a_site_id=sold.a_site_id,
        z_site_id=sold.z_site_id,
        work=work,
        after=tuple(leg.name for leg in parts),
        lead_days=lead_days,
    )
    return (*parts, test)


def sites_on(a_site_id: SiteId, way: Iterable[Resource]) -> tuple[SiteId, ...]:
    """The sites that a way of connections passes, from its A end."""
    sites = [a_site_id]
    for each in way:
        assert each.z_site_id is not None, f"{each.name} joins no two sites"
        sites.append(each.z_site_id if each.a_site_id == sites[-1] else each.a_site_id)
    return tuple(sites)


def _runs(a_site_id: SiteId, way: Way, *, side: PathSide, work: str) -> Iterable[PlannedLeg]:
    sites = sites_on(a_site_id, way)
    first = 0
    for operator_id, run in groupby(way, key=_operator):
        last = first + len(tuple(run))
        yield PlannedLeg(
            name=f"{operator_id} {side.value} {sites[first]}-{sites[last]}",
            operator_id=operator_id,
            a_site_id=sites[first],
            z_site_id=sites[last],
            side=side,
            work=work,
            lead_days=CONNECT_DAYS,
        )
        first = last


def _operator(connection: Resource) -> OperatorId:
    return connection.operator_id
