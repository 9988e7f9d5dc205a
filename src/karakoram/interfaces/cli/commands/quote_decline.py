"""``karakoram quote decline``: what if the buyer does not want it?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_quote
from karakoram.core.identifiers import QuoteId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.usecases.decline_quote import decline_quote


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteDeclineOptions:
    """What ``karakoram quote decline`` takes."""

    quote: Annotated[str, typer.Argument(metavar="QUOTE", help="Identifier of the quote.")]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: QuoteDeclineOptions) -> ExitCode:
    """Decline, print."""
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
    return ExitCode.DONE


app = command_app(
    QuoteDeclineOptions,
    run,
    help_text="Decline a quote: what it holds is free again.",
    examples=("karakoram quote decline QUOTE --why 'too dear'",),
)
