"""What does it cost, over Sonata's quote management, version 10?

Sonata knows one price for an item, so the first offer of a quote is told, and is the one ordered.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Response

from karakoram.core.identifiers import QuoteId
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.listing import Asked, Document, Id, answer_from_any, answer_from_one
from karakoram.interfaces.http.parts import merged, moment, reason_texts, sums, trust_texts
from karakoram.interfaces.http.refusals import DeclinedError, references_checked
from karakoram.interfaces.http.sending import external_id_of, keep_sent, sent_words
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.sonata_forms import QuoteOperationForm, SonataQuoteForm
from karakoram.interfaces.http.sonata_parts import (
    Between,
    Calling,
    buyer_of,
    changed_product,
    changes,
    check_between,
    days,
    found_list,
    prices,
    product_told,
    wish_of,
)
from karakoram.interfaces.http.sonata_qualification import keep_item_id
from karakoram.sales.products import Product
from karakoram.sales.quotes import QUOTE_LIFE, Quote, QuoteEvent, QuoteLevel, QuoteState
from karakoram.usecases.sell.decline_quote import decline_quote
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.see_sales import Sent, all_seen, one_seen, one_to_change

DIALECT = "Sonata quote"
_IN_LISTS = frozenset({"id", "state", "quoteDate", "externalId", "projectId", "quoteLevel"})
_ENDED = frozenset(
    {QuoteState.ACCEPTED, QuoteState.DECLINED, QuoteState.EXPIRED, QuoteState.CANCELLED}
)
"""States that items have no word for: they keep that of their offer."""

router = APIRouter(prefix=paths.SONATA_QUOTE, tags=["Sonata quote"])


@router.post("/quote", status_code=201, openapi_extra={"x-answer": "SonataQuote"})
def ask_for_quote(form: SonataQuoteForm, call: Calling, named: Between) -> Response:
    """Plan, price and, for a firm quote, hold what it needs for 30 days."""
    item = form.quoteItem[0]
    if item.action == "delete":
        raise DeclinedError("a cease costs nothing here; order it without a quote")
    changed = changed_product(item.action, item.product)
    buyer_id = buyer_of(call, named)
    with references_checked():
        if changed is not None:
            one_to_change(Product, changed, viewer=call.viewer, store=call.selling.store)
        asked = QuoteWish(
            wish=wish_of(call, item.product),
            level=QuoteLevel(form.buyerRequestedQuoteLevel),
            product_id=changed,
        )
        quote = issue_quote(
            asked,
            buyer_id=buyer_id,
            external_id=external_id_of(call, form.externalId),
            deed=call.deed(),
            selling=call.selling,
        )
    sent = keep_sent(call, form, dialect=DIALECT, record_id=quote.quote_id, buyer_id=buyer_id)
    return answer_from_one(document(Sent(record=quote, submission=sent), call), status=201)


@router.get("/quote", openapi_extra={"x-answer": "SonataQuoteFounds"})
def list_quotes(call: Calling, named: Between, part: Asked) -> Response:
    """The quotes of the buyer."""
    check_between(call, named)
    found = all_seen(Quote, viewer=call.viewer, store=call.selling.store, part=part.of_store)
    documents = [document(each, call) for each in found.sent]
    return found_list(documents, part, total=found.total, names=_IN_LISTS)


@router.get("/quote/{id}", openapi_extra={"x-answer": "SonataQuote"})
async def read_quote(quote_id: Id, call: Calling, named: Between) -> Response:
    """One quote."""
    check_between(call, named)
    found = one_seen(Quote, quote_id, viewer=call.viewer, store=call.selling.store)
    return answer_from_one(document(found, call))


@router.post("/declineQuote", openapi_extra={"x-answer": "SonataQuoteOperation"})
def decline(form: QuoteOperationForm, call: Calling, named: Between) -> Response:
    """Decline a quote: what it holds is free again."""
    check_between(call, named)
    with references_checked():
        one_to_change(Quote, form.quoteId, viewer=call.viewer, store=call.selling.store)
    decline_quote(
        QuoteId(form.quoteId),
        deed=call.deed(form.reason),
        store=call.selling.store,
        ids=call.selling.ids,
    )
    return answer_from_any(form.model_dump(mode="json", exclude_unset=True))


@router.post("/cancelQuote", openapi_extra={"x-answer": "SonataQuoteOperation"})
def cancel(form: QuoteOperationForm, call: Calling, named: Between) -> Response:
    """Cancel a quote that is still worked on; here each is answered at once, so none is."""
    check_between(call, named)
    with references_checked():
        found = one_to_change(Quote, form.quoteId, viewer=call.viewer, store=call.selling.store)
    QUOTE_LIFE.next_state(found.record.state, QuoteEvent.CANCEL)
    raise AssertionError("a quote is stored once it is answered")


def document(sent: Sent[Quote], call: Call) -> Document:
    """A quote in the words of Sonata, with what was sent for it."""
    quote = sent.record
    item: dict[str, Any] = {
        "id": "1",
        "action": "add" if quote.product_id is None else "modify",
        "product": product_told(quote.wish.product_offering_id, quote.wish.configuration),
        "state": _item_word(quote, quote.state.value),
        "stateChange": changes(call, quote.quote_id, words=lambda state: _item_word(quote, state)),
    }
    if quote.product_id is not None:
        item["product"]["id"] = quote.product_id
    if quote.offers:
        first = quote.offers[0]
        told = sums(first.plan.charges, currency=first.currency, viewer=call.viewer)
        item["quoteItemPrice"] = prices(told)
        item["quoteItemInstallationInterval"] = days(first.installation_days)
    if quote.reasons:
        item["terminationError"] = [
            {"code": "otherIssue", "value": text} for text in reason_texts(quote.reasons)
        ]
    body: dict[str, Any] = {
        "id": quote.quote_id,
        "href": call.href(f"{paths.SONATA_QUOTE}/quote/{quote.quote_id}"),
        "externalId": quote.external_id,
        "buyerRequestedQuoteLevel": quote.level.value,
        "quoteLevel": quote.level.value,
        "instantSyncQuote": True,
        "quoteDate": moment(quote.made_at),
        "validFor": {
            "startDateTime": moment(quote.made_at),
            "endDateTime": moment(quote.valid_until),
        },
        "state": quote.state.value,
        "stateChange": changes(call, quote.quote_id, words=str),
        "quoteItem": [item],
    }
    words = sent_words(sent.submission, DIALECT)
    if quote.offers:
        item["note"] = [*_notes_sent(words), _trust_note(quote, call)]
    if call.viewer.operator_id is not None or not words:
        return body
    del body["instantSyncQuote"]
    return keep_item_id(words, merged(words, body), "quoteItem")


def _trust_note(quote: Quote, call: Call) -> dict[str, str]:
    """How far the figures of the first offer may be trusted, as a note of the seller."""
    return {
        "id": "confidence",
        "author": quote.seller_id or "seller",
        "date": moment(quote.made_at),
        "source": "seller",
        "text": "; ".join(trust_texts(quote.offers[0], viewer=call.viewer)),
    }


def _notes_sent(words: Mapping[str, Any]) -> list[Any]:
    """The notes that the buyer sent with the item."""
    items = words.get("quoteItem")
    said = items[0].get("note") if isinstance(items, list) and items else None
    return said if isinstance(said, list) else []


def _item_word(quote: Quote, state: str) -> str:
    if QuoteState(state) not in _ENDED:
        return state
    return "approved.orderable" if quote.level is QuoteLevel.FIRM else "answered"
