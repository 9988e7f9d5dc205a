"""What do all use cases of sales need, and what is free when one begins?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from karakoram.core.identifiers import ResourceId
from karakoram.network.network import Network
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.words import FeasibilityCheck
from karakoram.sales.catalogue_charges import priced_plan
from karakoram.sales.feasibility.carried import limits_tributaries
from karakoram.sales.feasibility.questions import (
    FeasibilityBasis,
    FeasibilityQuestion,
    Feasible,
    NotFeasible,
    Planner,
)
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.parties import Party
from karakoram.sales.plans import LabelledPlan
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Wish
from karakoram.sales.reservations import claimants
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.sales.wishes import feasibility_question
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore

_K = ResourceKind
LOOKED_AT: Mapping[FeasibilityCheck, frozenset[ResourceKind]] = {
    FeasibilityCheck.WAVELENGTH: frozenset({_K.OMS}),
    FeasibilityCheck.DARK_FIBRE: frozenset({_K.FIBRE}),
    FeasibilityCheck.MULTIPLEX_PATH: frozenset({_K.ODU, _K.STM, _K.E1}),
    FeasibilityCheck.ETHERNET_PATH: frozenset({_K.ETHERNET}),
    FeasibilityCheck.INTERCONNECT: frozenset({_K.TRUNK, _K.ETHERNET, _K.ODU, _K.STM}),
}
"""What a check looks at besides the kinds that the product itself needs."""

RIDING = frozenset(
    {
        FeasibilityCheck.MULTIPLEX_PATH,
        FeasibilityCheck.ETHERNET_PATH,
        FeasibilityCheck.INTERCONNECT,
    }
)
"""Checks that look for ways over connections, of which two may lie in one fibre."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Selling:
    """Catalogue, network, planners and the parts of the outside."""

    store: SalesStore
    ids: IdSource
    catalogue: Catalogue
    network: Network
    planners: Mapping[FeasibilityCheck, Planner]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A wish as it was understood, and what planning says to it."""

    question: FeasibilityQuestion
    answer: Feasible | NotFeasible


def planned(
    tx: SalesReader,
    selling: Selling,
    wish: Wish,
    *,
    buyer: Party,
    on_day: date,
    product: Product | None = None,
) -> Planned:
    """The plans for a wish on what is free now, priced; or why there are none.

    A change takes its new units beside the old ones where there is room; else the units that the
    product itself holds count as free, and the connections that it made are none to ride on.

    Parameters
    ----------
    tx
        What is stored.
    selling
        Catalogue, network and planners.
    wish, buyer
        What is asked for, and by whom.
    on_day
        The day whose prices hold: that of the deed.
    product
        The product that would be changed; ``None`` for a new one.

    Raises
    ------
    NotFoundError, InvalidDataError, RefusedError
        As of :func:`karakoram.sales.wishes.feasibility_question`.
    """
    question = feasibility_question(
        wish,
        buyer,
        catalogue=selling.catalogue,
        network=selling.network,
        on_day=on_day,
    )
    basis = _feasibility_basis(tx, selling, question)
    answer = selling.planners[question.check](question, basis)
    if isinstance(answer, NotFeasible) and product is not None:
        own = tx.claims_of(claimants(product.plan, product.product_id))
        made = (each.resource_id for each in product.plan.connections)
        freed = replace(basis, stock=basis.stock.without(own, connections=made))
        answer = selling.planners[question.check](question, freed)
    if isinstance(answer, NotFeasible):
        return Planned(question=question, answer=answer)
    priced = tuple(
        LabelledPlan(
            label=each.label,
            plan=priced_plan(each.plan, question, selling.catalogue, product=product),
        )
        for each in answer.plans
    )
    return Planned(question=question, answer=Feasible(plans=priced, remarks=answer.remarks))


def _feasibility_basis(
    tx: SalesReader, selling: Selling, question: FeasibilityQuestion
) -> FeasibilityBasis:
    """What is free of the kinds that matter, and for two ways what lies beneath them."""
    kinds = {need.kind for need in question.needs} - {ResourceKind.WAVE}
    looked_at = LOOKED_AT.get(question.check, frozenset())
    resources = tx.resources(sorted(kinds | looked_at, key=lambda kind: kind.value))
    counted = tx.claims_on(each.resource_id for each in resources if limits_tributaries(each))
    rides = question.check in RIDING and question.is_protected
    beneath = fibres_beneath(tx, resources) if rides else {}
    return FeasibilityBasis(
        stock=stock_of(resources, counted),
        new_id=lambda: ResourceId(selling.ids.new_id()),
        beneath=beneath,
    )


def fibres_beneath(
    tx: SalesReader, resources: Iterable[Resource]
) -> dict[ResourceId, frozenset[ResourceId]]:
    """The fibres that each connection rides on, whatever lies between."""
    top = {each.resource_id for each in resources if each.z_site_id is not None}
    below: dict[str, set[ResourceId]] = {}
    layer: set[str] = set(top)
    while layer:
        reached: set[str] = set()
        for claim in tx.claims_of(sorted(layer)):
            below.setdefault(claim.claimant_id, set()).add(claim.resource_id)
            reached.add(claim.resource_id)
        layer = reached - below.keys()

    known: dict[str, frozenset[ResourceId]] = {}

    def fibres(resource_id: str) -> frozenset[ResourceId]:
        if resource_id not in below:
            return frozenset({ResourceId(resource_id)})
        if resource_id not in known:
            known[resource_id] = frozenset()  # what rides on itself adds nothing to itself
            known[resource_id] = frozenset().union(*map(fibres, below[resource_id]))
        return known[resource_id]

    return {each: fibres(each) for each in top if each in below}
