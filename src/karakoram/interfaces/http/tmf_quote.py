"""What does it cost, over TM Forum 648, version 4?

An item of a quote holds an item for each of its offers, of which an order names one.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ProductId, QuoteId
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.allowed import allowed
from karakoram.interfaces.http.documents import list_answer, teller
from karakoram.interfaces.http.listing import (
    Asked,
    Document,
    Fields,
    Id,
    answer_from_one,
    answer_from_told_one,
)
from karakoram.interfaces.http.parts import (
    measures,
    merged,
    moment,
    reason_texts,
    sums,
    trust_texts,
    values,
)
from karakoram.interfaces.http.refusals import references_checked
from karakoram.interfaces.http.sending import buyer_among, external_id_of, keep_sent, sent_words
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.tmf_forms import QuoteChange, QuoteForm
from karakoram.interfaces.http.tmf_parts import (
    BUYERS,
    OF_BUYERS,
    READERS,
    buyer,
    notes,
    offering,
    prices,
)
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.configurations import configuration
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Wish
from karakoram.sales.quotes import Quote, QuoteLevel, QuoteOffer, QuoteState
from karakoram.sales.viewing import may_see_buyer, operators_of
from karakoram.usecases.sell.decline_quote import decline_quote
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.see_sales import Sent, check_sells, one_to_change
from karakoram.usecases.sell.tell_sales import Teller, one_told

DIALECT = "TMF648"
STATES: Mapping[QuoteState, str] = {
    QuoteState.ACKNOWLEDGED: "pending",
    QuoteState.IN_PROGRESS: "inProgress",
    QuoteState.ANSWERED: "approved",
    QuoteState.ORDERABLE: "approved",
    QuoteState.ACCEPTED: "accepted",
    QuoteState.DECLINED: "cancelled",
    QuoteState.CANCELLED: "cancelled",
    QuoteState.EXPIRED: "cancelled",
    QuoteState.UNABLE_TO_PROVIDE: "rejected",
    QuoteState.REJECTED: "rejected",
}
"""Words of TM Forum by ours; it has fewer."""

router = APIRouter(prefix=paths.QUOTE, tags=["TMF648 quote"])
Reading = Annotated[Call, Depends(allowed(*READERS))]
Buying = Annotated[Call, Depends(allowed(*BUYERS))]


@router.post("/quote", status_code=201, openapi_extra={"x-answer": "Quote"})
def ask_for_quote(form: QuoteForm, call: Buying) -> Response:
    """Plan, price and, for a firm quote, hold what it needs for 30 days."""
    item = form.quoteItem[0]
    buyer_id = buyer_among(call, form.relatedParty)
    changed = item.product.id if item.action == "modify" else None
    if item.action == "modify" and changed is None:
        raise RefusedError("it is not said which product is changed", code="no-product-named")
    asked = QuoteWish(
        wish=Wish(
            product_offering_id=ProductOfferingId(item.productOffering.id),
            configuration=configuration(
                {each.name: each.value for each in item.product.productCharacteristic}
            ),
        ),
        level=QuoteLevel(form.category),
        product_id=None if changed is None else ProductId(changed),
    )
    with references_checked():
        if changed is not None:
            one_to_change(Product, changed, viewer=call.viewer, store=call.selling.store)
        check_sells(item.productOffering.id, viewer=call.viewer, catalogue=call.selling.catalogue)
        quote = issue_quote(
            asked,
            buyer_id=buyer_id,
            external_id=external_id_of(call, form.externalId),
            deed=call.deed(),
            selling=call.selling,
        )
    sent = keep_sent(call, form, dialect=DIALECT, record_id=quote.quote_id, buyer_id=buyer_id)
    return answer_from_one(document(Sent(record=quote, submission=sent), call), status=201)


@router.get("/quote", openapi_extra={"x-answer": "Quotes"})
async def list_quotes(call: Reading, part: Asked) -> Response:
    """The quotes that the client may see, oldest first."""
    rest, states = part.in_states(STATES)
    return await list_answer(_teller(call), rest, store=call.selling.store, states=states)


@router.get("/quote/{id}", openapi_extra={"x-answer": "Quote"})
async def read_quote(quote_id: Id, call: Reading, fields: Fields = None) -> Response:
    """One quote."""
    told = one_told(_teller(call), quote_id, store=call.selling.store)
    return answer_from_told_one(told, fields=fields)


@router.patch("/quote/{id}", openapi_extra={"x-answer": "Quote"})
def change_quote(quote_id: Id, change: QuoteChange, call: Buying) -> Response:
    """Decline the quote: what it holds is free again."""
    found = one_to_change(Quote, quote_id, viewer=call.viewer, store=call.selling.store)
    declined = decline_quote(
        QuoteId(quote_id),
        deed=call.deed(change.state),
        store=call.selling.store,
        ids=call.selling.ids,
    )
    return answer_from_one(document(Sent(record=declined, submission=found.submission), call))


def _teller(call: Call) -> Teller[Quote, bytes]:
    return teller(call, Quote, document, dialect=DIALECT)


def document(sent: Sent[Quote], call: Call) -> Document:
    """A quote in the words of TM Forum, with what was sent for it."""
    quote = sent.record
    state = STATES[quote.state]
    is_told_buyer = may_see_buyer(quote, call.viewer)
    product = {"productCharacteristic": values(quote.wish.configuration)}
    told: dict[str, Any] = {
        "id": quote.quote_id,
        "href": call.href(f"{paths.QUOTE}/quote/{quote.quote_id}"),
        "@type": "Quote",
        "externalId": quote.external_id,
        "category": quote.level.value,
        "instantSyncQuote": True,
        "quoteDate": moment(quote.made_at),
        "validFor": {
            "startDateTime": moment(quote.made_at),
            "endDateTime": moment(quote.valid_until),
        },
        "state": state,
        "relatedParty": [buyer(quote.buyer_id)],
        "quoteItem": [
            {
                "id": "1",
                "action": "add" if quote.product_id is None else "modify",
                "state": state,
                "productOffering": offering(call, quote.wish.product_offering_id),
                "product": {"id": quote.product_id, **product} if quote.product_id else product,
                "quoteItem": [_offer(quote, each, call) for each in _seen_offers(quote, call)],
            }
        ],
        "note": notes(reason_texts(quote.reasons)),
    }
    if not is_told_buyer:
        return {name: value for name, value in told.items() if name not in OF_BUYERS}
    own = call.viewer.operator_id is None
    return _merged(sent, told) if own else told


def _merged(sent: Sent[Quote], told: Document) -> Document:
    """With what was sent; notes of both."""
    words = sent_words(sent.submission, DIALECT)
    said = words.get("note")
    both = {"note": [*said, *told["note"]]} if isinstance(said, list) else {}
    document: Document = {**merged(words, told), **both}
    return document


def _seen_offers(quote: Quote, call: Call) -> tuple[QuoteOffer, ...]:
    """The offers; for an operator those that it has a part in."""
    operator_id = call.viewer.operator_id
    if operator_id is None:
        return quote.offers
    return tuple(each for each in quote.offers if operator_id in operators_of(each.plan))


def _offer(quote: Quote, offer: QuoteOffer, call: Call) -> dict[str, Any]:
    told = sums(offer.plan.charges, currency=offer.currency, viewer=call.viewer)
    return {
        "id": offer.offer_id,
        "action": "add" if quote.product_id is None else "modify",
        "state": "accepted" if offer.offer_id == quote.ordered_offer_id else STATES[quote.state],
        "product": {"productCharacteristic": measures(offer.plan.measures)},
        "quoteItemPrice": prices(told),
        "note": notes(
            (
                offer.label,
                f"installed in {offer.installation_days} days",
                *trust_texts(offer, viewer=call.viewer),
            )
        ),
    }
