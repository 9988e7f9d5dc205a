"""What follows when a buyer does not want an offer?"""

from karakoram.core.identifiers import ExternalId, QuoteId
from karakoram.sales.change_log import Deed
from karakoram.sales.quotes import Quote, QuoteEvent
from karakoram.usecases.sell.expire_quotes import end_quote
from karakoram.usecases.sell.sales_action import (
    Change,
    is_repeated,
    known_record,
    log_change,
    named_request,
    remember,
)
from karakoram.usecases.sell.sales_ports import IdSource, SalesStore, SalesWriter

_DECLINED = "quote.decline"


def decline_quote(
    quote_id: QuoteId,
    *,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
    external_id: ExternalId | None = None,
) -> Quote:
    """The quote, declined, all that it held given back.

    A request that the buyer has given a name is carried out once, however often it is asked.

    Raises
    ------
    RefusedError
        With code ``external-id-reused``.
    NotFoundError, IllegalTransitionError
        If there is no such quote, or it cannot be declined any more.
    """

    def write(tx: SalesWriter) -> Quote:
        quote = known_record(tx, Quote, quote_id)
        request = named_request(
            _DECLINED,
            buyer_id=quote.buyer_id,
            external_id=external_id,
            subject_id=quote_id,
            deed=deed,
        )
        if is_repeated(tx, request):
            return quote
        ended = end_quote(tx, quote, QuoteEvent.DECLINE)
        change = Change(
            action=_DECLINED,
            subject_kind="quote",
            subject_id=quote_id,
            state_before=quote.state.value,
            state_after=ended.state.value,
        )
        log_change(tx, ids, deed=deed, change=change)
        remember(tx, request, quote_id)
        return ended

    return store.write(write)
