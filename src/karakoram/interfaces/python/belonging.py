"""Is a design one of this network, or was another network asked?"""

from collections.abc import Container, Iterable, Iterator
from itertools import chain, pairwise
from math import fsum, isclose

from karakoram.core.cells import shown
from karakoram.network.network import Network
from karakoram.planning.demand import ServiceDemand
from karakoram.planning.offers import Infeasible, Offer, ServiceDesign, ServicePath

_LENGTH_TOLERANCE = 1e-9
"""Of two sums of the same lengths, taken in another order."""


def foreign_part(design: ServiceDesign | Infeasible, *, network: Network) -> str | None:
    """The first part of a design that the network does not hold as it is; ``None`` if all is there.

    Parameters
    ----------
    design
        What was answered.
    network
        What is said to have been asked.
    """
    offers = design.offers if isinstance(design, ServiceDesign) else ()
    parts = chain(_of_demand(design.demand, network), _of_offers(offers, network))
    return next(parts, None)


def _of_demand(demand: ServiceDemand, network: Network) -> Iterator[str]:
    avoid = demand.avoid
    ends = (demand.a_site_id, demand.z_site_id, *demand.via_site_ids)
    yield from _absent("site", (*ends, *sorted(avoid.site_ids)), network.sites)
    yield from _absent("span", sorted(avoid.span_ids), network.spans)
    yield from _absent("operator", sorted(avoid.operator_ids), network.operators)
    yield from _absent("cable", sorted(avoid.cable_ids), network.cables)


def _of_offers(offers: Iterable[Offer], network: Network) -> Iterator[str]:
    for offer in offers:
        earners = [share.operator_id for share in offer.price.split]
        yield from _absent("operator", earners, network.operators)
        for path in offer.paths:
            absent = list(_of_path(path, network))
            yield from absent
            if not absent:
                yield from _changed(path, network)


def _of_path(path: ServicePath, network: Network) -> Iterator[str]:
    yield from _absent("site", path.site_ids, network.sites)
    yield from _absent("span", path.span_ids, network.spans)
    for leg in path.legs:
        yield from _absent("operator", (leg.operator_id, leg.owner_id), network.operators)


def _changed(path: ServicePath, network: Network) -> Iterator[str]:
    """Where spans of the same names are others: between other sites, or of another length."""
    spans = [network.spans[span_id] for span_id in path.span_ids]
    for span, ends in zip(spans, pairwise(path.site_ids), strict=True):
        if {span.a_site_id, span.z_site_id} != set(ends):
            yield f"span {shown(span.span_id)} between {' and '.join(map(shown, ends))}"
    length_km = fsum(span.length_km for span in spans)
    if not isclose(length_km, path.length_km, rel_tol=_LENGTH_TOLERANCE):
        yield f"a path of {path.length_km:,.1f} km, here {length_km:,.1f} km"


def _absent(kind: str, names: Iterable[str], known: Container[str]) -> Iterator[str]:
    return (f"{kind} {shown(name)}" for name in names if name not in known)
