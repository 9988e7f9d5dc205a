"""Over how much glass of each operator does a product go?"""

from collections.abc import Mapping

from karakoram.core.identifiers import OperatorId
from karakoram.planning.path_side import PathSide
from karakoram.sales.products import Product
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.sell.sales_ports import SalesReader

_M_PER_KM = 1000.0


def glass_lengths_m(tx: SalesReader, product: Product) -> Mapping[OperatorId, int]:
    """Whole metres of fibre on the working way by operator, in the order of their identifiers.

    A product that was given back has left no trace on the fibres; what its plan claimed is followed
    instead, as long as those resources exist.
    """
    layer = {claim.resource_id for claim in product.plan.claims if claim.side is PathSide.WORKING}
    made = {each.resource_id for each in product.plan.connections}
    layer -= made
    seen: set[str] = set()
    metres: dict[OperatorId, int] = {}
    while layer:
        seen |= layer
        for resource in tx.resources_by_id(layer):
            if resource.kind is ResourceKind.FIBRE:
                length_m = round(resource.length_km * _M_PER_KM)
                metres[resource.operator_id] = metres.get(resource.operator_id, 0) + length_m
        layer = {
            claim.resource_id
            for claim in tx.claims_of(layer)
            if claim.side is PathSide.WORKING and claim.resource_id not in seen
        }
    return dict(sorted(metres.items()))
