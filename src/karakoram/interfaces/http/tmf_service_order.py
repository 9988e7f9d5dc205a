"""What must an operator do, and how far is it, over TM Forum 641, version 4?

Each leg of a product order is a service order of its operator. Legs are made by ordering a product
and called off with the order, so none is made or removed here; an operator says how its leg stands.
"""

from collections.abc import Mapping
from typing import Annotated, Any

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
    own_words,
)
from karakoram.interfaces.http.parts import midnight, moment
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.tmf_forms import ServiceOrderChange
from karakoram.interfaces.http.tmf_parts import notes, operator
from karakoram.sales.api_clients import OF_OPERATORS, ClientRole
from karakoram.sales.orders import LegEvent, LegOrder, LegState, ProductOrder
from karakoram.usecases.operate.see_operations import SEPARATOR, leg_order_seen, leg_orders_seen
from karakoram.usecases.sell.advance_leg import advance_leg

_EVENTS: Mapping[str, LegEvent] = {
    "inProgress": LegEvent.START,
    "held": LegEvent.HOLD,
    "completed": LegEvent.COMPLETE,
    "failed": LegEvent.FAIL,
    "rejected": LegEvent.REJECT,
}
"""What brings a leg to a state, besides that a held one is resumed."""

router = APIRouter(prefix=paths.SERVICE_ORDER, tags=["TMF641 service order"])
Reading = Annotated[Call, Depends(allowed(*OF_OPERATORS))]
Working = Annotated[Call, Depends(allowed(ClientRole.NOC))]


@router.get("/serviceOrder", openapi_extra={"x-answer": "ServiceOrders"})
async def list_service_orders(call: Reading, part: Asked) -> Response:
    """The legs that the client's operator carries out, oldest first."""
    rest, states = part.in_states(own_words(LegState))

    def answer() -> Response:
        found = leg_orders_seen(
            viewer=call.viewer, store=call.selling.store, states=states, part=rest.of_store
        )
        documents = [document(*each, call=call) for each in found.legs]
        return answer_from_list(documents, rest, total=found.total)

    return await answer_in_turn(rest, answer)


@router.get("/serviceOrder/{id}", openapi_extra={"x-answer": "ServiceOrder"})
async def read_service_order(
    service_order_id: Id, call: Reading, fields: Fields = None
) -> Response:
    """One leg."""
    found = leg_order_seen(service_order_id, viewer=call.viewer, store=call.selling.store)
    return answer_from_one(document(*found, call=call), fields=fields)


@router.patch("/serviceOrder/{id}", openapi_extra={"x-answer": "ServiceOrder"})
def change_service_order(
    service_order_id: Id, change: ServiceOrderChange, call: Working
) -> Response:
    """Say how a leg stands; when the last is complete, the product works."""
    order, leg = leg_order_seen(service_order_id, viewer=call.viewer, store=call.selling.store)
    is_resumed = change.state == "inProgress" and leg.state is LegState.HELD
    after = advance_leg(
        order.product_order_id,
        leg.leg_order_id,
        LegEvent.RESUME if is_resumed else _EVENTS[change.state],
        deed=call.deed(change.description),
        store=call.selling.store,
        ids=call.selling.ids,
    )
    changed = next(each for each in after.legs if each.leg_order_id == leg.leg_order_id)
    return answer_from_one(document(after, changed, call=call))


def document(order: ProductOrder, leg: LegOrder, *, call: Call) -> Document:
    """A leg in the words of TM Forum."""
    planned = leg.leg
    name = f"{order.product_order_id}{SEPARATOR}{leg.leg_order_id}"
    told: dict[str, Any] = {
        "id": name,
        "href": call.href(f"{paths.SERVICE_ORDER}/serviceOrder/{name}"),
        "@type": "ServiceOrder",
        "category": "leg",
        "description": planned.work,
        "state": leg.state.value,
        "orderDate": moment(order.made_at),
        "expectedCompletionDate": midnight(leg.due_on),
        "relatedParty": [operator(planned.operator_id, role="operator")],
        "serviceOrderItem": [
            {
                "id": "1",
                "action": order.action.value,
                "state": leg.state.value,
                "service": {
                    "name": planned.name,
                    "serviceCharacteristic": [
                        {"name": "a_site", "valueType": "string", "value": planned.a_site_id},
                        {"name": "z_site", "valueType": "string", "value": planned.z_site_id},
                        {"name": "side", "valueType": "string", "value": planned.side.value},
                    ],
                },
            }
        ],
        "note": notes(f"waits for {each}" for each in planned.after),
    }
    if leg.jeopardy:
        told["jeopardyAlert"] = [{"message": leg.jeopardy, "alertDate": told["orderDate"]}]
    return told
