"""What stands in the plant of an operator, and what of it is free, over TM Forum 639, version 4?

Resources come from the plant and from orders, so nothing is made, changed or removed here.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.allowed import allowed
from karakoram.interfaces.http.listing import (
    Asked,
    Document,
    Fields,
    answer_from_list,
    answer_from_one,
)
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.tmf_parts import operator
from karakoram.sales.api_clients import OF_OPERATORS
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.see_operations import resource_seen, resources_seen

_PHYSICAL = frozenset({ResourceKind.FIBRE, ResourceKind.PORT, ResourceKind.RACK})

router = APIRouter(prefix=paths.RESOURCE, tags=["TMF639 resource inventory"])
Reading = Annotated[Call, Depends(allowed(*OF_OPERATORS))]
Id = Annotated[str, Path(alias="id", max_length=200)]


@router.get("/resource", openapi_extra={"x-answer": "Resources"})
def list_resources(call: Reading, part: Asked) -> Response:
    """The resources of the client's operator."""
    found = resources_seen(viewer=call.viewer, store=call.selling.store)
    documents = [document(each, call) for each in found[part.window]]
    return answer_from_list(documents, part, total=len(found))


@router.get("/resource/{id}", openapi_extra={"x-answer": "Resource"})
async def read_resource(resource_id: Id, call: Reading, fields: Fields = None) -> Response:
    """One resource."""
    found = resource_seen(resource_id, viewer=call.viewer, store=call.selling.store)
    return answer_from_one(document(found, call), fields=fields)


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
    is_physical = resource.kind in _PHYSICAL
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
