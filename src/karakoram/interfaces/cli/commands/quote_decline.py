"""``karakoram quote decline``: what if the buyer does not want it?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_quote
from karakoram.adapters.formats.table_sales import QUOTES
from karakoram.core.identifiers import QuoteId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import (
    FileWords,
    ManyRows,
    check_table,
    run_rows,
    write_table,
    write_template,
)
from karakoram.sales.quotes import Quote
from karakoram.usecases.decline_quote import decline_quote
from karakoram.usecases.desk_rows import DeclineRow

_EXAMPLE = {"quote": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11", "why": "too late for us"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteDeclineOptions:
    """What ``karakoram quote decline`` takes."""

    quote: Annotated[str, typer.Argument(metavar="QUOTE", help="Identifier of the quote.")] = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: QuoteDeclineOptions) -> ExitCode:
    """Decline, print."""
    if chosen.template is not None:
        return write_template(chosen.template, DeclineRow, _EXAMPLE, as_json=chosen.as_json)
    sales_options.check_one(chosen.rows_from, {"QUOTE": chosen.quote})
    if chosen.rows_from is not None:
        return run_rows(
            _many(chosen),
            FileWords(
                rows_from=chosen.rows_from,
                table_to=chosen.table_to,
                who=chosen.who,
                why=chosen.why,
                as_json=chosen.as_json,
                given={"quote": chosen.quote},
            ),
        )
    check_table(chosen.table_to)
    quote = decline_quote(
        QuoteId(chosen.quote),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_quote(quote),
        show=lambda: print(f"Quote {quote.quote_id} is {quote.state.value}; what it held is free."),
    )
    write_table(chosen.table_to, lambda: QUOTES.table((quote,)))
    return ExitCode.DONE


def _many(chosen: QuoteDeclineOptions) -> ManyRows[DeclineRow, Quote]:
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    ids = bootstrap.identifiers()
    return ManyRows(
        row_type=DeclineRow,
        act=lambda row, deed: decline_quote(row.record.quote, deed=deed, store=store, ids=ids),
        form=QUOTES,
        payload=json_from_quote,
    )


app = command_app(
    QuoteDeclineOptions,
    run,
    help_text="Decline a quote: what it holds is free again.",
    examples=("karakoram quote decline QUOTE --why 'too dear'",),
)
