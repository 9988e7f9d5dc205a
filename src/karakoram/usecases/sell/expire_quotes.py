"""Which quotes no longer hold, and what do they give back?"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from karakoram.sales.change_log import Deed
from karakoram.sales.plans import ServicePlan
from karakoram.sales.quotes import (
    OPEN_QUOTE_STATES,
    QUOTE_LIFE,
    Quote,
    QuoteEvent,
    QuoteOffer,
    QuoteState,
)
from karakoram.sales.reservations import claimants
from karakoram.usecases.sell.sales_action import Change, log_change
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore, SalesWriter

AnswerT = TypeVar("AnswerT")


def expire_quotes(*, deed: Deed, store: SalesStore, ids: IdSource) -> int:
    """How many quotes expired, because their time is over."""
    return store.write(lambda tx: _expire_over(tx, ids, deed=deed))


def read_cleared(
    question: Callable[[SalesReader], AnswerT], *, deed: Deed, store: SalesStore, ids: IdSource
) -> AnswerT:
    """The answer to a question of what is free, once what is held past its time is given back.

    Whatever plans asks so; else it would count as taken what nobody holds any more.
    """
    if store.read(lambda tx: tx.claims_expired_at(deed.at)):
        expire_quotes(deed=deed, store=store, ids=ids)
    return store.read(question)


def release_expired(tx: SalesWriter, ids: IdSource, *, deed: Deed) -> int:
    """The same, inside another action, so that what has expired never stands in its way.

    Where no reservation is over, no quote is looked at.
    """
    return _expire_over(tx, ids, deed=deed) if tx.claims_expired_at(deed.at) else 0


def _expire_over(tx: SalesWriter, ids: IdSource, *, deed: Deed) -> int:
    over = tx.quotes_over_at(deed.at, states=[each.value for each in OPEN_QUOTE_STATES])
    for quote in over:
        end_quote(tx, quote, QuoteEvent.EXPIRE)
        change = Change(
            action="quote.expire",
            subject_kind="quote",
            subject_id=quote.quote_id,
            state_before=quote.state.value,
            state_after=QuoteState.EXPIRED.value,
        )
        log_change(tx, ids, deed=deed, change=change)
    return len(over)


def end_quote(tx: SalesWriter, quote: Quote, event: QuoteEvent) -> Quote:
    """The quote after the event, everything that its offers held given back."""
    ended = replace(quote, state=QUOTE_LIFE.next_state(quote.state, event))
    give_back_offers(tx, quote.offers)
    return tx.replace(ended)


def give_back_offers(tx: SalesWriter, offers: Iterable[QuoteOffer]) -> None:
    """Release what offers hold, and remove the connections that they would have made."""
    for offer in offers:
        give_back(tx, offer.plan, holder_id=offer.offer_id)


def give_back(tx: SalesWriter, plan: ServicePlan, *, holder_id: str) -> None:
    """Release all that a plan holds in somebody's name; its connections go with it."""
    tx.release_claims(tx.claims_of(claimants(plan, holder_id)))
    there = tx.resources_by_id(each.resource_id for each in plan.connections)
    tx.remove_resources(tuple(each.resource_id for each in there))
