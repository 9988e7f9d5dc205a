"""Can a product be had, over Sonata's product offering qualification, version 8?"""

from fastapi import APIRouter, Response

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.listing import Asked, Document, Id, answer_from_one
from karakoram.interfaces.http.parts import merged, midnight, moment, reason_texts
from karakoram.interfaces.http.refusals import references_checked
from karakoram.interfaces.http.sending import external_id_of, keep_sent, sent_words
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.sonata_forms import QualificationForm
from karakoram.interfaces.http.sonata_parts import (
    Between,
    Calling,
    buyer_of,
    changed_product,
    check_between,
    contacts,
    days,
    found_list,
    product_told,
    wish_of,
)
from karakoram.sales.offer_trust import WORDS_BETWEEN, days_trust, with_days_trust
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Qualification
from karakoram.usecases.sell.qualify_product import qualify_product
from karakoram.usecases.sell.see_sales import Sent, all_seen, one_seen, one_to_change

DIALECT = "Sonata POQ"
_REASON_CHARACTERS_MAX = 1_000
_IN_LISTS = frozenset({"id", "state", "creationDate", "externalId", "projectId"})

router = APIRouter(prefix=paths.SONATA_QUALIFICATION, tags=["Sonata qualification"])


@router.post(
    "/productOfferingQualification",
    status_code=201,
    openapi_extra={"x-answer": "SonataQualification"},
)
def ask_whether(form: QualificationForm, call: Calling, named: Between) -> Response:
    """Say green, yellow or red by really planning it; nothing is held."""
    item = form.productOfferingQualificationItem[0]
    changed = changed_product(item.action, item.product)
    buyer_id = buyer_of(call, named)
    with references_checked():
        if changed is not None:
            one_to_change(Product, changed, viewer=call.viewer, store=call.selling.store)
        made = qualify_product(
            wish_of(call, item.product),
            product_id=changed,
            buyer_id=buyer_id,
            external_id=external_id_of(call, form.externalId),
            deed=call.deed(),
            selling=call.selling,
        )
    sent = keep_sent(
        call, form, dialect=DIALECT, record_id=made.qualification_id, buyer_id=buyer_id
    )
    return answer_from_one(document(Sent(record=made, submission=sent), call), status=201)


@router.get(
    "/productOfferingQualification", openapi_extra={"x-answer": "SonataQualificationFounds"}
)
def list_qualifications(call: Calling, named: Between, part: Asked) -> Response:
    """The qualifications of the buyer."""
    check_between(call, named)
    found = all_seen(
        Qualification, viewer=call.viewer, store=call.selling.store, part=part.of_store
    )
    documents = [document(each, call) for each in found.sent]
    return found_list(documents, part, total=found.total, names=_IN_LISTS)


@router.get("/productOfferingQualification/{id}", openapi_extra={"x-answer": "SonataQualification"})
async def read_qualification(qualification_id: Id, call: Calling, named: Between) -> Response:
    """One qualification."""
    check_between(call, named)
    found = one_seen(Qualification, qualification_id, viewer=call.viewer, store=call.selling.store)
    return answer_from_one(document(found, call))


def document(sent: Sent[Qualification], call: Call) -> Document:
    """A qualification in the words of Sonata, with what was sent for it."""
    made = sent.record
    change = {"changeDate": moment(made.made_at), "state": "done"}
    item = {
        "id": "1",
        "action": "add",
        "product": product_told(made.wish.product_offering_id, made.wish.configuration),
        "state": "done",
        "stateChange": [change],
        "serviceabilityConfidence": made.confidence.value,
    }
    if why := _why(made):
        item["serviceabilityConfidenceReason"] = why
    if made.installation_days is not None:
        item["installationInterval"] = days(made.installation_days)
        item["deliveryType"] = "onNetWithBuild" if made.reasons else "onNetWithoutBuild"
    if made.guaranteed_until is not None:
        item["guaranteedUntilDate"] = midnight(made.guaranteed_until)
    path = f"{paths.SONATA_QUALIFICATION}/productOfferingQualification/{made.qualification_id}"
    told = {
        "instantSyncQualification": True,
        "provideAlternative": False,
        "id": made.qualification_id,
        "href": call.href(path),
        "externalId": made.external_id,
        "creationDate": moment(made.made_at),
        "state": "done",
        "stateChange": [change],
        "productOfferingQualificationItem": [item],
    }
    return _with_sent(sent, told)


def _why(made: Qualification) -> str:
    """Why not green, and how far the days until it is installed may be trusted."""
    trust = days_trust(made.installation_days)
    why = WORDS_BETWEEN.join(reason_texts(made.reasons))
    if trust is None:
        return why[:_REASON_CHARACTERS_MAX]
    return with_days_trust(why, trust, characters_max=_REASON_CHARACTERS_MAX)


def _with_sent(sent: Sent[Qualification], told: dict[str, object]) -> Document:
    words = sent_words(sent.submission, DIALECT)
    if not words:
        return {**told, "relatedContactInformation": contacts(sent.record.buyer_id)}
    own = dict.fromkeys(("instantSyncQualification", "provideAlternative"))
    plain = {name: value for name, value in told.items() if name not in own}
    document: Document = merged(words, plain)
    return keep_item_id(words, document, "productOfferingQualificationItem")


def keep_item_id(words: dict[str, object], told: Document, items: str) -> Document:
    """The document, its one item under the name that the buyer gave it."""
    named = words.get(items)
    if not isinstance(named, list) or not named:
        return told
    item = {**told[items][0], "id": named[0]["id"], "action": named[0]["action"]}
    return {**told, items: [item]}
