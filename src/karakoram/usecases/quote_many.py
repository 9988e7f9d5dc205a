"""What does each row of a list cost, one bad row not standing in the way of the others?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from karakoram.core.errors import InvalidDataError, KarakoramError, NotFoundError, RefusedError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import ExternalId, PartyId
from karakoram.sales.change_log import Deed
from karakoram.sales.plans import Refusal
from karakoram.sales.quotes import Quote
from karakoram.usecases.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.selling import Selling

Progress = Callable[[int, int], None]
"""Told after each row how many are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """One row of a list of wishes."""

    row: int
    """As a spreadsheet counts: the header is row 1."""
    external_id: ExternalId
    """What the buyer calls it; it makes the whole list safe to send again."""
    asked: QuoteWish


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of one row: a quote, findings about its values, or a refusal."""

    row: int
    external_id: ExternalId
    quote: Quote | None = None
    """Also where the quote says that there is no way."""
    findings: tuple[Finding, ...] = ()
    """Each names the row."""
    refusal: Refusal | None = None


def quote_many(
    rows: Sequence[QuoteRow],
    *,
    buyer_id: PartyId,
    deed: Deed,
    selling: Selling,
    progress: Progress | None = None,
) -> tuple[RowOutcome, ...]:
    """The outcome of each row, in their order; each is a quote of its own and written by itself.

    A firm row holds what it needs before the next one is planned, so two rows never get the same
    units. A list that is sent again gives the same quotes and holds nothing more.

    Parameters
    ----------
    rows
        Any number, in the order in which they get what is free.
    buyer_id, deed
        For whom all rows are asked; who does it, when and why.
    selling
        The parts of the outside.
    progress
        Called after each row.
    """
    outcomes = []
    for done, row in enumerate(rows, start=1):
        outcomes.append(_outcome(row, buyer_id=buyer_id, deed=deed, selling=selling))
        if progress is not None:
            progress(done, len(rows))
    return tuple(outcomes)


def _outcome(row: QuoteRow, *, buyer_id: PartyId, deed: Deed, selling: Selling) -> RowOutcome:
    empty = RowOutcome(row=row.row, external_id=row.external_id)
    try:
        quote = issue_quote(
            row.asked,
            buyer_id=buyer_id,
            external_id=row.external_id,
            deed=deed,
            selling=selling,
        )
    except InvalidDataError as bad:
        findings = (replace(each, place=replace(each.place, row=row.row)) for each in bad.findings)
        return replace(empty, findings=tuple(findings))
    except (NotFoundError, RefusedError) as no:
        return replace(empty, refusal=_refusal(no, row))
    return replace(empty, quote=quote)


def _refusal(no: KarakoramError, row: QuoteRow) -> Refusal:
    if isinstance(no, RefusedError):
        return Refusal(
            code=no.code,
            where=no.where or row.external_id,
            message=str(no),
            alternatives=no.alternatives,
        )
    near = no.near_misses if isinstance(no, NotFoundError) else ()
    return Refusal(code="not-found", where=row.external_id, message=str(no), alternatives=near)
