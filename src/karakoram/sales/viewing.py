"""What may a buyer see, and what an operator, of what is sold?

A buyer sees what is its own, and never what each operator earns or does. An operator sees what it
has a part in: its legs, its charges, and who buys only where it is the seller.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.sales.orders import LegOrder, ProductOrder
from karakoram.sales.plans import Charge, ServicePlan
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Qualification
from karakoram.sales.quotes import Quote

Seen = Quote | ProductOrder | Product | Qualification


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks: a buyer, an operator, or the platform, which is neither and sees all."""

    party_id: PartyId | None = None
    operator_id: OperatorId | None = None

    @property
    def is_platform(self) -> bool:
        """Whether everything is seen."""
        return self.party_id is None and self.operator_id is None


def may_see(record: Seen, viewer: Viewer) -> bool:
    """Whether the record is the buyer's own, or the operator has a part in it."""
    if viewer.is_platform:
        return True
    if viewer.party_id is not None:
        return record.buyer_id == viewer.party_id
    return viewer.operator_id in operators_in(record)


def may_see_buyer(record: Seen, viewer: Viewer) -> bool:
    """Whether the viewer is told who buys: the platform, the buyer, and the seller."""
    if viewer.operator_id is None:
        return True
    return not isinstance(record, Qualification) and viewer.operator_id == record.seller_id


def operators_in(record: Seen) -> frozenset[OperatorId]:
    """The operators that do something for it or earn by it."""
    found = {each for plan in _plans(record) for each in operators_of(plan)}
    if isinstance(record, ProductOrder):
        found |= {each.leg.operator_id for each in record.legs}
    if not isinstance(record, Qualification) and record.seller_id is not None:
        found.add(record.seller_id)
    return frozenset(found)


def visible_charges(charges: Iterable[Charge], viewer: Viewer) -> tuple[Charge, ...]:
    """The charges whose sum the viewer may see: all, or those that an operator earns."""
    return tuple(each for each in charges if viewer.operator_id in {None, each.operator_id})


def visible_legs(order: ProductOrder, viewer: Viewer) -> tuple[LegOrder, ...]:
    """The legs of an operator; all for the platform, none for a buyer."""
    if viewer.is_platform:
        return order.legs
    return tuple(each for each in order.legs if each.leg.operator_id == viewer.operator_id)


def _plans(record: Seen) -> tuple[ServicePlan, ...]:
    match record:
        case Quote():
            return tuple(offer.plan for offer in record.offers)
        case ProductOrder():
            return () if record.plan is None else (record.plan,)
        case Product():
            return (record.plan,)
        case Qualification():
            return ()


def operators_of(plan: ServicePlan) -> set[OperatorId]:
    """Who does something for a plan or earns by it."""
    return {each.operator_id for each in plan.legs} | {each.operator_id for each in plan.charges}
