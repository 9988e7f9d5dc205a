"""What does an operator carry, over TM Forum 638, version 4?

Services come and go with products, so nothing is made, changed or removed here.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

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
from karakoram.sales.services import OperatorService, ServiceState
from karakoram.usecases.operate.see_operations import service_seen, services_seen

router = APIRouter(prefix=paths.SERVICE, tags=["TMF638 service inventory"])
Reading = Annotated[Call, Depends(allowed(*OF_OPERATORS))]


@router.get("/service", openapi_extra={"x-answer": "Services"})
async def list_services(call: Reading, part: Asked) -> Response:
    """The services that the client's operator carries, oldest first."""
    rest, wanted = part.without("state")
    states = [each for each in ServiceState if wanted is not None and each.value in wanted]
    if wanted is not None and not states:
        return answer_from_list([], rest, total=0)

    def answer() -> Response:
        found = services_seen(
            viewer=call.viewer, store=call.selling.store, states=states, part=rest.of_store
        )
        documents = [document(each, call) for each in found.services]
        return answer_from_list(documents, rest, total=found.total)

    return await answer_in_turn(rest, answer)


@router.get("/service/{id}", openapi_extra={"x-answer": "Service"})
async def read_service(service_id: Id, call: Reading, fields: Fields = None) -> Response:
    """One service."""
    found = service_seen(service_id, viewer=call.viewer, store=call.selling.store)
    return answer_from_one(document(found, call), fields=fields)


def document(service: OperatorService, call: Call) -> Document:
    """A service in the words of TM Forum."""
    leg = service.leg
    return {
        "id": service.service_id,
        "href": call.href(f"{paths.SERVICE}/service/{service.service_id}"),
        "@type": "Service",
        "name": leg.name,
        "description": leg.work,
        "category": "resource facing service",
        "state": service.state.value,
        "isServiceEnabled": service.state is ServiceState.ACTIVE,
        "serviceSpecification": {"id": leg.side.value, "name": f"{leg.side.value} leg"},
        "serviceCharacteristic": [
            {"name": "a_site", "valueType": "string", "value": leg.a_site_id},
            {"name": "z_site", "valueType": "string", "value": leg.z_site_id},
        ],
        "relatedParty": [operator(leg.operator_id, role="operator")],
        "relatedEntity": [
            {
                "id": service.product_id,
                "href": call.href(f"{paths.PRODUCT}/product/{service.product_id}"),
                "role": "product",
                "@referredType": "Product",
            }
        ],
        "supportingResource": [
            {
                "id": each.resource_id,
                "href": call.href(f"{paths.RESOURCE}/resource/{each.resource_id}"),
                "name": each.name,
            }
            for each in service.connections
        ],
    }
