"""What stands in the plant of an operator, and what of it is free, over TM Forum 639, version 4?

Resources come from the plant and from orders, so nothing is made, changed or removed here.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from karakoram.core.errors import NotFoundError
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.allowed import allowed
from karakoram.interfaces.http.listing import (
    Asked,
    Document,
    Fields,
    Id,
    answer_from_list,
    answer_from_one,
    answer_in_turn,
)
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.tmf_parts import operator
from karakoram.sales.api_clients import OF_OPERATORS
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.operate.see_operations import resource_seen, resources_seen

PHYSICAL = (ResourceKind.FIBRE, ResourceKind.PORT, ResourceKind.RACK)
LOGICAL = tuple(kind for kind in ResourceKind if kind not in PHYSICAL)
COLLECTIONS: Mapping[str, tuple[ResourceKind, ...]] = {
    "resource": tuple(ResourceKind),
    "physicalResource": PHYSICAL,
    "logicalResource": LOGICAL,
}
"""Kinds by the collection that they stand in."""

router = APIRouter(prefix=paths.RESOURCE, tags=["TMF639 resource inventory"])
Reading = Annotated[Call, Depends(allowed(*OF_OPERATORS))]


def _listed(kinds: tuple[ResourceKind, ...]) -> Callable[..., Any]:
    async def list_resources(call: Reading, part: Asked) -> Response:
        """The resources of the client's operator, sorted by identifier."""
        rest, wanted = part.without("category")
        asked = [kind for kind in kinds if wanted is None or kind.value in wanted]
        narrowed = asked if len(asked) < len(ResourceKind) else []
        if not asked:
            return answer_from_list([], rest, total=0)

        def answer() -> Response:
            found = resources_seen(
                narrowed, viewer=call.viewer, store=call.selling.store, part=rest.of_store
            )
            documents = [document(each, call) for each in found.resources]
            return answer_from_list(documents, rest, total=found.total)

        return await answer_in_turn(rest, answer)

    return list_resources


def _told(kinds: tuple[ResourceKind, ...]) -> Callable[..., Any]:
    async def read_resource(resource_id: Id, call: Reading, fields: Fields = None) -> Response:
        """One resource."""
        found = resource_seen(resource_id, viewer=call.viewer, store=call.selling.store)
        if found.kind not in kinds:
            raise NotFoundError(f"resource {resource_id!r} is a {found.kind.value}.")
        return answer_from_one(document(found, call), fields=fields)

    return read_resource


for _collection, _kinds in COLLECTIONS.items():
    router.add_api_route(
        f"/{_collection}",
        _listed(_kinds),
        methods=["GET"],
        name=f"list_{_collection}",
        openapi_extra={"x-answer": "Resources"},
    )
    router.add_api_route(
        f"/{_collection}/{{id}}",
        _told(_kinds),
        methods=["GET"],
        name=f"read_{_collection}",
        openapi_extra={"x-answer": "Resource"},
    )


def document(resource: Resource, call: Call) -> Document:
    """A resource in the words of TM Forum."""
    figures = {
        "unit_count": resource.unit_count,
        "free_count": resource.free_count,
        "length_km": resource.length_km,
        "latency_ms": resource.latency_ms,
    }
    characteristics: list[dict[str, Any]] = [
        {"name": "model", "valueType": "string", "value": resource.model},
        {"name": "z_site", "valueType": "string", "value": resource.z_site_id or ""},
        *({"name": name, "valueType": "number", "value": value} for name, value in figures.items()),
    ]
    is_physical = resource.kind in PHYSICAL
    return {
        "id": resource.resource_id,
        "href": call.href(f"{paths.RESOURCE}/resource/{resource.resource_id}"),
        "@type": "PhysicalResource" if is_physical else "LogicalResource",
        "name": resource.name,
        "category": resource.kind.value,
        "resourceVersion": str(resource.version),
        "resourceStatus": resource.status.value,
        "usageState": _usage(resource),
        "resourceCharacteristic": characteristics,
        "place": {
            "id": resource.a_site_id,
            "href": f"urn:karakoram:site:{resource.a_site_id}",
            "role": "a end",
            "@referredType": "GeographicSite",
        },
        "relatedParty": [operator(resource.operator_id, role="operator")],
    }


def _usage(resource: Resource) -> str:
    if resource.taken == 0:
        return "idle"
    return "active" if resource.free_count else "busy"
