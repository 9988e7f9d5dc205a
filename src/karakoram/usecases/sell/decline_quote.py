"""What follows when a buyer does not want an offer?"""

from karakoram.core.identifiers import QuoteId
from karakoram.sales.change_log import Deed
from karakoram.sales.quotes import Quote, QuoteEvent
from karakoram.usecases.sell.expire_quotes import end_quote
from karakoram.usecases.sell.sales_action import Change, known_record, log_change
from karakoram.usecases.sell.sales_ports import IdSource, SalesStore, SalesWriter


def decline_quote(quote_id: QuoteId, *, deed: Deed, store: SalesStore, ids: IdSource) -> Quote:
    """The quote, declined, all that it held given back.

    Raises
    ------
    NotFoundError, IllegalTransitionError
        If there is no such quote, or it cannot be declined any more.
    """

    def write(tx: SalesWriter) -> Quote:
        quote = known_record(tx, Quote, quote_id)
        ended = end_quote(tx, quote, QuoteEvent.DECLINE)
        change = Change(
            action="quote.decline",
            subject_kind="quote",
            subject_id=quote_id,
            state_before=quote.state.value,
            state_after=ended.state.value,
        )
        log_change(tx, ids, deed=deed, change=change)
        return ended

    return store.write(write)
