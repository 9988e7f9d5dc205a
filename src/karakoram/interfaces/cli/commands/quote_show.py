"""``karakoram quote show``: what was quoted, and does it hold still?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_quote
from karakoram.adapters.formats.table_sales import quote_form
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_screen import show_quote
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.quotes import Quote
from karakoram.usecases.sales_action import known_record


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteShowOptions:
    """What ``karakoram quote show`` takes."""

    quote: Annotated[str, typer.Argument(metavar="QUOTE", help="Identifier of the quote.")]
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    shares: Annotated[
        bool, typer.Option("--shares", help="Show what each operator earns; not for buyers.")
    ] = False
    as_json: options.AsJson = False


def run(chosen: QuoteShowOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    quote = store.read(lambda tx: known_record(tx, Quote, chosen.quote))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_quote(quote, shares=chosen.shares),
        show=lambda: show_quote(screen(), quote, shares=chosen.shares),
    )
    write_table(chosen.table_to, lambda: quote_form(shares=chosen.shares).table((quote,)))
    return ExitCode.DONE


app = command_app(
    QuoteShowOptions,
    run,
    help_text="Show a quote with its offers and charges.",
    examples=("karakoram quote show QUOTE",),
)
