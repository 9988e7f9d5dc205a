"""``karakoram quote list``: what was quoted to whom, and what became of it?"""

from dataclasses import dataclass, field

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_quote
from karakoram.adapters.formats.table_sales import QUOTES
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_lists_screen import show_quotes
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.quotes import Quote, QuoteState
from karakoram.usecases.known_names import records_of_buyer


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteListOptions:
    """What ``karakoram quote list`` takes."""

    buyer: sales_options.OfBuyer = ""
    states: sales_options.InStates = field(default_factory=list)
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: QuoteListOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    wanted = sales_options.wanted_records(chosen.buyer, chosen.states, QuoteState)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    quotes = store.read(
        lambda tx: records_of_buyer(tx, Quote, wanted.buyer_id, states=wanted.states)
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: {"quotes": [json_from_quote(each) for each in quotes]},
        show=lambda: show_quotes(screen(), quotes),
    )
    write_table(chosen.table_to, lambda: QUOTES.table(quotes))
    return ExitCode.DONE


app = command_app(
    QuoteListOptions,
    run,
    help_text="List quotes, oldest first.",
    examples=("karakoram quote list --buyer CT --state approved.orderable",),
)
