"""``karakoram quote decline``: what if the buyer does not want it?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.core.identifiers import QuoteId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.desk_command import DeskCommand
from karakoram.sales.jobs import JobKind
from karakoram.sales.quotes import Quote
from karakoram.usecases.desk.desk_rows import DeclineRow


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteDeclineOptions:
    """What ``karakoram quote decline`` takes."""

    quote: Annotated[str, typer.Argument(metavar="QUOTE", help="Identifier of the quote.")] = ""
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    later: sales_options.Later = False
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


_COMMAND: DeskCommand[QuoteDeclineOptions, Quote] = DeskCommand(
    kind=JobKind.QUOTE_DECLINE,
    example={"quote": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11", "why": "too late for us"},
    needed={"QUOTE": "quote"},
    given=("quote",),
    record=lambda chosen: DeclineRow(
        quote=QuoteId(chosen.quote), external_id=sales_options.name_given(chosen.external_id)
    ),
    show=lambda _, quote: print(
        f"Quote {quote.quote_id} is {quote.state.value}; what it held is free."
    ),
)


app = command_app(
    QuoteDeclineOptions,
    _COMMAND.run,
    help_text="Decline a quote: what it holds is free again.",
    examples=("karakoram quote decline QUOTE --why 'too dear'",),
)
